package desk

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"herald/news"
	"herald/news/fetch"
	"herald/news/page"
)

const (
	// mailDepth is how deep parts of a mail may stand in each other; what mail programs write is three deep at most.
	mailDepth = 8
	// mailParts is how many parts of a mail are looked at.
	mailParts = 100
)

// Mail makes an article of an e-mail (RFC 5322, MIME): the title is its subject, the byline its sender's name. Of several
// parts the plain text is read, or else the HTML; attachments are not. The error wraps news.ErrNotArticle.
func (d *Desk) Mail(b []byte, lang string) (*news.Article, error) {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("mail: %w: %w", news.ErrNotArticle, err)
	}
	l := letter{parts: mailParts}
	l.read(m.Header, m.Body, mailDepth)
	a, err := l.article()
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	a.Title = first(decodeHeader(m.Header.Get("Subject")), a.Title)
	a.Byline = first(sender(m.Header.Get("From")), a.Byline)
	if date, err := m.Header.Date(); err == nil {
		a.Published = date
	}
	a.Lang = first(language(lang), a.Lang)
	return d.finish(a), nil
}

// IsMail tells whether b begins as an e-mail does: with header lines, a sender among them, and a subject or date.
func IsMail(b []byte) bool {
	const headerMax = 256 << 10
	m, err := mail.ReadMessage(bytes.NewReader(b[:min(len(b), headerMax)]))
	return err == nil && m.Header.Get("From") != "" && (m.Header.Get("Subject") != "" || m.Header.Get("Date") != "")
}

// letter is what a mail has to read.
type letter struct {
	parts       int // that may still be looked at
	plain, html []byte
	htmlType    string
}

// header is that of a mail or of a part.
type header interface{ Get(name string) string }

// read finds the first plain and the first HTML text. Errors end a part, not the mail: mails are cut off and mangled.
func (l *letter) read(h header, body io.Reader, depth int) {
	contentType := first(h.Get("Content-Type"), "text/plain")
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	disposition, _, _ := strings.Cut(h.Get("Content-Disposition"), ";")
	switch {
	case strings.EqualFold(strings.TrimSpace(disposition), "attachment"):
	case strings.HasPrefix(kind, "multipart/") && depth > 0:
		parts := multipart.NewReader(body, params["boundary"])
		for ; l.parts > 0; l.parts-- {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			l.read(p.Header, p, depth-1)
		}
	case kind == "text/plain" && l.plain == nil:
		l.plain = fetch.UTF8(decoded(h, body), contentType)
	case kind == "text/html" && l.html == nil:
		l.html, l.htmlType = decoded(h, body), contentType
	}
}

// decoded is the body of a part without its transfer encoding, as much of it as can be read.
func decoded(h header, body io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, _ := io.ReadAll(body)
	return b
}

// article is the mail's text.
func (l *letter) article() (*news.Article, error) {
	if s := mailText(string(l.plain)); s != "" {
		return &news.Article{Text: s}, nil
	}
	if len(l.html) == 0 {
		return nil, fmt.Errorf("%w: no text in it", news.ErrNotArticle)
	}
	a, err := page.Read(l.html, l.htmlType, "")
	if errors.Is(err, news.ErrNotArticle) { // a note is no page with an article, and still all there is
		if s := page.PlainText(string(fetch.UTF8(l.html, l.htmlType))); s != "" {
			return &news.Article{Text: s}, nil
		}
	}
	return a, err
}

// mailText is the text of a mail without its signature (RFC 3676, 4.3), without the marks of quoted lines and with whole
// paragraphs.
func mailText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s, _, _ = strings.Cut(s, "\n-- \n")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		for rest, ok := strings.CutPrefix(line, ">"); ok; rest, ok = strings.CutPrefix(line, ">") {
			line = strings.TrimPrefix(rest, " ")
		}
		lines[i] = line
	}
	return strings.TrimSpace(Unwrap(strings.Join(lines, "\n")))
}

// sender is the name of the sender, "" where only an address is given.
func sender(from string) string {
	addresses, err := (&mail.AddressParser{WordDecoder: &wordDecoder}).ParseList(from)
	if err != nil || len(addresses) == 0 {
		return ""
	}
	return strings.Join(strings.Fields(addresses[0].Name), " ")
}

// decodeHeader is a header's text without the encoding of RFC 2047, on one line.
func decodeHeader(s string) string {
	if plain, err := wordDecoder.DecodeHeader(s); err == nil {
		s = plain
	}
	return strings.Join(strings.Fields(string(fetch.UTF8([]byte(s), ""))), " ")
}

var wordDecoder = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(fetch.UTF8(b, mime.FormatMediaType("text/plain", map[string]string{"charset": charset}))), nil
}}
