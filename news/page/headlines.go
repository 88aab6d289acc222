package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHeadings bounds the headings that are looked at.
const maxHeadings = 40

// minTitle is the least number of bytes of letters of a title that can stand for a longer heading.
const minTitle = 15

// separators stand between an article's title and its site's name in title elements.
var separators = []string{" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " « ", " › ", " ‹ ", " / ", "｜", " ~ "}

// heading is a heading that readers see.
type heading struct {
	text string
	top  bool // h1
}

func (f *facts) heading(n *html.Node) {
	if len(f.heads) >= maxHeadings {
		return
	}
	if s := innerText(n); s != "" && len(s) <= maxTitle {
		f.heads = append(f.heads, heading{s, n.DataAtom == atom.H1})
	}
}

// headline is the article's title. What readers see above the text counts most, where the page's own titles confirm it:
// a heading whose words they contain. Otherwise it is the title that the page declares, without the site's name.
func (f *facts) headline(known map[string]bool) string {
	declared := f.declared()
	for _, top := range []bool{true, false} {
		best := ""
		for _, h := range f.heads {
			if h.top == top && !known[letters(h.text)] && confirmed(h, declared) && len(h.text) > len(best) {
				best = h.text
			}
		}
		if best != "" {
			return withoutKicker(best, declared, known)
		}
	}
	if s := f.onlyHeading(known); s != "" && len(declared) > 0 && alike(s, declared[0]) {
		return s
	}
	for _, d := range declared {
		if s := withoutSite(d, known); s != "" {
			return s
		}
	}
	return f.onlyHeading(known)
}

// withoutKicker is a heading without the topic that stands above the headline in it: the page declares the rest its title.
func withoutKicker(heading string, declared []string, known map[string]bool) string {
	key := letters(heading)
	for _, d := range declared {
		d = withoutSite(d, known)
		if title := letters(d); len(title) >= minTitle && len(title) < len(key) && strings.HasSuffix(key, title) {
			return d
		}
	}
	return heading
}

// declared are the titles in the head of the page, the most telling first.
func (f *facts) declared() []string {
	var out []string
	for _, s := range []string{f.ld.text("headline"), f.first("og:title"), f.first("twitter:title", "dc.title", "title", "headline"), f.title} {
		if s = oneLine(html.UnescapeString(s)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// confirmed tells whether a heading's letters are those of a declared title or a large part of them. A lower heading
// must be nearly all of it.
func confirmed(h heading, declared []string) bool {
	key := letters(h.text)
	if len(key) < 4 {
		return false
	}
	for _, d := range declared {
		title := letters(d)
		switch {
		case key == title:
			return true
		case strings.Contains(title, key) && (3*len(key) >= len(title) || h.top && strings.HasPrefix(title, key)):
			return h.top || 2*len(key) >= len(title)
		case h.top && strings.Contains(key, title) && 2*len(title) >= len(key):
			return true
		}
	}
	return false
}

// onlyHeading is the one top heading that is not the site's name; "" where there are none or several.
func (f *facts) onlyHeading(known map[string]bool) string {
	found := ""
	for _, h := range f.heads {
		if !h.top || known[letters(h.text)] {
			continue
		}
		if found != "" {
			return ""
		}
		found = h.text
	}
	return found
}

// alike tells whether two titles share a third of the longer words of the first: one is then the other reworded.
func alike(a, b string) bool {
	words, shared := 0, 0
	low := strings.ToLower(b)
	for w := range strings.FieldsFuncSeq(strings.ToLower(a), func(r rune) bool { return !meaning(r) }) {
		if len(w) < 5 {
			continue
		}
		words++
		if strings.Contains(low, w) {
			shared++
		}
	}
	return words > 0 && 3*shared >= words
}

// siteKeys are the forms in which the site's name may appear: as it calls itself, and its host.
func (f *facts) siteKeys(site string) map[string]bool {
	keys := map[string]bool{}
	host := bareHost(f.at)
	for _, s := range []string{site, host, hostLabel(f.at), f.first("application-name"), f.first("twitter:site")} {
		if k := letters(s); k != "" {
			keys[k] = true
		}
	}
	return keys
}

// hostLabel is the telling part of a host: "taz" of "www.taz.de".
func hostLabel(u *url.URL) string {
	parts := strings.Split(bareHost(u), ".")
	if len(parts) < 2 {
		return ""
	}
	if len(parts) > 2 && len(parts[len(parts)-2]) <= 3 { // co.uk, com.au
		return parts[len(parts)-3]
	}
	return parts[len(parts)-2]
}

// withoutSite drops the site's name from either end of a title; a title that is nothing else becomes "".
func withoutSite(title string, known map[string]bool) string {
	if known[letters(title)] {
		return ""
	}
	for {
		shorter := title
		for _, sep := range separators {
			if i := strings.LastIndex(shorter, sep); i > 0 && siteLike(shorter[i+len(sep):], known) {
				shorter = shorter[:i]
			}
			if i := strings.Index(shorter, sep); i > 0 && siteLike(shorter[:i], known) {
				shorter = shorter[i+len(sep):]
			}
		}
		if shorter == title {
			return strings.TrimSpace(title)
		}
		title = shorter
	}
}

// siteLike tells whether a part of a title is the site's name, or contains it and little else.
func siteLike(part string, known map[string]bool) bool {
	key := letters(part)
	if known[key] {
		return true
	}
	for k := range known {
		if len(k) >= 3 && (strings.Contains(key, k) && len(key) <= 3*len(k) || len(key) >= 4 && strings.Contains(k, key)) {
			return true
		}
	}
	return false
}
