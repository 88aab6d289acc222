package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"herald/news"
)

// TestMergedStory: of two stories that turn out to be one, one remains, with everything; the other's id leads to it.
func TestMergedStory(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	a, b := fullArticle(north), article(south, 10, "Harbour of Lindau opens")
	save(t, db, a)
	save(t, db, b)
	beside := article(north, 15, "Bridge toll rises")
	must(db.SaveArticle(ctx, beside, Save{Related: []int64{b.ID, a.ID}}))(t)
	c := article(north, 20, "First ferry leaves")
	c.StoryID = a.ID
	must(db.SaveArticle(ctx, c, Save{Moved: []news.Move{{Article: b.ID, From: b.ID, To: a.ID}}}))(t)
	want := must(db.Story(ctx, a.ID))(t)
	if len(want.Articles) != 3 || want.ID != a.ID || want.Lead().ID != a.ID {
		t.Errorf("got %d articles of %d led by %d", len(want.Articles), want.ID, want.Lead().ID)
	}
	if d := diff.Diff(want, must(db.Story(ctx, b.ID))(t)); d != "" {
		t.Errorf("by the old id:\n%s", d)
	}
	if s, open, err := db.OpenStory(ctx, b.ID, 0); err != nil || !open || s.ID != a.ID {
		t.Errorf("got story %d, open %t, %v", s.ID, open, err)
	}
	if got := must(db.Story(ctx, beside.ID))(t).Related; len(got) != 1 || got[0].ID != a.ID {
		t.Errorf("got related %+v, want the merged story once", got)
	}
	quotes, _, err := db.Quotations(ctx, QuoteQuery{StoryID: b.ID})
	if ok(t, err); len(quotes) == 0 {
		t.Error("no quotes by the old id")
	}
	list, _, err := db.Latest(ctx, Query{})
	ok(t, err)
	if got := titles(list); !slices.Equal(got, []string{a.Title, beside.Title}) {
		t.Errorf("got %q", got)
	}
}

// TestPartedStory: what leaves a story is told by its own articles.
func TestPartedStory(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	a, b := article(north, 0, "Quake near Harn"), article(south, 10, "Quake near Tolk")
	b.StoryID = 0
	save(t, db, a)
	b.StoryID = a.ID
	save(t, db, b)
	c := article(north, 20, "Second quake near Tolk")
	c.StoryID = b.ID
	must(db.SaveArticle(ctx, c, Save{Moved: []news.Move{{Article: b.ID, From: a.ID, To: b.ID}, {Article: 999, From: a.ID, To: b.ID}}}))(t)
	for _, want := range []news.Story{
		{ID: a.ID, Title: a.Title, First: a.Fetched, Updated: a.Fetched},
		{ID: b.ID, Title: b.Title, First: b.Fetched, Updated: c.Fetched},
	} {
		got := must(db.Story(ctx, want.ID))(t)
		got.Articles = nil
		if d := diff.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
	top := must(db.Top(ctx, news.Place{}, start, 5))(t)
	if got := titles(top); len(got) != 2 || got[0] != b.Title {
		t.Errorf("got top %q, want the story of two publishers first", got)
	}
}

// moved is the deliveries of two stories of two feeds after one was moved, as "story state" by chat.
type moved struct {
	name   string
	merge  bool // the second story becomes part of the first; else the second article leaves the first story
	follow []string
	tell   int // how many deliveries of the oldest are sent before
	want   []string
}

// TestMovedDeliveries: nobody is told again because of a move, and nothing that is owed is lost.
func TestMovedDeliveries(t *testing.T) {
	for _, c := range []moved{
		{name: "two that were owed are one", merge: true, follow: []string{"north", "south"}, want: []string{"1 0"}},
		{name: "owed by the story that goes", merge: true, follow: []string{"south"}, want: []string{"1 0"}},
		{name: "owed by the one that stays", merge: true, follow: []string{"north"}, want: []string{"1 0"}},
		{name: "one was told", merge: true, follow: []string{"north", "south"}, tell: 1, want: []string{"1 5"}},
		{name: "told by the story that goes", merge: true, follow: []string{"south"}, tell: 1, want: []string{"1 5"}},
		{name: "both were told", merge: true, follow: []string{"north", "south"}, tell: 2, want: []string{"1 5", "2 5"}},
		{name: "owed, and two after all", follow: []string{"north", "south"}, want: []string{"1 0", "2 0"}},
		{name: "owed by what stays", follow: []string{"north"}, want: []string{"1 0"}},
		{name: "owed by what leaves", follow: []string{"south"}, want: []string{"2 0"}},
		{name: "told, and two after all", follow: []string{"north", "south"}, tell: 1, want: []string{"1 5", "2 5"}},
		{name: "told by what leaves", follow: []string{"south"}, tell: 1, want: []string{"2 5"}},
	} {
		t.Run(c.name, c.run)
	}
}

func (c moved) run(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feeds := map[string]int64{"north": addFeed(t, db, "north"), "south": addFeed(t, db, "south"), "east": addFeed(t, db, "east")}
	for _, f := range c.follow {
		subscribe(t, db, news.Place{Chat: 7}, feeds[f])
	}
	a, b := article(feeds["north"], 0, "Quake near Harn"), article(feeds["south"], 1, "Quake near Tolk")
	a.ID, b.ID = 1, 2
	save(t, db, a)
	move := news.Move{Article: 2, From: 2, To: 1}
	if !c.merge {
		b.StoryID = 1
		move = news.Move{Article: 2, From: 1, To: 2}
	}
	save(t, db, b)
	c.send(t, db)
	// An article that nobody here follows moves them; then one that everybody follows comes to each story.
	other := article(feeds["east"], 2, "Quakes")
	must(db.SaveArticle(ctx, other, Save{Push: true, Moved: []news.Move{move}}))(t)
	if d := diff.Diff(c.want, deliveries(t, db)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if c.tell == 0 {
		return
	}
	for i, id := range []int64{a.StoryID, must(db.Story(ctx, 2))(t).ID} {
		again := article(feeds[c.follow[0]], 3+i, fmt.Sprint("Again ", i))
		again.StoryID = id
		if n := save(t, db, again); n != 0 && len(c.follow) == 2 {
			t.Errorf("%d deliveries for news of story %d, which was told", n, id)
		}
	}
}

// send has the oldest deliveries told.
func (c moved) send(t *testing.T, db *DB) {
	t.Helper()
	claims := must(db.ClaimDeliveries(context.Background(), start.Add(time.Hour), time.Minute, 10))(t)
	slices.Reverse(claims) // oldest first
	var out []Outcome
	for i, d := range claims {
		o := Outcome{ID: d.ID, MessageID: i + 1, Now: start}
		if i >= c.tell {
			o = Outcome{ID: d.ID, RetryAt: start.Add(time.Hour), Now: start}
		}
		out = append(out, o)
	}
	ok(t, db.Delivered(context.Background(), out))
	ok(t, db.write(context.Background(), func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE delivery SET state = 0 WHERE state = 3")
		return err
	}))
}

func deliveries(t *testing.T, db *DB) []string {
	t.Helper()
	rows, err := db.r.Query("SELECT story_id, state FROM delivery ORDER BY story_id, state")
	list, err := collect(rows, err, func(row scanner) (string, error) {
		var story, state int
		err := row.Scan(&story, &state)
		return fmt.Sprint(story, " ", state), err
	})
	ok(t, err)
	return list
}
