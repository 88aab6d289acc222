package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

// digestAt gives the place a digest every day.
func (w *world) digestAt(p news.Place, minute int, loc *time.Location) {
	w.t.Helper()
	c, err := w.db.Chat(w.t.Context(), p.Chat)
	w.check(err)
	c.Zone = loc.String()
	w.check(w.db.SaveChat(w.t.Context(), c))
	d := news.DigestTime{Place: p, Minute: minute}
	d.Next = d.After(time.Now(), loc)
	w.check(w.db.SetDigestTimes(w.t.Context(), p, []news.DigestTime{d}))
}

// TestDigest: stories are held for the chat's own hour and come together, once, day after day; others get them at once.
func TestDigest(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		kathmandu, err := time.LoadLocation("Asia/Kathmandu") // UTC+05:45
		w.check(err)
		at, once := w.reader("Ann"), w.reader("Bert")
		w.digestAt(news.Place{Chat: at}, 8*60, kathmandu)
		w.report("First")
		w.report("Second")
		time.Sleep(10 * time.Second)
		w.skip(2*time.Hour + 13*time.Minute) // 07:58 there
		time.Sleep(time.Minute)
		if n := len(w.got(at)); n != 0 {
			t.Errorf("%d messages before the hour", n)
		}
		if n := len(w.got(once)); n != 2 {
			t.Errorf("%d pushes, want 2", n)
		}
		time.Sleep(2 * time.Minute)
		got := w.got(at)
		if len(got) != 1 || !strings.Contains(got[0].Text, "First") || !strings.Contains(got[0].Text, "Second") {
			t.Fatalf("at the hour: %+v", got)
		}
		w.skip(23*time.Hour + 58*time.Minute)
		time.Sleep(4 * time.Minute) // a day without news
		w.report("Third")
		w.skip(23*time.Hour + 57*time.Minute)
		time.Sleep(2 * time.Minute)
		if got := w.got(at); len(got) != 2 || !strings.Contains(got[1].Text, "Third") || strings.Contains(got[1].Text, "First") {
			t.Errorf("on the third day: %d messages, %q", len(got), got[len(got)-1].Text)
		}
		w.pending(0)
	})
}

// TestDigestAfterDowntime: one missed by less than six hours is caught up; one missed by more waits, and keeps what it held.
func TestDigestAfterDowntime(t *testing.T) {
	for _, tt := range []struct {
		late     time.Duration // how long after its time the program starts again
		caughtUp bool
	}{{time.Minute, true}, {2 * time.Hour, true}, {5*time.Hour + 50*time.Minute, true}, {6*time.Hour + 10*time.Minute, false}, {47 * time.Hour, false}} {
		t.Run(tt.late.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				chat := w.reader("Ann")
				w.digestAt(news.Place{Chat: chat}, 8*60, time.UTC)
				w.report("Held")
				w.skip(8*time.Hour + tt.late)
				time.Sleep(30 * time.Second)
				if got := w.told(chat, "Held"); (got == "[Held]") != tt.caughtUp {
					t.Errorf("at the start: %s", got)
				}
				next := (24*time.Hour - tt.late%(24*time.Hour))
				w.skip(next - time.Minute)
				time.Sleep(time.Minute)
				if got := w.told(chat, "Held"); got != "[Held]" {
					t.Errorf("after the next: %s, want it once", got)
				}
			})
		})
	}
}

// TestDigestOff: what was held comes at once, together.
func TestDigestOff(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		p := news.Place{Chat: chat}
		w.digestAt(p, 8*60, time.UTC)
		w.report("First")
		w.report("Second")
		time.Sleep(time.Minute)
		if n, err := w.db.EndDigests(t.Context(), p, time.Now()); n != 2 || err != nil {
			t.Fatalf("released %d, %v", n, err)
		}
		time.Sleep(5 * time.Second)
		w.report("Third")
		time.Sleep(5 * time.Second)
		got := w.got(chat)
		if len(got) != 2 || !strings.Contains(got[0].Text, "First") || !strings.Contains(got[0].Text, "Second") || !strings.Contains(got[1].Text, "Third") {
			t.Errorf("got %d messages: %+v", len(got), got)
		}
	})
}

// TestDigestFaults: a digest survives what a push survives.
func TestDigestFaults(t *testing.T) {
	for name, f := range map[string]sim.Fault{
		"429": {RetryAfter: 30}, "500": {Status: 500, Body: "<html>", Times: 3}, "reset": {Reset: true}, "not found for a while": {
			Status:      400,
			Description: "Bad Request: chat not found", Times: 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				chat := w.reader("Ann")
				w.digestAt(news.Place{Chat: chat}, 1, time.UTC)
				w.report("Held")
				f.Method = "sendMessage"
				w.sim.AddFault(f)
				time.Sleep(3 * time.Minute)
				if got := w.told(chat, "Held"); got != "[Held]" {
					t.Errorf("got %s", got)
				}
				if s := w.sim.Stats(); s.EarlyRetries > 0 {
					t.Errorf("%d early retries", s.EarlyRetries)
				}
			})
		})
	}
}

// TestDigestBlocked: the chat rests, and a return does not bring what was held.
func TestDigestBlocked(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.digestAt(news.Place{Chat: chat}, 1, time.UTC)
		w.report("Held")
		w.check(w.sim.Block(chat))
		time.Sleep(2 * time.Minute)
		if w.active(chat) {
			t.Error("active while blocked")
		}
		w.check(w.sim.Unblock(chat))
		w.check(w.db.SetActive(t.Context(), chat, true))
		w.skip(24 * time.Hour)
		time.Sleep(time.Minute)
		w.expect(chat)
	})
}

// TestLargeDigest: all that is held is named or counted.
func TestLargeDigest(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.digestAt(news.Place{Chat: chat}, 1, time.UTC)
		for i := range 75 {
			w.report(fmt.Sprintf("Report <%d>", i))
		}
		time.Sleep(2 * time.Minute)
		var text string
		for _, m := range w.got(chat) {
			text += m.Text + "\n"
		}
		if n := strings.Count(text, "Report <"); n < 60 || !strings.Contains(text, "… and 15 more stories: /latest") {
			t.Errorf("%d reports named in %q", n, text)
		}
		if s := w.sim.Stats(); len(s.Refused) > 0 {
			t.Errorf("refused %v", s.Refused)
		}
	})
}

// TestDigestInChannel: no buttons.
func TestDigestInChannel(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		c := w.sim.AddChannel(sim.Group{Title: "Wire"})
		p := news.Place{Chat: c.ID}
		w.follow(p, news.Channel)
		w.digestAt(p, 1, time.UTC)
		w.report("Held")
		time.Sleep(2 * time.Minute)
		if m, ok := w.sim.LastMessage(c.ID); !ok || !strings.Contains(m.Text, "Held") || m.Markup != nil {
			t.Errorf("post %+v", m)
		}
	})
}

// TestDigestOnHardNights: at the wire, in the night that is an hour shorter and the one that is an hour longer, the digest comes
// once: at the end of the gap, and the first time that the clock shows its time.
func TestDigestOnHardNights(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		berlin := news.Location("Europe/Berlin")
		chat := w.reader("Ann")
		w.digestAt(news.Place{Chat: chat}, 2*60+30, berlin)
		for i, tt := range []struct{ from, at time.Time }{
			{time.Date(2000, 3, 25, 12, 0, 0, 0, time.UTC), time.Date(2000, 3, 26, 1, 0, 0, 0, time.UTC)},
			{time.Date(2000, 10, 28, 12, 0, 0, 0, time.UTC), time.Date(2000, 10, 29, 0, 30, 0, 0, time.UTC)},
		} {
			w.skip(time.Until(tt.from))
			time.Sleep(time.Second)
			w.report(fmt.Sprint("Night ", i))
			w.skip(time.Until(tt.at) - 2*time.Second)
			if n := len(w.got(chat)); n != i {
				t.Errorf("%d messages before %s, want %d", n, tt.at, i)
			}
			time.Sleep(5 * time.Second)
			w.report(fmt.Sprint("Later ", i)) // for the next night
			w.skip(2 * time.Hour)
			time.Sleep(time.Second)
			got := w.got(chat)
			if len(got) != i+1 || !strings.Contains(got[i].Text, fmt.Sprint("Night ", i)) {
				t.Fatalf("after %s: %+v", tt.at, got)
			}
			if late := got[i].Date - tt.at.Unix(); late < 0 || late > 3 {
				t.Errorf("%d s after %s", late, tt.at)
			}
		}
	})
}
