package storage

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"herald/news"
)

// benchChats is how many chats have a digest at eight: go test -bench Digests ./storage -args -chats 100000
var benchChats = flag.Int("chats", 10_000, "chats in the benchmark of digests")

// BenchmarkDigests measures the digests of many chats that are all due at eight and hold three stories each: preparing them,
// with the time that commands wait for the writer meanwhile, and claiming, reading and recording 5,000 of them.
func BenchmarkDigests(b *testing.B) {
	const batch, row = 50, 32 // as the scheduler has them
	chats := *benchChats
	ctx := context.Background()
	for b.Loop() {
		b.StopTimer()
		db := openTest(b)
		feed := addFeed(b, db, "north")
		addChat(b, db, -1)
		at := start.Add(time.Hour)
		ok(b, db.write(ctx, func(tx *sql.Tx) error {
			for _, query := range []string{
				fmt.Sprint("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ", chats, `)
					INSERT INTO chat (id, kind, title, lang, zone, length, previews, silent, active, added)
					SELECT i * 7919 % 1000003, 'private', '', '', 'Europe/Berlin', 'short', 0, 0, 1, 0 FROM n`),
				"INSERT INTO subscription SELECT id, 0, 1, 0 FROM chat WHERE id > 0",
				fmt.Sprint("INSERT INTO digest_time SELECT id, 0, 480, 0, ", millis(at), " FROM chat WHERE id > 0"),
			} {
				if _, err := tx.Exec(query); err != nil {
					return err
				}
			}
			return nil
		}))
		for i := range 3 {
			save(b, db, article(feed, i, fmt.Sprint("Report ", i)))
		}
		b.StartTimer()

		stop, waits := make(chan struct{}), make(chan []time.Duration)
		go func() { waits <- commands(b, db, stop) }()
		began := time.Now()
		made := prepareAll(b, db, at, batch)
		b.ReportMetric(time.Since(began).Seconds(), "s/prepare")
		began = time.Now()
		told, sent := 0, min(chats, 5000)
		for told < 3*sent {
			claims := must(db.ClaimDigests(ctx, at, time.Minute, row))(b)
			for _, d := range claims {
				told += len(must(db.StoriesFor(ctx, d.Place, d.Stories))(b))
				ok(b, db.Delivered(ctx, []Outcome{{ID: d.ID, Digest: true, MessageID: 1, Now: at}}))
			}
			if len(claims) == 0 {
				b.Fatal("nothing to claim")
			}
		}
		close(stop)
		took := <-waits
		slices.Sort(took)
		b.ReportMetric(float64(sent)/time.Since(began).Seconds(), "sends/s")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
		if made != chats {
			b.Fatalf("%d digests", made)
		}
	}
}

// prepareAll prepares all digests a minute ahead.
func prepareAll(b *testing.B, db *DB, at time.Time, batch int) (made int) {
	var last news.DigestTime
	for {
		times := must(db.DueDigests(context.Background(), last, at, batch))(b)
		if len(times) == 0 {
			return made
		}
		last = times[len(times)-1]
		var turns []Preparation
		for _, t := range times {
			turns = append(turns, Preparation{Time: t, Due: t.Next, Date: t.Date(t.Next, news.Location(t.Zone))})
		}
		made += must(db.PrepareDigests(context.Background(), turns, at.Add(-time.Minute)))(b)
	}
}

// commands does what a command that changes a setting does, again and again, and returns how long each took.
func commands(b *testing.B, db *DB, stop chan struct{}) (took []time.Duration) {
	for n := 0; ; n++ {
		select {
		case <-stop:
			return took
		case <-time.After(5 * time.Millisecond):
		}
		began := time.Now()
		c, err := db.Chat(context.Background(), -1)
		c.Silent = n%2 == 0
		if err == nil {
			err = db.SaveChat(context.Background(), c)
		}
		if err != nil {
			b.Error(err)
		}
		took = append(took, time.Since(began))
	}
}
