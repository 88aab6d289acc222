package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"herald/news"
)

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name, robots string
		status       int
		path         string
		want         error
	}{
		{"closed to all", "User-agent: *\nDisallow: /", 200, "/news/1", news.ErrBlocked},
		{"closed to Herald", "User-agent: herald\nDisallow: /news\n\nUser-agent: *\nDisallow:", 200, "/news/1", news.ErrBlocked},
		{"other path", "User-agent: *\nDisallow: /private", 200, "/news/1", nil},
		{"longest rule wins", "User-agent: *\nDisallow: /news\nAllow: /news/open", 200, "/news/open/1", nil},
		{"unreadable lines", "\ufeffNonsense\nDisallow: /early\nUser-agent: *\nCrawl-delay: soon\nDisallow: /news", 200, "/news/1", news.ErrBlocked},
		{"too large, closed at its beginning", "User-agent: *\nDisallow: /news\n" + strings.Repeat("# no end\n", 900_000), 200, "/news/1", news.ErrBlocked},
		{"none", "", 404, "/news/1", nil},
		{"refused", "", 403, "/news/1", nil},
		{"broken", "", 500, "/news/1", news.ErrBroken},
		{"overloaded", "", 503, "/news/1", news.ErrBusy},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked atomic.Int32
			client, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					asked.Add(1)
					w.WriteHeader(c.status)
					io.WriteString(w, c.robots)
					return
				}
				io.WriteString(w, "page")
			})
			for range 2 {
				if _, err := client.Get(t.Context(), Request{URL: at + c.path, Robots: true}); !errors.Is(err, c.want) {
					t.Errorf("got %v, want %v", err, c.want)
				}
			}
			if n := asked.Load(); c.status != 503 && n != 1 {
				t.Errorf("robots.txt asked for %d times, want 1", n)
			}
			if _, err := client.Get(t.Context(), Request{URL: at + c.path}); err != nil {
				t.Errorf("without Robots: %v", err)
			}
		})
	}
}

// TestRobotsUnreachable: without robots.txt pages are closed, and the server is not asked for it before each of them. Rules
// that were had before serve on.
func TestRobotsUnreachable(t *testing.T) {
	var broken atomic.Bool
	var asked atomic.Int32
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			return
		}
		asked.Add(1)
		if broken.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		io.WriteString(w, "User-agent: *\nDisallow: /closed")
	})
	age := func() {
		for key, e := range c.robots.servers {
			e.expires = time.Now()
			c.robots.put(key, e)
		}
	}
	get := func(path string, want error) {
		t.Helper()
		if _, err := c.Get(t.Context(), Request{URL: at + path, Robots: true}); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", path, err, want)
		}
	}
	broken.Store(true)
	for range 3 {
		get("/open", news.ErrBroken)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("a broken robots.txt was asked for %d times, want 1", n)
	}
	broken.Store(false)
	age()
	get("/open", nil)
	get("/closed", news.ErrBlocked)
	broken.Store(true)
	age()
	get("/open", nil)
	get("/closed", news.ErrBlocked)
	if n := asked.Load(); n != 3 {
		t.Errorf("robots.txt was asked for %d times, want 3", n)
	}
}

// TestCrawlDelayIsKept: pages are apart as robots.txt asks, feeds of the same host go between them, and who has no time to
// wait is told how long it would be.
func TestCrawlDelayIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second)
		start := time.Now()
		for i, c := range []struct{ rest, want time.Duration }{
			{10 * time.Second, 0},
			{0, time.Second},
			{10 * time.Second, 10 * time.Second},
			{10 * time.Second, 20 * time.Second},
			{0, 21 * time.Second},
		} {
			turn, err := h.acquire(t.Context(), "a", c.rest)
			if err != nil {
				t.Fatal(err)
			}
			if got := time.Since(start); got != c.want {
				t.Errorf("%d: asked after %v, want %v", i, got, c.want)
			}
			turn.release()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		var retry *RetryError
		if _, err := h.acquire(ctx, "a", 10*time.Second); !errors.As(err, &retry) || retry.RetryAfter != 9*time.Second {
			t.Errorf("got %v, want a wait of 9s", err)
		}
		if took := time.Since(start) - 21*time.Second; took != 0 {
			t.Errorf("it took %v to say so", took)
		}
	})
}
