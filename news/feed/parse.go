package feed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"herald/news"
)

// MaxEntries is how many entries of one reading are kept, the newest; a feed with more is an archive.
const MaxEntries = 500

// maxTitle bounds a title or an author in runes; longer ones are texts that stand in the wrong place.
const maxTitle = 500

// Parse reads a feed. contentType is the answer's Content-Type, base its final address. The error wraps news.ErrNotFeed,
// or news.ErrTooLarge.
func Parse(body []byte, contentType, base string) (Result, error) {
	doc := document(body, contentType)
	if doc == nil {
		return Result{}, news.ErrNotFeed
	}
	doc, err := bounded(doc)
	if err != nil {
		return Result{}, err
	}
	parsed, err := parseDocument(doc)
	if err != nil || begun(doc) > len(parsed.Items) {
		again, err2 := parseRepaired(doc)
		if err2 == nil && (err != nil || len(again.Items) > len(parsed.Items)) {
			parsed, err = again, nil
		}
	}
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", news.ErrNotFeed, err)
	}
	return assemble(parsed, base), nil
}

// begun counts the entries that begin in a document. Tags out of order can make the parser pass over some, in silence.
func begun(doc []byte) int {
	n := 0
	for _, tag := range []string{"<item>", "<item ", "<entry>", "<entry "} {
		n += bytes.Count(doc, []byte(tag))
	}
	return n
}

// parseRepaired is the second attempt. What holds no entry after that much goodwill is no feed.
func parseRepaired(doc []byte) (*gofeed.Feed, error) {
	mend := repair
	if doc[0] == '{' {
		mend = repairJSON
	}
	f, err := parseDocument(mend(doc))
	if err == nil && len(f.Items) == 0 {
		return nil, errors.New("no entries in what is left")
	}
	return f, err
}

// parseDocument runs the library. It is foreign code on hostile input: should it panic, this document is no feed and the
// others go on.
func parseDocument(doc []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("parser: %v", p)
		}
	}()
	p := gofeed.NewParser()
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	p.KeepOriginalFeed = true // for what the library leaves out
	f, err = p.Parse(bytes.NewReader(doc))
	if err == nil && f.FeedType == "json" && !strings.Contains(f.FeedVersion, "jsonfeed") {
		return nil, fmt.Errorf("JSON that is no JSON Feed")
	}
	return f, err
}

// assemble turns what the library read into Herald's vocabulary.
func assemble(f *gofeed.Feed, base string) Result {
	at, err := url.Parse(base)
	if err != nil {
		at = &url.URL{}
	}
	site := resolve(at, f.Link)
	if site == "" && at.Host != "" {
		site = at.Scheme + "://" + at.Host + "/"
	}
	r := reading{at: at, lang: shortLang(f.Language), author: feedAuthor(f), dayFirst: dayFirst(f.Language)}
	if u, err := url.Parse(site); err == nil && u.Host != "" {
		r.at = u // relative links are meant from the site; feeds are often served from elsewhere
	}
	entries := r.entries(f.Items)
	return Result{
		Feed: news.Feed{
			URL: base, Site: site, Title: clip(plain(f.Title), maxTitle), Lang: r.lang,
			Interval: wish(f, entries), Rest: rest(f),
		},
		Entries: entries,
		Hub:     declaredHub(f, at),
	}
}

// entries are the items as entries, newest first, identified, at most MaxEntries.
func (r *reading) entries(items []*gofeed.Item) []news.Entry {
	drafts := make([]draft, 0, len(items))
	for _, item := range items {
		if d := r.entry(item); d.Title != "" || d.URL != "" || d.Content != "" || d.Teaser != "" {
			drafts = append(drafts, d)
		}
	}
	newestFirst(drafts)
	return identify(drafts[:min(len(drafts), MaxEntries)])
}

// newestFirst sorts by date. An undated entry goes with the dated one before it in the document.
func newestFirst(drafts []draft) {
	type keyed struct {
		draft
		at time.Time
	}
	list := make([]keyed, len(drafts))
	var last time.Time
	for _, d := range drafts {
		if last = d.Published; !last.IsZero() {
			break
		}
	}
	for i, d := range drafts {
		if !d.Published.IsZero() {
			last = d.Published
		}
		list[i] = keyed{d, last}
	}
	slices.SortStableFunc(list, func(a, b keyed) int { return cmp.Compare(b.at.UnixNano(), a.at.UnixNano()) })
	for i := range list {
		drafts[i] = list[i].draft
	}
}

// shortLang is the two-letter code of a language tag (RFC 5646): "en" for "en-GB"; "" where there is none.
func shortLang(tag string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if len(code) != 2 || code[0] < 'a' || code[0] > 'z' || code[1] < 'a' || code[1] > 'z' {
		return ""
	}
	return code
}

// dayFirst tells whether dates in figures begin with the day in a language; English without a country and no language at all
// are taken for American.
func dayFirst(tag string) bool {
	tag = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-")
	return tag != "" && tag != "en" && tag != "en-us" && tag != "en-ca"
}
