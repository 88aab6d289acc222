package page

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lead is long enough to be told from a subtitle.
const lead = "Nine weeks after the storm the ferry of Larkfield is back at work, and the islanders have a boat, a band and a dog too many."

func readText(t *testing.T, page string) string {
	t.Helper()
	a, err := Read([]byte(page), "text/html", "https://courier.example/ferry")
	if err != nil {
		t.Fatal(err)
	}
	return a.Text
}

// TestReadLead has leads where extractors lose them, and what stands in their place and is none.
func TestReadLead(t *testing.T) {
	const head = `<title>Ferry returns to Larkfield</title>`
	described := head + `<meta name="description" content="Nine weeks after the storm the ferry of Larkfield is back at work, and the islanders…">`
	page := func(head, before string) string {
		return `<!doctype html><html lang="en"><head>` + head + `</head><body>` + clutter + `<main><h1>Ferry returns to Larkfield</h1>` + before +
			`<div class="article-body">` + story + `</div></main></body></html>`
	}
	for _, c := range []struct{ name, html, want string }{
		{"a teaser by its name", page(head, `<div class="teaser"><p>`+lead+`</p></div>`), lead + "\n\n" + storyText},
		{"what the page is described by", page(described, `<header><div><strong>`+lead+`</strong></div></header>`), lead + "\n\n" + storyText},
		{"a lead by its name", page(head, `<h2 class="article-lead">`+lead+`</h2>`), lead + "\n\n" + storyText},
		{"a subtitle", page(head, `<h2 class="subtitle">The boat is back.</h2>`), storyText},
		{"an aside", page(head, `<aside><p>`+lead+`</p></aside>`), storyText},
		{"a link", page(head, `<nav><p><a href="/x">`+lead+`</a></p></nav>`), storyText},
		{"none", page(described, ""), storyText},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, readText(t, c.html)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWithoutInvites(t *testing.T) {
	m := &meta{lines: []shownLine{{text: "Council buys a second boat", link: true}, {text: "Two brides, one boat", link: true}, {text: "https://ferry.example", link: true}}}
	const first, last = "The ferry returned on Monday.", "The band played on until noon."
	for _, c := range []struct {
		name string
		in   []string
		want []string
	}{
		{"an article", []string{first, "A second boat", last}, []string{first, "A second boat", last}},
		{"a line to another article", []string{first, "Read also: Fog on the firth", last}, []string{first, last}},
		{"a line to another article, with a mark", []string{first, "You might also like!", last}, []string{first, last}},
		{"links under such a line", []string{first, "Read also:", "Council buys a second boat", "Two brides, one boat", last}, []string{first, last}},
		{"a subhead under such a line", []string{first, "Read also: Fog on the firth", "A second boat", last}, []string{first, "A second boat", last}},
		{"links at the end", []string{first, last, "Council buys a second boat", "Two brides, one boat"}, []string{first, last}},
		{"links at the end, announced", []string{first, last, "From the same harbour:", "Two brides, one boat"}, []string{first, last}},
		{"an address at the end", []string{first, last, "https://ferry.example"}, []string{first, last, "https://ferry.example"}},
		{"a link in the midst", []string{first, "Two brides, one boat", last}, []string{first, "Two brides, one boat", last}},
		{"an appeal", []string{first, "Subscribe to our newsletter", last}, []string{first, last}},
		{"who owns the text stays", []string{first, last, "© The Courier"}, []string{first, last, "© The Courier"}},
		{"marks at the edges", []string{"·", first, "***", last, "—"}, []string{first, "***", last}},
		{"nothing else", []string{"Read also: Fog on the firth"}, []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := m.withoutInvites(strings.Join(c.in, "\n\n"))
			if diff := cmp.Diff(strings.Join(c.want, "\n\n"), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestRenderMadeNodes has nodes as extractors make them: with a name and without its number.
func TestRenderMadeNodes(t *testing.T) {
	element := func(name string, children ...*html.Node) *html.Node {
		n := &html.Node{Type: html.ElementNode, Data: name}
		for _, c := range children {
			n.AppendChild(c)
		}
		return n
	}
	text := func(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }
	n := element("div", element("ul", element("li", text("one")), element("li", text("two"))),
		element("table", element("tr", element("td", text("boat")), element("td", text("dog")))), text("a"), element("br"), text("b"),
		element("script", text("x()")))
	if got, want := render(n, false), "one\n\ntwo\n\nboat dog\n\na\nb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestReadScripted has a page that scripts build, with the article in its linked data alone.
func TestReadScripted(t *testing.T) {
	body, err := json.Marshal(storyText)
	if err != nil {
		t.Fatal(err)
	}
	page := `<title>Ferry returns</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry returns","articleBody":` +
		string(body) + `}</script><body><div id="app"><p>Loading. If nothing happens, turn on scripts.</p></div>`
	if diff := cmp.Diff(storyText, readText(t, page)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHeadlines(t *testing.T) {
	for _, c := range []struct{ name, head, heading, want string }{
		{"a topic above the headline", `<meta property="og:title" content="Ferry returns to Larkfield">`, `<h1><span>After the storm</span> Ferry returns to Larkfield</h1>`, "Ferry returns to Larkfield"},
		{"a topic in both", `<meta property="og:title" content="Storm: Ferry returns to Larkfield">`, `<h1>Storm: Ferry returns to Larkfield</h1>`, "Storm: Ferry returns to Larkfield"},
		{"the site's name after it", `<title>Ferry returns to Larkfield | Courier</title><meta property="og:site_name" content="Courier">`, "", "Ferry returns to Larkfield"},
		{"a declared title too short to stand for it", `<meta property="og:title" content="Returns">`, `<h1>Ferry returns</h1>`, "Ferry returns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read([]byte(document(c.head, c.heading, "")), "text/html", "https://courier.example/ferry")
			if err != nil {
				t.Fatal(err)
			}
			if a.Title != c.want {
				t.Errorf("got %q, want %q", a.Title, c.want)
			}
			if !strings.HasPrefix(a.Text, "The ferry across") {
				t.Errorf("the headline is still in the text: %.60q", a.Text)
			}
		})
	}
}

// TestShownLines has layout names that say sidebar for the whole page: they are not believed.
func TestShownLines(t *testing.T) {
	parse := func(s string) []shownLine {
		doc, err := html.Parse(strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		return shownLines(doc)
	}
	beside := func(lines []shownLine) (n int) {
		for _, l := range lines {
			if l.beside() {
				n++
			}
		}
		return n
	}
	const box = `<p>A box.</p><p>With lines.</p>`
	if got := beside(parse(`<div class="sidebar-layout">` + story + `</div>`)); got != 0 {
		t.Errorf("a layout's name: %d lines beside the article, want 0", got)
	}
	if got := beside(parse(`<div>` + story + `</div><div class="sidebar">` + box + `</div>`)); got != 2 {
		t.Errorf("a sidebar: %d lines beside the article, want 2", got)
	}
	lines := parse(`<p>One <b>and</b><br>two</p><noscript>no</noscript><p><a href="/">three</a></p>`)
	var got []string
	for _, l := range lines {
		got = append(got, l.text)
	}
	if diff := cmp.Diff([]string{"One and", "two", "three"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if lines[0].link || !lines[2].link || lines[0].in.DataAtom != atom.P {
		t.Errorf("got %+v", lines)
	}
}
