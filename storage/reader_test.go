package storage

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// addPrivate stores a feed that a chat brought.
func addPrivate(t *testing.T, db *DB, name string) int64 {
	t.Helper()
	f, _, err := db.AddFeed(context.Background(), news.Feed{URL: "https://bob:PASSW0RD@" + name + ".example/feed", Title: name, Added: start})
	ok(t, err)
	return f.ID
}

// secrets is a database with the operator's feed north and the feed diary that chat 1 brought. The first story is told by
// both and led by the diary, the second by the diary alone, the third by north.
func secrets(t *testing.T) (db *DB, north, diary int64) {
	t.Helper()
	db = openTest(t)
	north, diary = addFeed(t, db, "north"), addPrivate(t, db, "diary")
	subscribe(t, db, news.Place{Chat: 1}, diary)
	addChat(t, db, 2)
	subscribe(t, db, news.Place{Chat: 3}, north)
	mixed := said(diary, 0, "Diary on the storm", "Ines Okoro")
	save(t, db, mixed)
	public := said(north, 1, "Storm over Lindau", "Paul Brandt")
	public.StoryID = mixed.StoryID
	public.Summary = []news.Sentence{{Text: public.Text[:5], Span: news.Span{End: 5}}}
	save(t, db, public)
	save(t, db, said(diary, 2, "Diary on nothing", "Ines Okoro"))
	third := said(north, 3, "Storm passes", "Paul Brandt")
	must(db.SaveArticle(context.Background(), third, Save{Related: []int64{1, 3}, Push: true}))(t)
	return db, north, diary
}

// TestPrivateFeeds: what a chat's own feed tells is nowhere for a place that does not follow it.
func TestPrivateFeeds(t *testing.T) {
	db, north, diary := secrets(t)
	ctx := context.Background()
	owner := []string{"Diary on nothing", "Diary on the storm"}
	everything := []string{"Storm passes", "Diary on nothing", "Diary on the storm"}
	public := []string{"Storm passes", "Storm over Lindau"}
	for _, test := range []struct {
		name string
		q    Query
		want []string
	}{
		{"the one who follows", Query{Place: news.Place{Chat: 1}}, owner},
		{"the one who follows, all", Query{Place: news.Place{Chat: 1}, All: true}, everything},
		{"its feed", Query{Place: news.Place{Chat: 1}, FeedID: diary}, owner},
		{"another topic", Query{Place: news.Place{Chat: 1, Topic: 5}, All: true}, public},
		{"one who follows nothing", Query{Place: news.Place{Chat: 2}}, public},
		{"one who follows nothing, all", Query{Place: news.Place{Chat: 2}, All: true}, public},
		{"one who follows another", Query{Place: news.Place{Chat: 3}}, public},
		{"a chat not stored", Query{Place: news.Place{Chat: 77}, All: true}, public},
		{"another's feed", Query{Place: news.Place{Chat: 2}, FeedID: diary}, nil},
		{"a feed that is not there", Query{Place: news.Place{Chat: 2}, FeedID: 99}, nil},
		{"the operator's feed", Query{Place: news.Place{Chat: 2}, FeedID: north}, public},
	} {
		t.Run(test.name, func(t *testing.T) {
			latest, _, err := db.Latest(ctx, test.q)
			ok(t, err)
			if diff := cmp.Diff(test.want, titles(latest), equalEmpty); diff != "" {
				t.Errorf("latest: %s", diff)
			}
			test.q.Words = "nobody"
			found, _, err := db.Search(ctx, test.q)
			ok(t, err)
			if diff := cmp.Diff(test.want, titles(found), equalEmpty); diff != "" {
				t.Errorf("search: %s", diff)
			}
		})
	}
	for chat, want := range map[int64][]string{1: owner, 2: public, 3: public} {
		if diff := cmp.Diff(want, titles(must(db.Top(ctx, news.Place{Chat: chat}, start, 5))(t)), sorted); diff != "" {
			t.Errorf("top of chat %d: %s", chat, diff)
		}
	}
}

var sorted = cmp.Transformer("sorted", func(s []string) map[string]int {
	m := map[string]int{}
	for _, x := range s {
		m[x]++
	}
	return m
})

func TestQuotesOfPrivateFeeds(t *testing.T) {
	db, _, _ := secrets(t)
	ctx := context.Background()
	for _, test := range []struct {
		name string
		q    QuoteQuery
		want []string // who is quoted, newest first
	}{
		{"the one who follows", QuoteQuery{Place: news.Place{Chat: 1}}, []string{"Ines Okoro", "Ines Okoro"}},
		{"a stranger", QuoteQuery{Place: news.Place{Chat: 2}}, []string{"Paul Brandt", "Paul Brandt"}},
		{"a stranger, all", QuoteQuery{Place: news.Place{Chat: 3}, All: true}, []string{"Paul Brandt", "Paul Brandt"}},
		{"a stranger, by name", QuoteQuery{Place: news.Place{Chat: 2}, All: true, Person: "Okoro"}, nil},
		{"a stranger, of the mixed story", QuoteQuery{Place: news.Place{Chat: 2}, All: true, StoryID: 1}, []string{"Paul Brandt"}},
		{"a stranger, of another's story", QuoteQuery{Place: news.Place{Chat: 2}, All: true, StoryID: 3}, nil},
		{"a stranger, of another's article", QuoteQuery{Place: news.Place{Chat: 2}, All: true, ArticleID: 1}, nil},
		{"the one who follows, of the mixed story", QuoteQuery{Place: news.Place{Chat: 1}, StoryID: 1}, []string{"Paul Brandt", "Ines Okoro"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			quotes, _, err := db.Quotations(ctx, test.q)
			ok(t, err)
			var got []string
			for _, q := range quotes {
				got = append(got, q.Speaker.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	for chat, want := range map[int64][]news.Person{
		1: {{Name: "Ines Okoro", Quotes: 2}, {Name: "Paul Brandt", Quotes: 2}}, 2: {{Name: "Paul Brandt", Quotes: 2}},
	} {
		for name, since := range map[string]time.Time{"ever": {}, "of late": start} {
			if diff := cmp.Diff(want, must(db.People(ctx, news.Place{Chat: chat}, since, 5))(t)); diff != "" {
				t.Errorf("people of chat %d, %s: %s", chat, name, diff)
			}
		}
	}
}

func TestStoryFor(t *testing.T) {
	db, _, _ := secrets(t)
	ctx := context.Background()
	stranger := news.Place{Chat: 2}
	mixed := must(db.StoryFor(ctx, stranger, 1))(t)
	if mixed.Title != "Storm over Lindau" || len(mixed.Articles) != 1 || len(mixed.Lead().Summary) != 1 || len(mixed.Lead().Quotes) != 1 || mixed.Lead().Text == "" {
		t.Errorf("a mixed story shows %+v", mixed)
	}
	if whole := must(db.StoryFor(ctx, news.Place{Chat: 1}, 1))(t); whole.Title != "Diary on the storm" || len(whole.Articles) != 2 {
		t.Errorf("to the one who follows it shows %+v", whole)
	}
	if _, err := db.StoryFor(ctx, stranger, 3); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("another's story: got %v, want ErrNotFound", err)
	}
	related := func(p news.Place) []string { return titles(must(db.StoryFor(ctx, p, 4))(t).Related) }
	if diff := cmp.Diff([]string{"Storm over Lindau"}, related(stranger)); diff != "" {
		t.Errorf("beside, for a stranger: %s", diff)
	}
	if diff := cmp.Diff([]string{"Diary on the storm", "Diary on nothing"}, related(news.Place{Chat: 1})); diff != "" {
		t.Errorf("beside, for the one who follows: %s", diff)
	}
	own := article(0, 9, "Read on request")
	save(t, db, own)
	if _, err := db.StoryFor(ctx, stranger, own.StoryID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("what somebody had read for himself: got %v, want ErrNotFound", err)
	}
}

// TestLeadInLanguage: of a story told in several languages, the article in the chat's leads, with its title and summary.
func TestLeadInLanguage(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	north, south := addFeed(t, db, "north"), addFeed(t, db, "south")
	a := article(north, 1, "Ferry sinks")
	save(t, db, a)
	b := article(south, 2, "Fähre gesunken")
	b.Lang, b.StoryID = "de", a.ID
	b.Summary = []news.Sentence{{Text: b.Title + ".", Span: news.Span{End: len(b.Title) + 1}}}
	save(t, db, b)
	beside := article(north, 3, "Harbour closed")
	save(t, db, beside)
	ok(t, db.write(ctx, func(tx *sql.Tx) error { return saveRelated(ctx, tx, beside.ID, []int64{a.ID}) }))
	for lang, want := range map[string]string{"": "Ferry sinks", "en": "Ferry sinks", "de": "Fähre gesunken", "fr": "Ferry sinks"} {
		ok(t, db.SaveChat(ctx, news.Chat{ID: 7, Kind: news.Private, Lang: lang, Active: true, Added: start}))
		s := must(db.StoryFor(ctx, news.Place{Chat: 7}, a.ID))(t)
		if s.Title != want || s.Lead().Title != want || len(s.Articles) != 2 || (lang == "de" && len(s.Lead().Summary) != 1) {
			t.Errorf("in %q: %+v", lang, s)
		}
		related := must(db.StoryFor(ctx, news.Place{Chat: 7}, beside.ID))(t).Related
		if diff := cmp.Diff([]string{want}, titles(related)); diff != "" {
			t.Errorf("in %q, beside another: %s", lang, diff)
		}
	}
}

func TestOpenStory(t *testing.T) {
	db, _, _ := secrets(t)
	for id, want := range map[int64]bool{1: false, 3: false, 4: true} {
		s, open, err := db.OpenStory(context.Background(), id, 0)
		ok(t, err)
		if s.ID != id || open != want {
			t.Errorf("story %d: got %d, open %t", id, s.ID, open)
		}
	}
	if _, _, err := db.OpenStory(context.Background(), 99, 0); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestFeedsFor(t *testing.T) {
	db, north, diary := secrets(t)
	ctx := context.Background()
	for chat, want := range map[int64][]int64{1: {north, diary}, 2: {north}, 3: {north}} {
		var got []int64
		for _, f := range must(db.FeedsFor(ctx, news.Place{Chat: chat}))(t) {
			got = append(got, f.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("chat %d: %s", chat, diff)
		}
	}
	if _, err := db.FeedFor(ctx, news.Place{Chat: 2}, diary); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("another's feed: got %v, want ErrNotFound", err)
	}
	f := must(db.FeedFor(ctx, news.Place{Chat: 1}, diary))(t)
	f.Shared = true // a poll can't share a feed, the operator can by adding it
	ok(t, db.SaveFeed(ctx, f))
	if _, err := db.FeedFor(ctx, news.Place{Chat: 2}, diary); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("after a poll: got %v, want ErrNotFound", err)
	}
	if _, fresh, err := db.AddFeed(ctx, f); err != nil || fresh {
		t.Errorf("added again: new %t, %v", fresh, err)
	}
	if got := must(db.FeedFor(ctx, news.Place{Chat: 2}, diary))(t); !got.Shared {
		t.Error("the operator's feed is not shared")
	}
}

// TestNoPasswords: what readers get to see of addresses holds no name and password.
func TestNoPasswords(t *testing.T) {
	db, _, diary := secrets(t)
	a := article(diary, 9, "Diary ends")
	a.URL, a.Image = "https://bob:PASSW0RD@diary.example/end?n=1", "https://bob@diary.example/end.png"
	save(t, db, a)
	got := must(db.Article(context.Background(), a.ID))(t)
	if got.URL != "https://diary.example/end?n=1" || got.Image != "https://diary.example/end.png" {
		t.Errorf("got %s and %s", got.URL, got.Image)
	}
	data := must(db.ChatData(context.Background(), 1))(t)
	if len(data.Subscriptions) != 1 || data.Subscriptions[0].Feed != "https://diary.example/feed" {
		t.Errorf("got %+v", data.Subscriptions)
	}
}
