package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"herald/news"
	"herald/news/fetch"
)

// The limits of an OPML file: far above what a person follows.
const (
	maxOPML      = 5 << 20
	maxOPMLFeeds = 10000
)

// ReadOPML reads the feeds of an OPML file (OPML 2.0: outline elements with an xmlUrl), folders flattened, each address
// once, in order. An address that is no web address stays as it is, so that it can be reported. The error wraps
// news.ErrNotFeed where it is no OPML, news.ErrTooLarge over 5 MB or 10,000 feeds, or is the reader's.
func ReadOPML(r io.Reader) ([]news.Feed, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxOPML+1))
	if err != nil {
		return nil, fmt.Errorf("read OPML: %w", err)
	}
	if len(body) > maxOPML {
		return nil, fmt.Errorf("read OPML: %w", news.ErrTooLarge)
	}
	body = stripDeclaration(fetch.UTF8(body, ""))
	feeds, whole, err := parseOPML(body)
	if !whole && !errors.Is(err, news.ErrTooLarge) {
		if mended, _, err2 := parseOPML(repair(body)); err2 == nil && len(mended) > len(feeds) {
			feeds, err = mended, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read OPML: %w", err)
	}
	return feeds, nil
}

// parseOPML walks over the tokens: no recursion, so that nesting costs nothing. whole tells whether it came to the end.
func parseOPML(body []byte) (feeds []news.Feed, whole bool, err error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	seen := map[string]bool{}
	rooted := false
	for {
		token, err := d.RawToken()
		if err != nil {
			whole = errors.Is(err, io.EOF)
			return feeds, whole, endOPML(feeds, rooted, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		rooted = rooted || strings.EqualFold(start.Name.Local, "opml")
		if !rooted {
			return nil, true, fmt.Errorf("%w: not OPML but <%s>", news.ErrNotFeed, clip(start.Name.Local, 20))
		}
		f := outline(start)
		if f.URL == "" || seen[f.URL] {
			continue
		}
		if len(feeds) == maxOPMLFeeds {
			return nil, true, news.ErrTooLarge
		}
		seen[f.URL] = true
		feeds = append(feeds, f)
	}
}

// endOPML decides what the end of the tokens means: a file that breaks off after some feeds has given those.
func endOPML(feeds []news.Feed, rooted bool, err error) error {
	if !rooted || (len(feeds) == 0 && !errors.Is(err, io.EOF)) {
		return fmt.Errorf("%w: not OPML", news.ErrNotFeed)
	}
	return nil
}

// outline is the feed of an outline element; the zero feed where it is a folder or something else.
func outline(e xml.StartElement) news.Feed {
	if !strings.EqualFold(e.Name.Local, "outline") {
		return news.Feed{}
	}
	var f news.Feed
	var text string
	for _, a := range e.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			f.URL = strings.TrimSpace(a.Value)
		case "htmlurl":
			f.Site = strings.TrimSpace(a.Value)
		case "title":
			f.Title = clip(plain(a.Value), maxTitle)
		case "text":
			text = clip(plain(a.Value), maxTitle)
		}
	}
	if u, err := fetch.Address(withoutFeed(f.URL)); err == nil {
		f.URL = u.String()
	}
	f.Title = or(f.Title, text)
	return f
}

// stripDeclaration drops the XML declaration, whose encoding no longer holds.
func stripDeclaration(body []byte) []byte {
	body = bytes.TrimSpace(body)
	if bytes.HasPrefix(body, []byte("<?xml")) {
		return body[sectionLen(body, []byte("?>")):]
	}
	return body
}

type opmlFile struct {
	XMLName xml.Name      `xml:"opml"`
	Version string        `xml:"version,attr"`
	Title   string        `xml:"head>title"`
	Feeds   []opmlOutline `xml:"body>outline"`
}

type opmlOutline struct {
	Type    string `xml:"type,attr"`
	Text    string `xml:"text,attr"`
	Title   string `xml:"title,attr"`
	XMLURL  string `xml:"xmlUrl,attr"`
	HTMLURL string `xml:"htmlUrl,attr,omitempty"`
}

// WriteOPML writes feeds as OPML 2.0, which every feed reader imports.
func WriteOPML(w io.Writer, title string, feeds []news.Feed) error {
	file := opmlFile{Version: "2.0", Title: title}
	for _, f := range feeds {
		file.Feeds = append(file.Feeds, opmlOutline{
			Type: "rss", Text: f.Name(), Title: f.Name(), XMLURL: f.URL, HTMLURL: f.Site,
		})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(file); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
