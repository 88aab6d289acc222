package storage

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestFloods(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	for chat, after := range map[int64]time.Duration{0: time.Minute, 7: time.Hour, 8: time.Second} {
		ok(t, db.KeepFlood(ctx, chat, start.Add(after)))
	}
	ok(t, db.KeepFlood(ctx, 7, start.Add(time.Minute))) // told in another order
	got := must(db.Floods(ctx, start.Add(10*time.Second)))(t)
	if len(got) != 2 || got[0].Before(start.Add(time.Minute)) || got[7].Before(start.Add(time.Hour)) || got[7].After(start.Add(61*time.Minute)) {
		t.Errorf("got %v", got)
	}
	if got := must(db.Floods(ctx, start.Add(2*time.Hour)))(t); len(got) != 0 {
		t.Errorf("later: got %v", got)
	}
}

// TestRecentSendings: what a group got lately counts, and whatever may have been under way.
func TestRecentSendings(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	for _, chat := range []int64{1, -1, -2} {
		subscribe(t, db, news.Place{Chat: chat}, feed)
	}
	save(t, db, article(feed, 1, "Dam holds"))
	now := start.Add(time.Hour)
	for _, d := range must(db.ClaimDeliveries(ctx, now, time.Minute, 10))(t) {
		if d.Place.Chat != -2 {
			ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, MessageID: 1, Now: now.Add(-10 * time.Second)}}))
		}
	}
	want := []Sending{{-1, now.Add(-10 * time.Second)}, {-2, now}}
	if diff := cmp.Diff(want, must(db.RecentSendings(ctx, now.Add(-time.Minute), now))(t)); diff != "" {
		t.Error(diff)
	}
	if got := must(db.RecentSendings(ctx, now, now))(t); len(got) != 1 {
		t.Errorf("got %v, want what is claimed", got)
	}
}
