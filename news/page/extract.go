package page

import (
	"net/url"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// extraction is what one extractor made of a page.
type extraction struct {
	text   string
	title  string // as the extractor found them; "" unknown
	byline string
}

// extract runs the extractors and takes the better text.
func extract(doc *html.Node, at *url.URL) extraction {
	first := guarded(doc, at, trafilate)
	second := guarded(doc, at, readable)
	return better(first, second)
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
	r, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL: at, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
	})
	if err != nil {
		return extraction{}
	}
	return extraction{text: render(r.ContentNode, false), title: r.Metadata.Title, byline: r.Metadata.Author}
}

func readable(doc *html.Node, at *url.URL) extraction {
	r, err := readability.FromDocument(doc, at)
	if err != nil || r.Node == nil {
		return extraction{}
	}
	return extraction{text: render(r.Node, false), title: r.Title(), byline: r.Byline()}
}
