package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"herald/bot/sim"
)

// TestGoneIsTold: every place that follows a feed is told once that its publisher closed it: also those whom a failure kept from
// it, those that come after a restart in the middle, and nobody twice.
func TestGoneIsTold(t *testing.T) {
	inBubble(t, func(t *testing.T, w *world) {
		const notice = "Echo was closed by its publisher. Nothing more will come from it."
		var chats []int64
		for i := range 100 { // several batches
			chats = append(chats, w.reader(fmt.Sprint("Reader ", i)))
		}
		w.feed.Gone = true
		w.check(w.db.SaveFeed(t.Context(), w.feed))
		w.sim.AddFault(sim.Fault{Method: "sendMessage", Status: 502, Times: 50})
		w.check(w.db.Set(t.Context(), fmt.Sprint("gone/", w.feed.ID), "[]"))
		time.Sleep(12 * time.Second)
		w.stop()
		reached := 0
		for _, chat := range chats {
			reached += len(w.got(chat))
		}
		if reached == 0 || reached == len(chats) {
			t.Fatalf("%d are told before the restart: the test shows nothing", reached)
		}
		w.start()
		time.Sleep(10 * time.Minute)
		for _, chat := range chats {
			w.expect(chat, notice)
		}
		if keys, err := w.db.Keys(t.Context(), "gone/"); err != nil || len(keys) != 0 {
			t.Errorf("still to be told: %q, %v", keys, err)
		}
	})
}
