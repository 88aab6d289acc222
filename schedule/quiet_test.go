package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"herald/bot/sim"
	"herald/news"
)

// quietAt gives a chat a zone and quiet hours.
func (w *world) quietAt(chat int64, zone string, from, to int) {
	w.t.Helper()
	c, err := w.db.Chat(w.t.Context(), chat)
	w.check(err)
	c.Zone, c.Quiet = zone, news.Quiet{From: from * 60, To: to * 60}
	w.check(w.db.SaveChat(w.t.Context(), c))
}

// TestQuiet: what comes at night comes together in the morning, once, and what comes by day at once; also when the program is
// started again in between.
func TestQuiet(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat, other := w.reader("Ann"), w.reader("Bert")
		w.quietAt(chat, "Europe/Berlin", 22, 7) // it is one o'clock there
		for night := range 2 {
			before := len(w.got(chat))
			w.report(fmt.Sprint("First ", night))
			time.Sleep(time.Minute)
			w.report(fmt.Sprint("Second ", night))
			w.skip(5*time.Hour + 58*time.Minute) // 06:59
			if n := len(w.got(chat)) - before; n != 0 {
				t.Errorf("%d messages at night", n)
			}
			time.Sleep(90 * time.Second)
			got := w.got(chat)[before:]
			if len(got) != 1 || !strings.HasPrefix(got[0].Text, "🌙 While it was quiet · 2 stories") || !strings.Contains(got[0].Text, "First") {
				t.Fatalf("in the morning: %+v", got)
			}
			w.report(fmt.Sprint("By day ", night))
			time.Sleep(5 * time.Second)
			if n := len(w.got(chat)) - before; n != 2 {
				t.Errorf("%d messages by day, want 2", n)
			}
			w.skip(17*time.Hour + 59*time.Minute)
		}
		if n := len(w.got(other)); n != 6 {
			t.Errorf("another chat got %d messages, want 6", n)
		}
		w.pending(0)
	})
}

// TestQuietBegins: what waits for its turn when the quiet hours begin is held as well.
func TestQuietBegins(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.quietAt(chat, "UTC", 22, 7)
		w.skip(22*time.Hour - 2*time.Second)
		time.Sleep(1500 * time.Millisecond)
		for _, title := range []string{"One", "Two", "Three"} { // of which a chat gets one a second
			w.report(title)
		}
		time.Sleep(time.Minute)
		if n := len(w.got(chat)); n != 1 {
			t.Errorf("%d messages when the night begins, want 1", n)
		}
		w.skip(9 * time.Hour)
		time.Sleep(time.Minute)
		if got := w.got(chat); len(got) != 2 || !strings.HasPrefix(got[1].Text, "🌙 While it was quiet · 2 stories") {
			t.Errorf("in the morning: %+v", got)
		}
	})
}

// TestLateAtNight: what could not be sent for long does not come at night, when it can be.
func TestLateAtNight(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.sim.AddFault(sim.Fault{Status: 502, Times: -1})
		w.report("One")
		w.report("Two")
		time.Sleep(5 * time.Second)
		w.quietAt(chat, "Europe/Berlin", 22, 7) // from 21:00 UTC on, after midnight now
		w.stop()
		time.Sleep(46 * time.Hour) // 22:00 UTC
		w.sim.ClearFaults()
		w.start()
		time.Sleep(11 * time.Minute)
		if got := w.got(chat); len(got) != 0 {
			t.Errorf("at night: %+v", got)
		}
		w.skip(8 * time.Hour)
		time.Sleep(11 * time.Minute)
		if got := w.told(chat, "One", "Two"); len(w.got(chat)) != 1 || !strings.Contains(got, "One") || !strings.Contains(got, "Two") {
			t.Errorf("in the morning: %s", got)
		}
	})
}

// TestQuietMoves: when the quiet hours or the zone change, what is held comes when they end now.
func TestQuietMoves(t *testing.T) {
	for name, tt := range map[string]struct {
		zone     string
		from, to int
		at       time.Duration // from now on
	}{
		"none any more":   {"UTC", 0, 0, 0},
		"longer":          {"UTC", 22, 9, 9 * time.Hour},
		"another zone":    {"America/New_York", 22, 7, 12 * time.Hour},
		"day there":       {"Asia/Tokyo", 22, 7, 0},
		"other hours":     {"UTC", 13, 14, 0},
		"the same, again": {"UTC", 22, 7, 7 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				chat := w.reader("Ann")
				w.quietAt(chat, "UTC", 22, 7)
				w.report("Held")
				time.Sleep(10 * time.Second)
				w.quietAt(chat, tt.zone, tt.from, tt.to)
				c, err := w.db.Chat(t.Context(), chat)
				w.check(err)
				at := time.Now()
				if until := c.Quiet.Until(at, c.Location()); !until.IsZero() {
					at = until
				}
				w.check(w.db.EndQuiet(t.Context(), chat, at))
				if tt.at > 0 {
					w.skip(tt.at - time.Minute)
					w.expect(chat)
					time.Sleep(time.Minute)
				}
				time.Sleep(5 * time.Second)
				if got := w.told(chat, "Held"); got != "[Held]" {
					t.Errorf("got %s", got)
				}
			})
		})
	}
}

// TestQuietEndsForAll: when quiet hours are switched off, what is new below a card and a digest that is late come at once, too.
func TestQuietEndsForAll(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		feeds := w.feeds(len(ferry))
		w.skip(20 * time.Hour)
		chat, late := w.readerOf("Ann", feeds), w.reader("Bert")
		w.digestAt(news.Place{Chat: late}, 21*60, time.UTC)
		w.tell(feeds[0], 0)
		time.Sleep(10 * time.Second)
		for _, c := range []int64{chat, late} {
			w.quietAt(c, "UTC", 22, 7)
		}
		w.skip(2 * time.Hour)
		time.Sleep(time.Second) // the scheduler has begun
		w.tell(feeds[4], 4)
		time.Sleep(time.Minute)
		if n := len(w.got(chat)) + len(w.got(late)); n != 1 {
			t.Errorf("%d messages before and at night, want the card", n)
		}
		for _, c := range []int64{chat, late} {
			w.quietAt(c, "UTC", 0, 0)
			w.check(w.db.EndQuiet(t.Context(), c, time.Now()))
		}
		time.Sleep(5 * time.Second)
		if got := w.got(chat); len(got) != 2 || got[1].ReplyTo == nil || !strings.Contains(got[1].Text, "Tobias Renn") {
			t.Errorf("below the card: %+v", got)
		}
		if got := w.told(late, "runs aground"); got != "[runs aground]" {
			t.Errorf("the digest: %s", got)
		}
	})
}

// TestQuietDigest: a digest that somebody asked for within the quiet hours comes without a sound; one that is late waits for
// their end.
func TestQuietDigest(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		asked, late := w.reader("Ann"), w.reader("Bert")
		w.digestAt(news.Place{Chat: asked}, 23*60, time.UTC)
		w.digestAt(news.Place{Chat: late}, 21*60, time.UTC)
		w.report("Held")
		for _, chat := range []int64{asked, late} {
			w.quietAt(chat, "UTC", 22, 7)
		}
		w.skip(23 * time.Hour)
		time.Sleep(5 * time.Second)
		got := w.got(asked)
		if len(got) != 1 || !got[0].Silent || !strings.HasPrefix(got[0].Text, "Your news") {
			t.Errorf("asked for: %+v", got)
		}
		w.expect(late)
		w.skip(7*time.Hour + 59*time.Minute)
		w.expect(late)
		time.Sleep(time.Minute)
		if got := w.got(late); len(got) != 1 || got[0].Silent {
			t.Errorf("late: %+v", got)
		}
	})
}

// TestQuietIntoDigest: what quiet hours held before digests were asked for comes with the next digest, and not before.
func TestQuietIntoDigest(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.quietAt(chat, "UTC", 22, 7)
		w.report("Held")
		time.Sleep(10 * time.Second)
		w.digestAt(news.Place{Chat: chat}, 8*60, time.UTC)
		w.skip(7*time.Hour + 30*time.Minute)
		w.expect(chat)
		w.skip(30 * time.Minute)
		time.Sleep(5 * time.Second)
		if got := w.told(chat, "Held", "Your news"); got != "[Held Your news]" {
			t.Errorf("got %s", got)
		}
	})
}

// TestDigestAtTheMinute: a digest set for the next minute has what came until then, at the minute, once.
func TestDigestAtTheMinute(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.digestAt(news.Place{Chat: chat}, 1, time.UTC)
		time.Sleep(57 * time.Second)
		w.report("Just in time")
		w.skip(1500 * time.Millisecond)
		w.expect(chat)
		time.Sleep(4 * time.Second)
		got := w.got(chat)
		if len(got) != 1 || got[0].Date%60 > 3 || !strings.Contains(got[0].Text, "Just in time") {
			t.Errorf("got %+v", got)
		}
		time.Sleep(3 * time.Minute)
		if n := len(w.got(chat)); n != 1 {
			t.Errorf("%d messages", n)
		}
	})
}

// TestDigestEdited: stories that more tell come first, the same event comes once, and what came at once is only named.
func TestDigestEdited(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		chat := w.reader("Ann")
		w.report("Pushed at once")
		time.Sleep(10 * time.Second)
		w.digestAt(news.Place{Chat: chat}, 8*60, time.UTC)
		for _, title := range []string{"Ferry saved", "Quay closed", "Pushed at once!", "Ferry  SAVED!"} {
			w.report(title)
		}
		w.skip(8 * time.Hour)
		time.Sleep(5 * time.Second)
		got := w.got(chat)
		if len(got) != 2 {
			t.Fatalf("got %+v", got)
		}
		text := got[1].Text
		if strings.Count(strings.ToLower(text), "saved") != 1 || !strings.Contains(text, "Quay closed") ||
			!strings.HasSuffix(text, "You already have: Pushed at once") || !strings.Contains(text, "· 2 stories") {
			t.Errorf("got %q", text)
		}
		if n := len(utf16.Encode([]rune(text))); n > 4096 {
			t.Errorf("%d units", n)
		}
	})
}

// TestQuietInTopics: each topic of a forum gets what was held for it.
func TestQuietInTopics(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ann := w.sim.AddUser(sim.User{FirstName: "Ann"})
		g := w.sim.AddGroup(sim.Group{Title: "Rowers", Forum: true, Admins: []int64{ann.ID}})
		var topics []int
		for _, name := range []string{"News", "Views"} {
			topic, err := w.sim.AddTopic(g.ID, name, "")
			w.check(err)
			topics = append(topics, topic)
			w.follow(news.Place{Chat: g.ID, Topic: topic}, news.Supergroup)
		}
		w.digestAt(news.Place{Chat: g.ID, Topic: topics[1]}, 9*60, time.UTC)
		w.quietAt(g.ID, "UTC", 22, 7)
		w.report("Held")
		w.skip(7*time.Hour + 5*time.Second)
		time.Sleep(5 * time.Second)
		w.skip(2 * time.Hour)
		time.Sleep(5 * time.Second)
		var got []string
		for _, m := range w.got(g.ID) {
			got = append(got, fmt.Sprint(m.Topic, " ", strings.Contains(m.Text, "Held"), " ", time.Unix(m.Date, 0).UTC().Format("15")))
		}
		if want := []string{fmt.Sprint(topics[0], " true 07"), fmt.Sprint(topics[1], " true 09")}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
