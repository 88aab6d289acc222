package feed

import (
	"bytes"
	"net/url"
	"regexp"
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

// feedLinks are the feeds that a page names, the best first: in link elements (HTML standard, section 4.6.7.1) what is typed as a
// feed before bare XML, a site's news before its comments; then links in the text that look like a feed's; else as they stand.
func feedLinks(page []byte, at *url.URL) []string {
	page = page[:min(len(page), linksWithin)]
	base := at
	var found []link
	z := html.NewTokenizer(bytes.NewReader(page))
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
		case "a":
			if u := resolve(base, attr(t, "href")); u != "" && feedAddress.MatchString(u) {
				found = append(found, link{u, anchorRank + comments(u)})
			}
		}
	}
	found = append(found, hiddenLinks(page)...)
	slices.SortStableFunc(found, func(a, b link) int { return a.rank - b.rank })
	var out []string
	for _, l := range found {
		if !slices.Contains(out, l.url) {
			out = append(out, l.url)
		}
	}
	return out
}

const (
	commentRank = 2
	anchorRank  = 2 * commentRank
)

// feedAddress tells addresses that look like a feed's.
var feedAddress = regexp.MustCompile(`(?i)[/.](?:rss|atom|rdf|feeds?)(?:[/.?]|$)|[?&](?:feed|format|type)=(?:rss|atom)|/(?:rss|feed|atom|index)\.xml`)

var (
	youtubeChannel = regexp.MustCompile(`"(?:channelId|externalId)":"(UC[\w-]{22})"`)
	podcastFeed    = regexp.MustCompile(`"feedUrl"\s*:\s*"(https?://[^"\\\s]{1,1000})"`)
)

// hiddenLinks are feeds that stand in a page's data only: a video channel's number, a podcast directory's answer.
func hiddenLinks(page []byte) []link {
	var out []link
	if m := youtubeChannel.FindSubmatch(page); m != nil {
		out = append(out, link{"https://www.youtube.com/feeds/videos.xml?channel_id=" + string(m[1]), 1})
	}
	if m := podcastFeed.FindSubmatch(page); m != nil {
		out = append(out, link{string(m[1]), 1})
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
	case "application/json": // as feeds are typed that follow JSON Feed 1.0, and interfaces for programs
		if !feedAddress.MatchString(u) {
			return link{}, false
		}
		rank = 1
	default:
		return link{}, false
	}
	return link{u, rank + comments(u+" "+attr(t, "title"))}, true
}

// comments is the rank that a link to a feed of comments has besides; they are asked for by nobody who names a site.
func comments(s string) int {
	for _, word := range []string{"comment", "kommentar", "commentaire", "comentario", "комментар"} {
		if strings.Contains(strings.ToLower(s), word) {
			return commentRank
		}
	}
	return 0
}
