package storage

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/news"
)

// benchArticles is how large the database of the benchmarks is: go test -bench . ./storage -args -articles 1000000
var benchArticles = flag.Int("articles", 200_000, "articles in the database of the benchmarks")

const benchFeeds = 1000

// generator writes invented articles whose words, persons and feeds are as unequal in number as real ones.
type generator struct {
	r       *rand.Rand
	words   *rand.Zipf
	persons *rand.Zipf
	feeds   *rand.Zipf
	stories []int64
}

func newGenerator() *generator {
	r := rand.New(rand.NewPCG(1, 2))
	return &generator{
		r: r, words: rand.NewZipf(r, 1.1, 4, 40_000), persons: rand.NewZipf(r, 1.2, 2, 20_000),
		feeds: rand.NewZipf(r, 1.05, 20, benchFeeds-1),
	}
}

func (g *generator) text(n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, "w%d ", g.words.Uint64())
	}
	return b.String()
}

// next is the n-th article, a second after the one before it; two in five join a recent story.
func (g *generator) next(n int) *news.Article {
	a := article(int64(g.feeds.Uint64())+1, 0, g.text(8))
	a.ID, a.StoryID = int64(n), int64(n)
	a.Fetched = start.Add(time.Duration(n) * time.Second)
	a.Identity = fmt.Sprint(n)
	a.Text = g.text(250)
	a.Summary = []news.Sentence{{Text: a.Text[:120], Span: news.Span{Start: 0, End: 120}}}
	for i := range 3 {
		s := news.Span{Start: 100 * i, End: 100*i + 80}
		name := fmt.Sprintf("Ada%d Berg%d", g.persons.Uint64(), g.r.IntN(300))
		a.Quotes = append(a.Quotes, news.Quote{
			Kind: news.Direct, Text: s.In(a.Text), Span: s,
			Speaker: &news.Speaker{Mention: a.Text[:5], Span: news.Span{Start: 0, End: 5}, Name: name},
		})
	}
	if len(g.stories) > 0 && g.r.IntN(5) < 2 {
		a.StoryID = g.stories[g.r.IntN(len(g.stories))]
	} else if g.stories = append(g.stories, a.ID); len(g.stories) > 500 {
		g.stories = g.stories[1:]
	}
	return a
}

// fill stores n generated articles, a thousand in a transaction.
func fill(tb testing.TB, db *DB, n int) {
	g := newGenerator()
	for i := range benchFeeds {
		addFeed(tb, db, fmt.Sprint("feed", i))
	}
	for from := 1; from <= n; from += 1000 {
		ok(tb, db.write(context.Background(), func(tx *sql.Tx) error {
			for i := from; i < from+1000 && i <= n; i++ {
				if _, err := saveArticle(context.Background(), tx, g.next(i), Save{Now: start}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	db.reserve(int64(n))
}

// benchDB is a database of -articles articles, with places that follow 3, 30, 300 and 1,000 feeds and one of the least.
func benchDB(b *testing.B) *DB {
	db := openAt(b, filepath.Join(b.TempDir(), "bench.db"))
	began := time.Now()
	fill(b, db, *benchArticles)
	for chat, n := range map[int64]int{3: 3, 30: 30, 300: 300, 1000: 1000} {
		addChat(b, db, chat)
		for i := range n {
			must(db.Subscribe(context.Background(), news.Place{Chat: chat}, int64(benchFeeds-i), start))(b)
		}
	}
	stats := must(db.Stats(context.Background()))(b)
	b.Logf("%d articles in %v, %d MB", stats.Articles, time.Since(began).Round(time.Second), stats.Bytes>>20)
	return db
}

// BenchmarkLists measures what a command waits for, with the 99th percentile beside the mean.
func BenchmarkLists(b *testing.B) {
	db := benchDB(b)
	ctx := context.Background()
	r := rand.New(rand.NewPCG(3, 4))
	anchor := start.Add(time.Duration(*benchArticles-100) * time.Second)
	g := newGenerator()
	stories, _, err := db.Latest(ctx, Query{Limit: maxLimit})
	ok(b, err)
	recent := func() int64 { return stories[r.IntN(len(stories))].ID }
	cases := map[string]func() error{
		"window of 1000": func() error {
			since := start.Add(time.Duration(*benchArticles-1000) * time.Second)
			return db.RecentArticles(ctx, since, 20_000, func(news.Article) error { return nil })
		},
		"people": func() error {
			_, err := db.People(ctx, news.Place{}, anchor.AddDate(0, 0, -7), 10)
			return err
		},
		"top week": func() error {
			_, err := db.Top(ctx, news.Place{}, anchor.AddDate(0, 0, -7), 10)
			return err
		},
		"story": func() error {
			_, err := db.Story(ctx, recent())
			return err
		},
		"quotes person": func() error {
			_, _, err := db.Quotations(ctx, QuoteQuery{Person: fmt.Sprintf("Ada%d", r.IntN(100)), All: true})
			return err
		},
		"quotes shared surname": func() error {
			_, _, err := db.Quotations(ctx, QuoteQuery{Person: "berg1", All: true})
			return err
		},
		"quotes story": func() error {
			_, _, err := db.Quotations(ctx, QuoteQuery{StoryID: recent()})
			return err
		},
		"search common": func() error {
			_, _, err := db.Search(ctx, Query{Words: "w1", All: true})
			return err
		},
		"search phrase": func() error {
			_, _, err := db.Search(ctx, Query{Words: `"w1 w2"`, All: true})
			return err
		},
		"search two": func() error {
			_, _, err := db.Search(ctx, Query{Words: g.text(2), All: true})
			return err
		},
		"search rare": func() error {
			_, _, err := db.Search(ctx, Query{Words: fmt.Sprintf("w%d", 1000+r.IntN(39000)), All: true})
			return err
		},
		"search excluded": func() error {
			_, _, err := db.Search(ctx, Query{Words: fmt.Sprintf("w%d -w%d", 100+r.IntN(1000), 50+r.IntN(1000)), All: true})
			return err
		},
		"search only excluded": func() error {
			_, _, err := db.Search(ctx, Query{Words: fmt.Sprintf("-w%d", 50+r.IntN(1000)), All: true})
			return err
		},
		"search none": func() error {
			_, _, err := db.Search(ctx, Query{Words: fmt.Sprintf("w%d w39990 w39980", 50+r.IntN(1000)), All: true})
			return err
		},
	}
	for _, chat := range []int64{0, 3, 30, 300, 1000} {
		p := news.Place{Chat: chat}
		cases[fmt.Sprintf("latest of %d feeds", chat)] = func() error {
			_, _, err := db.Latest(ctx, Query{Place: p, Offset: 5 * r.IntN(4), Anchor: anchor})
			return err
		}
		cases[fmt.Sprintf("search in %d feeds", chat)] = func() error {
			_, _, err := db.Search(ctx, Query{Place: p, Words: fmt.Sprintf("w%d", r.IntN(1000))})
			return err
		}
		cases[fmt.Sprintf("quotes of %d feeds", chat)] = func() error {
			_, _, err := db.Quotations(ctx, QuoteQuery{Place: p, Offset: 5 * r.IntN(4), Anchor: anchor})
			return err
		}
		cases[fmt.Sprintf("quotes person in %d feeds", chat)] = func() error {
			_, _, err := db.Quotations(ctx, QuoteQuery{Place: p, Person: fmt.Sprintf("Ada%d", r.IntN(100))})
			return err
		}
	}
	names := []string{}
	for name := range cases {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.Run(name, func(b *testing.B) { percentile(b, cases[name]) })
	}
}

// percentile runs f as often as the benchmark asks and reports the median and the 99th percentile.
func percentile(b *testing.B, f func() error) {
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		ok(b, f())
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkBroadcast measures a story of 100,000 subscribers: the transaction that owes it to them, and the claims and group
// commits until all is sent.
func BenchmarkBroadcast(b *testing.B) {
	const chats, batch = 100_000, 100
	db := openTest(b)
	ctx := context.Background()
	feed := addFeed(b, db, "north")
	ok(b, db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO chat (id, kind, title, lang, zone, length, previews, silent, active, added)
			SELECT i * 7919 % 1000003, 'private', '', '', '', 'short', 0, 0, 1, 0 FROM n`, chats)
		if err == nil {
			_, err = tx.Exec("INSERT INTO subscription SELECT id, 0, ?, 0 FROM chat", feed)
		}
		return err
	}))
	var saving, sending, reading time.Duration
	rounds := 0
	for b.Loop() {
		rounds++
		began := time.Now()
		owing, owed := context.WithCancel(ctx)
		slowest := make(chan time.Duration, 1)
		go func() { slowest <- slowestRead(owing, b, db) }()
		if n := save(b, db, article(feed, rounds, fmt.Sprint("Report ", rounds))); n != chats {
			b.Fatalf("%d deliveries", n)
		}
		saving += time.Since(began)
		owed()
		reading = max(reading, <-slowest)
		began = time.Now()
		for range chats / batch {
			claims := must(db.ClaimDeliveries(ctx, lateAsCanBe, time.Minute, batch))(b)
			outcomes := make([]Outcome, len(claims))
			for i, d := range claims {
				outcomes[i] = Outcome{ID: d.ID, MessageID: 1, Now: lateAsCanBe}
			}
			ok(b, db.Delivered(ctx, outcomes))
		}
		sending += time.Since(began)
	}
	if n := must(db.PendingDeliveries(ctx))(b); n != 0 {
		b.Errorf("%d not sent", n)
	}
	b.ReportMetric(saving.Seconds()/float64(rounds), "s/save")
	b.ReportMetric(float64(rounds*chats)/sending.Seconds(), "sends/s")
	b.ReportMetric(float64(reading.Milliseconds()), "slowest-read-ms")
}

// slowestRead reads what a command does, again and again until ctx ends, and returns how long the slowest took.
func slowestRead(ctx context.Context, b *testing.B, db *DB) (slowest time.Duration) {
	for ctx.Err() == nil {
		began := time.Now()
		if _, err := db.Chat(context.Background(), 7919); err != nil {
			b.Error(err)
		}
		_, _, err := db.Latest(context.Background(), Query{Limit: 5})
		if err != nil {
			b.Error(err)
		}
		slowest = max(slowest, time.Since(began))
		time.Sleep(5 * time.Millisecond)
	}
	return slowest
}
