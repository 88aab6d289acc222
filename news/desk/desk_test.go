package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/news"
	"herald/news/fetch"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lighthouse is an article's paragraphs.
var lighthouse = []string{
	"The lighthouse of Skarn was lit again on Saturday, forty years after its keeper had put it out for the last time.",
	"“My father carried the oil up these stairs every evening,” said Tove Brandal, who turned the switch. About six hundred people watched from the beach.",
	"The lamp runs on sunlight stored during the day, and it can be seen from eleven miles away, the harbour master of Skarn said.",
	"A society of friends had collected the money for six years; the last third came from a fisherman who wants to remain unnamed.",
}

// skarnPage is the page of the article, as a site serves it.
func skarnPage() string {
	return `<!doctype html><html lang="en"><head><title>Light over Skarn</title><meta property="og:site_name" content="Skarn Gazette">
<meta name="author" content="Page Author"><meta property="article:published_time" content="2025-05-03T20:00:00Z"></head><body>
<nav><a href="/">Front page</a></nav><article><h1>Light over Skarn</h1><p>` + strings.Join(lighthouse, "</p><p>") + `</p></article></body></html>`
}

// site serves the article in several ways, and what is no article; asked lists the paths that were requested.
func site(t *testing.T) (base string, d *Desk, asked func() []string) {
	t.Helper()
	var mu sync.Mutex
	var paths []string
	h := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			mu.Lock()
			paths = append(paths, r.URL.Path)
			mu.Unlock()
		}
		serve := func(kind, body string) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, body)
		}
		switch r.URL.Path {
		case "/robots.txt":
			serve("text/plain", "User-agent: *\nDisallow: /private\n")
		case "/skarn", "/private":
			serve("text/html; charset=utf-8", skarnPage())
		case "/moved":
			http.Redirect(w, r, "/skarn", http.StatusMovedPermanently)
		case "/plain":
			serve("text/plain; charset=utf-8", "Light over Skarn\n\n"+strings.Join(lighthouse, "\n\n"))
		case "/untyped":
			w.Header()["Content-Type"] = nil
			fmt.Fprint(w, skarnPage())
		case "/blank":
			serve("text/plain", " \n ")
		case "/binary":
			serve("text/plain", "\x00\x01\x02\x00")
		case "/paper.pdf":
			serve("application/pdf", "%PDF-1.7")
		case "/hidden.pdf":
			serve("text/html", "%PDF-1.7\n%âãÏÓ")
		case "/picture":
			serve("image/png", "\x89PNG\r\n\x1a\n")
		case "/wall":
			serve("text/html", "<html><body><p>Please subscribe.</p></body></html>")
		default:
			http.Error(w, "nothing here", http.StatusNotFound)
		}
	}
	s := httptest.NewServer(http.HandlerFunc(h))
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}})
	t.Cleanup(func() { client.Close(); s.Close() })
	return s.URL, New(client), func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(paths)
	}
}

// check holds what every article has.
func check(t *testing.T, a *news.Article) {
	t.Helper()
	for _, s := range a.Summary {
		if s.In(a.Text) != s.Text || s.Text == "" || a.Aside(s.Span) {
			t.Errorf("sentence %q is not the article's at %v", s.Text, s.Span)
		}
	}
	for _, q := range a.Quotes {
		if q.In(a.Text) != q.Text || q.Text == "" {
			t.Errorf("quote %q is not the article's at %v", q.Text, q.Span)
		}
	}
}

func TestURL(t *testing.T) {
	base, d, _ := site(t)
	for _, c := range []struct {
		path string
		err  error
	}{
		{"/skarn", nil},
		{"/moved", nil},
		{"/plain", nil},
		{"/untyped", nil},
		{"/paper.pdf", news.ErrNotArticle},
		{"/hidden.pdf", news.ErrNotArticle},
		{"/picture", news.ErrNotArticle},
		{"/blank", news.ErrNotArticle},
		{"/binary", news.ErrNotArticle},
		{"/private", news.ErrBlocked},
		{"/none", news.ErrMissing},
	} {
		t.Run(c.path, func(t *testing.T) {
			a, err := d.URL(t.Context(), base+c.path)
			if !errors.Is(err, c.err) {
				t.Fatalf("got error %v, want %v", err, c.err)
			}
			if c.err != nil {
				return
			}
			check(t, a)
			if a.Title != "Light over Skarn" || a.Lang != "en" || len(a.Summary) == 0 || !strings.Contains(a.Text, lighthouse[3]) {
				t.Errorf("got %q (%s), %d sentences, text %q", a.Title, a.Lang, len(a.Summary), a.Text)
			}
			if len(a.Quotes) == 0 || a.Quotes[0].Speaker == nil || a.Quotes[0].Speaker.Name != "Tove Brandal" {
				t.Errorf("got quotes %+v, want Tove Brandal's first", a.Quotes)
			}
		})
	}
}

func TestURLRefused(t *testing.T) {
	_, d, _ := site(t)
	for _, address := range []string{"ftp://skarn.example/", "http://", "http://10.1.2.3/", "http://localhost:1/", "mailto:a@skarn.example"} {
		if a, err := d.URL(t.Context(), address); err == nil {
			t.Errorf("%s: got article %q", address, a.Title)
		}
	}
	if _, err := New(nil).URL(t.Context(), "https://skarn.example/"); !errors.Is(err, news.ErrUnreach) {
		t.Errorf("without a client: got %v, want %v", err, news.ErrUnreach)
	}
}

// TestEntry: whose text is used, and whose title, author, date and source.
func TestEntry(t *testing.T) {
	base, d, asked := site(t)
	long := "<p>" + strings.Join(lighthouse, "</p><p>") + "</p><p>" + strings.Repeat("The feed tells more about it. ", 20) + "</p>"
	at := time.Date(2025, 5, 3, 21, 30, 0, 0, time.UTC)
	feed := news.Feed{ID: 3, URL: base + "/feed", Title: "Skarn News"}
	type result struct {
		Title, Byline, Source string
		Published             time.Time
		Begins                string
		Fetches               int
	}
	pageDate := time.Date(2025, 5, 3, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		feed  news.Feed
		entry news.Entry
		want  result
	}{
		{
			"enough of its own", feed,
			news.Entry{URL: base + "/skarn", Title: "Feed title", Author: "Feed Author", Published: at, Content: long},
			result{"Feed title", "Feed Author", "Skarn News", at, lighthouse[0], 0},
		},
		{
			"a teaser", feed,
			news.Entry{URL: base + "/skarn", Title: "Feed title", Author: "Feed Author", Published: at, Teaser: "The lamp burns."},
			result{"Feed title", "Feed Author", "Skarn News", at, lighthouse[0], 1},
		},
		{
			"a teaser, no more",
			news.Feed{URL: base + "/feed"},
			news.Entry{URL: base + "/skarn", Teaser: "The lamp burns."},
			result{"Light over Skarn", "Page Author", "Skarn Gazette", pageDate, lighthouse[0], 1},
		},
		{
			"the page fails", feed,
			news.Entry{URL: base + "/none", Title: "Feed title", Teaser: "<b>The lamp burns.</b>"},
			result{"Feed title", "", "Skarn News", time.Time{}, "The lamp burns.", 1},
		},
		{
			"a PDF",
			news.Feed{URL: base + "/feed"},
			news.Entry{URL: base + "/paper.pdf", Title: "Feed title", Content: "The lamp burns."},
			result{"Feed title", "", "127.0.0.1", time.Time{}, "The lamp burns.", 1},
		},
		{
			"robots keep out", feed,
			news.Entry{URL: base + "/private", Title: "Feed title", Teaser: "The lamp burns."},
			result{"Feed title", "", "Skarn News", time.Time{}, "The lamp burns.", 0},
		},
		{
			"a wall", feed,
			news.Entry{URL: base + "/wall", Title: "Feed title", Teaser: "The lamp burns, says the feed, and it says more."},
			result{"Feed title", "", "Skarn News", time.Time{}, "The lamp burns, says the feed", 1},
		},
		{
			"no address", feed,
			news.Entry{Title: "Feed title", Teaser: "The lamp burns."},
			result{"Feed title", "", "Skarn News", time.Time{}, "The lamp burns.", 0},
		},
		{"a headline alone", feed, news.Entry{Title: "Feed title"}, result{"Feed title", "", "Skarn News", time.Time{}, "", 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := len(asked())
			c.entry.Identity = "abc"
			a, err := d.Entry(t.Context(), c.feed, c.entry)
			if err != nil {
				t.Fatal(err)
			}
			check(t, a)
			got := result{a.Title, a.Byline, a.Source, a.Published, a.Text[:min(len(a.Text), len(c.want.Begins))], len(asked()) - before}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error("-want +got:\n" + d)
			}
			if a.FeedID != c.feed.ID || a.Identity != "abc" || (c.entry.URL != "" && a.URL != c.entry.URL) {
				t.Errorf("got feed %d, identity %q, address %q", a.FeedID, a.Identity, a.URL)
			}
		})
	}
}

// TestRicher has what pages offer in place of the article that a feed announces.
func TestRicher(t *testing.T) {
	const teaser = "The lighthouse of Skarn was lit again on Saturday, forty years after its keeper had put it out. About six hundred people watched from the beach."
	const consent = "Together with our partners we store information on your device and process personal data such as identifiers, in order to measure " +
		"advertising and content, to develop products and to improve services. You may withdraw your agreement whenever you like."
	for _, c := range []struct {
		name, page, own string
		want            bool
	}{
		{"the article", strings.Join(lighthouse, "\n\n"), teaser, true},
		{"nothing in the feed", consent, "", true},
		{"a teaser too short to tell", consent, "The lamp burns.", true},
		{"a consent dialogue", consent, teaser, false},
		{"a stub", lighthouse[0], teaser, false},
		{"the teaser in other words", "Six hundred people came to the beach of Skarn when the lighthouse was lit again. " + strings.Join(lighthouse[1:], "\n\n"), teaser, true},
		{"a script without spaces", strings.Repeat("灯塔重新点亮了。", 20), strings.Repeat("星期六晚上。", 12), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := richer(&news.Article{Text: c.page}, c.own); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestEntryFails(t *testing.T) {
	base, d, _ := site(t)
	if _, err := d.Entry(t.Context(), news.Feed{}, news.Entry{URL: base + "/none"}); !errors.Is(err, news.ErrNotArticle) {
		t.Errorf("got %v, want %v", err, news.ErrNotArticle)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Entry(ctx, news.Feed{}, news.Entry{URL: base + "/skarn", Title: "T"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestText(t *testing.T) {
	body := strings.Join(lighthouse, "\n\n")
	for _, c := range []struct{ name, title, text, lang, want string }{
		{"detected", "Light over Skarn", body, "", "en"},
		{"given", "", body, "EN-gb", "en"},
		{"by the title", "Der Leuchtturm von Skarn brennt wieder und die Leute freuen sich", "", "", "de"},
		{"odd bytes", "", "\xff\xfe\x00 " + body + "\r\n\xc3", "", "en"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := New(nil).Text(c.title, c.text, c.lang)
			check(t, a)
			if a.Text != c.text || a.Lang != c.want {
				t.Errorf("got %q (%q), want the same text (%q)", a.Text, a.Lang, c.want)
			}
		})
	}
	for n := range 4 {
		if a := New(nil).Sentences(n).Text("", body, "en"); len(a.Summary) > n || n > 0 && len(a.Summary) == 0 {
			t.Errorf("got %d sentences, want at most %d and one at least if any are", len(a.Summary), n)
		}
	}
}

func TestHeadline(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Light over Skarn\n\nThe lighthouse was lit.", "Light over Skarn"},
		{"\ufeff\n  # Light over Skarn \r\nThe lighthouse was lit.", "Light over Skarn"},
		{"Who lit the lamp?\nTove Brandal did.", "Who lit the lamp?"},
		{"The lighthouse was lit.\n\nPeople watched.", ""},
		{"Only one line", ""},
		{strings.Repeat("long ", 40) + "\nThe lighthouse was lit.", ""},
		{"", ""},
	} {
		if got := Headline(c.in); got != c.want {
			t.Errorf("Headline(%q): got %q, want %q", c.in, got, c.want)
		}
	}
}

// FuzzText: any text stays as it is, and what was read in it stands there.
func FuzzText(f *testing.F) {
	f.Add("Light over Skarn", strings.Join(lighthouse, "\n\n"), "en")
	f.Add("", "\xff“\x00", "xx")
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		a := New(nil).Text(title, text, lang)
		if a.Text != text {
			t.Errorf("got %q, want %q", a.Text, text)
		}
		check(t, a)
	})
}
