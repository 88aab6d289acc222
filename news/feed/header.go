package feed

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"herald/news/fetch"
)

// maxHeaderLinks bounds how many links of a header are looked at.
const maxHeaderLinks = 50

// headerLink is one link of a Link header (RFC 8288, section 3).
type headerLink struct {
	url  string
	rels []string
	kind string // media type
}

// headerLinks are the links of an answer's header that lead to web addresses.
func headerLinks(h http.Header, at *url.URL) []headerLink {
	var out []headerLink
	for part := range strings.SplitSeq(strings.Join(h.Values("Link"), ","), ",") {
		target, params, ok := strings.Cut(strings.TrimSpace(part), ">")
		if !ok || !strings.HasPrefix(target, "<") || len(out) >= maxHeaderLinks {
			continue
		}
		l := headerLink{url: resolve(at, target[1:])}
		for param := range strings.SplitSeq(params, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
			value = strings.ToLower(strings.Trim(strings.TrimSpace(value), `"`))
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "rel":
				l.rels = strings.Fields(value)
			case "type":
				l.kind = value
			}
		}
		if l.url != "" {
			out = append(out, l)
		}
	}
	return out
}

// headerFeeds are the feeds that the header of a page's answer names.
func headerFeeds(res *fetch.Response, at *url.URL) []string {
	var out []string
	for _, l := range headerLinks(res.Header, at) {
		if slices.Contains(l.rels, "alternate") && (strings.Contains(l.kind, "rss") || strings.Contains(l.kind, "atom") || strings.Contains(l.kind, "feed+json")) {
			out = append(out, l.url)
		}
	}
	return out
}
