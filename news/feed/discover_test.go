package feed

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

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
		{"a link in the text", map[string]string{"/": head("") + `<a href="/about">About</a> <a href="/comments/rss">Comments</a> <a href="/syndicate/rss">Follow</a>`, "/syndicate/rss": smallFeed, "/comments/rss": commentFeed}, "/", "/syndicate/rss", []string{"/", "/syndicate/rss"}},
		{"head before text", map[string]string{"/": `<a href="/x/rss">Follow</a>` + head(`<link rel="alternate" `+rss+` href="/news">`), "/x/rss": commentFeed, "/news": smallFeed}, "/", "/news", []string{"/", "/news"}},
		{"only comments", map[string]string{"/": head(`<link rel="alternate" ` + rss + ` href="/comments/feed">`), "/comments/feed": smallFeed}, "/", "/comments/feed", nil},
		{"a JSON feed by its old type", map[string]string{"/": head(`<link rel="alternate" type="application/json" href="/feed.json">`), "/feed.json": `{"version":"https://jsonfeed.org/version/1","title":"Small Feed","items":[{"id":"1","content_text":"One"}]}`}, "/", "/feed.json", []string{"/", "/feed.json"}},
		{"beside the page", map[string]string{"/blog/": head(""), "/blog/feed": smallFeed, "/feed": commentFeed}, "/blog/", "/blog/feed", nil},
		{"a feed in an empty site", map[string]string{"/": "", "/rss": smallFeed}, "/", "/rss", nil},
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

// TestHiddenLinks: a page that tells a channel's number, or a directory's answer, names a feed by that.
func TestHiddenLinks(t *testing.T) {
	at := &url.URL{Scheme: "https", Host: "v.example"}
	for _, c := range []struct{ page, want string }{
		{`<script>var d = {"channelId":"UC0123456789abcdefghij-_"}</script>`, "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdefghij-_"},
		{`{"resultCount":1,"results":[{"kind":"podcast","feedUrl":"https://pod.example/rss"}]}`, "https://pod.example/rss"},
		{`{"feedUrl":"file:///etc/passwd","channelId":"UCshort"}`, ""},
	} {
		if got := strings.Join(feedLinks([]byte(c.page), at), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.page, got, c.want)
		}
	}
}

// TestDiscoverByHeader finds a feed that only the page's header names.
func TestDiscoverByHeader(t *testing.T) {
	s, r := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hidden" {
			io.WriteString(w, smallFeed)
			return
		}
		w.Header().Set("Link", `</style.css>; rel=preload, </hidden>; rel="alternate"; type="application/rss+xml"`)
		io.WriteString(w, "<html><title>Site</title></html>")
	})
	if got, err := r.Discover(t.Context(), s.URL); err != nil || got.Feed.URL != s.URL+"/hidden" {
		t.Errorf("got %+v, %v", got.Feed, err)
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
		{"https://old.reddit.com/r/golang/top", "https://www.reddit.com/r/golang/top/.rss"},
		{"https://old.reddit.com/r/golang", "https://www.reddit.com/r/golang/.rss"},
		{"https://np.reddit.com/r/golang/comments/1abc/some_title/", "https://www.reddit.com/r/golang/comments/1abc/.rss"},
		{"https://www.reddit.com/user/somebody/m/mine", "https://www.reddit.com/user/somebody/m/mine/.rss"},
		{"https://www.youtube.com/channel/UC123/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"},
		{"https://www.youtube.com/playlist", ""},
		{"https://bsky.app/profile/ada.bsky.social", "https://bsky.app/profile/ada.bsky.social/rss"},
		{"https://bsky.app/profile/did:plc:abc/post/1", "https://bsky.app/profile/did:plc:abc/rss"},
		{"https://social.example/@ada", "https://social.example/@ada.rss"},
		{"https://social.example/@ada/1234", ""},
		{"https://medium.com/@ada/a-story-1", "https://medium.com/feed/@ada"},
		{"https://medium.com/tag/sea stories/latest", "https://medium.com/feed/tag/sea%20stories"},
		{"https://gitlab.com/ada/engine", "https://gitlab.com/ada/engine/-/releases.atom"},
		{"https://gitlab.com/ada/engine/-/commits/main", "https://gitlab.com/ada/engine/-/commits/main?format=atom"},
		{"https://codeberg.org/ada/engine", "https://codeberg.org/ada/engine/releases.rss"},
		{"https://github.com/ada/engine/commits/feature/x", "https://github.com/ada/engine/commits/feature/x.atom"},
		{"https://news.google.com/search?q=sea+fog&hl=en", "https://news.google.com/rss/search?q=sea+fog"},
		{"https://news.google.com/search", ""},
		{"https://podcasts.apple.com/gb/podcast/the-fog/id123456", "https://itunes.apple.com/lookup?entity=podcast&id=123456"},
		{"https://podcasts.apple.com/gb/podcast/the-fog", ""},
		{"https://news.ycombinator.com/", "https://news.ycombinator.com/rss"},
		{"https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"},
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
