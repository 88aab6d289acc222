package sample

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"herald/news"
)

const base = "http://sample.test"

var start = time.Date(2031, 3, 14, 9, 26, 53, 589, time.UTC)

// opened is a sample whose clock stands still.
func opened() *Sample { return New(func() time.Time { return start }) }

// get asks for an address, with header lines as pairs.
func get(s *Sample, address string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func parseFeed(t *testing.T, s *Sample, address string) *gofeed.Feed {
	t.Helper()
	w := get(s, address)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d, want 200", address, w.Code)
	}
	f, err := gofeed.NewParser().Parse(w.Body)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return f
}

func readPage(t *testing.T, s *Sample, address string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(get(s, address).Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestFeeds(t *testing.T) {
	feeds := opened().Feeds(base + "/")
	want := news.Feed{URL: base + "/courier/feed", Site: base + "/courier/", Title: "The Merrow Bay Courier", Lang: "en"}
	if diff := cmp.Diff(want, feeds[0]); diff != "" {
		t.Errorf("first feed (-want +got):\n%s", diff)
	}
	if got, want := len(feeds), 6; got != want {
		t.Errorf("%d feeds, want %d", got, want)
	}
}

// TestFeedsParse reads each feed as a reader would and follows all of its links.
func TestFeedsParse(t *testing.T) {
	s := opened()
	formats := map[string]string{} // type and version, so that each feed is known to be another format
	for _, f := range s.Feeds(base) {
		t.Run(f.Title, func(t *testing.T) {
			got := parseFeed(t, s, f.URL)
			formats[got.FeedType+" "+got.FeedVersion] = f.URL
			if got.Title != f.Title || got.Language != f.Lang {
				t.Errorf("title %q, language %q; want %q, %q", got.Title, got.Language, f.Title, f.Lang)
			}
			if len(got.Items) < 6 {
				t.Errorf("%d items, want at least 6", len(got.Items))
			}
			last := start
			for _, item := range got.Items {
				checkItem(t, s, item)
				if item.PublishedParsed.After(last) {
					t.Errorf("%s: published %v, after the item before it or in the future", item.Link, item.PublishedParsed)
				}
				last = *item.PublishedParsed
			}
		})
	}
	for _, want := range []string{"rss 2.0", "rss 1.0", "atom 1.0", "json https://jsonfeed.org/version/1.1"} {
		if formats[want] == "" {
			t.Errorf("no feed in %s: %v", want, formats)
		}
	}
}

func checkItem(t *testing.T, s *Sample, item *gofeed.Item) {
	t.Helper()
	if item.PublishedParsed == nil {
		t.Fatalf("%s: no date", item.Link)
	}
	if len(item.Authors) != 1 || item.Authors[0].Name == "" || item.Description == "" {
		t.Errorf("%s: author %v, description %q", item.Link, item.Authors, item.Description)
	}
	doc := readPage(t, s, item.Link)
	if got := doc.Find("article h1").Text(); got != item.Title {
		t.Errorf("%s: headline %q, want %q", item.Link, got, item.Title)
	}
}

func TestWhatFeedsLeaveOut(t *testing.T) {
	s := opened()
	for id, want := range map[string]struct{ content, guidless bool }{
		"courier":  {content: true, guidless: true},
		"dispatch": {content: true},
		"fanal":    {guidless: true},
		"bote":     {content: true},
		"gaceta":   {content: true, guidless: true},
		"vestnik":  {guidless: true}, // RSS 1.0 knows none
	} {
		content, guidless := true, false
		for _, item := range parseFeed(t, s, base+"/"+id+"/feed").Items {
			content = content && item.Content != ""
			guidless = guidless || item.GUID == ""
		}
		if content != want.content || guidless != want.guidless {
			t.Errorf("%s: all with content %v, some without guid %v; want %v, %v", id, content, guidless, want.content, want.guidless)
		}
	}
}

func TestPageTellsWhatItIs(t *testing.T) {
	s := opened()
	const address = base + "/courier/cod-quota"
	doc := readPage(t, s, address)
	attr := func(selector, name string) string {
		v, _ := doc.Find(selector).Attr(name)
		return v
	}
	published := start.Truncate(time.Second).Add(-52 * time.Hour).Format(time.RFC3339)
	title := "Cod quota cut by 18 per cent: “They have counted the fish and forgotten the boats”"
	got := map[string]string{
		"lang":      attr("html", "lang"),
		"canonical": attr("link[rel=canonical]", "href"),
		"feed":      attr("link[rel=alternate]", "href"),
		"feed type": attr("link[rel=alternate]", "type"),
		"og:title":  attr(`meta[property="og:title"]`, "content"),
		"site":      attr(`meta[property="og:site_name"]`, "content"),
		"author":    attr("meta[name=author]", "content"),
		"published": attr(`meta[property="article:published_time"]`, "content"),
	}
	want := map[string]string{
		"lang": "en", "canonical": address, "feed": base + "/courier/feed", "feed type": "application/rss+xml",
		"og:title": title, "site": "The Merrow Bay Courier", "author": "Hal Brisco", "published": published,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("metadata (-want +got):\n%s", diff)
	}
	var ld map[string]any
	if err := json.Unmarshal([]byte(doc.Find(`script[type="application/ld+json"]`).Text()), &ld); err != nil {
		t.Fatalf("JSON-LD: %v", err)
	}
	if ld["headline"] != title || ld["datePublished"] != published {
		t.Errorf("JSON-LD: %v", ld)
	}
	if n := readPage(t, s, base+"/dispatch/ostral-link").Find(`script[type="application/ld+json"]`).Length(); n != 0 {
		t.Errorf("the Dispatch has JSON-LD; a site without it is wanted too")
	}
}

func TestEveryLinkAnswers(t *testing.T) {
	s := opened()
	todo, seen := []string{base + "/"}, map[string]bool{}
	for len(todo) > 0 {
		address := todo[0]
		todo = todo[1:]
		if seen[address] {
			continue
		}
		seen[address] = true
		w := get(s, address)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d, want 200", address, w.Code)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("a[href], link[href], img[src]").Each(func(_ int, x *goquery.Selection) {
			todo = append(todo, x.AttrOr("href", x.AttrOr("src", "")))
		})
	}
	if len(seen) < 100 {
		t.Errorf("%d addresses, want the articles and their pictures among them", len(seen))
	}
}

func TestPicturesDiffer(t *testing.T) {
	s := opened()
	a, b := get(s, "/courier/cod-quota.png"), get(s, "/courier/library-roof.png")
	if bytes.Equal(a.Body.Bytes(), b.Body.Bytes()) {
		t.Error("two articles share a picture")
	}
	img, err := png.Decode(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got.X != pictureWidth || got.Y != pictureHeight {
		t.Errorf("size %v", got)
	}
}

func TestStatus(t *testing.T) {
	s := opened()
	tag := get(s, "/bote/feed").Header().Get("ETag")
	modified := get(s, "/bote/feed").Header().Get("Last-Modified")
	for name, c := range map[string]struct {
		method, path string
		header       []string
		want         int
	}{
		"feed":               {"GET", "/bote/feed", nil, 200},
		"head":               {"HEAD", "/bote/feed", nil, 200},
		"same tag":           {"GET", "/bote/feed", []string{"If-None-Match", tag}, 304},
		"other tag":          {"GET", "/bote/feed", []string{"If-None-Match", `"0"`}, 200},
		"not modified since": {"GET", "/bote/feed", []string{"If-Modified-Since", modified}, 304},
		"modified since":     {"GET", "/bote/feed", []string{"If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"}, 200},
		"without slash":      {"GET", "/bote", nil, 301},
		"writing":            {"POST", "/bote/feed", nil, 405},
		"no such site":       {"GET", "/nobody/", nil, 404},
		"no such site, bare": {"GET", "/nobody", nil, 404},
		"no such article":    {"GET", "/bote/nothing", nil, 404},
		"no such picture":    {"GET", "/bote/nothing.png", nil, 404},
		"article of another": {"GET", "/bote/cod-quota", nil, 404},
		"reserved":           {"GET", "/courier/gannet-queen-aground", nil, 404},
		"robots":             {"GET", "/robots.txt", nil, 404},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, c.path, nil)
			for i := 0; i+1 < len(c.header); i += 2 {
				r.Header.Set(c.header[i], c.header[i+1])
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("status %d, want %d", w.Code, c.want)
			}
		})
	}
}

func TestEscaping(t *testing.T) {
	s := opened()
	const title = "R&D < 2% of GDP, patience > money: why Veldria’s labs & start-ups part ways 🔬🚀"
	page := get(s, "/dispatch/research-spending").Body.String()
	if strings.Contains(page, "R&D < 2%") || !strings.Contains(page, "<h1>R&amp;D &lt; 2% of GDP") {
		t.Error("the title is not escaped in the page")
	}
	var titles []string
	for _, item := range parseFeed(t, s, "/dispatch/feed").Items {
		titles = append(titles, item.Title)
		if strings.Contains(item.Link, "research-spending") && !strings.Contains(item.Content, "waited &lt; 6 months") {
			t.Error("the text is not escaped in the feed's HTML")
		}
	}
	if !strings.Contains(strings.Join(titles, "\n"), title) {
		t.Errorf("the title does not survive the feed: %q", titles)
	}
	r := httptest.NewRequest(http.MethodGet, "/dispatch/", nil)
	r.Host = `"><script>alert(1)</script>`
	for _, path := range []string{"/", "/dispatch/", "/dispatch/feed", "/dispatch/ostral-link", "/courier/cod-quota"} {
		r.URL.Path = path
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), "<script>alert") {
			t.Errorf("%s: the host is not escaped", path)
		}
	}
}

func TestBreak(t *testing.T) {
	now := start
	s := New(func() time.Time { return now })
	before := get(s, "/courier/feed").Header().Get("ETag")
	count, left := len(parseFeed(t, s, "/courier/feed").Items), s.Left()
	now = now.Add(time.Minute)

	title, feed, rest := s.Break()
	if feed != "The Merrow Bay Courier" || rest != left-1 || rest != s.Left() {
		t.Errorf("got %q, %d left; want the Courier, %d left", feed, rest, left-1)
	}
	if w := get(s, "/courier/feed", "If-None-Match", before); w.Code != http.StatusOK || w.Header().Get("ETag") == before {
		t.Errorf("status %d, tag %s: the feed did not change", w.Code, w.Header().Get("ETag"))
	}
	items := parseFeed(t, s, "/courier/feed").Items
	if len(items) != count+1 || items[0].Title != title || !items[0].PublishedParsed.Equal(now.Truncate(time.Second)) {
		t.Errorf("%d items, first %q at %v; want %d, %q, now", len(items), items[0].Title, items[0].PublishedParsed, count+1, title)
	}
	if w := get(s, items[0].Link); w.Code != http.StatusOK {
		t.Errorf("its page: status %d, want 200", w.Code)
	}
}

func TestBreakUntilNoneIsLeft(t *testing.T) {
	s := opened()
	total := 0
	for want := s.Left() - 1; want >= 0; want-- {
		if title, feed, left := s.Break(); title == "" || feed == "" || left != want {
			t.Fatalf("got %q, %q, %d left; want %d left", title, feed, left, want)
		}
	}
	if title, feed, left := s.Break(); title != "" || feed != "" || left != 0 {
		t.Errorf("with none left: got %q, %q, %d", title, feed, left)
	}
	for _, f := range s.Feeds(base) {
		total += len(parseFeed(t, s, f.URL).Items)
	}
	if _, articles := library(t); total != len(articles) {
		t.Errorf("%d published in the end, want all %d", total, len(articles))
	}
}

// TestUnchangedUntilBreak holds the promise that readers with validators rely on.
func TestUnchangedUntilBreak(t *testing.T) {
	now := start
	s := New(func() time.Time { return now })
	paths := []string{"/", "/gaceta/", "/gaceta/feed", "/gaceta/terremoto", "/vestnik/feed", "/fanal/feed"}
	before := map[string]string{}
	for _, p := range paths {
		before[p] = get(s, p).Body.String()
	}
	now = now.Add(48 * time.Hour)
	for _, p := range paths {
		if get(s, p).Body.String() != before[p] {
			t.Errorf("%s changed by itself", p)
		}
	}
	page := get(s, "/courier/library-roof").Body.String()
	s.Break()
	if get(s, "/courier/library-roof").Body.String() != page {
		t.Error("a page changed when another was published")
	}
}

func TestConcurrentUse(t *testing.T) {
	s := opened()
	want := len(parseFeed(t, s, "/courier/feed").Items)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				s.Break()
				get(s, "/")
				get(s, "/courier/feed")
			}
		})
	}
	wg.Wait()
	_, articles := library(t)
	for _, a := range articles {
		if a.publisher == "courier" && a.order > 0 && a.order <= 12 {
			want++
		}
	}
	if got := len(parseFeed(t, s, "/courier/feed").Items); got != want {
		t.Errorf("%d items after 12 breaks, want %d", got, want)
	}
}
