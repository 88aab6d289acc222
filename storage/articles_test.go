package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"herald/news"
)

// fullArticle is an article in which everything is set.
func fullArticle(feed int64) *news.Article {
	text := "Ferry back\n\n“We’ll sail on Monday,” Ines Okoro said. The harbour of Lindau “needs a rest”, according to port officials."
	at := func(s string) news.Span { i := strings.Index(text, s); return news.Span{Start: i, End: i + len(s)} }
	return &news.Article{
		FeedID: feed, Identity: strings.Repeat("0f", 32), URL: "https://north.example/ferry", Title: "Ferry back", Byline: "Tom Adeyemi",
		Source: "Northern Post", Lang: "en", Image: "https://north.example/ferry.jpg", Published: start, Fetched: start.Add(time.Minute),
		Text: text, Asides: []news.Span{at("Ferry back")},
		Summary: []news.Sentence{{
			Text: "The harbour of Lindau “needs a rest”, according to port officials.",
			Span: at("The harbour of Lindau “needs a rest”, according to port officials."),
		}},
		Quotes: []news.Quote{
			{
				Kind: news.Direct, Text: "We’ll sail on Monday,", Span: at("We’ll sail on Monday,"),
				Speaker: &news.Speaker{Mention: "Ines Okoro", Span: at("Ines Okoro"), Name: "Ines Okoro", Role: "harbour master"},
				Cue:     &news.Cue{Text: "said", Span: at("said")},
			},
			{
				Kind: news.Mixed, Text: "The harbour of Lindau “needs a rest”", Span: at("The harbour of Lindau “needs a rest”"),
				Cue: &news.Cue{Text: "according to", Span: at("according to")},
			},
			{Kind: news.Indirect, Text: "Ferry", Span: at("Ferry"), Speaker: &news.Speaker{Mention: "port officials", Span: at("port officials"), Name: "port officials"}},
		},
	}
}

func TestArticleComesBackAsItWas(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	odd := "bad \xff\xfe bytes, a zero \x00 and \"quotes\""
	for name, a := range map[string]*news.Article{
		"all of it":  fullArticle(feed),
		"on request": {URL: "https://x.example", Title: "Read for one", Text: "Only I asked.", Fetched: start},
		"empty":      {FeedID: feed, Fetched: start},
		"odd bytes": {
			FeedID: feed, Title: odd, Text: odd, Fetched: start, Summary: []news.Sentence{{Text: odd[:8], Span: news.Span{End: 8}}},
			Quotes: []news.Quote{{Kind: news.Direct, Text: odd[4:], Span: news.Span{Start: 4, End: len(odd)}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			save(t, db, a)
			if a.ID == 0 || a.StoryID != a.ID {
				t.Errorf("ids %d and %d", a.ID, a.StoryID)
			}
			got := must(db.Article(context.Background(), a.ID))(t)
			if diff := cmp.Diff(a, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := db.Article(context.Background(), 999); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestSaveArticleTwice(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	first := fullArticle(feed)
	save(t, db, first)
	subscribe(t, db, news.Place{Chat: 1}, feed)
	before := must(db.Stats(ctx))(t)
	again := fullArticle(feed)
	again.Title, again.Fetched = "Ferry back, says harbour master", start.Add(time.Hour)
	n, err := db.SaveArticle(ctx, again, Save{Push: true, Related: []int64{7}})
	if !errors.Is(err, ErrKnown) || n != 0 {
		t.Errorf("got %d and %v, want 0 and ErrKnown", n, err)
	}
	if again.ID != first.ID || again.StoryID != first.StoryID {
		t.Errorf("got ids %d and %d, want %d and %d", again.ID, again.StoryID, first.ID, first.StoryID)
	}
	if diff := cmp.Diff(before, must(db.Stats(ctx))(t)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(first, must(db.Article(ctx, first.ID))(t)); diff != "" {
		t.Error(diff)
	}
	// The same identity in another feed is another entry.
	other := fullArticle(addFeed(t, db, "south"))
	save(t, db, other)
	if other.ID == first.ID {
		t.Error("the entries of two feeds were taken for one")
	}
}

func TestSaveArticleRefuses(t *testing.T) {
	db := openTest(t)
	feed := addFeed(t, db, "north")
	taken := article(feed, 0, "Taken")
	save(t, db, taken)
	for _, test := range []struct {
		name   string
		change func(*news.Article)
		want   error
	}{
		{"no time", func(a *news.Article) { a.Fetched = time.Time{} }, ErrInvalid},
		{"negative id", func(a *news.Article) { a.ID = -1 }, ErrInvalid},
		{"a taken id", func(a *news.Article) { a.ID = taken.ID }, ErrInvalid},
		{"an aside after the end", func(a *news.Article) { a.Asides = []news.Span{{Start: 0, End: 1000}} }, ErrInvalid},
		{"an aside back to front", func(a *news.Article) { a.Asides = []news.Span{{Start: 5, End: 4}} }, ErrInvalid},
		{"a sentence the text has not", func(a *news.Article) { a.Summary[0].Text = "The harbour is fine." }, ErrInvalid},
		{"a quote the text has not", func(a *news.Article) { a.Quotes[0].Text = "We will sail on Monday," }, ErrInvalid},
		{"a quote before the start", func(a *news.Article) { a.Quotes[0].Start = -1 }, ErrInvalid},
		{"a speaker outside", func(a *news.Article) { a.Quotes[0].Speaker.End = 1000 }, ErrInvalid},
		{"a cue outside", func(a *news.Article) { a.Quotes[0].Cue.Start = -4 }, ErrInvalid},
		{"a giant", func(a *news.Article) {
			*a = news.Article{FeedID: feed, Fetched: start, Text: strings.Repeat("x", maxText+1)}
		}, news.ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := fullArticle(feed)
			test.change(a)
			if _, err := db.SaveArticle(context.Background(), a, Save{Push: true}); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	if got := must(db.Stats(context.Background()))(t); got.Articles != 1 || got.Stories != 1 {
		t.Errorf("something was saved: %+v", got)
	}
}

func TestArticleIDs(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	id := must(db.NewArticleID(ctx))(t)
	a := article(feed, 0, "Asked first")
	a.ID, a.StoryID = id, id
	next := article(feed, 1, "Saved in between")
	save(t, db, next)
	save(t, db, a)
	if a.ID != id || next.ID <= id {
		t.Errorf("got %d and %d, asked for %d", a.ID, next.ID, id)
	}
	far := article(feed, 2, "Far ahead")
	far.ID, far.StoryID = 1000, 2000 // its story's first article failed to be saved
	save(t, db, far)
	if got := must(db.NewArticleID(ctx))(t); got <= 2000 {
		t.Errorf("got %d, which is taken by a story", got)
	}
	s := must(db.Story(ctx, 2000))(t)
	if s.Lead().ID != 1000 {
		t.Errorf("lead is %d", s.Lead().ID)
	}
}

func TestRecentArticles(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	var want []news.Article
	for i := range 5 {
		a := article(feed, i, fmt.Sprint("Report ", i))
		a.Asides = []news.Span{{Start: 0, End: i}}
		save(t, db, a)
		if i >= 2 {
			want = append(want, *a)
		}
	}
	var got []news.Article
	ok(t, db.RecentArticles(ctx, start.Add(2*time.Minute), 100, func(a news.Article) error {
		got = append(got, a)
		return db.Set(ctx, "last", a.Title)
	}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = nil
	ok(t, db.RecentArticles(ctx, start, 2, func(a news.Article) error { got = append(got, a); return nil }))
	if diff := cmp.Diff(want[1:], got); diff != "" {
		t.Errorf("two at most: %s", diff)
	}
	stop := errors.New("enough")
	calls := 0
	if err := db.RecentArticles(ctx, start, 100, func(news.Article) error { calls++; return stop }); !errors.Is(err, stop) || calls != 1 {
		t.Errorf("got %v after %d calls", err, calls)
	}
}

func TestUnseen(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed, other := addFeed(t, db, "north"), addFeed(t, db, "south")
	entry := func(id string) news.Entry { return news.Entry{Identity: id, Title: id} }
	hash := strings.Repeat("ab", 32)
	a := article(feed, 0, "Saved")
	a.Identity = hash
	save(t, db, a)
	ok(t, db.MarkSeen(ctx, feed, []news.Entry{entry("marked"), entry("later read"), {}}, start))
	all := []news.Entry{entry("new"), entry(hash), entry("marked"), entry("new"), {Title: "no identity"}, {Title: "nor this"}}
	for _, test := range []struct {
		name string
		feed int64
		want []news.Entry
	}{
		{"the feed", feed, []news.Entry{all[0], all[4], all[5]}},
		{"another feed", other, []news.Entry{all[0], all[1], all[2], all[4], all[5]}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, must(db.Unseen(ctx, test.feed, all))(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
	// What was only marked can still become an article, once.
	b := article(feed, 1, "Read after all")
	b.Identity = "later read"
	save(t, db, b)
	ok(t, db.MarkSeen(ctx, feed, []news.Entry{entry("later read")}, start))
	if _, err := db.SaveArticle(ctx, b, Save{}); !errors.Is(err, ErrKnown) {
		t.Errorf("got %v, want ErrKnown", err)
	}
}

func TestFeeds(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	f := news.Feed{
		URL: "https://north.example/feed", Site: "https://north.example", Title: "Northern Post", Lang: "en", ETag: `"a"`,
		LastModified: "Mon", Added: start, LastPoll: start.Add(1), LastNews: start.Add(2), NextPoll: start.Add(time.Hour),
		Interval: 10 * time.Minute, Failures: 3, Trouble: "unreachable", LastError: "too slow", EntryCount: 12,
	}
	stored, fresh, err := db.AddFeed(ctx, f)
	ok(t, err)
	f.ID = stored.ID
	byMilli := cmpopts.EquateApproxTime(time.Millisecond)
	if diff := cmp.Diff(f, stored, byMilli); diff != "" || !fresh {
		t.Errorf("new: %t\n%s", fresh, diff)
	}
	again, fresh, err := db.AddFeed(ctx, news.Feed{URL: f.URL, Title: "Somebody else's"})
	ok(t, err)
	if diff := cmp.Diff(stored, again); diff != "" || fresh {
		t.Errorf("new: %t\n%s", fresh, diff)
	}
	f.Title, f.Failures, f.LastError, f.URL = "The Post", 0, "", "https://north.example/moved"
	ok(t, db.SaveFeed(ctx, f))
	for name, get := range map[string]func() (news.Feed, error){
		"id":  func() (news.Feed, error) { return db.Feed(ctx, f.ID) },
		"url": func() (news.Feed, error) { return db.FeedByURL(ctx, f.URL) },
	} {
		if diff := cmp.Diff(f, must(get())(t), byMilli); diff != "" {
			t.Errorf("by %s: %s", name, diff)
		}
	}
	second := addFeed(t, db, "south")
	if err := db.SaveFeed(ctx, news.Feed{ID: second, URL: f.URL}); !errors.Is(err, ErrInvalid) {
		t.Errorf("two feeds of one address: %v", err)
	}
	for name, err := range map[string]error{
		"save":   db.SaveFeed(ctx, news.Feed{ID: 99, URL: "https://gone.example"}),
		"remove": db.RemoveFeed(ctx, 99),
		"get":    func() error { _, err := db.Feed(ctx, 99); return err }(),
		"by url": func() error { _, err := db.FeedByURL(ctx, "https://gone.example"); return err }(),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
}

func TestDueFeeds(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	for name, f := range map[string]news.Feed{
		"never polled": {}, "due": {NextPoll: start}, "long due": {NextPoll: start.Add(-time.Hour)},
		"later": {NextPoll: start.Add(time.Millisecond)}, "gone": {NextPoll: start.Add(-time.Hour), Gone: true},
	} {
		f.URL = "https://x.example/" + strings.ReplaceAll(name, " ", "-")
		f.Title = name
		_, _, err := db.AddFeed(ctx, f)
		ok(t, err)
	}
	var got []string
	for _, f := range must(db.DueFeeds(ctx, start, 10))(t) {
		got = append(got, f.Title)
	}
	if diff := cmp.Diff([]string{"never polled", "long due", "due"}, got); diff != "" {
		t.Error(diff)
	}
	if n := len(must(db.DueFeeds(ctx, start, 2))(t)); n != 2 {
		t.Errorf("%d feeds, limit 2", n)
	}
	if n := len(must(db.Feeds(ctx))(t)); n != 5 {
		t.Errorf("%d feeds, want 5", n)
	}
}

func TestRemoveFeed(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	p := news.Place{Chat: 1, Topic: 4}
	subscribe(t, db, p, feed)
	a := article(feed, 1, "Kept")
	save(t, db, a)
	ok(t, db.RemoveFeed(ctx, feed))
	if got := must(db.Subscriptions(ctx, p))(t); len(got) != 0 {
		t.Errorf("still follows %v", got)
	}
	if _, err := db.Story(ctx, a.StoryID); err != nil {
		t.Errorf("its story is gone: %v", err)
	}
	if again := addFeed(t, db, "north"); again == feed {
		t.Error("the id was used again")
	}
}

func TestFollowers(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	feed := addFeed(t, db, "north")
	places := []news.Place{{Chat: -5}, {Chat: -5, Topic: 2}, {Chat: 3}}
	for _, p := range append(places, news.Place{Chat: 9}) {
		subscribe(t, db, p, feed)
	}
	ok(t, db.SetActive(ctx, 9, false))
	if diff := cmp.Diff(places, must(db.FeedFollowers(ctx, feed))(t)); diff != "" {
		t.Error(diff)
	}
}

func TestBackup(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	a := fullArticle(addFeed(t, db, "north"))
	save(t, db, a)
	path := filepath.Join(t.TempDir(), "copy 100%?.db")
	ok(t, db.Backup(ctx, path))
	if err := db.Backup(ctx, path); !errors.Is(err, ErrExists) {
		t.Errorf("a second backup to the file: %v, want ErrExists", err)
	}
	if err := db.Backup(ctx, filepath.Join(path, "x.db")); !errors.Is(err, ErrNotWritable) {
		t.Errorf("a backup where nothing can be: %v, want ErrNotWritable", err)
	}
	save(t, db, article(a.FeedID, 9, "After the backup"))
	restored := openAt(t, path)
	if diff := cmp.Diff(a, must(restored.Article(ctx, a.ID))(t)); diff != "" {
		t.Error(diff)
	}
	found, _, err := restored.Search(ctx, Query{Words: "harbour"})
	ok(t, err)
	if diff := cmp.Diff([]string{"Ferry back"}, titles(found)); diff != "" {
		t.Error(diff)
	}
	if got := must(restored.Stats(ctx))(t); got.Articles != 1 {
		t.Errorf("%d articles, want 1", got.Articles)
	}
	ok(t, restored.Check(ctx))
}

func TestFailedBackupLeavesNoFile(t *testing.T) {
	db := openTest(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(ctx, path); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if names, err := filepath.Glob(path + "*"); err != nil || len(names) > 0 {
		t.Errorf("left %v (%v)", names, err)
	}
}
