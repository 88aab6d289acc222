// Package desk is the assembly line: a web address, a feed's entry, a page or a text goes in, and a finished article
// comes out, with its language, the parts that are not article, a summary and its quotes.
//
// It guarantees that a text given to Text stays the same byte for byte, that what a feed says about an entry wins over
// what the page says, and that an entry always gives an article, if only its headline. It keeps nothing and knows no
// clock: storing, placing and dating articles is done elsewhere.
package desk

import (
	"context"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"herald/news"
	"herald/news/fetch"
	"herald/news/page"
	"herald/news/quote"
	"herald/news/summary"
	"herald/news/text"
)

// Desk makes articles. Use New; it is safe for concurrent use.
type Desk struct {
	client    *fetch.Client
	sentences int // of a summary; negative: a short one
}

// New makes a desk that fetches pages with client; without one, URL fails and Entry uses what the feed has.
func New(client *fetch.Client) *Desk {
	return &Desk{client: client, sentences: -1}
}

// Sentences returns a desk like d whose summaries have at most n sentences; 0 means none.
func (d *Desk) Sentences(n int) *Desk {
	e := *d
	e.sentences = max(0, n)
	return &e
}

// textRoom is how much of fetch.Client.Room a text takes for each of its bytes.
const textRoom = 8

// maxText is how much of a fetched text is read, in bytes; the longest reportages have half of it, and what reads it takes
// many times as much memory.
const maxText = 256 << 10

// beginning is a text up to maxText, to the end of a word.
func beginning(s string) string {
	if len(s) <= maxText {
		return s
	}
	s = s[:maxText]
	if end := strings.LastIndexAny(s, " \n"); end > 0 {
		s = s[:end]
	}
	return strings.ToValidUTF8(s, "")
}

// accept asks for pages first, and takes plain text.
const accept = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5,*/*;q=0.1"

// URL reads the article at an address. The error wraps one of fetch's, or news.ErrNotArticle.
func (d *Desk) URL(ctx context.Context, address string) (*news.Article, error) {
	a, err := d.page(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", address, err)
	}
	return d.finishFetched(ctx, a)
}

// HTML reads the article of a page. contentType is the answer's Content-Type, "" where it is unknown, address where the
// page came from. The error wraps news.ErrNotArticle.
func (d *Desk) HTML(html []byte, contentType, address string) (*news.Article, error) {
	a, err := page.Read(html, contentType, address)
	if err != nil {
		return nil, err
	}
	return d.finish(a), nil
}

// Text makes an article of a text. title may be empty; lang is detected where it is empty. The text stays byte for byte.
func (d *Desk) Text(title, text, lang string) *news.Article {
	return d.finish(&news.Article{Title: title, Text: text, Lang: language(lang)})
}

// page fetches and extracts.
func (d *Desk) page(ctx context.Context, address string) (*news.Article, error) {
	if d.client == nil {
		return nil, news.ErrUnreach
	}
	resp, err := d.client.Get(ctx, fetch.Request{URL: address, Accept: accept, Robots: true})
	if err != nil {
		return nil, err
	}
	defer resp.Close()
	done, err := d.client.Room(ctx, resp.Weight())
	if err != nil {
		return nil, err
	}
	defer done()
	kind, _, err := mime.ParseMediaType(resp.ContentType)
	if err != nil {
		kind = ""
	}
	switch {
	case kind == "text/plain" || kind == "text/markdown":
		return plain(resp)
	case isPage(kind):
		return page.Read(resp.Body, resp.ContentType, resp.URL)
	}
	return nil, fmt.Errorf("%s: %w", kind, news.ErrNotArticle)
}

// isPage tells the types that can be a web page; a server that gives no type may have sent one.
func isPage(kind string) bool {
	switch kind {
	case "", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/octet-stream":
		return true
	}
	return false
}

// plain makes an article of an answer that is text.
func plain(resp *fetch.Response) (*news.Article, error) {
	body := string(fetch.UTF8(resp.Body, resp.ContentType))
	if strings.TrimSpace(body) == "" || strings.ContainsRune(body, 0) {
		return nil, fmt.Errorf("text/plain: %w", news.ErrNotArticle)
	}
	a := &news.Article{Text: Unwrap(body)}
	if strings.HasPrefix(resp.ContentType, "text/markdown") {
		a = fromMarkdown(body)
	}
	a.URL, a.Source, a.Title = resp.URL, news.Host(resp.URL), first(a.Title, Headline(a.Text))
	return a, nil
}

// finishFetched finishes an article whose text came from outside, when it is its turn.
func (d *Desk) finishFetched(ctx context.Context, a *news.Article) (*news.Article, error) {
	a.Text = beginning(a.Text)
	if d.client != nil {
		done, err := d.client.Room(ctx, textRoom*len(a.Text))
		if err != nil {
			return nil, err
		}
		defer done()
	}
	return d.finish(a), nil
}

// finish fills in what is read from the text itself.
func (d *Desk) finish(a *news.Article) *news.Article {
	if a.Lang == "" {
		a.Lang = text.Detect(a.Text)
	}
	if a.Lang == "" {
		a.Lang = text.Detect(a.Title)
	}
	a.Asides = page.Asides(a.Title, a.Text, a.Lang)
	if d.sentences < 0 {
		a.Summary = summary.Fit(a, news.Short)
	} else {
		a.Summary = summary.Of(a, d.sentences)
	}
	a.Quotes = quote.Find(a)
	return a
}

// language is the language of a code such as "en-GB": "en".
func language(code string) string {
	code, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(code)), "-")
	code, _, _ = strings.Cut(code, "_")
	return code
}

// headlineMax is the longest first line, in characters, that is taken for a headline. Headlines rarely pass 120.
const headlineMax = 160

// Headline is the first line of a text where it looks like one: short, alone, not ending as a sentence does. Else "".
func Headline(s string) string {
	lines := text.Paragraphs(s)
	if len(lines) < 2 {
		return ""
	}
	first := strings.TrimSpace(strings.TrimLeft(lines[0].In(s), "#\ufeff "))
	end, _ := utf8.DecodeLastRuneInString(first)
	if first == "" || utf8.RuneCountInString(first) > headlineMax || strings.ContainsRune(".,;:", end) {
		return ""
	}
	return first
}
