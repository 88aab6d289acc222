package feed

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"herald/news"
	"herald/news/fetch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const smallFeed = `<rss version="2.0"><channel><title>Small Feed</title><link>https://small.example/</link><item><title>One</title><guid>1</guid></item></channel></rss>`

const commentFeed = `<rss version="2.0"><channel><title>Comments</title></channel></rss>`

// site is a server whose pages a test lays out; it records what was asked for.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
	reqs  []http.Header
}

func (s *site) paths() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// newSite serves handler and gives a reader that may reach it.
func newSite(t *testing.T, h http.HandlerFunc) (*site, *Reader) {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.RequestURI())
		s.reqs = append(s.reqs, r.Header)
		s.mu.Unlock()
		h(w, r)
	}))
	c := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	t.Cleanup(func() { c.Close(); s.Close() })
	return s, NewReader(c)
}

// pages serves bodies by path.
func pages(bodies map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, body)
	}
}

func TestFetch(t *testing.T) {
	s, r := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v2"`)
		w.Header().Set("Last-Modified", "Tue, 03 Mar 2026 09:30:00 GMT")
		w.Header().Set("Cache-Control", "public, max-age=1800")
		io.WriteString(w, smallFeed)
	})
	known := news.Feed{ID: 7, URL: s.URL + "/feed", Title: "Old name", Lang: "en", ETag: `"v1"`, LastModified: "before", Failures: 3}
	got, err := r.Fetch(t.Context(), known)
	if err != nil {
		t.Fatal(err)
	}
	want := known
	want.Title, want.Site = "Small Feed", "https://small.example/"
	want.ETag, want.LastModified, want.Interval = `"v2"`, "Tue, 03 Mar 2026 09:30:00 GMT", 30*time.Minute
	if diff := cmp.Diff(want, got.Feed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(got.Entries) != 1 || got.NotModified {
		t.Errorf("got %+v", got)
	}
	h := s.reqs[0]
	if h.Get("If-None-Match") != `"v1"` || h.Get("If-Modified-Since") != "before" || !strings.Contains(h.Get("Accept"), "application/rss+xml") {
		t.Errorf("asked with %v", h)
	}
}

func TestFetchNotModified(t *testing.T) {
	s, r := newSite(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(304) })
	known := news.Feed{URL: s.URL, Title: "Name", ETag: `"v1"`, Interval: time.Hour}
	got, err := r.Fetch(t.Context(), known)
	if err != nil || !got.NotModified {
		t.Fatalf("got %+v, %v", got, err)
	}
	if diff := cmp.Diff(known, got.Feed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFetchMoved(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   string // path of the feed; "": an error
	}{
		{"for good", 301, smallFeed, "/new"},
		{"for good, keeping the method", 308, smallFeed, "/new"},
		{"for now", 302, smallFeed, "/old"},
		{"to a page that is no feed", 301, "<html><title>Welcome</title></html>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, r := newSite(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/old" {
					http.Redirect(w, r, "/new", c.status)
					return
				}
				io.WriteString(w, c.body)
			})
			got, err := r.Fetch(t.Context(), news.Feed{URL: s.URL + "/old"})
			if c.want == "" {
				if !errors.Is(err, news.ErrNotFeed) {
					t.Errorf("got %v, want ErrNotFeed", err)
				}
				return
			}
			want := ""
			if c.want != "/old" {
				want = s.URL + c.want
			}
			if err != nil || got.Feed.URL != s.URL+"/old" || got.Moved != want {
				t.Errorf("got %q, moved to %q, %v; want %q", got.Feed.URL, got.Moved, err, want)
			}
			if found, err := r.Discover(t.Context(), s.URL+"/old"); err != nil || found.Feed.URL != s.URL+c.want {
				t.Errorf("discovered %q, %v", found.Feed.URL, err)
			}
		})
	}
}

func TestFetchErrors(t *testing.T) {
	for _, c := range []struct {
		status int
		want   error
	}{{410, news.ErrGone}, {404, news.ErrMissing}, {403, news.ErrBlocked}, {429, news.ErrBusy}, {500, news.ErrBroken}} {
		s, r := newSite(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(c.status) })
		if _, err := r.Fetch(t.Context(), news.Feed{URL: s.URL}); !errors.Is(err, c.want) {
			t.Errorf("%d: got %v, want %v", c.status, err, c.want)
		}
	}
}
