package schedule

import (
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"herald/news"
	"herald/storage"
)

// TestSetBackOnce: what was planned by a wrong clock is brought forward once, also where that fails midway and is done again.
func TestSetBackOnce(t *testing.T) {
	for name, table := range map[string]string{"planning anew fails": "digest_time", "keeping the time fails": "state"} {
		t.Run(name, func(t *testing.T) {
			const by, wait = 24 * time.Hour, 10 * time.Minute
			now := time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC)
			path := filepath.Join(t.TempDir(), "herald.db")
			db, err := storage.Open(t.Context(), path, nil)
			ok(t, err)
			defer db.Close()
			side, err := sql.Open("sqlite", path)
			ok(t, err)
			defer side.Close()
			run := func(query string) {
				t.Helper()
				_, err := side.ExecContext(t.Context(), query)
				ok(t, err)
			}
			config := Config{DB: db, Log: slog.New(slog.DiscardHandler)}
			_, err = (&clock{Config: config}).check(t.Context(), now.Add(by))
			ok(t, err)
			ok(t, db.SaveChat(t.Context(), news.Chat{ID: 1, Kind: news.Private, Active: true}))
			ok(t, db.SetDigestTimes(t.Context(), news.Place{Chat: 1}, []news.DigestTime{{Minute: 480, Next: now.Add(2 * by)}}))
			ok(t, db.KeepFlood(t.Context(), 1, now.Add(by+wait)))

			run("CREATE TRIGGER fails BEFORE UPDATE ON " + table + " BEGIN SELECT RAISE(ABORT, 'the disk fails'); END")
			if _, err := (&clock{Config: config}).check(t.Context(), now); err == nil {
				t.Fatal("nothing failed")
			}
			run("DROP TRIGGER fails")
			c := &clock{Config: config}
			for i, want := range []bool{true, false} {
				if back, err := c.check(t.Context(), now.Add(time.Duration(i+1)*time.Second)); back != want || err != nil {
					t.Errorf("check %d: %t, %v, want %t", i+1, back, err, want)
				}
			}
			floods, err := db.Floods(t.Context(), now)
			ok(t, err)
			if until := floods[1]; until.Before(now.Add(wait)) || until.After(now.Add(wait+3*time.Second)) {
				t.Errorf("flood waits: %v, want until %s", floods, now.Add(wait))
			}
		})
	}
}

// TestSetBackQuiet: what a quiet time held comes at its end by the right clock, and not before.
func TestSetBackQuiet(t *testing.T) {
	now := time.Date(2027, 3, 20, 23, 0, 0, 0, time.UTC)
	wrong, end := now.AddDate(1, 0, 0), now.Add(8*time.Hour)
	y := newYears(t, wrong)
	y.digests.run(t.Context())
	y.check(y.db.SaveChat(t.Context(), news.Chat{ID: 99, Kind: news.Private, Active: true, Quiet: news.Quiet{From: 22 * 60, To: 7 * 60}}))
	p := news.Place{Chat: 99}
	_, err := y.db.Subscribe(t.Context(), p, y.feed, wrong)
	y.check(err)
	_, err = y.db.SaveArticle(t.Context(), &news.Article{FeedID: y.feed, Identity: "1", Title: "Dam holds", Text: "It holds.", Fetched: wrong},
		storage.Save{Push: true, Now: wrong})
	y.check(err)
	due, err := y.db.ClaimDeliveries(t.Context(), wrong, lease, 10)
	y.check(err)
	for _, d := range due {
		y.check(y.db.Delivered(t.Context(), []storage.Outcome{{ID: d.ID, HoldUntil: wrong.Add(8 * time.Hour), Now: wrong}}))
	}
	y.now = now
	y.digests.run(t.Context())
	for _, tt := range []struct {
		at   time.Time
		want int
	}{{end.Add(-time.Minute), 0}, {end, 1}} {
		claimed, err := y.db.ClaimDigests(t.Context(), tt.at, lease, 100)
		y.check(err)
		n := 0
		for _, d := range claimed {
			if d.Place == p {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s: %d digests, want %d", tt.at, n, tt.want)
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
