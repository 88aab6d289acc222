package storage

import (
	"context"
	"testing"
	"time"

	"herald/news"
)

// TestSetBack: what a clock that was wrong by a year has planned comes as long after now as it was to come then.
func TestSetBack(t *testing.T) {
	const by, wait = 365 * 24 * time.Hour, 10 * time.Minute
	db, _, feed := followed(t)
	ctx := context.Background()
	wrong := start.Add(by)
	f := must(db.Feed(ctx, feed))(t)
	f.NextPoll = wrong.Add(wait)
	ok(t, db.SaveFeed(ctx, f))
	ok(t, db.SaveHub(ctx, news.Hub{FeedID: feed, Token: "t", NextAsk: wrong.Add(wait), Until: wrong.Add(2 * wait)}))
	save(t, db, article(feed, 0, "Dam holds"))
	due := must(db.ClaimDeliveries(ctx, wrong, time.Minute, 10))(t)
	ok(t, db.Delivered(ctx, []Outcome{{ID: due[0].ID, Error: "500", RetryAt: wrong.Add(wait), Now: wrong}}))
	for chat, until := range map[int64]time.Time{1: wrong.Add(wait), 2: wrong.Add(-wait)} {
		ok(t, db.KeepFlood(ctx, chat, until))
	}
	ok(t, db.SetBack(ctx, start, by))
	for after, want := range map[time.Duration]int{wait - time.Second: 0, wait + time.Second: 1} {
		at := start.Add(after)
		if got := must(db.DueFeeds(ctx, at, 10))(t); len(got) != want {
			t.Errorf("after %s %d feeds are due, want %d", after, len(got), want)
		}
		if got := must(db.DueHubs(ctx, at, 10))(t); len(got) != want {
			t.Errorf("after %s %d hubs are due, want %d", after, len(got), want)
		}
	}
	if got := must(db.ClaimDeliveries(ctx, start.Add(wait-time.Second), time.Minute, 10))(t); len(got) != 0 {
		t.Errorf("the message is tried again too early: %+v", got)
	}
	if got := must(db.ClaimDeliveries(ctx, start.Add(wait+time.Second), time.Minute, 10))(t); len(got) != 1 {
		t.Errorf("%d messages are tried again, want 1", len(got))
	}
	floods := must(db.Floods(ctx, start))(t)
	if until := floods[1]; len(floods) != 1 || until.Before(start.Add(wait)) || until.After(start.Add(wait+time.Second)) {
		t.Errorf("flood waits: %v", floods)
	}
	if h := must(db.HubOf(ctx, feed))(t); !h.Until.Equal(start.Add(2 * wait)) {
		t.Errorf("the hub announces until %s", h.Until)
	}
}
