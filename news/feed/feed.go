// Package feed finds and reads feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, and lists of feeds in OPML.
//
// It guarantees: every entry has an identity that stays the same over edits and reorderings of the feed and is unique
// within one reading; titles and authors are plain text; addresses are absolute http or https or empty; at most
// MaxEntries entries, newest first; what a feed says of the next reading (Cache-Control, Retry-After, ttl, how often it
// publishes) ends up in news.Feed.Interval, unbounded: its caller bounds it.
//
// It repairs what feeds in the wild get wrong where the meaning is plain (encodings, control characters, bare
// ampersands, junk before or after the document, a cut end), and refuses the rest with news.ErrNotFeed, as it does
// documents nested beyond reason. Content and Teaser of an entry stay as published: hostile HTML.
package feed

import (
	"context"
	"net/http"
	"time"

	"herald/news"
	"herald/news/fetch"
)

// accept prefers the feed formats; some servers answer with a feed only when it is asked for.
const accept = "application/rss+xml, application/atom+xml, application/feed+json, " +
	"application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.4"

// maxValidator bounds the ETag and Last-Modified that are kept and sent back.
const maxValidator = 1 << 10

// Result is one reading of a feed.
type Result struct {
	Feed        news.Feed    // title, site, language, validators, address (moved where it has moved for good), interval
	Entries     []news.Entry // newest first; undated ones keep their place in the document
	NotModified bool         // the server says that nothing changed; Entries is empty
}

// Reader reads feeds from the web. It is safe for concurrent use.
type Reader struct {
	client *fetch.Client
}

// NewReader makes a reader that fetches with c.
func NewReader(c *fetch.Client) *Reader { return &Reader{client: c} }

// Fetch reads a feed again, conditionally where it has validators. The error is one of fetch's (news.ErrGone: the
// publisher ended the feed) or wraps news.ErrNotFeed.
func (r *Reader) Fetch(ctx context.Context, f news.Feed) (Result, error) {
	res, err := r.client.Get(ctx, fetch.Request{
		URL: f.URL, ETag: f.ETag, LastModified: f.LastModified, Accept: accept,
	})
	if err != nil {
		return Result{}, err
	}
	if res.Status == http.StatusNotModified {
		return unchanged(f, res), nil
	}
	out, err := Parse(res.Body, res.ContentType, res.URL)
	if err != nil {
		return Result{}, err
	}
	out.Feed = merge(f, out.Feed, res)
	return out, nil
}

// unchanged is the result of a 304. A move is not applied: a server that answers 304 for another address is not to be
// trusted with it before it has shown the feed there.
func unchanged(f news.Feed, res *fetch.Response) Result {
	f.Interval = max(f.Interval, asked(res))
	return Result{Feed: f, NotModified: true}
}

// merge writes what a reading found over what was known.
func merge(known, found news.Feed, res *fetch.Response) news.Feed {
	out := known
	if res.Moved != "" {
		out.URL = res.Moved
	}
	out.Title = or(found.Title, known.Title)
	out.Site = or(found.Site, known.Site)
	out.Lang = or(found.Lang, known.Lang)
	out.ETag = validator(res.Header.Get("ETag"))
	out.LastModified = validator(res.Header.Get("Last-Modified"))
	if found.Interval > 0 {
		out.Interval = found.Interval
	}
	out.Interval = max(out.Interval, asked(res))
	return out
}

func validator(s string) string {
	if len(s) > maxValidator {
		return ""
	}
	return s
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// asked is the time that the answer's header asks to wait before the next request.
func asked(res *fetch.Response) time.Duration {
	return max(maxAge(res.Header.Get("Cache-Control")), res.RetryAfter)
}
