package storage

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"herald/news"
)

// fillOld stores n small articles, a minute apart, each its own story, as SaveArticle would, but in a few statements.
func fillOld(tb testing.TB, db *DB, n int) {
	tb.Helper()
	for i := range 100 {
		addFeed(tb, db, fmt.Sprint("feed", i))
	}
	const each = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @n) `
	ok(tb, db.write(context.Background(), func(tx *sql.Tx) error {
		for _, query := range []string{
			`INSERT INTO story (id, title, lead_id, first, updated, sources, listed)
				SELECT i, 'Report ' || i, i, @start + i * 60000, @start + i * 60000, 1, 1 FROM n`,
			`INSERT INTO story_feed (story_id, feed_id, first, updated) SELECT i, 1 + i % 100, @start + i * 60000, @start + i * 60000 FROM n`,
			`INSERT INTO article (id, feed_id, story_id, identity, url, title, byline, source, lang, image, published, fetched, quotes, asides, summary, fresh, pushed)
				SELECT i, 1 + i % 100, i, 'report ' || i, 'https://example.org/' || i, 'Report ' || i, '', 'Source ' || i % 100, 'en', '',
				@start + i * 60000, @start + i * 60000, 0, '[]', '[]', '[]', 1 FROM n`,
			`INSERT INTO body (article_id, text) SELECT i, 'Station ' || i * 7919 % 1000003 || ' reports the number ' || i || '.' FROM n`,
			`INSERT INTO entry (feed_id, identity, article_id, seen) SELECT 1 + i % 100, CAST('report ' || i AS BLOB), i, @start + i * 60000 FROM n`,
			`INSERT INTO search (rowid, title, text, source, tag) SELECT i, 'Report ' || i, 'Station ' || i * 7919 % 1000003 || ' reports the number ' || i,
				'Source ' || i % 100, 'any f' || (1 + i % 100) FROM n`,
		} {
			if _, err := tx.Exec(each+query, sql.Named("n", n), sql.Named("start", millis(start))); err != nil {
				return err
			}
		}
		return nil
	}))
	db.reserve(int64(n))
	_, err := db.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)") // else the first articles saved would pay for it
	ok(tb, err)
}

// BenchmarkWindow measures what the stories of the last 72 hours, 4,320 articles, and a new article cost in a small and in a large
// database:
//
//	go test ./storage -run '^$' -bench Window -benchtime 50x -timeout 1h
func BenchmarkWindow(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n, " articles"), func(b *testing.B) {
			db := openTest(b)
			fillOld(b, db, n)
			ctx, now := context.Background(), start.Add(time.Duration(n)*time.Minute)
			b.Run("load", func(b *testing.B) {
				seen := 0
				percentile(b, func() error {
					seen = 0
					return db.RecentArticles(ctx, now.Add(-72*time.Hour), 20_000, func(news.Article) error { seen++; return nil })
				})
				b.ReportMetric(float64(seen), "articles")
			})
			b.Run("save", func(b *testing.B) {
				saved := 0
				percentile(b, func() error {
					saved++
					a := article(1, 0, fmt.Sprint("News ", saved, " of ", b.N))
					a.StoryID, a.Fetched, a.Published = int64(n-saved%1000), now, now
					_, err := db.SaveArticle(ctx, a, Save{Push: true, Central: []int64{a.StoryID}})
					return err
				})
			})
		})
	}
}
