package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/bot"
	"herald/bot/sim"
	"herald/news"
)

// sendings are what Herald sends, one way for each class. Each sends one message with "Harbour" in it to the place.
var sendings = map[string]func(w *world, p news.Place){
	"push": func(w *world, _ news.Place) { w.report("Harbour reopens") },
	"digest": func(w *world, p news.Place) {
		w.digestAt(p, 23*60, time.UTC)
		w.report("Harbour reopens")
		_, err := w.db.EndDigests(w.t.Context(), p, time.Now())
		w.check(err)
	},
	"alert": func(w *world, _ news.Place) {
		w.feed.Title, w.feed.Gone = "Harbour Echo", true
		w.check(w.db.SaveFeed(w.t.Context(), w.feed))
		w.check(w.db.Set(w.t.Context(), fmt.Sprint("gone/", w.feed.ID), "[]"))
	},
	"command": func(w *world, p news.Place) { go w.answer(p) },
}

// answer sends what a command is answered with, as the handlers do: again after a flood wait, and to where the group has gone.
func (w *world) answer(p news.Place) {
	for range 20 {
		_, err := w.bot.Send(context.Background(), bot.ClassCommand, p, bot.Outgoing{HTML: "Harbour reopens"})
		var flood *bot.FloodError
		var moved *bot.MigratedError
		switch {
		case errors.As(err, &flood):
			time.Sleep(flood.After)
		case errors.As(err, &moved):
			p.Chat = moved.To
		default:
			return
		}
	}
}

// TestFaultsByClass: nothing is lost whatever happens on the way, in any class; where Telegram took a message and its answer was
// lost, it may come once more, and in no other case.
func TestFaultsByClass(t *testing.T) {
	t.Parallel()
	refusal := func(code int, text string, times int) sim.Fault {
		return sim.Fault{Status: code, Description: text, Times: times}
	}
	for _, tt := range []struct {
		name  string
		fault sim.Fault
		most  int // messages that arrive; at least one does
	}{
		{"429", sim.Fault{RetryAfter: 40}, 1},
		{"a short 429", sim.Fault{RetryAfter: 2, Times: 3}, 1},
		{"429 for everybody", sim.Fault{RetryAfter: 7, Global: true}, 1},
		{"a long 429 for everybody", sim.Fault{RetryAfter: 90, Global: true}, 1},
		{"500 with HTML", sim.Fault{Status: 500, Body: "<html>oops</html>", Times: 3}, 1},
		{"502 without anything", sim.Fault{Status: 502, Body: " ", Times: 2}, 1},
		{"reset before", sim.Fault{Reset: true, Times: 2}, 1},
		{"reset after", sim.Fault{Reset: true, After: true}, 2},
		{"500 after", sim.Fault{Status: 500, After: true}, 2},
		{"cut answer", sim.Fault{Truncate: true}, 2},
		{"slow", sim.Fault{Delay: 25 * time.Second}, 1},
		{"slower than is waited for", sim.Fault{Delay: 50 * time.Second}, 2},
		{"unreadable", refusal(400, "Bad Request: can't parse entities: unsupported start tag", 1), 1},
		{"bad button", refusal(400, "Bad Request: BUTTON_DATA_INVALID", 1), 1},
	} {
		for class, send := range sendings {
			t.Run(tt.name+" "+class, func(t *testing.T) {
				inBubble(t, func(t *testing.T, w *world) {
					chat := w.reader("Ann")
					tt.fault.Method, tt.fault.Chat = "sendMessage", chat
					w.sim.AddFault(tt.fault)
					send(w, news.Place{Chat: chat})
					w.settle(chat)
					if n := w.sim.Faults(); n > 0 {
						t.Errorf("%d faults did not strike", n)
					}
					if n := len(w.got(chat)); n < 1 || n > tt.most {
						t.Errorf("%d messages, want 1 to %d", n, tt.most)
					}
					for _, m := range w.got(chat) {
						if !strings.Contains(m.Text, "Harbour") {
							t.Errorf("got %q", m.Text)
						}
					}
					if s := w.sim.Stats(); s.EarlyRetries > 0 {
						t.Errorf("%d early retries", s.EarlyRetries)
					}
					w.pending(0)
				})
			})
		}
	}
}

// settle waits until the faults have struck and the chat has what it is owed, three minutes at most, and then long enough to see
// what comes twice.
func (w *world) settle(chat int64) {
	w.t.Helper()
	const twice = time.Minute
	for range 120 {
		n, err := w.db.PendingDeliveries(w.t.Context())
		w.check(err)
		if n == 0 && w.sim.Faults() == 0 && len(w.got(chat)) > 0 {
			break
		}
		time.Sleep(time.Second)
	}
	time.Sleep(twice)
}

// TestMovedByClass: what a group is owed arrives where it has gone, and what a lost topic is owed in the main thread, once.
func TestMovedByClass(t *testing.T) {
	t.Parallel()
	for class, send := range sendings {
		t.Run("upgraded "+class, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				g := w.sim.AddGroup(sim.Group{Title: "Rowers", Basic: true})
				w.follow(news.Place{Chat: g.ID}, news.Group)
				to, err := w.sim.Upgrade(g.ID)
				w.check(err)
				send(w, news.Place{Chat: g.ID})
				time.Sleep(2 * time.Minute)
				if n := len(w.got(to)); n != 1 {
					t.Errorf("the supergroup got %d messages, want 1", n)
				}
				w.pending(0)
			})
		})
		if class == "command" {
			continue // is answered in the topic in which it was written, or not at all
		}
		t.Run("lost topic "+class, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				p := w.topic()
				w.check(w.sim.DeleteTopic(p.Chat, p.Topic))
				send(w, p)
				time.Sleep(2 * time.Minute)
				if got := w.told(p.Chat, "Harbour"); got != "[Harbour]" {
					t.Errorf("got %s, want it once", got)
				}
				w.pending(0)
			})
		})
	}
}

// TestLostTopicIsToldOnce: the first story that has to go to the main thread comes with a word to the administrators; the next ones
// come at once and without, until the topic is open again; also over a restart.
func TestLostTopicIsToldOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		p := w.topic()
		const word = "is closed or gone"
		w.check(w.sim.CloseTopic(p.Chat, p.Topic))
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Delay: 2 * time.Second, Times: -1})
		w.report("First")
		w.report("With it") // which fails for the last time before the word is on its way
		w.report("And it")
		time.Sleep(time.Minute)
		w.sim.ClearFaults()
		w.stop()
		w.start()
		w.report("Second")
		time.Sleep(5 * time.Second) // no time for failures
		if got := w.told(p.Chat, "First", "With it", "And it"); len(got) != len("[First With it And it]") {
			t.Errorf("got %s", got)
		}
		if got := w.told(p.Chat, "Second", word); got != "["+word+" Second]" {
			t.Errorf("got %s", got)
		}
		w.check(w.sim.ReopenTopic(p.Chat, p.Topic))
		w.report("Third")
		time.Sleep(5 * time.Second)
		if m := w.got(p.Chat); m[len(m)-1].Topic != p.Topic {
			t.Errorf("open again, and the story goes to topic %d", m[len(m)-1].Topic)
		}
		w.check(w.sim.CloseTopic(p.Chat, p.Topic))
		w.report("Fourth")
		time.Sleep(time.Minute)
		if got := w.told(p.Chat, "Third", "Fourth", word); got != "["+word+" Third Fourth "+word+"]" {
			t.Errorf("closed again: got %s", got)
		}
		w.pending(0)
	})
}

// TestNobodyHoldsUpOthers: a group at its limit, a chat in a long flood wait and one that times out delay nobody else.
func TestNobodyHoldsUpOthers(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, w *world) {
		g := w.sim.AddGroup(sim.Group{Title: "Rowers"})
		w.follow(news.Place{Chat: g.ID}, news.Supergroup)
		flooded, hanging := w.reader("Flooded"), w.reader("Hanging")
		var others []int64
		for i := range 25 {
			others = append(others, w.reader(fmt.Sprint("Reader ", i)))
		}
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: flooded, RetryAfter: 300})
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: hanging, Delay: time.Hour, Times: -1})
		const stories = 60
		late := 0
		for i := range stories { // one every two seconds: more than a group may get
			title := fmt.Sprintf("Report %d.", i)
			w.report(title)
			time.Sleep(2900 * time.Millisecond)
			for _, chat := range others {
				if w.told(chat, title) == "[]" {
					late++
				}
			}
		}
		if late > stories*len(others)/20 {
			t.Errorf("%d of %d messages took 3 s or longer, want at most one in twenty", late, stories*len(others))
		}
		w.sim.ClearFaults()
		time.Sleep(8 * time.Minute)
		for _, chat := range append(others, flooded, hanging, g.ID) {
			for i := range stories {
				title := fmt.Sprintf("Report %d.", i)
				if got := w.told(chat, title); got != "["+title+"]" && chat != hanging {
					t.Errorf("chat %d: %s told %s", chat, title, got)
				}
			}
		}
		if s := w.sim.Stats(); s.EarlyRetries > 0 || s.Floods > 1 || s.PeakGroupMinute > 20 {
			t.Errorf("%d early retries, %d floods, %d in a minute in the group", s.EarlyRetries, s.Floods, s.PeakGroupMinute)
		}
		w.pending(0)
	})
}
