package storage

import (
	"context"
	"fmt"
	"testing"
	"time"

	"herald/news"
)

func TestFoldStale(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	many, few, held, gone := news.Place{Chat: 1}, news.Place{Chat: 2, Topic: 4}, news.Place{Chat: 3}, news.Place{Chat: 4}
	for _, p := range []news.Place{many, held, gone} {
		subscribe(t, db, p, feed)
	}
	holdDigests(t, db, held)
	for i := range 4 { // one an hour; the last is young
		if i == 2 {
			subscribe(t, db, few, feed) // in time for one that is stale
		}
		a := article(feed, 60*i, fmt.Sprint("Report ", i))
		must(db.SaveArticle(ctx, a, Save{Push: true, Now: a.Fetched}))(t)
	}
	now := start.Add(24 * time.Hour)
	claims := must(db.ClaimDeliveries(ctx, now, time.Minute, 1))(t) // the freshest of somebody
	ok(t, db.Delivered(ctx, []Outcome{{ID: claims[0].ID, Error: "500", RetryAt: now.Add(time.Hour), Now: now}}))
	ok(t, db.SetActive(ctx, gone.Chat, false))
	before := start.Add(150 * time.Minute)
	if n := must(db.FoldStale(ctx, before, now, 10))(t); n != 1 {
		t.Errorf("%d places, want the one that is owed more than one stale story", n)
	}
	if n := must(db.FoldStale(ctx, before, now, 10))(t); n != 0 {
		t.Errorf("%d places the second time", n)
	}
	// What becomes stale while the digest is not sent joins it, even alone.
	if n := must(db.FoldStale(ctx, start.Add(200*time.Minute), now, 10))(t); n != 2 {
		t.Errorf("%d places, want the one with a digest and the one that is owed two", n)
	}
	digests := must(db.ClaimDigests(ctx, now, time.Minute, 10))(t)
	if len(digests) != 2 || digests[0].Place != many || len(digests[0].Stories) != 4 || !digests[0].Late || len(digests[1].Stories) != 2 {
		t.Errorf("got %+v, want the four stale stories of %v in one, and the two of %v", digests, many, few)
	}
	left := must(db.ClaimDeliveries(ctx, now.Add(2*time.Hour), time.Minute, 10))(t)
	owed := map[news.Place]int{}
	for _, d := range left {
		owed[d.Place]++
	}
	if owed[many] != 0 || owed[few] != 0 || owed[held] != 0 {
		t.Errorf("left to push: %v", owed)
	}
}
