package feed

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"herald/news"
)

// titleRunes is the length of the title that an entry without one (a note, a post) gets from its text.
const titleRunes = 100

// reading is what the entries of one feed share.
type reading struct {
	at     *url.URL // what relative addresses are relative to
	lang   string
	author string // of the entries that name none

	dayFirst bool // how its language writes dates in figures
}

func (r *reading) entry(i *gofeed.Item) draft {
	d := draft{guid: untracked(strings.TrimSpace(i.GUID)), Entry: news.Entry{
		URL:       r.link(i),
		Title:     clip(plain(title(i)), maxTitle),
		Author:    clip(or(authors(i), r.author), maxTitle),
		Lang:      itemLang(i, r.lang),
		Published: r.published(i),
		Content:   markup(i.Content),
		Teaser:    markup(i.Description),
	}}
	if d.Teaser == "" {
		d.Teaser = strings.TrimSpace(mediaText(i.Extensions["media"], "description"))
	}
	d.Image = r.image(i, d.Content, d.Teaser)
	if d.Title == "" {
		d.Title = clip(plain(or(d.Teaser, d.Content)), titleRunes)
	}
	return d
}

// title is the entry's own, or that of its recording.
func title(i *gofeed.Item) string {
	t := or(i.Title, extension(i.Extensions["itunes"], "title"))
	return or(t, mediaText(i.Extensions["media"], "title"))
}

// markup is a text of the feed without the second escaping that some put over their HTML.
func markup(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case strings.Contains(s, "<"):
		return s
	case escapedTag.MatchString(s):
		return html.UnescapeString(s)
	}
	return escapedOnce(s)
}

// escapedTwice is a reference whose ampersand is escaped.
var escapedTwice = regexp.MustCompile(`&amp;(#?\w{2,31};)`)

// escapedOnce is a text with references as they were before they were escaped a second time.
func escapedOnce(s string) string { return escapedTwice.ReplaceAllString(s, "&$1") }

// escapedTag is an end tag or a usual start tag that is escaped.
var escapedTag = regexp.MustCompile(`(?i)&lt;(?:/(?:p|a|div|b|strong|em|i|ul|li|span|h[1-6])|(?:p|br|br ?/|div|ul|li))&gt;|&lt;(?:img|a) [^<]*?&gt;`)

// link is the address of the entry's page: the one behind a counting service where the feed names it, else its link,
// else a guid that is an address, else its recording.
func (r *reading) link(i *gofeed.Item) string {
	candidates := []string{extension(i.Extensions["feedburner"], "origLink"), i.Link}
	candidates = append(candidates, i.Links...)
	if strings.HasPrefix(i.GUID, "http") || strings.HasPrefix(i.GUID, "/") {
		candidates = append(candidates, i.GUID)
	}
	for _, e := range i.Enclosures {
		candidates = append(candidates, e.URL)
	}
	for _, c := range candidates {
		if u := resolve(r.at, c); u != "" {
			return untracked(u)
		}
	}
	return ""
}

// image is the entry's picture: what the feed names as such, else the first in its text.
func (r *reading) image(i *gofeed.Item, texts ...string) string {
	candidates := []string{}
	if i.Image != nil {
		candidates = append(candidates, i.Image.URL)
	}
	candidates = append(candidates, mediaImages(i.Extensions["media"])...)
	for _, e := range i.Enclosures {
		if strings.HasPrefix(e.Type, "image/") {
			candidates = append(candidates, e.URL)
		}
	}
	for _, t := range texts {
		candidates = append(candidates, firstImage(t))
	}
	for _, c := range candidates {
		if u := resolve(r.at, c); u != "" {
			return u
		}
	}
	return ""
}

// mediaImages are the pictures of Media RSS: thumbnail and content elements, in a group or not.
func mediaImages(media map[string][]ext.Extension) []string {
	var out []string
	for _, c := range media["content"] {
		if strings.HasPrefix(c.Attrs["type"], "image/") || c.Attrs["medium"] == "image" {
			out = append(out, c.Attrs["url"])
		}
		out = append(out, mediaImages(c.Children)...)
	}
	for _, t := range media["thumbnail"] {
		out = append(out, t.Attrs["url"])
	}
	for _, g := range media["group"] {
		out = append(out, mediaImages(g.Children)...)
	}
	return out
}

// mediaText is the first text element of that name in Media RSS, in a group or not.
func mediaText(media map[string][]ext.Extension, name string) string {
	if s := extension(media, name); s != "" {
		return s
	}
	for _, g := range media["group"] {
		if s := extension(g.Children, name); s != "" {
			return s
		}
	}
	return ""
}

func extension(e map[string][]ext.Extension, name string) string {
	if len(e[name]) == 0 {
		return ""
	}
	return e[name][0].Value
}

// authors are the names of an entry's authors.
func authors(i *gofeed.Item) string {
	if i.DublinCoreExt != nil && len(i.DublinCoreExt.Creator) > 1 {
		return joinNames(i.DublinCoreExt.Creator)
	}
	return joinNames(personNames(i.Authors))
}

// feedAuthor is the author of the entries that name none: the feed's, in the formats that say so (RFC 4287, section 4.1.2;
// JSON Feed 1.1, authors).
func feedAuthor(f *gofeed.Feed) string {
	if f.FeedType != "atom" && f.FeedType != "json" {
		return ""
	}
	return joinNames(personNames(f.Authors))
}

func personNames(persons []*gofeed.Person) []string {
	var names []string
	for _, p := range persons {
		if p != nil {
			names = append(names, p.Name)
		}
	}
	return names
}

// joinNames joins names, each once, by ", ". Addresses of mail are left out.
func joinNames(raw []string) string {
	var names []string
	for _, s := range raw {
		if s = plain(s); s != "" && !strings.Contains(s, "@") && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	return strings.Join(names, ", ")
}

func itemLang(i *gofeed.Item, lang string) string {
	if i.DublinCoreExt != nil && len(i.DublinCoreExt.Language) > 0 {
		return or(shortLang(i.DublinCoreExt.Language[0]), lang)
	}
	return lang
}

// published is when the entry appeared, in UTC; the time of its last change where only that is told; zero where neither
// makes sense.
func (r *reading) published(i *gofeed.Item) time.Time {
	for _, c := range []struct {
		parsed *time.Time
		text   string
	}{{i.PublishedParsed, i.Published}, {i.UpdatedParsed, i.Updated}} {
		t := wildDate(c.parsed, c.text, r.dayFirst)
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
