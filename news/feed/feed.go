// Package feed finds and reads feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, and lists of feeds in OPML.
//
// It guarantees: every entry has an identity that stays the same over edits and reorderings of the feed and is unique
// within one reading; titles and authors are plain text; addresses are absolute http or https or empty; at most
// MaxEntries entries, newest first; what a feed says of the next reading (Cache-Control, Expires, Retry-After, ttl, how often
// it publishes) ends up in news.Feed.Interval, unbounded: its caller bounds it.
//
// It repairs what feeds in the wild get wrong where the meaning is plain (encodings, control characters, bare
// ampersands, junk before or after the document, a cut end), and refuses the rest with news.ErrNotFeed, as it does
// documents nested beyond reason; of one that holds more than any feed the beginning is read. Content and Teaser of an entry stay as published: hostile HTML.
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
	Feed        news.Feed    // title, site, language, validators, interval, rest
	Entries     []news.Entry // newest first; undated ones keep their place in the document
	NotModified bool         // the server says that nothing changed; Entries is empty
	Moved       string       // where the server says that the feed has moved for good; "": nowhere
	Hub         Hub          // where its changes are announced
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
	defer res.Close()
	if res.Status == http.StatusNotModified {
		return unchanged(f, res), nil
	}
	out, err := r.parse(ctx, res)
	if err != nil {
		return Result{}, err
	}
	return merge(f, out, res), nil
}

// parse reads an answer as a feed when it is its turn.
func (r *Reader) parse(ctx context.Context, res *fetch.Response) (Result, error) {
	done, err := r.client.Room(ctx, res.Weight())
	if err != nil {
		return Result{}, err
	}
	defer done()
	return Parse(res.Body, res.ContentType, res.URL)
}

// unchanged is the result of a 304.
func unchanged(f news.Feed, res *fetch.Response) Result {
	f.Interval = max(f.Interval, asked(res))
	return Result{Feed: f, NotModified: true, Moved: res.Moved}
}

// merge writes what a reading found over what was known.
func merge(known news.Feed, found Result, res *fetch.Response) Result {
	f := known
	f.Title = or(found.Feed.Title, known.Title)
	f.Site = or(found.Feed.Site, known.Site)
	f.Lang = or(found.Feed.Lang, known.Lang)
	f.ETag = validator(res.Header.Get("ETag"))
	f.LastModified = validator(res.Header.Get("Last-Modified"))
	f.Interval = max(found.Feed.Interval, asked(res))
	f.Rest = found.Feed.Rest
	return Result{Feed: f, Entries: found.Entries, Moved: res.Moved, Hub: headerHub(res, found.Hub)}
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
	return max(fresh(res.Header), res.RetryAfter)
}
