package schedule_test

import (
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

const lossNotice = "I can't post in Wire <1> any more: I was removed there, or may no longer write. Its settings are kept: as soon as I may post there again, the news goes on."

// served is a channel that follows the feed and was set up by a person in private.
func (w *world) served(by int64) int64 {
	w.t.Helper()
	c := w.sim.AddChannel(sim.Group{Title: "Wire <1>", Admins: []int64{by}})
	_, _, err := w.db.EnsureChat(w.t.Context(), news.Chat{ID: c.ID, Kind: news.Channel, Title: c.Title, Length: news.Short, Active: true, Added: time.Now(), ServedFrom: by})
	w.check(err)
	_, err = w.db.Subscribe(w.t.Context(), news.Place{Chat: c.ID}, w.feed.ID, time.Now())
	w.check(err)
	return c.ID
}

// person is somebody who talks with the bot and follows nothing.
func (w *world) person(name string) int64 {
	w.t.Helper()
	u := w.sim.AddUser(sim.User{FirstName: name})
	_, err := w.sim.Tell(u.ID, "/start")
	w.check(err)
	_, _, err = w.db.EnsureChat(w.t.Context(), news.Chat{ID: u.ID, Kind: news.Private, Active: true, Added: time.Now()})
	w.check(err)
	return u.ID
}

// TestLossIsTold: who set up a channel in private is told once that it is lost, however that is found out; its settings are kept.
func TestLossIsTold(t *testing.T) {
	for name, lose := range map[string]func(*world, int64) error{
		"removed":         func(w *world, chat int64) error { return w.sim.SetBot(chat, 0, sim.Left) },
		"thrown out":      func(w *world, chat int64) error { return w.sim.SetBot(chat, 0, sim.Kicked) },
		"no longer admin": func(w *world, chat int64) error { return w.sim.SetBot(chat, 0, sim.Member) },
		"deleted":         func(w *world, chat int64) error { return w.sim.DeleteChat(chat) },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *world) {
				ann := w.person("Ann")
				wire := w.served(ann)
				w.check(lose(w, wire))
				w.report("Harbour reopens")
				time.Sleep(2 * time.Minute)
				w.expect(ann, lossNotice)
				w.report("Quay closed")
				w.skip(time.Minute)
				time.Sleep(time.Minute)
				w.expect(ann, lossNotice)
				if subs, err := w.db.Subscriptions(t.Context(), news.Place{Chat: wire}); err != nil || len(subs) != 1 || w.active(wire) {
					t.Errorf("follows %d feeds, %v; active %v", len(subs), err, w.active(wire))
				}
				w.pending(0)
			})
		})
	}
}

// TestLossIsToldWhenItCanBe: not in quiet hours, and when the person is back; and again where the channel was lost again.
func TestLossIsToldWhenItCanBe(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		ann, bert := w.person("Ann"), w.person("Bert")
		w.quietAt(ann, "UTC", 22, 7)
		w.check(w.sim.Block(bert))
		wire, other := w.served(ann), w.served(bert)
		w.check(w.db.SetActive(t.Context(), wire, false))
		w.check(w.db.SetActive(t.Context(), other, false))
		time.Sleep(time.Minute)
		w.expect(ann)
		if w.active(bert) {
			t.Error("Bert, who blocked the bot, is active")
		}
		w.check(w.sim.Unblock(bert))
		w.check(w.db.SetActive(t.Context(), bert, true))
		time.Sleep(11 * time.Second)
		w.expect(bert, lossNotice)
		w.skip(7 * time.Hour)
		time.Sleep(11 * time.Second)
		w.expect(ann, lossNotice)
		w.check(w.db.SetActive(t.Context(), wire, true))
		time.Sleep(11 * time.Second)
		w.check(w.db.SetActive(t.Context(), wire, false))
		time.Sleep(11 * time.Second)
		w.expect(ann, lossNotice, lossNotice)
	})
}
