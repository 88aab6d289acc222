package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot"
	"herald/news"
)

// broadcast sends one message to each of n private chats at once, waits, and returns the errors by chat.
func broadcast(t *testing.T, b *bot.Bot, class bot.Class, chats ...int64) map[int64]error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	failed := map[int64]error{}
	for _, chat := range chats {
		wg.Go(func() {
			_, err := b.Send(t.Context(), class, news.Place{Chat: chat}, bot.Outgoing{HTML: fmt.Sprint("news for ", chat)})
			if err != nil {
				mu.Lock()
				failed[chat] = err
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return failed
}

func ids(from, n int64) []int64 {
	list := make([]int64, n)
	for i := range list {
		list[i] = from + int64(i)
	}
	return list
}

// densest is the largest number of calls in any span of the given length.
func densest(calls []call, span time.Duration) int {
	most, from := 0, 0
	for i := range calls {
		for calls[i].at.Sub(calls[from].at) >= span {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

func TestBroadcastUsesTheRateAndKeepsIt(t *testing.T) {
	for _, tc := range []struct {
		name    string
		rate    float64
		chats   int64
		latency time.Duration
	}{
		{"Telegram's", 0, 600, 40 * time.Millisecond},
		{"slow answers", 30, 600, 2 * time.Second},
		{"a paid rate", 1000, 8000, 40 * time.Millisecond},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{latency: tc.latency}
				b := w.newBot(t, bot.Config{Rate: tc.rate})
				stop := running(t, b)
				start := time.Now()
				if failed := broadcast(t, b, bot.ClassBroadcast, ids(1, tc.chats)...); len(failed) > 0 {
					t.Errorf("got %d failures, want none", len(failed))
				}
				took := time.Since(start)
				stop()

				rate := tc.rate
				if rate == 0 {
					rate = 30
				}
				sent := w.of("sendMessage")
				if got := densest(sent, time.Second); float64(got) > rate {
					t.Errorf("got %d in a second, want at most %v", got, rate)
				}
				if got := float64(len(sent)) / (took - tc.latency).Seconds() / rate; got < 0.98 {
					t.Errorf("used %.1f%% of the rate, want 98%%", 100*got)
				}
				seen := map[int64]int{}
				for _, c := range sent {
					seen[c.chat()]++
				}
				if len(seen) != int(tc.chats) || len(sent) != int(tc.chats) {
					t.Errorf("got %d messages to %d chats, want one to each of %d", len(sent), len(seen), tc.chats)
				}
			})
		})
	}
}

func TestNoLimitIsFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond}
		b := w.newBot(t, bot.Config{Rate: -1, ChatRate: -1, GroupRate: -1})
		defer running(t, b)()
		start := time.Now()
		broadcast(t, b, bot.ClassBroadcast, ids(-2000, 2000)...)
		if took := time.Since(start); took > time.Second {
			t.Errorf("2000 messages took %v, want less than a second", took)
		}
	})
}

func TestPaceOfOneChat(t *testing.T) {
	for _, tc := range []struct {
		name  string
		chat  int64
		class bot.Class
		n     int
		span  time.Duration // in which at most
		most  int
		least time.Duration // that the whole takes
		limit time.Duration
	}{
		{"broadcasts to a person", 7, bot.ClassBroadcast, 5, time.Second, 1, 4 * time.Second, 5 * time.Second},
		{"a burst of commands", 7, bot.ClassCommand, 3, time.Second, 3, 0, 100 * time.Millisecond},
		{"many commands", 7, bot.ClassCommand, 9, 3 * time.Second, 3, 6 * time.Second, 7 * time.Second},
		{"commands in a group", -7, bot.ClassCommand, 45, time.Minute, 20, 2 * time.Minute, 3 * time.Minute},
		{"broadcasts to a group leave room", -7, bot.ClassBroadcast, 40, time.Minute, 17, 2 * time.Minute, 3 * time.Minute},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{}
				b := w.newBot(t, bot.Config{})
				stop := running(t, b)
				start := time.Now()
				broadcast(t, b, tc.class, slices.Repeat([]int64{tc.chat}, tc.n)...)
				took := time.Since(start)
				stop()
				if got := densest(w.of("sendMessage"), tc.span); got != tc.most {
					t.Errorf("got %d in %v, want %d", got, tc.span, tc.most)
				}
				if took < tc.least || took > tc.limit {
					t.Errorf("took %v, want %v to %v", took, tc.least, tc.limit)
				}
			})
		})
	}
}

// Many chats that wait, each for its own turn, come back in the order of their times.
func TestChatsThatWaitTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 10 * time.Millisecond}
		b := w.newBot(t, bot.Config{Rate: -1})
		stop := running(t, b)
		chats := ids(1, 50)
		start := time.Now()
		broadcast(t, b, bot.ClassBroadcast, slices.Concat(chats, chats, chats)...)
		took := time.Since(start)
		stop()
		sent := w.of("sendMessage")
		for round := range 3 {
			seen := map[int64]bool{}
			for _, c := range sent[50*round : 50*(round+1)] {
				seen[c.chat()] = true
			}
			if len(seen) != 50 {
				t.Errorf("round %d served %d chats, want all 50", round, len(seen))
			}
		}
		if took > 2200*time.Millisecond {
			t.Errorf("three messages to each took %v, want little more than 2 s", took)
		}
	})
}

func TestEditsShareThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		start := time.Now()
		for range 6 {
			if err := b.Edit(t.Context(), news.Place{Chat: 3}, 9, bot.Outgoing{HTML: "page"}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 3*time.Second {
			t.Errorf("6 edits took %v, want the pace of 3 in 3 s", took)
		}
	})
}

// The busy ones: a group at its limit, a chat in a long flood wait, one whose answers take long. None holds up others.
func TestNoChatHoldsUpOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond, answer: func(c call) answer {
			switch c.chat() {
			case 1000:
				return flooded(300)
			case 1001:
				return answer{err: errors.New("never"), delay: time.Hour}
			}
			return answer{}
		}}
		b := w.newBot(t, bot.Config{})
		stop := running(t, b)
		chats := slices.Concat(slices.Repeat([]int64{-5}, 100), slices.Repeat([]int64{1000, 1001}, 20), ids(1, 60))
		start := time.Now()
		go broadcast(t, b, bot.ClassBroadcast, chats...)
		synctest.Wait()
		time.Sleep(6 * time.Second)
		stop()
		others := map[int64]bool{}
		for _, c := range w.of("sendMessage") {
			if c.chat() > 0 && c.chat() < 1000 && c.at.Sub(start) < 3*time.Second {
				others[c.chat()] = true
			}
		}
		if len(others) != 60 {
			t.Errorf("got %d of 60 other chats served within 3 s", len(others))
		}
	})
}

func TestClassesGoInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{Rate: 1})
		var wg sync.WaitGroup
		for i, class := range []bot.Class{bot.ClassBroadcast, bot.ClassDigest, bot.ClassAlert, bot.ClassCommand} {
			for n := range 5 {
				wg.Go(func() { broadcast(t, b, class, int64(100*i+n+1)) })
			}
		}
		synctest.Wait() // all are queued before the sender begins
		stop := running(t, b)
		wg.Wait()
		stop()
		var got []int64
		for _, c := range w.of("sendMessage") {
			got = append(got, c.chat()/100)
		}
		want := slices.Concat(slices.Repeat([]int64{3}, 5), slices.Repeat([]int64{2}, 5), slices.Repeat([]int64{1}, 5), slices.Repeat([]int64{0}, 5))
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestCommandsDuringABroadcast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		var wg sync.WaitGroup
		wg.Go(func() { broadcast(t, b, bot.ClassBroadcast, ids(1, 900)...) })
		time.Sleep(5 * time.Second)
		var slowest time.Duration
		for n := range int64(40) {
			asked := time.Now()
			broadcast(t, b, bot.ClassCommand, 5000+n)
			slowest = max(slowest, time.Since(asked))
			time.Sleep(200 * time.Millisecond)
		}
		wg.Wait()
		if slowest > 150*time.Millisecond {
			t.Errorf("the slowest answer took %v, want at most 150 ms", slowest)
		}
	})
}

// Commands without end leave a part of the rate to the rest.
func TestCommandsDoNotStarveTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{})
		stop := running(t, b)
		go broadcast(t, b, bot.ClassCommand, ids(1, 600)...)
		synctest.Wait()
		broadcast(t, b, bot.ClassBroadcast, ids(5000, 10)...)
		if got := len(w.of("sendMessage")); got > 150 {
			t.Errorf("ten broadcasts were through after %d messages, want at most 150", got)
		}
		stop()
	})
}

func TestFloodWaitIsKeptToTheSecond(t *testing.T) {
	for _, tc := range []struct {
		name    string
		class   bot.Class
		seconds int
		calls   int // to the chat
		flood   bool
	}{
		{"a short one of a command is sat out", bot.ClassCommand, 4, 2, false},
		{"a long one of a command is told", bot.ClassCommand, 20, 1, true},
		{"a short one of a broadcast is told", bot.ClassBroadcast, 4, 1, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{latency: 10 * time.Millisecond}
				w.answer = func(c call) answer {
					if c.number == 1 {
						return flooded(tc.seconds)
					}
					return answer{}
				}
				b := w.newBot(t, bot.Config{})
				defer running(t, b)()
				err := broadcast(t, b, tc.class, 8)[8]
				var flood *bot.FloodError
				if got := errors.As(err, &flood); got != tc.flood {
					t.Fatalf("got %v, want a flood error: %v", err, tc.flood)
				}
				if tc.flood && flood.After != time.Duration(tc.seconds)*time.Second {
					t.Errorf("got a wait of %v, want %d s", flood.After, tc.seconds)
				}
				sent := w.of("sendMessage")
				if len(sent) != tc.calls {
					t.Fatalf("got %d requests, want %d", len(sent), tc.calls)
				}
				if wait := sent[len(sent)-1].at.Sub(sent[0].at); tc.calls == 2 && wait < 4*time.Second {
					t.Errorf("sent again after %v, want not before 4 s", wait)
				}
			})
		})
	}
}

// While a chat is in a long flood wait, messages for it are refused at once, with what is left of the wait; afterwards
// they go.
func TestFloodWaitIsToldToTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{answer: func(c call) answer {
			if c.number == 1 {
				return flooded(60)
			}
			return answer{}
		}}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		broadcast(t, b, bot.ClassBroadcast, 8)
		time.Sleep(20 * time.Second)
		var flood *bot.FloodError
		if err := broadcast(t, b, bot.ClassBroadcast, 8)[8]; !errors.As(err, &flood) || flood.After != 40*time.Second {
			t.Errorf("got %v, want a wait of 40 s", err)
		}
		if got := b.ReadyIn(news.Place{Chat: 8}); got != 40*time.Second {
			t.Errorf("ready in %v, want 40 s", got)
		}
		if got := b.ReadyIn(news.Place{Chat: 9}); got != 0 {
			t.Errorf("another chat is ready in %v, want now", got)
		}
		time.Sleep(40 * time.Second)
		if err := broadcast(t, b, bot.ClassBroadcast, 8)[8]; err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

// When several chats in a row are told to wait until the same moment, it is the bot as a whole that must wait.
func TestFloodWaitOfTheWholeBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		until := time.Now().Add(30 * time.Second)
		w := &wire{answer: func(c call) answer {
			if left := time.Until(until); left > 0 {
				return flooded(int(left/time.Second) + 1)
			}
			return answer{}
		}}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		failed := broadcast(t, b, bot.ClassBroadcast, ids(1, 50)...)
		if got := len(w.of("sendMessage")); got != 3 {
			t.Errorf("got %d requests into the wait, want the 3 that show it", got)
		}
		if len(failed) != 50 {
			t.Errorf("got %d refusals, want all 50 told", len(failed))
		}
		if got := b.ReadyIn(news.Place{Chat: 999}); got < 29*time.Second || got > 31*time.Second {
			t.Errorf("any chat is ready in %v, want about 30 s", got)
		}
		time.Sleep(31 * time.Second)
		if failed := broadcast(t, b, bot.ClassBroadcast, ids(1, 50)...); len(failed) > 0 {
			t.Errorf("after the wait: %v", failed)
		}
	})
}

// A command's answer is tried again; a broadcast is the caller's to try again.
func TestTransientErrors(t *testing.T) {
	for _, tc := range []struct {
		class bot.Class
		fails int
		calls int
		want  error
	}{
		{bot.ClassCommand, 2, 3, nil},
		{bot.ClassCommand, 99, 4, bot.ErrTransient},
		{bot.ClassBroadcast, 1, 1, bot.ErrTransient},
	} {
		t.Run(fmt.Sprint(tc.class, tc.fails), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{answer: func(c call) answer {
					if c.number <= tc.fails {
						return answer{status: 502, body: "<html>"}
					}
					return answer{}
				}}
				b := w.newBot(t, bot.Config{})
				defer running(t, b)()
				if err := broadcast(t, b, tc.class, 8)[8]; !errors.Is(err, tc.want) {
					t.Errorf("got %v, want %v", err, tc.want)
				}
				if got := len(w.of("sendMessage")); got != tc.calls {
					t.Errorf("got %d requests, want %d", got, tc.calls)
				}
			})
		})
	}
}

func TestRefusedMessageIsSentAsPlainText(t *testing.T) {
	for _, tc := range []struct {
		refusal string
		buttons bool
	}{
		{`Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 3`, true},
		{"Bad Request: BUTTON_DATA_INVALID", false},
	} {
		t.Run(tc.refusal, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log logged
				w := &wire{answer: func(c call) answer {
					if c.params.Get("parse_mode") != "" {
						return refused(400, tc.refusal)
					}
					return answer{}
				}}
				b := w.newBot(t, bot.Config{Log: log.logger()})
				defer running(t, b)()
				id, err := b.Send(t.Context(), bot.ClassBroadcast, news.Place{Chat: 8, Topic: 4},
					bot.Outgoing{HTML: `<b>Tom &amp; <a href="https://example.org/a">Ann</a></b><x>`, Rows: [][]bot.Button{{{Text: "Go", Data: "g"}}}})
				if err != nil || id != 2 {
					t.Fatalf("got message %d, %v, want 2", id, err)
				}
				plain := w.of("sendMessage")[1].params
				if got, want := plain.Get("text"), "Tom & Ann (https://example.org/a)"; got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if got := plain.Has("reply_markup"); got != tc.buttons || plain.Get("message_thread_id") != "4" {
					t.Errorf("got %v, want the topic, and buttons: %v", plain, tc.buttons)
				}
				if !strings.Contains(log.String(), tc.refusal[13:30]) {
					t.Errorf("the log does not name the error: %q", log.String())
				}
			})
		})
	}
}

func TestPlainTextIsRefusedToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{answer: func(call) answer { return refused(400, "Bad Request: message text is empty") }}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		if err := broadcast(t, b, bot.ClassCommand, 8)[8]; !errors.Is(err, bot.ErrFormat) {
			t.Errorf("got %v, want ErrFormat", err)
		}
		if got := len(w.of("sendMessage")); got != 2 {
			t.Errorf("got %d requests, want 2", got)
		}
	})
}

func TestSendIsTakenBackBeforeItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{}) // nothing runs it yet
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := b.Send(ctx, bot.ClassCommand, news.Place{Chat: 1}, bot.Outgoing{HTML: "late"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want context.DeadlineExceeded", err)
		}
		defer running(t, b)()
		broadcast(t, b, bot.ClassCommand, 2)
		if got := w.of("sendMessage"); len(got) != 1 || got[0].chat() != 2 {
			t.Errorf("got %v, want only the message to chat 2", got)
		}
	})
}

// Only the answer tells whether a message has arrived, so a request in flight is waited for.
func TestSendInFlightIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 3 * time.Second}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		id, err := b.Send(ctx, bot.ClassBroadcast, news.Place{Chat: 1}, bot.Outgoing{HTML: "on its way"})
		if id != 1 || err != nil {
			t.Errorf("got %d, %v, want message 1", id, err)
		}
	})
}

func TestRunDrains(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 2 * time.Second}
		b := w.newBot(t, bot.Config{Rate: 1})
		var inFlight, commands, rest map[int64]error
		var wg sync.WaitGroup
		stop := running(t, b)
		wg.Go(func() { inFlight = broadcast(t, b, bot.ClassBroadcast, 1) })
		synctest.Wait()
		wg.Go(func() { commands = broadcast(t, b, bot.ClassCommand, 2, 3) })
		wg.Go(func() { rest = broadcast(t, b, bot.ClassBroadcast, 4, 5) })
		synctest.Wait()
		stop()
		wg.Wait()
		if len(inFlight) != 0 || len(commands) != 0 {
			t.Errorf("got %v, %v, want what was in flight and the commands sent", inFlight, commands)
		}
		if !errors.Is(rest[4], bot.ErrStopped) || !errors.Is(rest[5], bot.ErrStopped) {
			t.Errorf("got %v, want ErrStopped for the broadcasts", rest)
		}
		if err := broadcast(t, b, bot.ClassCommand, 6)[6]; !errors.Is(err, bot.ErrStopped) {
			t.Errorf("afterwards: got %v, want ErrStopped", err)
		}
	})
}

func TestRunDrainsNoLongerThanItSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{answer: func(call) answer { return answer{err: errors.New("never"), delay: time.Hour} }}
		b := w.newBot(t, bot.Config{})
		stop := running(t, b)
		var failed map[int64]error
		var wg sync.WaitGroup
		wg.Go(func() { failed = broadcast(t, b, bot.ClassCommand, 1, 1) })
		synctest.Wait()
		start := time.Now()
		stop()
		wg.Wait()
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("took %v, want 10 s", took)
		}
		if !errors.Is(failed[1], bot.ErrStopped) {
			t.Errorf("got %v, want ErrStopped", failed[1])
		}
	})
}

func BenchmarkSend(b *testing.B) {
	w := &wire{}
	x := bot.New(bot.Config{Token: testToken, Transport: w, Rate: -1, ChatRate: -1, GroupRate: -1})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- x.Run(ctx) }()
	html := strings.Repeat("<b>Harbour</b> news. ", 60)
	var chat atomic.Int64
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if _, err := x.Send(ctx, bot.ClassBroadcast, news.Place{Chat: chat.Add(1)}, bot.Outgoing{HTML: html}); err != nil {
				b.Error(err)
			}
		}
	})
	cancel()
	<-done
}
