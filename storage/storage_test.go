package storage

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"herald/news"
)

func TestMain(m *testing.M) {
	// A case of the model test is a database of its own; more of them can be asked for on the command line.
	if err := flag.Set("rapid.checks", "20"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// start is when the tests' news begins.
var start = time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)

// openTest opens a new database that is closed with the test.
func openTest(t testing.TB) *DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "herald.db"))
}

func openAt(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// must returns what a call returned and ends the test where it failed.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// addFeed stores a feed of the operator's, named by a word.
func addFeed(t testing.TB, db *DB, name string) int64 {
	t.Helper()
	f, _, err := db.AddFeed(context.Background(), news.Feed{URL: "https://" + name + ".example/feed", Title: name, Added: start, Shared: true})
	ok(t, err)
	return f.ID
}

// addChat stores a chat that is active and wants pushes.
func addChat(t testing.TB, db *DB, id int64) {
	t.Helper()
	ok(t, db.SaveChat(context.Background(), news.Chat{ID: id, Kind: news.Private, Title: fmt.Sprint("Chat ", id), Active: true, Added: start}))
}

// subscribe stores a chat and lets it follow feeds since the start.
func subscribe(t testing.TB, db *DB, p news.Place, feeds ...int64) {
	t.Helper()
	if _, err := db.Chat(context.Background(), p.Chat); err != nil {
		addChat(t, db, p.Chat)
	}
	for _, f := range feeds {
		must(db.Subscribe(context.Background(), p, f, start))(t)
	}
}

// followed opens a new database in which a place follows a feed.
func followed(t testing.TB) (*DB, news.Place, int64) {
	t.Helper()
	db, p := openTest(t), news.Place{Chat: 1}
	feed := addFeed(t, db, "north")
	subscribe(t, db, p, feed)
	return db, p, feed
}

// article is an article of a feed, first seen some minutes after the start, with text made of its title.
func article(feed int64, minutes int, title string) *news.Article {
	return &news.Article{
		FeedID: feed, Identity: fmt.Sprint("id ", feed, " ", title), URL: "https://news.example/" + strings.ReplaceAll(title, " ", "-"),
		Title: title, Source: fmt.Sprint("Source ", feed), Lang: "en", Fetched: start.Add(time.Duration(minutes) * time.Minute),
		Text: title + ". Nobody in Oberwald was surprised.",
	}
}

// save stores an article and pushes it.
func save(t testing.TB, db *DB, a *news.Article) int {
	t.Helper()
	return must(db.SaveArticle(context.Background(), a, Save{Push: true, Now: a.Fetched}))(t)
}

// titles are those of stories.
func titles(stories []news.Story) []string {
	var all []string
	for _, s := range stories {
		all = append(all, s.Title)
	}
	return all
}
