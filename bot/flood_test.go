package bot_test

import (
	"errors"
	"strings"
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
