package bot_test

import (
	"context"
	"errors"
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
