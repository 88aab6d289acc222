package page

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/itlightning/dateparse"
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
	"published_time", "publishdate", "publish-date", "publication_date", "pubdate", "pub_date", "citation_publication_date",
	"article_date_original", "cxenseparse:recs:publishtime", "originalpublicationdate",
}

// looseDateTags are meta elements that hold some date.
var looseDateTags = []string{
	"dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "date", "dc.date", "dcterms.date", "datecreated",
}

// datedPath finds a day in the path of an address.
var datedPath = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?:/|-|$)|[/_-](20\d\d)([01]\d)([0-3]\d)(?:[/_.-]|$)`)

// monthOnly is a date without a day.
var monthOnly = regexp.MustCompile(`^\d{4}[-/.]\d{1,2}$`)

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

// published is the date of publication: what the page declares for programs; where that is unclear, what it shows its
// readers around the headline or has in its address, with the time of day of a declaration for that day. Zero: none.
func (f *facts) published(lines []shownLine, title string) time.Time {
	shown, address := shownDates(lines, title, f.dateLanguage()), addressDate(f.at)
	if len(shown) == 0 && !address.IsZero() {
		shown = append(shown, address)
	}
	strong, weak := f.dates(f.strongDates()), f.dates(f.weakDates())
	for _, day := range shown {
		for _, t := range slices.Concat(strong, weak) {
			if t = inZone(t, day); sameDay(t, day) {
				return t
			}
		}
	}
	switch {
	case len(shown) > 0 && len(strong) > 0 && eveBefore(strong[0], shown[0]):
		return shown[0]
	case len(strong) > 0 && !redated(strong[0], address):
		return strong[0]
	case len(shown) > 0:
		return shown[0]
	case len(weak) > 0:
		return weak[0]
	}
	return or(scriptDate(f.scripts), lastDate(lines, title, f.dateLanguage()))
}

// redated tells whether a declared date is days after the one in the page's address, which keeps the first publication.
func redated(declared, address time.Time) bool {
	return !address.IsZero() && declared.Sub(address) > 3*24*time.Hour
}

// eveBefore tells whether a declared time is the evening before the day shown: papers put a day's issue online then.
func eveBefore(declared, day time.Time) bool {
	return declared.Hour() >= 16 && sameDay(declared.AddDate(0, 0, 1), day)
}

// strongDates are declarations that mean the first publication and nothing else.
func (f *facts) strongDates() []string {
	out := append([]string{f.ld.text("datePublished")}, f.stamps(1)...)
	for _, name := range dateTags {
		out = append(out, f.tags[name]...)
	}
	return out
}

// weakDates are declarations that some systems fill with the date of the last change.
func (f *facts) weakDates() []string {
	var out []string
	for _, name := range looseDateTags {
		out = append(out, f.tags[name]...)
	}
	for rank := 2; rank <= 3; rank++ {
		out = append(out, f.stamps(rank)...)
	}
	return append(out, f.ld.text("dateCreated"), f.ld.text("uploadDate"))
}

func (f *facts) stamps(rank int) (out []string) {
	for _, s := range f.times {
		if s.rank == rank {
			out = append(out, s.text)
		}
	}
	return out
}

// dateLanguage is the page's language, with the country where dates in figures depend on it.
func (f *facts) dateLanguage() string {
	return dateTag(f.language(), or(f.lang, f.first("og:locale")))
}

// dates are those that can be read, in the same order: as programs write them, else as people do.
func (f *facts) dates(candidates []string) (out []time.Time) {
	lang := f.dateLanguage()
	for _, c := range candidates {
		t := parseDate(c)
		if t.IsZero() && len(c) <= maxDate {
			t = dateIn(c, lang)
		}
		if !t.IsZero() {
			out = append(out, t)
		}
	}
	return out
}

// addressDate is the day in an address such as /2026/03/02/ferry; zero: none.
func addressDate(at *url.URL) time.Time {
	m := datedPath.FindStringSubmatch(at.Path)
	if m == nil {
		return time.Time{}
	}
	year, month, day := m[1]+m[4], m[2]+m[5], m[3]+m[6] // one of the two forms
	if n := monthNames[month]; n != 0 {
		month = strconv.Itoa(int(n))
	}
	t, err := time.Parse("2006-1-2", year+"-"+strings.TrimPrefix(month, "0")+"-"+strings.TrimPrefix(day, "0"))
	if err != nil {
		return time.Time{}
	}
	return sane(t)
}

// inZone shows a time given in UTC in the nearest zone in which it falls on the day that the page shows its readers. The
// instant stays the same.
func inZone(t, day time.Time) time.Time {
	if _, off := t.Zone(); off != 0 || day.IsZero() || t.Truncate(24*time.Hour).Equal(t) {
		return t
	}
	hours := 0
	switch t.Truncate(24 * time.Hour).Sub(day.Truncate(24 * time.Hour)) {
	case 24 * time.Hour:
		hours = -t.Hour() - 1
	case -24 * time.Hour:
		hours = 24 - t.Hour()
	}
	if hours == 0 || hours < -12 || hours > 14 {
		return t
	}
	return t.In(time.FixedZone("", hours*3600))
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// parseDate reads a date as written for programs, in its own time zone; zero where it is none.
func parseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > maxDate || monthOnly.MatchString(s) {
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

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
