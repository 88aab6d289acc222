package storage

import (
	"context"
	"testing"
	"time"

	"herald/news"
)

// TestOwed follows a delivery and a digest through their lives.
func TestOwed(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	is := func(when string, at time.Time, want bool) {
		t.Helper()
		if got := must(db.Owed(ctx, at))(t); got != want {
			t.Errorf("%s: got %t", when, got)
		}
	}
	feed := addFeed(t, db, "north")
	p, held := news.Place{Chat: 1}, news.Place{Chat: 2}
	subscribe(t, db, p, feed)
	is("nothing", start, false)
	save(t, db, article(feed, 1, "First"))
	is("due", start, true)
	claim := must(db.ClaimDeliveries(ctx, start, time.Minute, 5))(t)[0]
	is("claimed", start.Add(59*time.Second), false)
	is("the claim has ended", start.Add(time.Minute), true)
	ok(t, db.Delivered(ctx, []Outcome{{ID: claim.ID, Error: "no", RetryAt: start.Add(time.Hour), Now: start}}))
	is("waiting", start.Add(59*time.Minute), false)
	is("waited", start.Add(time.Hour), true)
	ok(t, db.Delivered(ctx, []Outcome{{ID: claim.ID, MessageID: 1, Now: start}}))
	is("sent", start.Add(time.Hour), false)

	ok(t, db.SetActive(ctx, p.Chat, false))
	subscribe(t, db, held, feed)
	holdDigests(t, db, held)
	save(t, db, article(feed, 2, "Second"))
	is("held", start.Add(time.Hour), false)
	must(db.EndDigests(ctx, held, start))(t)
	is("a digest is due", start, true)
	digest := must(db.ClaimDigests(ctx, start, time.Minute, 5))(t)[0]
	is("the digest is claimed", start, false)
	is("its claim has ended", start.Add(time.Minute), true)
	ok(t, db.Delivered(ctx, []Outcome{{ID: digest.ID, Digest: true, Error: "no", RetryAt: start.Add(time.Hour), Now: start}}))
	is("the digest waits", start, false)
	is("the digest waited", start.Add(time.Hour), true)
	ok(t, db.Delivered(ctx, []Outcome{{ID: digest.ID, Digest: true, MessageID: 7, Now: start}}))
	is("the digest is sent", start.Add(time.Hour), false)
}
