package storage

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"herald/news"
)

// world is a random history and what lists must show of it, computed the slow way.
type world struct {
	db       *DB
	articles []*news.Article
	follows  map[news.Place]map[int64]bool
}

// drawWorld saves some articles of a few feeds, in a few stories, at times that may be equal.
func drawWorld(t *rapid.T, db *DB) *world {
	w := &world{db: db, follows: map[news.Place]map[int64]bool{}}
	ctx := context.Background()
	fail := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	const feeds = 12
	for i := range feeds {
		_, _, err := db.AddFeed(ctx, news.Feed{URL: fmt.Sprint("https://feed.example/", i), Shared: shared(int64(i + 1))})
		fail(err)
	}
	for chat := int64(1); chat <= 3; chat++ {
		p := news.Place{Chat: chat, Topic: int(chat) - 1}
		w.follows[p] = map[int64]bool{}
		fail(db.SaveChat(ctx, news.Chat{ID: chat, Active: true}))
		for _, feed := range rapid.SliceOfN(rapid.Int64Range(1, feeds), 0, feeds).Draw(t, "follows") {
			_, err := db.Subscribe(ctx, p, feed, start)
			fail(err)
			w.follows[p][feed] = true
		}
	}
	minutes := 0
	for i := range rapid.IntRange(0, 40).Draw(t, "articles") {
		minutes += rapid.IntRange(0, 2).Draw(t, "minutes")
		a := article(rapid.Int64Range(1, feeds).Draw(t, "feed"), minutes, fmt.Sprint("Report ", i))
		if rapid.Bool().Draw(t, "dated") {
			a.Published = a.Fetched.Add(time.Duration(rapid.IntRange(-30, 5).Draw(t, "age")) * time.Minute)
		}
		for q := range rapid.IntRange(0, 2).Draw(t, "quotes") {
			s := news.Span{Start: q, End: q + 4}
			name := rapid.SampledFrom([]string{"Ines Okoro", "Paul Okoro", "Lena Brandt"}).Draw(t, "name")
			a.Quotes = append(a.Quotes, news.Quote{Kind: rapid.SampledFrom([]news.QuoteKind{news.Direct, news.Mixed, news.Indirect}).Draw(t, "kind"), Text: s.In(a.Text), Span: s, Speaker: &news.Speaker{Name: name}})
		}
		if i > 0 && rapid.Bool().Draw(t, "joins") {
			a.StoryID = w.articles[rapid.IntRange(0, i-1).Draw(t, "joined")].StoryID
		}
		_, err := db.SaveArticle(ctx, a, Save{Push: true, Moved: w.drawMoves(t)})
		fail(err)
		w.articles = append(w.articles, a)
	}
	return w
}

// drawMoves lets some articles change their story, and is what storage is told about it.
func (w *world) drawMoves(t *rapid.T) []news.Move {
	var moves []news.Move
	for _, a := range w.articles {
		if rapid.IntRange(0, 9).Draw(t, "stays") > 0 {
			continue
		}
		to := a.ID
		if rapid.Bool().Draw(t, "joins another") {
			to = rapid.SampledFrom(w.articles).Draw(t, "other").StoryID
		}
		if to != a.StoryID {
			moves = append(moves, news.Move{Article: a.ID, From: a.StoryID, To: to})
			a.StoryID = to
		}
	}
	return moves
}

// shared tells which of a world's feeds are the operator's.
func shared(feed int64) bool { return feed%3 != 0 }

// reads tells whether a place may read a feed.
func (w *world) reads(p news.Place, feed int64) bool {
	return p == (news.Place{}) || shared(feed) || w.follows[p][feed]
}

// shows tells whether the lists of a place have the articles of a feed.
func (w *world) shows(p news.Place, all bool, feed int64) bool {
	return w.reads(p, feed) && (all || len(w.follows[p]) == 0 || w.follows[p][feed])
}

// latest is what Latest must answer, without its page.
func (w *world) latest(q Query) []int64 {
	type line struct{ id, first, updated int64 }
	lines := map[int64]line{}
	wanted := map[int64]bool{}
	for _, a := range w.articles {
		l, known := lines[a.StoryID]
		if !known {
			l = line{a.StoryID, millis(a.Fetched), math.MinInt64}
		}
		l.updated = max(l.updated, millis(a.Time()))
		lines[a.StoryID] = l
		if (q.FeedID == a.FeedID && w.reads(q.Place, a.FeedID)) || (q.FeedID == 0 && w.shows(q.Place, q.All, a.FeedID)) {
			wanted[a.StoryID] = true
		}
	}
	var list []line
	for id := range wanted {
		l := lines[id]
		past := q.Before == Cursor{} || cmp.Or(cmp.Compare(l.updated, millis(q.Before.Updated)), cmp.Compare(l.id, q.Before.ID)) < 0
		if past && l.first <= anchorMillis(q.Anchor) {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(a, b line) int { return cmp.Or(cmp.Compare(b.updated, a.updated), cmp.Compare(b.id, a.id)) })
	var ids []int64
	for _, l := range list {
		ids = append(ids, l.id)
	}
	return ids
}

// quotes are the article ids and starts of what Quotations must answer, without its page.
func (w *world) quotes(q QuoteQuery) [][2]int64 {
	var list [][2]int64
	for _, a := range slices.Backward(w.articles) {
		for _, x := range a.Quotes {
			if x.Kind != news.Indirect && w.shows(q.Place, q.All, a.FeedID) && millis(a.Fetched) <= anchorMillis(q.Anchor) &&
				(q.Person == "" || slices.Contains(nameWords(x.Speaker.Name), q.Person)) {
				list = append(list, [2]int64{a.ID, int64(x.Start)})
			}
		}
	}
	return list
}

// TestListsAgainstModel compares the lists, whose queries skip most of the tables, with a plain computation.
func TestListsAgainstModel(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		db, err := Open(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		w := drawWorld(t, db)
		for range 20 {
			var q Query
			q.Place.Chat = rapid.Int64Range(0, 4).Draw(t, "chat")
			q.Place.Topic = max(0, int(q.Place.Chat)-1)
			q.All = rapid.IntRange(0, 4).Draw(t, "all") == 0
			q.Offset, q.Limit = rapid.IntRange(0, 12).Draw(t, "offset"), rapid.IntRange(1, 6).Draw(t, "limit")
			if rapid.Bool().Draw(t, "anchored") {
				q.Anchor = start.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "anchor")) * time.Minute)
			}
			checkQuotesPage(t, w, QuoteQuery{
				Place: q.Place, All: q.All, Offset: q.Offset, Limit: q.Limit, Anchor: q.Anchor,
				Person: rapid.SampledFrom([]string{"", "okoro", "lena"}).Draw(t, "person"),
			})
			if rapid.IntRange(0, 4).Draw(t, "by feed") == 0 {
				q.FeedID = rapid.Int64Range(1, 12).Draw(t, "feed")
			}
			if len(w.articles) > 0 && rapid.IntRange(0, 3).Draw(t, "by cursor") == 0 {
				last := w.articles[rapid.IntRange(0, len(w.articles)-1).Draw(t, "before")]
				q.Before = Cursor{Updated: last.Time(), ID: last.StoryID}
			}
			checkLatestPage(t, w, q)
		}
	})
}

func checkLatestPage(t *rapid.T, w *world, q Query) {
	stories, more, err := w.db.Latest(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, s := range stories {
		got = append(got, s.ID)
		for _, a := range s.Articles {
			if !w.reads(q.Place, a.FeedID) {
				t.Fatalf("%+v: story %d has an article of feed %d", q, s.ID, a.FeedID)
			}
		}
	}
	want, wantMore := cut(w.latest(q), windowOf(q.Offset, q.Limit))
	if !slices.Equal(got, want) || more != wantMore {
		t.Fatalf("%+v:\ngot  %v, more %t\nwant %v, more %t", q, got, more, want, wantMore)
	}
}

func checkQuotesPage(t *rapid.T, w *world, q QuoteQuery) {
	quotes, more, err := w.db.Quotations(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var got [][2]int64
	for _, x := range quotes {
		got = append(got, [2]int64{x.Article.ID, int64(x.Start)})
	}
	want, wantMore := cut(w.quotes(q), windowOf(q.Offset, q.Limit))
	if !slices.Equal(got, want) || more != wantMore {
		t.Fatalf("%+v:\ngot  %v, more %t\nwant %v, more %t", q, got, more, want, wantMore)
	}
}
