package storage

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"herald/news"
)

// sendAll sends everything that is due, at that time.
func sendAll(t testing.TB, db *DB, now time.Time) {
	t.Helper()
	ctx := context.Background()
	for _, d := range must(db.ClaimDeliveries(ctx, now, time.Minute, 100))(t) {
		ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, MessageID: 100 + int(d.Place.Chat), Now: now}}))
	}
}

// grow adds an article of a feed to a story.
func grow(t testing.TB, db *DB, story *news.Article, feed int64, minutes int, source, fresh string) *news.Article {
	t.Helper()
	a := article(feed, minutes, fmt.Sprint("More from ", source, " ", minutes))
	a.StoryID, a.Source = story.ID, source
	if fresh != "" {
		a.Text += " " + fresh
		a.Fresh = []news.Sentence{{Text: fresh, Span: news.Span{Start: len(a.Text) - len(fresh), End: len(a.Text)}}}
	}
	save(t, db, a)
	return a
}

// TestEdits: a card is edited where a further publisher reports and the place may read it, at most once in ten minutes.
func TestEdits(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north := addFeed(t, db, "north")
	private, _, err := db.AddFeed(ctx, news.Feed{URL: "https://south.example/feed", Added: start})
	ok(t, err)
	south := private.ID
	one, both, digest := news.Place{Chat: 1}, news.Place{Chat: 2}, news.Place{Chat: 3}
	subscribe(t, db, one, north)
	subscribe(t, db, both, north, south)
	subscribe(t, db, digest, north, south)
	holdDigests(t, db, digest)
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	now := a.Fetched
	sendAll(t, db, now)

	claim := func(now time.Time) []news.CardEdit { return must(db.ClaimEdits(ctx, now, time.Minute, 10))(t) }
	if got := claim(now.Add(time.Hour)); len(got) != 0 {
		t.Errorf("nothing has grown: %+v", got)
	}
	grow(t, db, a, south, 2, "South", "")
	now = now.Add(2 * time.Minute)
	got := claim(now)
	if len(got) != 1 || got[0].Place != both || got[0].Message != 102 || got[0].StoryID != a.ID {
		t.Fatalf("%+v, want the card of who follows both", got)
	}
	if again := claim(now); len(again) != 0 {
		t.Errorf("claimed twice: %+v", again)
	}
	// The story grows while its card is being edited.
	grow(t, db, a, south, 4, "Southern Star", "")
	ok(t, db.Edited(ctx, got[0], time.Time{}, now))
	if got := claim(now.Add(9 * time.Minute)); len(got) != 0 {
		t.Errorf("edited twice within ten minutes: %+v", got)
	}
	if got = claim(now.Add(10 * time.Minute)); len(got) != 1 {
		t.Fatalf("the growth was lost: %+v", got)
	}
	ok(t, db.Edited(ctx, got[0], now.Add(time.Hour), now))
	if got = claim(now.Add(59 * time.Minute)); len(got) != 0 {
		t.Errorf("before its time: %+v", got)
	}
	if got = claim(now.Add(time.Hour)); len(got) != 1 {
		t.Errorf("a failed edit is not tried again: %+v", got)
	}
	// The same publisher says nothing new about who reports.
	ok(t, db.Edited(ctx, got[0], time.Time{}, now.Add(time.Hour)))
	grow(t, db, a, south, 70, "South", "")
	if got = claim(now.Add(3 * time.Hour)); len(got) != 0 {
		t.Errorf("no further publisher: %+v", got)
	}
}

// TestEditsOfWhatNeverArrived: a card that was on its way when its story grew, and was given up, is not due for ever.
func TestEditsOfWhatNeverArrived(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	subscribe(t, db, news.Place{Chat: 1}, north)
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	now := a.Fetched
	d := must(db.ClaimDeliveries(ctx, now, time.Hour, 1))(t)[0]
	grow(t, db, a, south, 2, "South", "")
	now = now.Add(10 * time.Minute)
	if got := must(db.ClaimEdits(ctx, now, time.Minute, 10))(t); len(got) != 0 {
		t.Errorf("edits of a card that is on its way: %+v", got)
	}
	if must(db.Owed(ctx, now))(t) {
		t.Error("what is on its way is owed again at once")
	}
	now = now.Add(10 * time.Minute)
	ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, Error: "blocked", Now: now}}))
	if got := must(db.ClaimEdits(ctx, now, time.Minute, 10))(t); len(got) != 0 {
		t.Errorf("edits of a card that was given up: %+v", got)
	}
	if must(db.Owed(ctx, now.AddDate(1, 0, 0)))(t) {
		t.Error("a card that was given up is due for ever")
	}
}

// TestCardsOfAGroupThatMoved: the messages of a group stay behind when it becomes a supergroup; they are not edited or answered there.
func TestCardsOfAGroupThatMoved(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north := addFeed(t, db, "north")
	subscribe(t, db, news.Place{Chat: -1}, north)
	c := must(db.Chat(ctx, -1))(t)
	c.Updates = true
	ok(t, db.SaveChat(ctx, c))
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	now := a.Fetched
	d := must(db.ClaimDeliveries(ctx, now, time.Hour, 1))(t)[0]
	ok(t, db.Delivered(ctx, []Outcome{{ID: d.ID, MessageID: 5, Now: now}}))
	grow(t, db, a, north, 2, "South", "Captain Renn was arrested.")
	ok(t, db.MigrateChat(ctx, -1, -2))
	grow(t, db, a, north, 3, "West", "The pilot was arrested, too.")
	later := now.Add(time.Hour)
	if got := must(db.ClaimEdits(ctx, later, time.Minute, 10))(t); len(got) != 0 {
		t.Errorf("edits %+v", got)
	}
	if got := must(db.ClaimFollowUps(ctx, later, time.Minute, 10))(t); len(got) != 0 {
		t.Errorf("follow-ups %+v", got)
	}
	if got := must(db.ChatData(ctx, -2))(t).Deliveries; len(got) != 1 || got[0].Message != 5 {
		t.Errorf("the chat's data: %+v", got)
	}
}

// TestFollowUpsUnderWay: what comes while a follow-up is on its way is told by the next one alone, an hour later.
func TestFollowUpsUnderWay(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north := addFeed(t, db, "north")
	p := news.Place{Chat: 1}
	subscribe(t, db, p, north)
	c := must(db.Chat(ctx, 1))(t)
	c.Updates = true
	ok(t, db.SaveChat(ctx, c))
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	sendAll(t, db, a.Fetched)
	b := grow(t, db, a, north, 2, "North", "Captain Renn was arrested.")
	now := b.Fetched
	first := must(db.ClaimFollowUps(ctx, now, time.Hour, 10))(t)[0]
	later := grow(t, db, a, north, 3, "North", "The pilot was arrested, too.")
	if got := must(db.ClaimFollowUps(ctx, now.Add(time.Minute), time.Hour, 10))(t); len(got) != 0 {
		t.Errorf("two within an hour: %+v", got)
	}
	told := func(f news.FollowUp) (ids []int64) {
		for _, a := range must(db.FreshIn(ctx, f))(t) {
			ids = append(ids, a.ID)
		}
		return ids
	}
	if got := told(first); !slices.Equal(got, []int64{b.ID}) {
		t.Errorf("the first tells %v", got)
	}
	ok(t, db.Delivered(ctx, []Outcome{{ID: first.ID, FollowUp: true, Error: "500", RetryAt: now.Add(2 * time.Hour), Now: now}}))
	for _, f := range must(db.ClaimFollowUps(ctx, now.Add(3*time.Hour), time.Hour, 10))(t) {
		want := []int64{later.ID}
		if f.ID == first.ID {
			want = []int64{b.ID}
		}
		if got := told(f); !slices.Equal(got, want) {
			t.Errorf("%+v tells %v, want %v", f, got, want)
		}
	}
}

// TestFollowUps: what is new is owed once to each place that got the card, follows the feed and wants it; at most once an hour.
func TestFollowUps(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	both, other, off, digest, gone := news.Place{Chat: 1}, news.Place{Chat: 2}, news.Place{Chat: 3}, news.Place{Chat: 4}, news.Place{Chat: 5}
	for _, p := range []news.Place{both, off, digest, gone} {
		subscribe(t, db, p, north, south)
	}
	subscribe(t, db, other, north)
	holdDigests(t, db, digest)
	for _, p := range []news.Place{both, other, digest, gone} {
		c := must(db.Chat(ctx, p.Chat))(t)
		c.Updates = true
		ok(t, db.SaveChat(ctx, c))
	}
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	now := a.Fetched
	sendAll(t, db, now)
	ok(t, db.SetActive(ctx, gone.Chat, false))

	claim := func(now time.Time) []news.FollowUp { return must(db.ClaimFollowUps(ctx, now, time.Minute, 10))(t) }
	b := grow(t, db, a, south, 2, "South", "Captain Renn was arrested.")
	now = now.Add(2 * time.Minute)
	got := claim(now)
	if len(got) != 1 || got[0].Place != both || got[0].Card != 101 || got[0].From != b.ID {
		t.Fatalf("%+v, want one to who follows both", got)
	}
	if again := claim(now); len(again) != 0 {
		t.Errorf("claimed twice: %+v", again)
	}
	ok(t, db.ReleaseClaims(ctx))
	if again := claim(now); len(again) != 1 {
		t.Errorf("after a restart: %+v", again)
	}
	ok(t, db.Delivered(ctx, []Outcome{{ID: got[0].ID, FollowUp: true, MessageID: 7, Now: now}}))

	c := grow(t, db, a, south, 10, "South", "Two more were arrested.")
	grow(t, db, a, south, 20, "South", "The pilot was arrested, too.")
	ok(t, db.EndQuiet(ctx, both.Chat, now)) // which it does not wait for
	if got := claim(now.Add(59 * time.Minute)); len(got) != 0 {
		t.Errorf("twice within an hour: %+v", got)
	}
	got = claim(now.Add(time.Hour))
	if len(got) != 1 || got[0].From != c.ID {
		t.Fatalf("%+v, want one for both articles", got)
	}
	fresh := must(db.FreshIn(ctx, got[0]))(t)
	if len(fresh) != 2 || fresh[0].Fresh[0].Text != "Two more were arrested." {
		t.Errorf("it tells %+v", fresh)
	}
	if told := must(db.Told(ctx, a.ID, nil))(t); len(told) != 4 || told[0].ID != a.ID || told[0].Text == "" {
		t.Errorf("told: %+v", told)
	}
	ok(t, db.Delivered(ctx, []Outcome{{ID: got[0].ID, FollowUp: true, MessageID: 8, Now: now.Add(time.Hour)}}))
	if got := claim(now.Add(9 * time.Hour)); len(got) != 0 {
		t.Errorf("told again: %+v", got)
	}
}
