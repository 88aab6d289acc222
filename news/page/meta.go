package page

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"herald/news"
)

// maxTitle bounds a title or byline in bytes.
const maxTitle = 400

type meta struct {
	title, byline, site, lang, image, canonical string
	published                                   time.Time
}

func readMeta(doc *html.Node, at *url.URL) meta { return meta{} }

func (m *meta) fill(e extraction, at *url.URL) {
	if m.title == "" {
		m.title = e.title
	}
	if m.byline == "" {
		m.byline = e.byline
	}
}

func (m *meta) article(address string) *news.Article {
	return &news.Article{URL: address, Title: m.title, Byline: m.byline, Source: m.site, Lang: m.lang, Image: m.image, Published: m.published}
}

func withoutTitle(text, title string) string {
	for {
		first, rest, found := strings.Cut(text, "\n\n")
		if !found || !strings.EqualFold(first, title) {
			return text
		}
		text = rest
	}
}
