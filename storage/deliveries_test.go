package storage

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// lateAsCanBe is after everything in the tests' news.
var lateAsCanBe = start.AddDate(1, 0, 0)

// owed claims all that is due and lists it.
func owed(t testing.TB, db *DB, now time.Time) []string {
	t.Helper()
	var all []string
	for {
		claims := must(db.ClaimDeliveries(context.Background(), now, time.Minute, 100))(t)
		if len(claims) == 0 {
			slices.Sort(all)
			return all
		}
		var outcomes []Outcome
		for _, d := range claims {
			all = append(all, fmt.Sprintf("%d/%d story %d", d.Place.Chat, d.Place.Topic, d.StoryID))
			outcomes = append(outcomes, Outcome{ID: d.ID, MessageID: 1, Now: now})
		}
		ok(t, db.Delivered(context.Background(), outcomes))
	}
}

// holdDigests makes a place read a digest at eight.
func holdDigests(t testing.TB, db *DB, p news.Place) {
	t.Helper()
	ok(t, db.SetDigestTimes(context.Background(), p, []news.DigestTime{{Minute: 480, Next: start.Add(time.Hour)}}))
}

func TestSaveArticleOwes(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	both, topic, one, held, gone := news.Place{Chat: 1}, news.Place{Chat: -2, Topic: 5}, news.Place{Chat: 3}, news.Place{Chat: 4}, news.Place{Chat: 5}
	subscribe(t, db, both, north, south)
	subscribe(t, db, topic, north)
	subscribe(t, db, one, south)
	subscribe(t, db, held, north)
	subscribe(t, db, gone, north)
	holdDigests(t, db, held)
	ok(t, db.SetActive(ctx, gone.Chat, false))
	addChat(t, db, 6)
	must(db.Subscribe(ctx, news.Place{Chat: 6}, north, start.Add(time.Hour)))(t) // after the article was seen

	a := article(north, 1, "Ferry sinks")
	if n := save(t, db, a); n != 3 {
		t.Errorf("%d deliveries, want 3", n)
	}
	b := article(south, 2, "Ferry lost off Lindau") // the same story from another feed
	b.StoryID = a.StoryID
	if n := save(t, db, b); n != 1 {
		t.Errorf("%d deliveries for the second article, want only that to the place which follows its feed alone", n)
	}
	if n := must(db.SaveArticle(ctx, article(north, 3, "Backlog"), Save{}))(t); n != 0 {
		t.Errorf("%d deliveries without Push", n)
	}
	if n := must(db.PendingDeliveries(ctx))(t); n != 3 {
		t.Errorf("%d pending, want 3", n)
	}
	want := []string{"-2/5 story 1", "1/0 story 1", "3/0 story 1"}
	if diff := cmp.Diff(want, owed(t, db, lateAsCanBe)); diff != "" {
		t.Error(diff)
	}
	if got := must(db.Stats(ctx))(t); got.Held != 1 || got.Pending != 0 {
		t.Errorf("held %d, pending %d", got.Held, got.Pending)
	}
	// Neither a sent nor a held story is owed again.
	c := article(north, 4, "Ferry: what we know")
	c.StoryID = a.StoryID
	if n := save(t, db, c); n != 0 {
		t.Errorf("%d deliveries again", n)
	}
}

// TestDigestWithoutATime: a topic without a digest time gets pushes though its chat reads digests elsewhere.
func TestDigestWithoutATime(t *testing.T) {
	db, _, feed := followed(t)
	subscribe(t, db, news.Place{Chat: 1, Topic: 2}, feed)
	holdDigests(t, db, news.Place{Chat: 1})
	save(t, db, article(feed, 0, "Report"))
	if diff := cmp.Diff([]string{"1/2 story 1"}, owed(t, db, lateAsCanBe)); diff != "" {
		t.Error(diff)
	}
}

func TestClaimIsFreshFirstAndFair(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	busy, quiet := addFeed(t, db, "busy"), addFeed(t, db, "quiet")
	subscribe(t, db, news.Place{Chat: 1}, busy)
	subscribe(t, db, news.Place{Chat: 2}, quiet)
	save(t, db, article(quiet, 0, "Old"))
	for i := range 10 {
		save(t, db, article(busy, 1+i, fmt.Sprint("New ", i)))
	}
	claim := func(limit int) (stories []int64) {
		for _, d := range must(db.ClaimDeliveries(ctx, lateAsCanBe, time.Minute, limit))(t) {
			stories = append(stories, d.StoryID)
		}
		return stories
	}
	if diff := cmp.Diff([]int64{11, 10}, claim(2)); diff != "" {
		t.Error(diff)
	}
	// One more of the busy place is its share; the other place is not kept waiting.
	if diff := cmp.Diff([]int64{9, 1}, claim(5)); diff != "" {
		t.Error(diff)
	}
	if got := claim(5); len(got) != 0 {
		t.Errorf("claimed beyond the share: %v", got)
	}
}

func TestClaimEnds(t *testing.T) {
	db, _, feed := followed(t)
	ctx := context.Background()
	save(t, db, article(feed, 0, "Report"))
	claims := func(at time.Time) int {
		return len(must(db.ClaimDeliveries(ctx, at, time.Minute, 9))(t))
	}
	at := start.Add(time.Hour)
	for _, step := range []struct {
		name string
		at   time.Time
		want int
	}{
		{"first", at, 1}, {"while claimed", at.Add(59 * time.Second), 0}, {"after the lease", at.Add(time.Minute), 1}, {"again claimed", at.Add(time.Minute), 0},
	} {
		if got := claims(step.at); got != step.want {
			t.Errorf("%s: %d, want %d", step.name, got, step.want)
		}
	}
	ok(t, db.ReleaseClaims(ctx))
	if got := claims(at); got != 1 {
		t.Errorf("after a restart: %d, want 1", got)
	}
}

func TestOutcomes(t *testing.T) {
	at := start.Add(time.Hour)
	later := at.Add(10 * time.Minute)
	for _, test := range []struct {
		name     string
		outcomes []Outcome // of the one delivery, in turn
		dueLater bool      // it is due at later, and not before
		attempts int
	}{
		{"sent", []Outcome{{MessageID: 5}}, false, 0},
		{"failed for now", []Outcome{{Error: "500", RetryAt: later}}, true, 1},
		{"failed twice", []Outcome{{Error: "500", RetryAt: at}, {Error: "500", RetryAt: later}}, true, 2},
		{"put off", []Outcome{{RetryAt: later}}, true, 0},
		{"failed for good", []Outcome{{Error: "400"}}, false, 0},
		{"sent, told twice", []Outcome{{MessageID: 5}, {Error: "500", RetryAt: later}}, false, 0},
		{"failed, then sent after all", []Outcome{{Error: "timeout", RetryAt: later}, {MessageID: 5}}, false, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			db, _, feed := followed(t)
			ctx := context.Background()
			save(t, db, article(feed, 0, "Report"))
			id := must(db.ClaimDeliveries(ctx, at, time.Minute, 1))(t)[0].ID
			for _, o := range test.outcomes {
				o.ID, o.Now = id, at
				ok(t, db.Delivered(ctx, []Outcome{o, {ID: 999, Now: at}}))
			}
			if got := must(db.ClaimDeliveries(ctx, later.Add(-time.Millisecond), time.Minute, 9))(t); len(got) != 0 {
				t.Fatalf("due too early: %+v", got)
			}
			got := must(db.ClaimDeliveries(ctx, later, time.Minute, 9))(t)
			var want []news.Delivery
			if test.dueLater {
				want = []news.Delivery{{ID: id, Place: news.Place{Chat: 1}, StoryID: 1, Attempts: test.attempts, Created: start}}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPruneDeliveries(t *testing.T) {
	db, _, feed := followed(t)
	ctx := context.Background()
	growing := article(feed, 0, "Growing")
	for i, a := range []*news.Article{growing, article(feed, 1, "Over"), article(feed, 2, "Over too")} {
		save(t, db, a)
		owed(t, db, start.Add(time.Duration(i)*time.Minute))
	}
	save(t, db, article(feed, 3, "Still owed"))
	grown := article(feed, 600, "Grown")
	grown.StoryID = growing.StoryID
	save(t, db, grown)
	save(t, db, article(feed, 600, "New"))
	before := start.Add(5 * time.Hour)
	for _, want := range []int{1, 1, 0} {
		if got := must(db.PruneDeliveries(ctx, before, 1))(t); got != want {
			t.Errorf("%d pruned, want %d", got, want)
		}
	}
	again := article(feed, 700, "Grown again")
	again.StoryID = growing.StoryID
	if n := save(t, db, again); n != 0 {
		t.Error("a story that was sent is owed again after pruning")
	}
	if diff := cmp.Diff([]string{"1/0 story 4", "1/0 story 6"}, owed(t, db, lateAsCanBe)); diff != "" {
		t.Error(diff)
	}
}
