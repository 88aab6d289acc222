package bot_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot"
	"herald/bot/sim"
)

// isAlone tells whether pushes may begin.
func isAlone(b *bot.Bot) bool {
	select {
	case <-b.Alone():
		return true
	default:
		return false
	}
}

// Two programs with one token, each with a database of its own: the second says so and ends without having done anything, the
// first goes on.
func TestSecondProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sim.New(sim.Options{Latency: 20 * time.Millisecond})
		defer s.Close()
		ann := s.AddUser(sim.User{FirstName: "Ann"})
		newcomer := func(log *logged) *bot.Bot {
			return bot.New(bot.Config{Token: s.Token(), APIURL: "http://127.0.0.1", Transport: s.Transport(), Log: log.logger()})
		}
		var firstLog, secondLog logged
		var first, second notes
		a := newcomer(&firstLog)
		stop := poll(a, func(_ context.Context, u bot.Update) { first.add(u.Message.Text) })
		time.Sleep(6 * time.Second)
		if !isAlone(a) {
			t.Error("the first is not alone after 6 s")
		}
		b := newcomer(&secondLog)
		ended := make(chan error, 1)
		go func() {
			ended <- b.Updates(t.Context(), func(_ context.Context, u bot.Update) { second.add(u.Message.Text) })
		}()
		for range 30 {
			if _, err := s.Tell(ann.ID, "hello"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		select {
		case err := <-ended:
			if !errors.Is(err, bot.ErrConflict) {
				t.Errorf("the second ended with %v", err)
			}
		default:
			t.Error("the second runs still")
		}
		if isAlone(b) || len(second.all()) > 0 || len(first.all()) != 30 {
			t.Errorf("the second is alone: %v, and handled %d; the first handled %d of 30", isAlone(b), len(second.all()), len(first.all()))
		}
		for who, log := range map[string]string{"first": firstLog.String(), "second": secondLog.String()} {
			if strings.Count(log, "another program runs with this token") != 1 {
				t.Errorf("the %s says %q", who, log)
			}
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// One that was there first stays, however long another one disturbs it.
func TestDisturbedForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		w := &wire{}
		start := time.Now()
		w.answer = func(c call) answer {
			if passed := time.Since(start); c.method == "getUpdates" && passed > 10*time.Second && passed < 10*time.Minute {
				return refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
			}
			return m.answer(c)
		}
		var log logged
		var got notes
		stop := poll(w.newcomer(t, bot.Config{Log: log.logger()}), func(_ context.Context, u bot.Update) { got.add(u.Message.Text) })
		time.Sleep(9 * time.Minute)
		m.add(said(1, 5, "hello"))
		time.Sleep(2 * time.Minute)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := strings.Count(log.String(), "another program"); n < 8 || n > 11 || len(got.all()) != 1 {
			t.Errorf("told %d times in ten minutes, handled %v", n, got.all())
		}
	})
}

// A start that follows on a program that was killed may be disturbed by polls that died with that.
func TestStartAfterAKill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mailbox{}
		m.add(said(1, 5, "hello"))
		w := &wire{answer: func(c call) answer {
			if c.method == "getUpdates" && c.number < 4 {
				return refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
			}
			return m.answer(c)
		}}
		var got notes
		b := w.newcomer(t, bot.Config{})
		stop := poll(b, func(_ context.Context, u bot.Update) { got.add(u.Message.Text) })
		time.Sleep(3 * time.Second)
		if len(got.all()) != 1 || isAlone(b) {
			t.Errorf("after 3 s: handled %v, alone %v", got.all(), isAlone(b))
		}
		time.Sleep(4 * time.Second)
		if !isAlone(b) {
			t.Error("not alone after 7 s")
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// program is a start of the bot, by polling or by a webhook, until stop.
type program struct {
	bot   *bot.Bot
	log   *logged
	hook  *bot.Webhook // nil: it polls
	got   notes
	ended chan error
	stop  func()
}

// begin starts a program whose database remembers the mark of a webhook.
func begin(t *testing.T, s *sim.Server, hooks bool, mark string) *program {
	t.Helper()
	p := &program{log: &logged{}, ended: make(chan error, 1)}
	p.bot = bot.New(bot.Config{Token: s.Token(), APIURL: "http://127.0.0.1", Transport: s.Transport(), Log: p.log.logger(), Hook: mark})
	ctx, cancel := context.WithCancel(t.Context())
	handle := func(_ context.Context, u bot.Update) { p.got.add(u.Message.Text) }
	if hooks {
		p.hook = p.bot.NewWebhook(ctx, "http://127.0.0.1:1/herald", handle) // where nobody listens
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if hooks {
			p.ended <- p.hook.Run(ctx)
			return
		}
		p.ended <- p.bot.Updates(ctx, handle)
	}()
	p.stop = func() { cancel(); <-done }
	return p
}

// refused tells whether the program ended because of another one.
func (p *program) refused() bool {
	select {
	case err := <-p.ended:
		return errors.Is(err, bot.ErrConflict)
	default:
		return false
	}
}

// update is a call of Telegram's with an update, and how it is answered.
func (p *program) update(s *sim.Server, id int) int {
	sets := s.CallsOf("setWebhook")
	r := httptest.NewRequest(http.MethodPost, "/herald", strings.NewReader(said(id, 5, "hello")))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", sets[len(sets)-1].Params["secret_token"])
	answer := httptest.NewRecorder()
	p.hook.ServeHTTP(answer, r)
	return answer.Code
}

// Two programs with one token, of which at least one has a webhook: the second says so and ends before it has handled or may push
// anything, the first goes on and has its place back.
func TestSecondProgramAndWebhooks(t *testing.T) {
	for _, tt := range []struct {
		name   string
		hooked [2]bool
	}{
		{"two webhooks", [2]bool{true, true}},
		{"a webhook, then polling", [2]bool{true, false}},
		{"polling, then a webhook", [2]bool{false, true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sim.New(sim.Options{Latency: 20 * time.Millisecond})
				defer s.Close()
				first := begin(t, s, tt.hooked[0], "")
				defer first.stop()
				time.Sleep(time.Minute)
				if !isAlone(first.bot) {
					t.Fatal("the first is not alone")
				}
				second := begin(t, s, tt.hooked[1], "")
				defer second.stop()
				time.Sleep(2 * time.Second)
				if tt.hooked[1] {
					if code := second.update(s, 1); code != http.StatusServiceUnavailable {
						t.Errorf("an update for the second is answered %d", code)
					}
				}
				time.Sleep(28 * time.Second)
				if !second.refused() || isAlone(second.bot) || len(second.got.all()) > 0 {
					t.Errorf("the second runs still, or is alone: %v, handled %v", isAlone(second.bot), second.got.all())
				}
				if first.refused() || strings.Count(first.log.String(), "another program runs with this token") != 1 {
					t.Errorf("the first says %q", first.log)
				}
				if !tt.hooked[0] {
					return
				}
				sets := s.CallsOf("setWebhook")
				if at := sets[len(sets)-1].Params["url"]; !strings.Contains(at, first.hook.Mark()) {
					t.Errorf("the webhook is at %s", at)
				}
				if code := first.update(s, 1); code != http.StatusOK || len(first.got.all()) != 1 {
					t.Errorf("an update for the first is answered %d; handled %v", code, first.got.all())
				}
			})
		})
	}
}

// How long a start is on trial that finds a webhook, or none, while no other program runs.
func TestStartWithAWebhook(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before string // what happens before: "", "ours" or "another" webhook is set
		hooks  bool   // the start's way
		after  time.Duration
	}{
		{"the first start", "", true, 6 * time.Second},
		{"after the last start", "ours", true, 0},
		{"where another webhook was set", "another", true, 26 * time.Second},
		{"polling after the last start", "ours", false, 4 * time.Second},
		{"polling where another webhook was set", "another", false, 28 * time.Second}, // its polls last four
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sim.New(sim.Options{})
				defer s.Close()
				mark := ""
				if tt.before != "" {
					last := begin(t, s, true, "")
					time.Sleep(time.Second)
					last.stop()
					if tt.before == "ours" {
						mark = last.hook.Mark()
					}
				}
				p := begin(t, s, tt.hooks, mark)
				defer p.stop()
				time.Sleep(max(tt.after-time.Second, 0))
				synctest.Wait()
				if isAlone(p.bot) != (tt.after == 0) {
					t.Errorf("alone %v before the time", isAlone(p.bot))
				}
				if tt.hooks {
					called := time.Now()
					if code := p.update(s, 1); code != http.StatusOK || len(p.got.all()) != 1 || time.Since(called) > 2*time.Second {
						t.Errorf("an update is answered %d after %s; handled %v", code, time.Since(called), p.got.all())
					}
				}
				time.Sleep(2100 * time.Millisecond)
				if !isAlone(p.bot) || p.refused() {
					t.Errorf("not alone after %s: %s", tt.after, p.log)
				}
			})
		})
	}
}

// A program that has just been started again after a kill was there first all the same.
func TestSecondProgramAfterARestart(t *testing.T) {
	for _, hooks := range []bool{true, false} {
		t.Run(fmt.Sprint("the second has a webhook: ", hooks), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sim.New(sim.Options{})
				defer s.Close()
				killed := begin(t, s, true, "")
				time.Sleep(time.Minute)
				killed.stop()
				first := begin(t, s, true, killed.hook.Mark())
				defer first.stop()
				time.Sleep(5 * time.Second)
				second := begin(t, s, hooks, "")
				defer second.stop()
				time.Sleep(30 * time.Second)
				if !second.refused() || first.refused() || isAlone(second.bot) {
					t.Errorf("the second is alone: %v; the first says %q", isAlone(second.bot), first.log)
				}
			})
		})
	}
}

// A copy of a database takes the webhook of the program it was copied from for its own, until that takes it back.
func TestStartOfACopy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sim.New(sim.Options{})
		defer s.Close()
		first := begin(t, s, true, "")
		defer first.stop()
		time.Sleep(time.Minute)
		second := begin(t, s, true, first.hook.Mark())
		defer second.stop()
		time.Sleep(13 * time.Second)
		if !second.refused() || first.refused() {
			t.Error("the second runs still")
		}
	})
}
