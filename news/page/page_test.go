package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"golang.org/x/text/encoding/charmap"

	"herald/news"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// story is an article's body, long enough for every extractor.
const story = `<p>The ferry across the firth of Larkfield returned to service on Monday, nine weeks after a storm had torn it from its moorings.</p>
<p>“We waited nine weeks for this morning,” said Captain Edda Moor, who had not slept, and went below to see about the engine.</p>
<p>The council had first refused to pay for the repairs, then paid half of them, and in the end bought a second boat as well.</p>
<p>About ninety passengers made the first crossing, among them a brass band, two brides and a dog that belonged to nobody.</p>`

var storyText = strings.Join([]string{
	"The ferry across the firth of Larkfield returned to service on Monday, nine weeks after a storm had torn it from its moorings.",
	"“We waited nine weeks for this morning,” said Captain Edda Moor, who had not slept, and went below to see about the engine.",
	"The council had first refused to pay for the repairs, then paid half of them, and in the end bought a second boat as well.",
	"About ninety passengers made the first crossing, among them a brass band, two brides and a dog that belonged to nobody.",
}, "\n\n")

const clutter = `<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>`

func document(head, before, after string) string {
	return `<!doctype html><html lang="en-GB"><head>` + head + `</head><body>` + clutter + `<main><article>` + before + story +
		`</article></main>` + after + `<footer><p>© The Courier</p></footer></body></html>`
}

func TestRead(t *testing.T) {
	const linked = `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
		{"@type":"WebSite","@id":"#site","name":"The Courier"},
		{"@type":"Person","@id":"#ada","name":"Ada Quill"},
		{"@type":["NewsArticle"],"headline":"Ferry returns","datePublished":"2026-03-02T07:30:00+01:00","author":[{"@id":"#ada"},{"@type":"Person","name":"Tom Reed"}],
		 "publisher":{"@id":"#site"},"image":{"@type":"ImageObject","url":"/pics/ferry.jpg"},"inLanguage":"en"}]}</script>`
	for _, c := range []struct {
		name, html string
		want       news.Article
	}{
		{"linked data", document(linked+`<title>Ferry returns | The Courier</title>`, "<h1>Ferry returns</h1>", ""), news.Article{
			URL: "https://courier.example/ferry?from=feed", Title: "Ferry returns", Byline: "Ada Quill, Tom Reed", Source: "The Courier", Lang: "en",
			Image: "https://courier.example/pics/ferry.jpg", Published: time.Date(2026, 3, 2, 6, 30, 0, 0, time.UTC), Text: storyText,
		}},
		{"OpenGraph", document(`<meta property="og:title" content="Ferry returns to Larkfield - The Courier"><meta property="og:site_name" content="The Courier">
			<meta property="article:published_time" content="2026-03-02"><meta name="author" content="By Ada Quill"><meta property="og:image" content="//img.example/f.jpg">
			<link rel="canonical" href="https://www.courier.example/ferry">`, "", ""), news.Article{
			URL: "https://www.courier.example/ferry", Title: "Ferry returns to Larkfield", Byline: "Ada Quill", Source: "The Courier", Lang: "en",
			Image: "https://img.example/f.jpg", Published: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Text: storyText,
		}},
		{"only what readers see", document(`<title>Courier</title>`, `<h1>Ferry returns after storm</h1><p class="byline">By <a rel="author" href="/author/ada">Ada Quill</a></p>
			<time datetime="2026-03-02T09:00:00Z" class="published">Monday</time>`, ""), news.Article{
			URL: "https://courier.example/ferry?from=feed", Title: "Ferry returns after storm", Byline: "Ada Quill", Source: "courier.example", Lang: "en",
			Published: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Text: storyText,
		}},
		{"the heading above the declared title", document(`<title>Storm: Ferry returns - courier.example</title><meta property="og:title" content="Storm: Ferry returns">
			<meta name="date" content="2026-03-02">`, `<h1>Ferry returns</h1>`, `<h1>Courier</h1>`), news.Article{
			URL: "https://courier.example/ferry?from=feed", Title: "Ferry returns", Source: "courier.example", Lang: "en",
			Published: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Text: storyText,
		}},
		{"nothing believed that cannot be", document(`<title>Ferry returns</title><meta name="date" content="1066-10-14"><meta property="article:published_time" content="2026-03-02T00:00:00Z">
			<link rel="canonical" href="https://other.example/ferry"><meta property="og:image" content="javascript:alert(1)">
			<meta name="author" content="https://courier.example/about"><script type="application/ld+json">{"broken": </script>`, "", ""), news.Article{
			URL: "https://courier.example/ferry?from=feed", Title: "Ferry returns", Source: "courier.example", Lang: "en",
			Published: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Text: storyText,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Read([]byte(c.html), "text/html; charset=utf-8", "https://courier.example/ferry?from=feed")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&c.want, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestReadClutter has what stands around articles: none of it may end up in the text.
func TestReadClutter(t *testing.T) {
	body := document("<title>Ferry returns</title>", `<h1>Ferry returns</h1><figure><img src="f.jpg"><figcaption>The ferry. Photo: B. Lens</figcaption></figure>`,
		`<section class="comments"><p>I was on that boat and it was late, as always, I tell you.</p></section>
		<aside class="related"><h3>Related</h3><ul><li><a href="/a">Council buys boat</a></li><li><a href="/b">Fog on the firth</a></li></ul></aside>
		<div class="cookie-banner"><p>We use cookies to give you the best experience. Accept all?</p></div>`)
	a, err := Read([]byte(body), "", "https://courier.example/ferry")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(storyText, a.Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadEncodings(t *testing.T) {
	page := strings.Replace(document("<title>Fähre</title>", "", ""), "The ferry", "Die Fähre", 1)
	page = strings.NewReplacer("“", "\"", "”", "\"").Replace(page)
	latin, err := charmap.ISO8859_1.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Read([]byte(latin), "text/html; charset=iso-8859-1", "https://kurier.example/")
	if err != nil || a.Title != "Fähre" || !strings.HasPrefix(a.Text, "Die Fähre") {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestReadPlainText(t *testing.T) {
	a, err := Read([]byte("Ferry returns\r\n\r\nThe ferry returned   on Monday.\nIt was late, but nobody minded; there was a brass band on board.\r\n\r\n\r\nThe end."), "text/plain", "https://courier.example/f.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := "The ferry returned on Monday.\nIt was late, but nobody minded; there was a brass band on board.\n\nThe end."
	if a.Title != "Ferry returns" || a.Text != want {
		t.Errorf("got %q: %q", a.Title, a.Text)
	}
}

func TestNotArticle(t *testing.T) {
	for _, c := range []struct{ name, body, label string }{
		{"PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"},
		{"PDF called a page", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <html>", "text/html"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"},
		{"zip", "PK\x03\x04\x00\x00\x00\x00", "text/html"},
		{"JSON", `{"title":"` + strings.Repeat("x", 200) + `"}`, "application/json"},
		{"empty", "", "text/html"},
		{"no text", "<html><body><div id=app></div><script>start()</script></body></html>", "text/html"},
		{"a few words", "<html><body><p>Please wait.</p></body></html>", "text/html"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, err := Read([]byte(c.body), c.label, "https://x.example/"); !errors.Is(err, news.ErrNotArticle) {
				t.Errorf("got %+v, %v; want ErrNotArticle", a, err)
			}
		})
	}
}

// TestHostilePages has pages made to exhaust a reader. Each must end soon, with an answer or ErrNotArticle.
func TestHostilePages(t *testing.T) {
	for name, body := range map[string]string{
		"deep divs":      strings.Repeat("<div>", 1<<18) + story,
		"deep tables":    strings.Repeat("<table><tr><td>x", 1<<16) + story,
		"open bolds":     strings.Repeat("<b>x", 1<<17) + story,
		"many elements":  strings.Repeat("<p>The council met again on Monday.</p>", 30_000),
		"long text":      "<p>" + strings.Repeat("word ", 1<<18),
		"huge attribute": `<p class="` + strings.Repeat("author ", 1<<17) + `">x</p>` + story,
		"attributes":     "<p " + strings.Repeat("a=b ", 1<<17) + ">x</p>" + story,
		"deep JSON":      `<script type="application/ld+json">` + strings.Repeat("[", 1<<18) + `</script>` + story,
		"wide JSON":      `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article","@id":"a","author":{"@id":"a"}},`, 5000) + `{}]</script>` + story,
		"self reference": `<script type="application/ld+json">{"@type":"Article","@id":"a","author":{"@id":"a"},"image":{"@id":"a"}}</script>` + story,
		"headings":       strings.Repeat("<h1>The council</h1>", 1<<14) + story,
		"read-also list": "<p>Read also</p>" + strings.Repeat("<p>• a", 1<<16) + story,
		"endless byline": "<h1>x</h1><p>" + strings.Repeat("By Ada Quill, ", 1<<15) + "</p>" + story,
		"no end":         "<!--" + strings.Repeat("x", 1<<20),
		"nulls":          "<html>" + strings.Repeat("\x00", 1<<16) + story,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a, err := Read([]byte(body), "text/html", "https://h.example/")
			if err != nil && !errors.Is(err, news.ErrNotArticle) {
				t.Errorf("got %v", err)
			}
			if err == nil && a.Text == "" {
				t.Error("an article without text")
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestDeepArticle has its text below the limit on depth: it is read flat, and not lost.
func TestDeepArticle(t *testing.T) {
	body := "<html><head><title>Ferry returns</title></head><body>" + strings.Repeat("<div>", 700) + story + strings.Repeat("</div>", 700)
	a, err := Read([]byte(body), "text/html", "https://courier.example/ferry")
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Ferry returns" || a.Text != storyText {
		t.Errorf("got %q: %q", a.Title, a.Text)
	}
}

func TestBetter(t *testing.T) {
	long := func(n int) string {
		return fmt.Sprintf("This is paragraph number %d, which is long enough to be read as text and ends like it.", n)
	}
	join := func(ps ...string) string { return strings.Join(ps, "\n\n") }
	for _, c := range []struct{ name, first, second, want string }{
		{"the same", join(long(1), long(2)), join(long(1), long(2)), join(long(1), long(2))},
		{"the first missed it", "Subscribe.", join(long(1), long(2)), join(long(1), long(2))},
		{"the second missed it", join(long(1), long(2), long(3)), "Subscribe.", join(long(1), long(2), long(3))},
		{"a paragraph lost in the midst", join(long(1), long(3)), join(long(1), long(2), long(3)), join(long(1), long(2), long(3))},
		{"a subhead that only the first kept", join(long(1), "Second boat", long(2)), join(long(1), long(2)), join(long(1), "Second boat", long(2))},
		{"scraps around", join("Home", long(1), long(2), "Tags: boats"), join(long(1), long(2)), join(long(1), long(2))},
		{"scraps around in the second", join(long(1), long(2)), join("Home", long(1), long(2), "Tags"), join(long(1), long(2))},
		{"an opening that only the first kept", join(long(0), long(1), long(2)), join(long(1), long(2)), join(long(0), long(1), long(2))},
		{"no agreement", join(long(1), long(2)), join(long(3), long(4)), join(long(1), long(2))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, better(extraction{text: c.first}, extraction{text: c.second}).text); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "<p>One &amp; two.</p>\n<p>Three<br>four.</p>", "One & two.\n\nThree\nfour."},
		{"double breaks", "One.<br><br/>Two.<br> <br><br>Three.", "One.\n\nTwo.\n\nThree."},
		{"inline", "A <b>bold</b> <i>move</i>, they <a href='x'>said</a>.", "A bold move, they said."},
		{"lists and tables", "<ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y</td></tr></table>", "a\n\nb\n\nx y"},
		{"no markup", "One.\n\nTwo\nlines.\n\n\n\nThree.", "One.\n\nTwo\nlines.\n\nThree."},
		{"entities only", "Fish &amp; chips", "Fish & chips"},
		{"scripts and captions", "<script>x()</script><style>p{}</style><figure><img><figcaption>A boat</figcaption></figure><p>Text.</p>", "Text."},
		{"white space", "<p>\n  One\u00a0 two \u200b\u00adthree\n</p>", "One two three"},
		{"empty", "", ""},
		{"only markup", "<p></p><br>", ""},
		{"less than", "a < b and b > a", "a < b and b > a"},
		{"deep", strings.Repeat("<div>", 1000) + "Deep.", "Deep."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := PlainText(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(document("<title>x</title>", "<h1>x</h1>", "")), "text/html")
	f.Add([]byte(`<script type="application/ld+json">{"@type":"Article","author":["a",{"name":1}],"datePublished":5}</script>`+story), "")
	f.Add([]byte("<table><p><b><a></table><svg><p>"+story), "text/html")
	f.Add([]byte(story), "text/plain")
	f.Fuzz(func(t *testing.T, body []byte, label string) {
		a, err := Read(body, label, "https://fuzz.example/a")
		if err != nil {
			if !errors.Is(err, news.ErrNotArticle) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		if a.Text != strings.TrimSpace(a.Text) || strings.Contains(a.Text, "\n\n\n") || strings.ContainsAny(a.Title+a.Byline, "\n\r") {
			t.Fatalf("article %+v", a)
		}
		Asides(a.Title, a.Text, a.Lang)
	})
}
