package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of what is read as names.
const (
	maxCredits = 30
	maxName    = 60 // bytes of one name
	maxNames   = 6
)

var (
	byPrefix = regexp.MustCompile(`(?i)^(?:(?:post(?:ed)?|written|published|reported|article|text|story|words|artikel|ein\s+\p{L}+|beitrag)\s+)?` +
		`(?:author|by|von|par|por|di|door|автор|autor(?:en|in|a)?|auteure?|autore|texte?|written by|av|af)\s*:?\s+`)
	nameJoint  = regexp.MustCompile(`(?i)\s*(?:[,;|/&•·]|\s(?:and|und|et|y|e|en|og|och|и|with|mit|avec|con)\s)\s*`)
	authorPath = regexp.MustCompile(`(?i)/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|redaktion|staff|writers?|people|profile|journalists?|reporter|by)/[^/]`)
	authorWord = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:author|byline|autor|auteur|writer)(?:$|[\s_-]?(?:name|s|names|link|url|title|meta|info)?(?:$|[\s_]))`)
	notAuthor  = regexp.MustCompile(`(?i)comment|bio\b|avatar|image|photo|related|sidebar|widget|footer|social|reply|about`)
)

// credit is an element that names an author; lower ranks are better.
type credit struct {
	text string
	rank int
}

// credit takes note of elements that by their markup name an author.
func (f *facts) credit(n *html.Node) {
	rank := creditRank(n)
	if rank == 0 || len(f.ids) >= maxCredits || inComments(n) {
		return
	}
	text := innerText(n)
	if text == "" {
		text = attr(n, "content")
	}
	if text != "" && len(text) <= 3*maxName {
		f.ids = append(f.ids, credit{text, rank})
	}
}

// creditRank tells how surely an element names the author; 0: it does not.
func creditRank(n *html.Node) int {
	rel, prop, class := attr(n, "rel"), attr(n, "itemprop"), attr(n, "class")
	named := authorWord.MatchString(class)
	switch {
	case prop == "author" && n.DataAtom != atom.Meta:
		return 1
	case rel == "author" || slices.Contains(strings.Fields(rel), "author"):
		return 1
	case n.DataAtom == atom.A && authorPath.MatchString(attr(n, "href")):
		return 2
	case named && !notAuthor.MatchString(class):
		return 3
	}
	return 0
}

// inComments tells whether a node stands among readers' comments or in a list of other articles.
func inComments(n *html.Node) bool {
	for p, up := n.Parent, 0; p != nil && up < 12; p, up = p.Parent, up+1 {
		if p.DataAtom == atom.Aside || p.DataAtom == atom.Nav {
			return true
		}
		mark := strings.ToLower(attr(p, "id") + " " + attr(p, "class"))
		if strings.Contains(mark, "comment") || strings.Contains(mark, "related") || strings.Contains(mark, "sidebar") || strings.Contains(mark, "widget") {
			return true
		}
	}
	return false
}

// byline is the names of the authors: from linked data, from the meta elements, or from the markup readers see, whichever
// first gives names that are not the site's own.
func (f *facts) byline(site string) string {
	if s := joinNames(f.ld.authors(), site, f.title); s != "" {
		return s
	}
	metas := []string{}
	for _, name := range []string{"parsely-author", "author", "article:author", "byl", "dc.creator", "dcterms.creator", "citation_author", "sailthru.author"} {
		metas = append(metas, f.tags[name]...)
		if s := joinNames(metas, site, f.title); s != "" {
			return s
		}
	}
	for rank := 1; rank <= 3; rank++ {
		for _, c := range f.ids {
			if s := joinNames([]string{c.text}, site, f.title); c.rank == rank && s != "" {
				return s
			}
		}
	}
	return ""
}

// joinNames cleans the names of authors and joins them with ", ". Addresses, the site's name and what is no name go.
func joinNames(raw []string, not ...string) string {
	var names []string
	for _, s := range raw {
		s = byPrefix.ReplaceAllString(oneLine(html.UnescapeString(s)), "")
		for _, name := range nameJoint.Split(s, -1) {
			name = strings.Trim(name, " .:-–—()[]\"'*")
			if nameLike(name) && !slices.ContainsFunc(not, func(x string) bool { return letters(x) == letters(name) }) &&
				!slices.Contains(names, name) && len(names) < maxNames {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, ", ")
}

// nameLike tells whether a text can be a person's name or pen name.
func nameLike(s string) bool {
	if len(s) < 2 || len(s) > maxName || strings.Contains(s, "://") || strings.Contains(s, "@") || strings.HasPrefix(s, "www.") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return meaning(r) && !unicode.IsDigit(r) && len(strings.Fields(s)) <= 5 && !roles[strings.ToLower(s)]
}

// roles stand where a name should and are none.
var roles = wordSet("admin", "administrator", "author", "authors", "autor", "autoren", "auteur", "auteurs", "editor", "editors", "redaktion",
	"redaction", "staff", "webmaster", "guest", "gast", "anonymous", "user", "name", "posted", "unknown", "about", "root", "editorial")
