package schedule

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/news"
	"herald/news/feed"
	"herald/news/fetch"
	"herald/news/story"
	"herald/storage"
)

// TestPanicInAnEntry: an entry that makes the reading panic is logged with its place in the code and never read again; the poll
// goes on.
func TestPanicInAnEntry(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>Echo</title><item><title>One</title><guid>1</guid></item>` +
			`<item><title>Two</title><guid>2</guid></item></channel></rss>`))
	}))
	defer server.Close()
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	defer client.Close()
	db := opened(t)
	f, _, err := db.AddFeed(t.Context(), news.Feed{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	s := New(Config{
		DB: db, Feeds: feed.NewReader(client), Stories: story.New(0), Now: time.Now,
		Log: slog.New(slog.NewTextHandler(&said, nil)),
	}) // no desk: reading panics
	s.Poll(t.Context())
	if f, err = db.Feed(t.Context(), f.ID); err != nil || f.LastPoll.IsZero() || !f.NextPoll.After(time.Now()) {
		t.Errorf("after the poll %+v, %v", f, err)
	}
	r, err := s.Feeds.Fetch(t.Context(), news.Feed{URL: server.URL})
	if err != nil || len(r.Entries) != 2 {
		t.Fatalf("%d entries, %v", len(r.Entries), err)
	}
	if left, err := db.Unseen(t.Context(), f.ID, r.Entries); err != nil || len(left) != 0 {
		t.Errorf("%d entries would be read again, %v", len(left), err)
	}
	if n := strings.Count(said.String(), "intake.go"); n < 2 {
		t.Errorf("the log shows the place %d times: %s", n, said.String())
	}
}

// TestPanicInADelivery: it counts as a failure, and what panics again and again is given up.
func TestPanicInADelivery(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	c := newCourier(Config{DB: opened(t), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }}) // no bot
	for _, tt := range []struct {
		attempts int
		again    bool
	}{{0, true}, {lastTry - 1, false}} {
		out := c.deliver(t.Context(), news.Delivery{ID: 3, Place: news.Place{Chat: 1}, Attempts: tt.attempts})
		if out == nil || out.ID != 3 || out.Error == "" || out.RetryAt.IsZero() == tt.again {
			t.Errorf("delivery after %d failures: %+v", tt.attempts, out)
		}
		out = c.digest(t.Context(), news.Digest{ID: 4, Place: news.Place{Chat: 1}, Attempts: tt.attempts})
		if out == nil || out.ID != 4 || out.Error == "" || out.RetryAt.IsZero() == tt.again {
			t.Errorf("digest after %d failures: %+v", tt.attempts, out)
		}
	}
}

func opened(t *testing.T) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
