// Package page turns an HTML page into an article: title, byline, date, site, language, picture and text.
//
// It guarantees: Text is plain, its paragraphs separated by blank lines; metadata is one line each, addresses are
// absolute http or https; any input gives an answer or news.ErrNotArticle in a time that is bounded by the limits on
// size, depth and number of elements (load.go).
//
// Of a page it leaves out what stands around the article and the lines in it that lead away: to other articles, to share,
// to subscribe. Captions, dates and bylines in the text stay, for Asides to mark.
//
// It refuses what is no page of text: PDFs, pictures, other binary data, pages without an article. In a plain text that
// came from elsewhere it cuts nothing: Asides tells which parts are not article, so that offsets stay true.
package page

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"herald/news"
	"herald/news/fetch"
)

// minText is the least text, in bytes, that is called an article: a sentence or two.
const minText = 80

// Read extracts the article of a page. contentType is the answer's Content-Type ("": unknown), address where the page
// came from. The error wraps news.ErrNotArticle.
func Read(html []byte, contentType, address string) (*news.Article, error) {
	a, err := read(html, contentType, address)
	if err != nil {
		return nil, fmt.Errorf("read page %s: %w", news.Host(address), err)
	}
	return a, nil
}

func read(body []byte, contentType, address string) (*news.Article, error) {
	kind := kindOf(body, contentType)
	if kind == other {
		return nil, news.ErrNotArticle
	}
	at, err := url.Parse(address)
	if err != nil {
		at = &url.URL{}
	}
	text := string(fetch.UTF8(body, contentType))
	if kind == plainText {
		return readPlain(text, address)
	}
	doc, err := load(text)
	if err != nil {
		return nil, err
	}
	m := readMeta(doc, at)
	tidy(doc)
	best := extract(doc, at, heavy(doc))
	m.fill(best)
	a := m.article(address)
	a.Text = m.withLead(withoutTitle(m.orBody(best.text), a.Title))
	a.Text = m.withoutInvites(a.Text)
	if len(a.Text) < minText {
		return nil, news.ErrNotArticle
	}
	return a, nil
}

// readPlain takes a text/plain document as it is.
func readPlain(text, address string) (*news.Article, error) {
	a := &news.Article{URL: address, Source: news.Host(address), Text: paragraphs(text)}
	if len(a.Text) < minText {
		return nil, news.ErrNotArticle
	}
	first, rest, found := strings.Cut(a.Text, "\n\n")
	if found && len(first) <= maxTitle {
		a.Title, a.Text = strings.ReplaceAll(first, "\n", " "), rest
	}
	return a, nil
}

// kind is what a body is, as far as it matters here.
type kind int

const (
	other kind = iota
	markup
	plainText
)

// kindOf goes by the bytes where they are telling (a PDF served as text/html is a PDF), else by the label.
func kindOf(body []byte, contentType string) kind {
	sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(body))
	label, _, _ := mime.ParseMediaType(contentType)
	switch {
	case !strings.HasPrefix(sniffed, "text/") && !wideText(body):
		return other
	case sniffed == "text/html" || sniffed == "text/xml":
		return markup
	case label == "" || label == "text/html" || label == "application/xhtml+xml" || strings.HasSuffix(label, "xml"):
		if label == "" && !bytes.ContainsRune(body, '<') {
			return plainText
		}
		return markup
	case strings.HasPrefix(label, "text/"):
		return plainText
	}
	return other
}

// wideText tells whether a body is UTF-16 without a mark or markup with a stray control character, both of which sniff
// as binary.
func wideText(body []byte) bool {
	head := bytes.ToLower(bytes.ReplaceAll(body[:min(len(body), 1024)], []byte{0}, nil))
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html"))
}
