package page

import (
	"net/url"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// denseSample is how many letters of a page tell how it is written.
const denseSample = 400

// extraction is what one extractor made of a page.
type extraction struct {
	text   string
	title  string // as the extractor found them; "": not found
	byline string
}

// extract runs the extractors and joins what they found. A page that is too heavy for them is taken as it stands.
func extract(doc *html.Node, at *url.URL, heavy bool) extraction {
	if heavy {
		return extraction{text: render(mainPart(doc), false)}
	}
	forget := spare(doc)
	first := guarded(doc, at, trafilate)
	forget()
	second := guarded(doc, at, readable)
	return better(first, second)
}

// spare keeps trafilatura from going over the whole page for what it is not asked: where the head names an author and tags, it
// looks for no others. It returns what takes them out again.
func spare(doc *html.Node) (forget func()) {
	var planted []*html.Node
	for n := range descendants(doc) {
		if n.DataAtom != atom.Head {
			continue
		}
		for _, fact := range []string{"og:author", "og:article:tag"} {
			tag := &html.Node{Type: html.ElementNode, Data: "meta", DataAtom: atom.Meta, Attr: []html.Attribute{
				{Key: "property", Val: fact}, {Key: "content", Val: "Known Already"},
			}}
			n.AppendChild(tag)
			planted = append(planted, tag)
		}
		break
	}
	return func() {
		for _, n := range planted {
			n.Parent.RemoveChild(n)
		}
	}
}

// mainPart is the element that the page marks as its main part, else the whole.
func mainPart(doc *html.Node) *html.Node {
	for n := range descendants(doc) {
		if n.DataAtom == atom.Article || n.DataAtom == atom.Main {
			return n
		}
	}
	return doc
}

// guarded runs an extractor. They are foreign code on hostile input: one that panics has found nothing.
func guarded(doc *html.Node, at *url.URL, run func(*html.Node, *url.URL) extraction) (out extraction) {
	defer func() {
		if recover() != nil {
			out = extraction{}
		}
	}()
	return run(doc, at)
}

func trafilate(doc *html.Node, at *url.URL) extraction {
	config := trafilatura.DefaultConfig()
	if dense(doc) {
		config.MinExtractedSize /= 4
	}
	r, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL: at, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled, Config: config,
	})
	if err != nil {
		return extraction{}
	}
	return extraction{text: render(r.ContentNode, false), title: r.Metadata.Title}
}

// dense tells whether a page is written in characters of which a few say much, as most of the first in it show. What is too
// short for an article elsewhere may be one there.
func dense(doc *html.Node) bool {
	seen, han := 0, 0
	for n := range descendants(doc) {
		if n.Type != html.TextNode {
			continue
		}
		for _, r := range n.Data {
			if !unicode.IsLetter(r) {
				continue
			}
			if seen++; unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
				han++
			}
		}
		if seen > denseSample {
			break
		}
	}
	return 2*han > seen
}

func readable(doc *html.Node, at *url.URL) extraction {
	r, err := readability.FromDocument(doc, at)
	if err != nil || r.Node == nil {
		return extraction{}
	}
	return extraction{text: render(r.Node, false), title: r.Title(), byline: r.Byline()}
}
