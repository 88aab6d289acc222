package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot"
	"herald/news"
)

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

// longText is of two messages.
var longText = strings.TrimSpace(strings.Repeat("Many words & more. ", 300))

// What has arrived of a long answer is not sent again because of a flood wait in its middle.
func TestFloodWaitBetweenTheParts(t *testing.T) {
	for _, tc := range []struct {
		name    string
		floods  int
		seconds int
		calls   int
		want    error
	}{
		{"short ones are sat out", 3, 3, 5, nil},
		{"long ones are sat out", 3, 40, 5, nil},
		{"without end the rest is lost", 99, 50, 4, bot.ErrTransient}, // after two waits, 20 s of the patience are left
		{"one too long is not waited for", 1, 121, 2, bot.ErrTransient},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{answer: func(c call) answer {
					if c.number > 1 && c.number <= 1+tc.floods {
						return flooded(tc.seconds)
					}
					return answer{}
				}}
				b := w.newBot(t, bot.Config{})
				defer running(t, b)()
				id, err := b.Send(t.Context(), bot.ClassCommand, news.Place{Chat: 8}, bot.Outgoing{HTML: longText})
				if id != 1 || !errors.Is(err, tc.want) {
					t.Errorf("got message %d, %v; want 1, %v", id, err, tc.want)
				}
				if flood := (*bot.FloodError)(nil); errors.As(err, &flood) {
					t.Error("a flood error says that nothing was sent")
				}
				sent := w.of("sendMessage")
				if len(sent) != tc.calls {
					t.Fatalf("got %d requests, want %d", len(sent), tc.calls)
				}
				for i, c := range sent[1:] {
					if c.params.Get("text") != sent[1].params.Get("text") || c.params.Get("text") == sent[0].params.Get("text") {
						t.Errorf("request %d is not for the second part", i+2)
					}
					if i > 0 && c.at.Sub(sent[i].at) < time.Duration(tc.seconds)*time.Second {
						t.Errorf("request %d came too early", i+2)
					}
				}
			})
		})
	}
}

// What is tried again as a whole must be one message.
func TestOnlyAnswersGoInParts(t *testing.T) {
	for _, class := range []bot.Class{bot.ClassAlert, bot.ClassDigest, bot.ClassBroadcast} {
		t.Run(class.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{}
				b := w.newBot(t, bot.Config{})
				defer running(t, b)()
				o := bot.Outgoing{HTML: longText, Rows: [][]bot.Button{{{Text: "Go\u202e", Data: "g"}}}}
				if _, err := b.Send(t.Context(), class, news.Place{Chat: 8}, o); err != nil {
					t.Fatal(err)
				}
				sent := w.of("sendMessage")
				if len(sent) != 1 {
					t.Fatalf("got %d messages, want 1", len(sent))
				}
				if got := sent[0].params.Get("reply_markup"); got != `{"inline_keyboard":[[{"text":"Go","callback_data":"g"}]]}` {
					t.Errorf("got the buttons %s", got)
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

// When several chats in a row are told to wait until the same moment, it is the bot as a whole that must wait. What is needed
// to find that out is sent into the wait, and what was under way already, and nothing else.
func TestFloodWaitOfTheWholeBot(t *testing.T) {
	for _, tc := range []struct{ seconds, most int }{{1, 3}, {8, 4}, {30, 4}, {300, 4}} {
		t.Run(fmt.Sprint(tc.seconds), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				told := make(chan time.Time, 100)
				begin := time.Now()
				wait := time.Duration(tc.seconds) * time.Second
				w := &wire{latency: 40 * time.Millisecond, answer: func(c call) answer {
					if left := time.Until(begin.Add(time.Second + wait)); left > 0 && left <= wait {
						return flooded(int((left + time.Second - 1) / time.Second))
					}
					return answer{}
				}}
				b := w.newBot(t, bot.Config{Flooded: func(chat int64, until time.Time) {
					if chat == 0 {
						told <- until
					}
				}})
				stop := running(t, b)
				failed := map[int64]error{}
				var wg sync.WaitGroup
				wg.Go(func() { failed = broadcast(t, b, bot.ClassBroadcast, ids(1, 300)...) })
				time.Sleep(time.Second + wait - time.Millisecond)
				into := 0
				for _, c := range w.of("sendMessage") {
					if c.at.Sub(begin) >= time.Second {
						into++
					}
				}
				if into < 2 || into > tc.most {
					t.Errorf("got %d requests into the wait, want at most %d", into, tc.most)
				}
				time.Sleep(2 * time.Second)
				if failed := broadcast(t, b, bot.ClassBroadcast, ids(1001, 50)...); len(failed) > 0 {
					t.Errorf("after the wait: %v", failed)
				}
				wg.Wait()
				stop()
				if tc.seconds > 5 && len(failed) < 250 {
					t.Errorf("got %d refusals, want all told that must wait", len(failed))
				}
				if tc.seconds > 1 && len(told) != 1 {
					t.Fatalf("the wait was noted %d times", len(told))
				}
				if tc.seconds > 1 {
					if until := <-told; until.Before(begin.Add(time.Second + wait)) {
						t.Errorf("the wait was noted until %v", until)
					}
				}
			})
		})
	}
}

// A chat's own flood wait is no reason to keep others waiting, however many chats have one of the same length.
func TestFloodWaitsOfSomeChats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond, answer: func(c call) answer {
			if c.chat()%10 == 0 {
				return flooded(60)
			}
			return answer{}
		}}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		begin := time.Now()
		failed := inOrder(t, b, bot.ClassBroadcast, ids(1, 300)...) // three of them side by side would look like everybody's wait
		if len(failed) != 30 {
			t.Errorf("got %d refusals, want those of the 30 chats", len(failed))
		}
		if took := time.Since(begin); took > 15*time.Second {
			t.Errorf("took %s, want little more than 10 s", took)
		}
	})
}

// A message that hangs does not keep the rest waiting while it is unclear whose a flood wait is.
func TestFloodWaitAndAHangingChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond, answer: func(c call) answer {
			switch c.number {
			case 1:
				return flooded(60)
			case 3:
				return answer{delay: time.Minute}
			}
			return answer{}
		}}
		b := w.newBot(t, bot.Config{})
		stop := running(t, b)
		go broadcast(t, b, bot.ClassBroadcast, ids(1, 100)...)
		time.Sleep(5 * time.Second)
		if n := len(w.of("sendMessage")); n != 100 {
			t.Errorf("got %d requests within 5 s, want all", n)
		}
		stop()
	})
}

// The next start of the program goes on where this one ended: flood waits are kept, and what was sent counts.
func TestResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{})
		now := time.Now()
		past := bot.Past{Floods: map[int64]time.Time{7: now.Add(time.Minute)}}
		for i := range 20 {
			past.Sent = append(past.Sent, bot.Sent{Chat: -5, At: now.Add(time.Duration(i-40) * time.Second)})
		}
		for i := range int64(30) {
			past.Sent = append(past.Sent, bot.Sent{Chat: 100 + i, At: now})
		}
		b.Resume(past)
		stop := running(t, b)
		for chat, want := range map[int64]time.Duration{7: time.Minute, 8: 0, 100: time.Second, -5: 23 * time.Second} {
			if got := b.ReadyIn(news.Place{Chat: chat}); got < want || got > want+time.Second {
				t.Errorf("chat %d is ready in %v, want %v", chat, got, want)
			}
		}
		broadcast(t, b, bot.ClassBroadcast, 8)
		if took := time.Since(now); took < time.Second || took > 1100*time.Millisecond {
			t.Errorf("the first message went after %v, want 1 s: 30 were sent in the last", took)
		}
		stop()
		b = w.newBot(t, bot.Config{})
		b.Resume(bot.Past{Floods: map[int64]time.Time{0: time.Now().Add(time.Minute)}})
		if got := b.ReadyIn(news.Place{Chat: 8}); got != time.Minute {
			t.Errorf("any chat is ready in %v, want a minute", got)
		}
	})
}

// Pushes are paid for where the operator says so; answers never.
func TestPaidBroadcast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, paid := range []bool{false, true} {
			w := &wire{}
			b := w.newBot(t, bot.Config{Paid: paid})
			stop := running(t, b)
			broadcast(t, b, bot.ClassCommand, 1)
			broadcast(t, b, bot.ClassDigest, 2)
			broadcast(t, b, bot.ClassBroadcast, 3)
			stop()
			for _, c := range w.of("sendMessage") {
				if got := c.params.Get("allow_paid_broadcast") == "true"; got != (paid && c.chat() != 1) {
					t.Errorf("paid %v: chat %d is paid for: %v", paid, c.chat(), got)
				}
			}
		}
	})
}
