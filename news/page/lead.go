package page

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of what is taken for an article's lead.
const (
	minLead    = 100 // bytes; shorter lines under a headline are subtitles
	maxLead    = 1500
	aboutStart = 40 // bytes of letters by which a lead and a description are known to be the same
	leadLines  = 12 // lines between headline and text that are looked at
)

// leadName finds the names that pages give to the lead of an article.
var leadName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:lead|lede|intro|introduction|standfirst|vorspann|abstract|dek|deck|chapo|chapeau|entradilla|bajada|` +
	`sommario|sottotitolo|sub-?title|sub-?headline|subheading|excerpt|summary|teaser-?text|anriss|ingress|lid|einleitung)(?:$|[\s_-])`)

// withLead puts before a text the lead that extractors lost: lines between headline and text that the page repeats as its
// description or calls a lead by their names.
func (m *meta) withLead(text string) string {
	at := headlineAt(m.lines, m.title)
	if at < 0 {
		return text
	}
	first, _, _ := strings.Cut(text, "\n")
	start, key := letters(first), letters(text)
	var out []string
	for _, l := range m.lines[at+1 : min(len(m.lines), at+1+leadLines)] {
		k := letters(l.text)
		if k != "" && (strings.HasPrefix(start, k) || strings.HasPrefix(k, start)) {
			return strings.Join(append(out, text), "\n\n")
		}
		if !l.aside && m.isLead(l) && !strings.Contains(key, k) {
			out = append(out, l.text)
		}
	}
	return text
}

func (m *meta) isLead(l shownLine) bool {
	if len(l.text) < minLead || len(l.text) > maxLead || !readsLikeText(l.text) {
		return false
	}
	return repeats(m.about, l.text) || namedLead(l.in) || l.in.DataAtom == atom.P && !l.link
}

// repeats tells whether one of the descriptions begins as the line does, or holds it.
func repeats(about []string, text string) bool {
	key := letters(text)
	for _, s := range about {
		k := strings.TrimSuffix(letters(s), "…")
		if len(k) >= aboutStart && (strings.HasPrefix(key, k[:aboutStart]) || strings.Contains(k, key)) {
			return true
		}
	}
	return false
}

func namedLead(n *html.Node) bool {
	for up := 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if leadName.MatchString(attr(n, "class")) || attr(n, "itemprop") == "description" || attr(n, "itemprop") == "alternativeHeadline" || n.Data == "abstract" {
			return true
		}
	}
	return false
}
