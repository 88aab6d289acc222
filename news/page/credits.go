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
	byPrefix = regexp.MustCompile(`(?i)^(?:(?:post(?:ed)?|written|published|reported|articles?|text|story|words|artikel|ein\s+\p{L}+|beitrag|beiträge|(?:alle|all|mehr|more)\s+\p{L}+)\s+)?` +
		`(?:author|by|vo[nm]|par|por|di|door|автор|autor(?:en|in|a)?|auteure?|autore|texte?|interview|av|af)\s*:?\s+`)
	nameJoint  = regexp.MustCompile(`(?i)\s*(?:[,;|&•·]|\s(?:and|und|et|y|e|en|og|och|и|with|mit|avec|con)\s)\s*`)
	authorPath = regexp.MustCompile(`(?i)/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|redaktion|staff|writers?|people|profile|journalists?|reporter|by)/[^/]`)
	authorWord = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:author|byline|autor|auteur|writer)(?:$|[\s_-]?(?:name|s|names|link|url|title|meta|info)?(?:$|[\s_]))`)
	dateAfter  = regexp.MustCompile(`(?i)[\s,|·(–-]+(?:(?:am|on|le|el|il|em|op|vor|hace|il y a)\s+)?\d.*$`)
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

// asideMark finds the names that content systems give to what stands beside or below an article.
var asideMark = regexp.MustCompile(`(?i)(?:^|\s)(?:comment|respond|reply|sidebar|widget|related|recommended|teaser)`)

// inComments tells whether a node stands among readers' comments or in a list of other articles.
func inComments(n *html.Node) bool {
	for p, up := n.Parent, 0; p != nil && up < 12; p, up = p.Parent, up+1 {
		switch p.DataAtom {
		case atom.Aside, atom.Nav:
			return true
		case atom.Body, atom.Main, atom.Article:
			return false
		}
		if asideMark.MatchString(attr(p, "id")) || asideMark.MatchString(attr(p, "class")) {
			return true
		}
	}
	return false
}

// byline is the names of the authors: persons in linked data, else what readers see and the meta elements name, else
// bodies in linked data; whichever first gives names that are not the site's own.
func (f *facts) byline(known map[string]bool) string {
	persons, bodies := f.ld.authors()
	sources := [][]string{persons, f.credits(1), f.all(authorTags...), bodies, f.credits(2), f.credits(3)}
	for _, names := range sources {
		if s := joinNames(names, known); s != "" {
			return s
		}
	}
	return joinNames(append(persons, f.credits(1)...), nil) // a person's own site may bear the person's name
}

// authorTags are meta elements that hold the author, the most reliable first.
var authorTags = []string{
	"parsely-author", "article:author", "author", "byl", "dc.creator", "dcterms.creator", "citation_author", "sailthru.author",
}

// credits are the texts of that rank: the first, and those that stand right beside it.
func (f *facts) credits(rank int) []string {
	for _, c := range f.ids {
		if c.rank == rank && joinNames([]string{c.text}, nil) != "" {
			return []string{c.text}
		}
	}
	return nil
}

// joinNames cleans the names of authors and joins them with ", ". Addresses, the site's name and what is no name go.
func joinNames(raw []string, known map[string]bool) string {
	var names []string
	for _, s := range raw {
		s = oneLine(html.UnescapeString(s))
		if strings.Contains(s, "://") {
			continue
		}
		s = byPrefix.ReplaceAllString(s, "")
		s = dateAfter.ReplaceAllString(s, "")
		for _, name := range nameJoint.Split(s, -1) {
			name = strings.Trim(name, " .:-–—()[]\"'*")
			if nameLike(name) && !siteLike(name, known) && !slices.Contains(names, name) && len(names) < maxNames {
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
	"redaction", "staff", "webmaster", "guest", "gast", "follow", "share", "xing", "agencies", "agenturen", "human", "anonymous", "user", "name", "posted", "unknown", "about", "root", "editorial")
