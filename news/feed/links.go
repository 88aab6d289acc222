package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// linksWithin is how much of a page is searched for links to feeds. They stand in its head, but heads can be long.
const linksWithin = 1 << 20

// maxLinks bounds the links taken from a page.
const maxLinks = 20

// link is a feed that a page names.
type link struct {
	url  string
	rank int // lower is better
}

// feedLinks are the feeds that a page names (link rel=alternate, HTML standard, section 4.6.7.1), the best first: what
// is typed as a feed before bare XML, a site's news before its comments, else as they stand.
func feedLinks(page []byte, at *url.URL) []string {
	base := at
	var found []link
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), linksWithin)]))
	for len(found) < maxLinks {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		switch t := z.Token(); t.Data {
		case "base":
			if u, err := at.Parse(attr(t, "href")); err == nil && base == at {
				base = u
			}
		case "link":
			if l, ok := feedLink(t, base); ok {
				found = append(found, l)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b link) int { return a.rank - b.rank })
	var out []string
	for _, l := range found {
		if !slices.Contains(out, l.url) {
			out = append(out, l.url)
		}
	}
	return out
}

func feedLink(t html.Token, base *url.URL) (link, bool) {
	rels := strings.Fields(strings.ToLower(attr(t, "rel")))
	u := resolve(base, attr(t, "href"))
	if u == "" || !(slices.Contains(rels, "alternate") || slices.Contains(rels, "feed")) {
		return link{}, false
	}
	rank := 0
	kind, _, _ := strings.Cut(strings.ToLower(attr(t, "type")), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
	case "application/xml", "text/xml":
		rank = 1
	default:
		return link{}, false
	}
	if strings.Contains(strings.ToLower(u+" "+attr(t, "title")), "comment") {
		rank += 2
	}
	return link{u, rank}, true
}
