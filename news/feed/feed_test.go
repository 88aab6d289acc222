package feed

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
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
		want   string // path of the feed afterwards; "": an error
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
			if err != nil || got.Feed.URL != s.URL+c.want {
				t.Errorf("got %q, %v; want %q", got.Feed.URL, err, s.URL+c.want)
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

func TestDiscover(t *testing.T) {
	head := func(links string) string {
		return "<!doctype html><html><head><title>Site</title>" + links + "</head><body><p>Text</p></body></html>"
	}
	const rss = `type="application/rss+xml"`
	for _, c := range []struct {
		name  string
		pages map[string]string
		at    string   // path typed
		feed  string   // path found; "": none
		asked []string // in order; nil: not looked at
	}{
		{"the feed itself", map[string]string{"/f": smallFeed}, "/f", "/f", []string{"/f"}},
		{"a linked feed", map[string]string{"/": head(`<link rel="alternate" ` + rss + ` href="/news.rss">`), "/news.rss": smallFeed}, "/", "/news.rss", []string{"/", "/news.rss"}},
		{"relative to the page", map[string]string{"/blog/": head(`<link rel=alternate ` + rss + ` href="news.rss">`), "/blog/news.rss": smallFeed}, "/blog/", "/blog/news.rss", nil},
		{"relative to the base", map[string]string{"/": head(`<base href="/x/"><link rel=alternate ` + rss + ` href="n">`), "/x/n": smallFeed}, "/", "/x/n", nil},
		{"comments last", map[string]string{
			"/":         head(`<link rel="alternate" ` + rss + ` title="Site » Comments Feed" href="/comments/feed/"><link rel="alternate" ` + rss + ` title="Site" href="/feed/">`),
			"/feed/":    smallFeed,
			"/comments": commentFeed, "/comments/feed/": commentFeed,
		}, "/", "/feed/", []string{"/", "/feed/"}},
		{"not every alternate is a feed", map[string]string{
			"/":        head(`<link rel="alternate" type="application/json" href="/wp-json/1"><link rel="alternate" hreflang="fr" href="/fr"><link rel="alternate" type="application/atom+xml" href="/a.xml">`),
			"/a.xml":   smallFeed,
			"/wp-json": "{}",
		}, "/", "/a.xml", []string{"/", "/a.xml"}},
		{"a dead link, then the next", map[string]string{
			"/":  head(`<link rel="alternate" ` + rss + ` href="/dead"><link rel="alternate" ` + rss + ` href="/b">`),
			"/b": smallFeed,
		}, "/", "/b", []string{"/", "/dead", "/b"}},
		{"a usual place", map[string]string{"/": head(""), "/rss.xml": smallFeed}, "/", "/rss.xml", nil},
		{"from a page below", map[string]string{"/about": head(""), "/feed": smallFeed}, "/about", "/feed", nil},
		{"a person's notes", map[string]string{"/@ada": head(""), "/@ada.rss": smallFeed}, "/@ada", "/@ada.rss", nil},
		{"nothing", map[string]string{"/": head("")}, "/", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, r := newSite(t, pages(c.pages))
			got, err := r.Discover(t.Context(), s.URL+c.at)
			if c.feed == "" {
				if !errors.Is(err, news.ErrNotFeed) {
					t.Errorf("got %+v, %v; want ErrNotFeed", got, err)
				}
			} else if err != nil || got.Feed.URL != s.URL+c.feed || got.Feed.Title != "Small Feed" || len(got.Entries) != 1 {
				t.Errorf("got %+v, %v", got, err)
			}
			if diff := cmp.Diff(c.asked, s.paths()); c.asked != nil && diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			if n := len(s.paths()); n > maxTries {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestDiscoverErrors(t *testing.T) {
	s, r := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/blocked":
			w.WriteHeader(403)
		case "/feed":
			io.WriteString(w, smallFeed)
		default:
			http.NotFound(w, r)
		}
	})
	if _, err := r.Discover(t.Context(), s.URL+"/missing"); !errors.Is(err, news.ErrMissing) {
		t.Errorf("missing: got %v", err)
	}
	if got, err := r.Discover(t.Context(), s.URL+"/blocked"); err != nil || got.Feed.URL != s.URL+"/feed" {
		t.Errorf("blocked page, open feed: got %+v, %v", got, err)
	}
	for _, address := range []string{"", "ftp://x.example", "not an address"} {
		if _, err := r.Discover(t.Context(), address); !errors.Is(err, news.ErrBadAddress) {
			t.Errorf("%q: got %v", address, err)
		}
	}
}

// TestDiscoverWithoutScheme types a host that speaks only http: https is tried first and fails.
func TestDiscoverWithoutScheme(t *testing.T) {
	s, r := newSite(t, pages(map[string]string{"/f": smallFeed}))
	got, err := r.Discover(t.Context(), strings.TrimPrefix(s.URL, "http://")+"/f")
	if err != nil || got.Feed.URL != s.URL+"/f" {
		t.Errorf("got %+v, %v", got.Feed, err)
	}
}

func TestKnownFeed(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://www.youtube.com/channel/UC123", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"},
		{"https://youtube.com/user/old", "https://www.youtube.com/feeds/videos.xml?user=old"},
		{"https://m.youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"},
		{"https://www.youtube.com/@handle", ""},
		{"https://www.youtube.com/feeds/videos.xml?channel_id=UC123", ""},
		{"https://old.reddit.com/r/golang/top", "https://www.reddit.com/r/golang/.rss"},
		{"https://www.reddit.com/user/somebody/", "https://www.reddit.com/user/somebody/.rss"},
		{"https://www.reddit.com/r/golang/.rss", ""},
		{"https://www.reddit.com/", ""},
		{"https://github.com/golang", "https://github.com/golang.atom"},
		{"https://github.com/golang/go", "https://github.com/golang/go/releases.atom"},
		{"https://github.com/golang/go/releases", "https://github.com/golang/go/releases.atom"},
		{"https://github.com/golang/go/tags", "https://github.com/golang/go/tags.atom"},
		{"https://github.com/golang/go/commits/master", "https://github.com/golang/go/commits/master.atom"},
		{"https://github.com/golang/go/issues/1", ""},
		{"https://github.com/golang/go/releases.atom", ""},
		{"https://news.example/r/golang", ""},
	} {
		t.Run(c.in, func(t *testing.T) {
			u, err := url.Parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if got := knownFeed(u); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMaxAge(t *testing.T) {
	for _, c := range []struct {
		in   string
		want time.Duration
	}{
		{"", 0},
		{"max-age=600", 10 * time.Minute},
		{"public, Max-Age=600, must-revalidate", 10 * time.Minute},
		{`max-age="60"`, time.Minute},
		{"max-age=600, no-cache", 0},
		{"no-store", 0},
		{"max-age=-1", 0},
		{"max-age=x", 0},
		{"max-age=31536000", maxAsked},
		{"max-age=999999999999999999", maxAsked},
		{"s-maxage=600", 0},
	} {
		if got := maxAge(c.in); got != c.want {
			t.Errorf("%q: got %v, want %v", c.in, got, c.want)
		}
	}
}

func TestPace(t *testing.T) {
	at := func(hours ...int) []news.Entry {
		var out []news.Entry
		for _, h := range hours {
			e := news.Entry{}
			if h >= 0 {
				e.Published = time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC).Add(time.Duration(-h) * time.Hour)
			}
			out = append(out, e)
		}
		return out
	}
	for _, c := range []struct {
		name    string
		entries []news.Entry
		want    time.Duration
	}{
		{"none", nil, 0},
		{"one", at(1), 0},
		{"two", at(1, 3), 0},
		{"regular", at(0, 4, 8, 12), 2 * time.Hour},
		{"undated between", at(0, -1, 4, -1, 8), 2 * time.Hour},
		{"one long pause", at(0, 2, 4, 500), time.Hour},
		{"all at once", at(0, 0, 0), 0},
		{"only the newest count", at(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1000, 2000, 3000, 4000), 30 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := pace(c.entries); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
