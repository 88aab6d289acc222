package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
	"herald/news/desk"
	"herald/storage"
)

// ferry is one event as five publishers tell it; the last of them knows more.
var ferry = []struct{ source, title, text string }{
	{
		"Echo", "Ferry Amsel runs aground off Oberwald with 214 aboard",
		"The ferry Amsel ran aground in thick fog off Oberwald on Tuesday morning with 214 passengers aboard. " +
			"Nobody was hurt, the harbour office of Oberwald said. The ferry struck the Skerrow Bank at 06:40.",
	},
	{
		"Tagblatt", "214 passengers safe after ferry Amsel strikes sandbank",
		"All 214 passengers of the ferry Amsel are safe after the ship struck the Skerrow Bank in fog off Oberwald on Tuesday. " +
			"The harbour office of Oberwald said that nobody was hurt when the ferry ran aground.",
	},
	{
		"Courier", "Fog: ferry Amsel aground off Oberwald, nobody hurt",
		"In thick fog the ferry Amsel ran aground on the Skerrow Bank off Oberwald on Tuesday morning. " +
			"The 214 passengers aboard were not hurt, said the harbour office.",
	},
	{
		"Dispatch", "Ferry Amsel hits Skerrow Bank off Oberwald",
		"The ferry Amsel hit the Skerrow Bank off Oberwald in fog on Tuesday with 214 passengers aboard. Nobody was hurt.",
	},
	{
		"Herold", "Captain of ferry Amsel arrested after grounding off Oberwald",
		"Police arrested captain Tobias Renn, 51, whose blood held 1.8 per mille of alcohol, prosecutor Mara Lindt told reporters. " +
			"The ferry Amsel ran aground in fog on the Skerrow Bank off Oberwald on Tuesday with 214 passengers aboard.",
	},
}

// TestOneEventOneMessage: whatever the order and however often the program starts anew, each subscriber of all five feeds gets
// one card, which names all five in the end, and one message that says what only the last of them knew.
func TestOneEventOneMessage(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				feeds := w.feeds(len(ferry))
				var readers []int64
				for i := range 50 {
					readers = append(readers, w.readerOf(fmt.Sprint("Reader", i), feeds))
				}
				order := rand.New(rand.NewPCG(seed, 1)).Perm(len(ferry) - 1)
				for _, n := range append(order, len(ferry)-1) {
					w.tell(feeds[n], n)
					time.Sleep(20 * time.Second)
					w.skip(time.Second)
					time.Sleep(time.Second) // the scheduler has begun
				}
				time.Sleep(30 * time.Minute)
				for _, chat := range readers {
					w.sawFerry(chat)
				}
				w.pending(0)
				if s := w.sim.Stats(); s.EarlyRetries > 0 {
					t.Errorf("%+v", s)
				}
			})
		})
	}
}

// sawFerry fails the test where a chat did not get the event once, with its five publishers, and what is new once.
func (w *world) sawFerry(chat int64) {
	w.t.Helper()
	got := w.got(chat)
	if len(got) != 2 {
		w.t.Errorf("chat %d got %d messages, the last: %s", chat, len(got), got[len(got)-1].Text)
		return
	}
	card, update := got[0], got[1]
	for _, a := range ferry {
		if !strings.Contains(card.Text, a.source) {
			w.t.Errorf("%s is missing in %q", a.source, card.Text)
		}
	}
	if update.ReplyTo == nil || update.ReplyTo.ID != card.ID || !strings.Contains(update.Text, "Tobias Renn") || strings.Contains(update.Text, "ran aground in fog") {
		w.t.Errorf("what is new: %+v", update)
	}
	if card.Silent != update.Silent || card.EditDate == 0 {
		w.t.Errorf("card %+v", card)
	}
}

// TestUpdatesOff: who left updates off sees the card grow, and no message.
func TestUpdatesOff(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		feeds := w.feeds(len(ferry))
		chat := w.readerOf("Ann", feeds)
		c, err := w.db.Chat(t.Context(), chat)
		w.check(err)
		c.Updates = false
		w.check(w.db.SaveChat(t.Context(), c))
		for _, n := range []int{0, 4} {
			w.tell(feeds[n], n)
			time.Sleep(time.Minute)
		}
		got := w.got(chat)
		if len(got) != 1 || !strings.Contains(got[0].Text, "Herold") {
			t.Errorf("%+v", got)
		}
	})
}

// TestEditsAreFew: a card is edited at most once in ten minutes, and one that is gone is given up.
func TestEditsAreFew(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, w *world) {
		feeds := w.feeds(len(ferry))
		chat := w.readerOf("Ann", feeds)
		for n := range 4 {
			w.tell(feeds[n], n)
			time.Sleep(time.Minute)
		}
		if n := len(w.sim.CallsOf("editMessageText")); n != 1 {
			t.Errorf("%d edits in four minutes", n)
		}
		time.Sleep(10 * time.Minute)
		if n := len(w.sim.CallsOf("editMessageText")); n != 2 {
			t.Errorf("%d edits in fourteen minutes", n)
		}
		w.sim.AddFault(sim.Fault{Method: "editMessageText", Chat: chat, Status: 400, Description: "Bad Request: message can't be edited", Times: 9})
		w.tell(feeds[4], 4)
		time.Sleep(25 * time.Minute)
		if n := len(w.sim.CallsOf("editMessageText")); n != 3 {
			t.Errorf("%d edits of a card that can't be edited", n)
		}
	})
}

// TestCardKeepsItsLead: a card that was delivered keeps its headline when another article turns out to be more central, and its full
// text is that article's; whoever asks later gets the central one.
func TestCardKeepsItsLead(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, w *world) {
		feeds := w.feeds(len(ferry))
		chat := w.readerOf("Ann", feeds)
		order := []int{4, 3, 1, 2, 0}
		for _, n := range order {
			w.tell(feeds[n], n)
			time.Sleep(time.Minute)
		}
		time.Sleep(20 * time.Minute)
		first, last := ferry[order[0]], ferry[order[len(order)-1]]
		card := w.got(chat)[0]
		if !strings.HasPrefix(card.Text, first.title) || !strings.Contains(card.Text, last.source) {
			t.Errorf("the card: %q", card.Text)
		}
		stories, _, err := w.db.Latest(t.Context(), storage.Query{})
		w.check(err)
		if len(stories) != 1 || stories[0].Title == first.title || stories[0].Title != stories[0].Lead().Title {
			t.Fatalf("the stories: %+v", stories)
		}
		button, ok := card.Button("Full text")
		if want := fmt.Sprintf("f:%d:%d", stories[0].ID, stories[0].ID); !ok || button.Data != want {
			t.Errorf("the button leads to %q, want %q", button.Data, want)
		}
	})
}

// feeds are so many feeds, of which the world's own is the first.
func (w *world) feeds(n int) []news.Feed {
	w.t.Helper()
	all := []news.Feed{w.feed}
	for i := 1; i < n; i++ {
		f, _, err := w.db.AddFeed(w.t.Context(), news.Feed{
			URL: fmt.Sprintf("https://%d.example/feed", i), Title: fmt.Sprint("Feed ", i), Added: time.Now(), NextPoll: time.Now().AddDate(1, 0, 0),
		})
		w.check(err)
		all = append(all, f)
	}
	return all
}

// readerOf is a new person who follows the feeds in private.
func (w *world) readerOf(name string, feeds []news.Feed) int64 {
	w.t.Helper()
	chat := w.reader(name)
	for _, f := range feeds {
		_, err := w.db.Subscribe(w.t.Context(), news.Place{Chat: chat}, f.ID, time.Now())
		w.check(err)
	}
	return chat
}

// tell has a publisher report the ferry.
func (w *world) tell(f news.Feed, n int) {
	w.t.Helper()
	d := ferry[n]
	a := desk.New(nil).Text(d.title, d.text, "en")
	a.FeedID, a.Source, a.URL, a.Identity = f.ID, d.source, fmt.Sprintf("https://%d.example/ferry", n), fmt.Sprint("ferry", n)
	w.check(w.scheduler.Place(w.t.Context(), a))
}
