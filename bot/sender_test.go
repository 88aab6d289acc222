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
	return sendAll(t, b, class, chats, func() {})
}

// inOrder is broadcast with the messages queued in the order of the chats. It belongs in a bubble in which nobody else waits.
func inOrder(t *testing.T, b *bot.Bot, class bot.Class, chats ...int64) map[int64]error {
	return sendAll(t, b, class, chats, synctest.Wait)
}

func sendAll(t *testing.T, b *bot.Bot, class bot.Class, chats []int64, queued func()) map[int64]error {
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
		queued()
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

// A command's answer is tried again; a broadcast is the caller's to try again.
func TestTransientErrors(t *testing.T) {
	for _, tc := range []struct {
		class bot.Class
		fails int
		calls int
		want  error
	}{
		{bot.ClassCommand, 2, 3, nil},
		{bot.ClassCommand, 9, 10, nil}, // more than half a minute without Telegram
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

// In the end a command's answer is given up, too: nobody waits for it any more.
func TestLongTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{answer: func(call) answer { return answer{status: 502, body: "<html>"} }}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		begun := time.Now()
		if err := broadcast(t, b, bot.ClassCommand, 8)[8]; !errors.Is(err, bot.ErrTransient) {
			t.Errorf("got %v, want ErrTransient", err)
		}
		if took := time.Since(begun); took < 2*time.Minute || took > 135*time.Second {
			t.Errorf("given up after %s, want about two minutes", took)
		}
	})
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
		w := &wire{latency: 500 * time.Millisecond}
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
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %v, want 3 s", took)
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
