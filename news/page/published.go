package page

import (
	"net/url"
	"strings"
	"time"

	"github.com/itlightning/dateparse"
	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of what is read as a date.
const (
	maxStamps = 20
	maxDate   = 60
	firstYear = 1980
)

// dateTags are meta elements that hold the date of publication, the most reliable first.
var dateTags = []string{
	"article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "article.published",
	"published_time", "publishdate", "publish-date", "publication_date", "pubdate", "pub_date", "dc.date.issued", "dcterms.issued",
	"dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "article_date_original", "date",
	"cxenseparse:recs:publishtime", "originalpublicationdate", "datecreated",
}

// stamp is an element that shows a time; lower ranks are better.
type stamp struct {
	text string
	rank int
}

// time takes note of an element whose markup says that it holds the time of publication.
func (f *facts) time(n *html.Node) {
	if len(f.times) >= maxStamps {
		return
	}
	class, prop := strings.ToLower(attr(n, "class")), strings.ToLower(attr(n, "itemprop"))
	value := or(or(attr(n, "datetime"), attr(n, "content")), attr(n, "title"))
	published := strings.Contains(class, "published") || strings.Contains(class, "pubdate") || strings.Contains(class, "entry-date")
	rank := 0
	switch {
	case prop == "datepublished":
		rank = 1
		value = or(value, innerText(n))
	case value == "":
		return
	case n.DataAtom == atom.Time && (published || hasAttr(n, "pubdate")), n.DataAtom == atom.Abbr && published:
		rank = 2
	case n.DataAtom == atom.Time && !strings.Contains(class, "updated") && !strings.Contains(class, "modified") && prop == "":
		rank = 3
	default:
		return
	}
	if len(value) <= maxDate && !inComments(n) {
		f.times = append(f.times, stamp{value, rank})
	}
}

// published is the date of publication that the page declares; zero where it declares none.
func (f *facts) published() time.Time {
	candidates := []string{f.ld.text("datePublished")}
	for _, name := range dateTags {
		candidates = append(candidates, f.tags[name]...)
	}
	for rank := 1; rank <= 3; rank++ {
		for _, s := range f.times {
			if s.rank == rank {
				candidates = append(candidates, s.text)
			}
		}
	}
	for _, c := range append(candidates, f.ld.text("dateCreated"), f.ld.text("uploadDate")) {
		if t := parseDate(c); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// parseDate reads a date as written for programs, in its own time zone; zero where it is none.
func parseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > maxDate {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04-07:00", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return sane(t)
		}
	}
	t, err := dateparse.ParseStrict(s)
	if err != nil {
		return time.Time{}
	}
	return sane(t)
}

func sane(t time.Time) time.Time {
	if t.Year() < firstYear || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// searchDate searches the whole page for a date, as a last resort: it is slow.
func searchDate(doc *html.Node, at *url.URL) (t time.Time) {
	defer func() {
		if recover() != nil { // foreign code on hostile input
			t = time.Time{}
		}
	}()
	r, err := htmldate.FromDocument(doc, htmldate.Options{URL: at.String(), UseOriginalDate: true})
	if err != nil {
		return time.Time{}
	}
	return sane(r.DateTime)
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
