package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestStoryGrows(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	first, second, third := fullArticle(north), article(south, 10, "Harbour of Lindau opens"), article(north, 20, "First ferry leaves")
	save(t, db, first)
	beside := article(south, 5, "Bridge toll rises")
	save(t, db, beside)
	second.StoryID, third.StoryID = first.ID, first.ID
	save(t, db, second)
	must(db.SaveArticle(ctx, third, Save{Related: []int64{999, beside.StoryID, first.StoryID}}))(t)
	got := must(db.Story(ctx, first.StoryID))(t)
	want := news.Story{
		ID: first.ID, Title: "Ferry back", First: first.Fetched, Updated: third.Fetched,
		Articles: []news.Article{*first, *third, *second}, Related: []news.Story{{ID: beside.ID, Title: beside.Title}},
	}
	if d := diff.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := diff.Diff([]string{"Northern Post", "Source 1", "Source 2"}, got.Sources()); d != "" {
		t.Error(d)
	}
	// A list has the lead with its summary, and nothing of what only a card needs.
	list, more, err := db.Latest(ctx, Query{Limit: 1})
	ok(t, err)
	want.Articles[1].Text, want.Articles[2].Text = "", ""
	want.Articles[0].Text, want.Articles[0].Asides, want.Articles[0].Quotes, want.Related = "", nil, nil, nil
	if d := diff.Diff([]news.Story{want}, list); d != "" || !more {
		t.Errorf("more: %t\n%s", more, d)
	}
	// nil leaves what is related, an empty list clears it.
	fourth := article(south, 30, "Ferry late")
	fourth.StoryID = first.ID
	must(db.SaveArticle(ctx, fourth, Save{}))(t)
	if got := must(db.Story(ctx, first.ID))(t); len(got.Related) != 1 {
		t.Errorf("related: %v", got.Related)
	}
	if _, err := db.Story(ctx, 999); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestStoryOfManyArticles(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	lead := article(feed, 0, "Long trial begins")
	save(t, db, lead)
	for i := range maxArticles + 5 {
		a := article(feed, i+1, fmt.Sprint("Day ", i))
		a.StoryID = lead.ID
		save(t, db, a)
	}
	s := must(db.Story(context.Background(), lead.ID))(t)
	if len(s.Articles) != maxArticles || s.Lead().ID != lead.ID || s.Articles[1].Title != fmt.Sprint("Day ", maxArticles+4) {
		t.Errorf("%d articles, led by %q, then %q", len(s.Articles), s.Lead().Title, s.Articles[1].Title)
	}
}

// TestReadOnRequest: what somebody had read for himself is in nobody else's lists.
func TestReadOnRequest(t *testing.T) {
	db, _, feed := followed(t)
	ctx := context.Background()
	own := fullArticle(0)
	if n := save(t, db, own); n != 0 {
		t.Errorf("%d deliveries", n)
	}
	none := func(when string, wantTitle string) {
		t.Helper()
		latest, _, err := db.Latest(ctx, Query{})
		ok(t, err)
		found, _, err := db.Search(ctx, Query{Words: "harbour"})
		ok(t, err)
		top := must(db.Top(ctx, news.Place{}, start, 10))(t)
		for name, stories := range map[string][]news.Story{"latest": latest, "search": found, "top": top} {
			for _, s := range stories {
				if s.Title != wantTitle || len(s.Articles) != 1 {
					t.Errorf("%s, %s shows %+v", when, name, s)
				}
			}
		}
		for name, q := range map[string]QuoteQuery{"all": {}, "person": {Person: "Okoro"}} {
			if quotes, _, err := db.Quotations(ctx, q); err != nil || len(quotes) > 0 {
				t.Errorf("%s, quotes of %s: %v %v", when, name, quotes, err)
			}
		}
		if people := must(db.People(ctx, news.Place{}, time.Time{}, 5))(t); len(people) > 0 {
			t.Errorf("%s: people %v", when, people)
		}
	}
	none("alone", "")
	if got := must(db.Story(ctx, own.StoryID))(t); len(got.Lead().Quotes) != 3 {
		t.Errorf("its own card has %d quotes", len(got.Lead().Quotes))
	}
	if quotes, _, err := db.Quotations(ctx, QuoteQuery{StoryID: own.StoryID, Indirect: true}); err != nil || len(quotes) != 3 {
		t.Errorf("its own quotes: %v %v", quotes, err)
	}
	// A feed tells the same story later: now it is everybody's, but for that article.
	public := article(feed, 30, "Harbour opens")
	public.StoryID = own.StoryID
	if n := save(t, db, public); n != 1 {
		t.Errorf("%d deliveries, want 1", n)
	}
	none("joined by a feed", "Harbour opens")
	if quotes, _, err := db.Quotations(ctx, QuoteQuery{StoryID: own.StoryID}); err != nil || len(quotes) != 0 {
		t.Errorf("the story's quotes: %v %v", quotes, err)
	}
	if got := must(db.Article(ctx, own.ID))(t); len(got.Quotes) != 3 {
		t.Error("the article itself lost its quotes")
	}
}

func TestTop(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	var feeds []int64
	for i := range 4 {
		feeds = append(feeds, addFeed(t, db, fmt.Sprint("feed", i)))
	}
	told := func(title string, minutes int, by ...int64) { tell(t, db, title, minutes, by...) }
	told("old but big", 0, feeds...)
	told("three", 100, feeds[:3]...)
	told("two", 110, feeds[2:]...)
	told("two later", 120, feeds[:2]...)
	told("same source twice", 125, feeds[3], feeds[3])
	told("one", 130, feeds[0])
	subscribe(t, db, news.Place{Chat: 7}, feeds[3])
	for _, test := range []struct {
		name  string
		place news.Place
		limit int
		want  []string
	}{
		{"all", news.Place{}, 10, []string{"three 0", "two later 0", "two 0", "one 0", "same source twice 0"}},
		{"a few", news.Place{}, 2, []string{"three 0", "two later 0"}},
		{"filled up", news.Place{}, 4, []string{"three 0", "two later 0", "two 0", "one 0"}},
		{"a place's", news.Place{Chat: 7}, 10, []string{"two 0", "same source twice 0"}},
		{"a place that follows nothing", news.Place{Chat: 8}, 3, []string{"three 0", "two later 0", "two 0"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := titles(must(db.Top(ctx, test.place, start.Add(time.Hour), test.limit))(t))
			if d := diff.Diff(test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// tell saves a story that feeds tell.
func tell(t testing.TB, db *DB, title string, minutes int, by ...int64) {
	t.Helper()
	var story int64
	for i, feed := range by {
		a := article(feed, minutes, fmt.Sprint(title, " ", i))
		a.StoryID = story
		save(t, db, a)
		story = a.StoryID
	}
}

// TestPagesWithAnchor: while stories come in, a reader who turns pages sees each of his once.
func TestPagesWithAnchor(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	for i := range 12 {
		save(t, db, article(feed, i, fmt.Sprint("Report ", i)))
	}
	q := Query{Anchor: start.Add(11 * time.Minute), Limit: 5}
	var got []string
	for page, more := 0, true; more; page++ {
		q.Offset = 5 * page
		var stories []news.Story
		var err error
		stories, more, err = db.Latest(context.Background(), q)
		ok(t, err)
		got = append(got, titles(stories)...)
		save(t, db, article(feed, 20+page, fmt.Sprint("Breaking ", page)))
	}
	var want []string
	for i := range 12 {
		want = append(want, fmt.Sprint("Report ", 11-i))
	}
	if d := diff.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWindow(t *testing.T) {
	for _, test := range []struct{ offset, limit, wantOffset, wantLimit int }{
		{0, 0, 0, defaultLimit}, {-3, -1, 0, defaultLimit}, {10, 7, 10, 7}, {1 << 40, 1 << 40, maxOffset, maxLimit},
	} {
		if got := windowOf(test.offset, test.limit); got != (window{test.wantOffset, test.wantLimit}) {
			t.Errorf("%d, %d: got %+v", test.offset, test.limit, got)
		}
	}
}

// TestLatestByNewsTime: what a feed published long ago is old news, whenever it was read.
func TestLatestByNewsTime(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	dated := func(minutes int, title string, age time.Duration) *news.Article {
		a := article(feed, minutes, title)
		a.Published = a.Fetched.Add(-age)
		return a
	}
	save(t, db, article(feed, 0, "Undated"))
	save(t, db, dated(10, "Fresh", time.Minute))
	save(t, db, dated(20, "Backlog", 48*time.Hour))
	save(t, db, dated(30, "From the future", -48*time.Hour))
	old := dated(40, "Old report of the fresh story", 72*time.Hour)
	old.StoryID = 2
	save(t, db, old)
	stories, _, err := db.Latest(context.Background(), Query{})
	ok(t, err)
	if d := diff.Diff([]string{"From the future", "Fresh", "Undated", "Backlog"}, titles(stories)); d != "" {
		t.Error(d)
	}
	stories, _, err = db.Latest(context.Background(), Query{Anchor: start.Add(15 * time.Minute)})
	ok(t, err)
	if d := diff.Diff([]string{"Fresh", "Undated"}, titles(stories)); d != "" {
		t.Errorf("what came after the anchor shows, however old:\n%s", d)
	}
	top := must(db.Top(context.Background(), news.Place{}, start.Add(-time.Hour), 5))(t)
	if d := diff.Diff([]string{"From the future", "Fresh", "Undated"}, titles(top)); d != "" {
		t.Errorf("top:\n%s", d)
	}
}
