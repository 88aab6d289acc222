package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of what is read as names.
const (
	maxCredits = 30
	maxName    = 60 // bytes of one name
	maxNames   = 6
	maxByline  = 120 // bytes of a line that says who wrote the article
)

var (
	authorWord = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:author|byline|autor|auteur|writer)(?:$|[\s_-]?(?:name|s|names|link|url|title|meta|info)?(?:$|[\s_]))`)
	notAuthor  = regexp.MustCompile(`(?i)comment|bio\b|avatar|image|photo|related|sidebar|widget|footer|social|reply|about`)
)

// credit is an element that names an author; lower ranks are better.
type credit struct {
	text string
	rank int
	in   *html.Node // its parent
}

// credit takes note of elements that by their markup name an author.
func (f *facts) credit(n *html.Node) {
	rank := creditRank(n)
	if rank == 0 || len(f.ids) >= maxCredits || inComments(n) {
		return
	}
	text := spacedText(n)
	if text == "" {
		text = attr(n, "content")
	}
	if text != "" && len(text) <= 3*maxName {
		f.ids = append(f.ids, credit{text, rank, n.Parent})
	}
}

// creditRank tells how surely an element names the author; 0: it does not.
func creditRank(n *html.Node) int {
	rel, prop, class := attr(n, "rel"), attr(n, "itemprop"), attr(n, "class")
	switch {
	case prop == "author" && n.DataAtom != atom.Meta:
		return 1
	case rel == "author" || slices.Contains(strings.Fields(rel), "author"):
		return 1
	case n.DataAtom == atom.A && authorPath(attr(n, "href")):
		return 2
	case mayName(class) && authorWord.MatchString(class) && !notAuthor.MatchString(class):
		return 3
	}
	return 0
}

// authorPaths are the parts of addresses under which sites keep their authors' pages.
var authorPaths = wordSet("author", "authors", "autor", "autoren", "autores", "autorin", "auteur", "auteurs", "autore", "redaktion", "staff", "writer",
	"writers", "people", "profile", "journalist", "journalists", "reporter", "by")

// authorPath tells whether an address is of an author's page.
func authorPath(href string) bool {
	_, path, _ := strings.Cut(href, "/")
	for part, rest, found := strings.Cut(path, "/"); found; part, rest, found = strings.Cut(rest, "/") {
		if rest != "" && rest[0] != '/' && authorPaths[strings.ToLower(part)] {
			return true
		}
	}
	return false
}

// mayName spares authorWord most classes.
func mayName(class string) bool {
	if len(class) > maxByline {
		return false
	}
	low := strings.ToLower(class)
	return strings.Contains(low, "aut") || strings.Contains(low, "byline") || strings.Contains(low, "writer")
}

// asideMarks begin the names that content systems give to what stands beside or below an article.
var asideMarks = []string{"comment", "respond", "reply", "sidebar", "widget", "related", "recommended", "teaser"}

// asideMark tells whether one of an element's names begins like that.
func asideMark(names string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(names)) {
		for _, mark := range asideMarks {
			if strings.HasPrefix(name, mark) {
				return true
			}
		}
	}
	return false
}

// inComments tells whether a node stands among readers' comments or in a list of other articles.
func inComments(n *html.Node) bool {
	for p, up := n.Parent, 0; p != nil && up < 12; p, up = p.Parent, up+1 {
		switch p.DataAtom {
		case atom.Body, atom.Main, atom.Article:
			return false
		}
		if setApart(p) || asideMark(attr(p, "id")) || asideMark(attr(p, "class")) {
			return true
		}
	}
	return false
}

// setApart tells whether an element by its kind stands beside the article. An aside in the article's own header does not: it
// holds the date and the author.
func setApart(n *html.Node) bool {
	return n.DataAtom == atom.Nav || n.DataAtom == atom.Aside && !inside(n, atom.Header)
}

// inside tells whether one of the elements close around a node is of that kind.
func inside(n *html.Node, kinds ...atom.Atom) bool {
	for up := 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if slices.Contains(kinds, n.DataAtom) {
			return true
		}
	}
	return false
}

// credits are the texts of that rank: the first that gives a name, and those that stand right beside it.
func (f *facts) credits(rank int) []string {
	var out []string
	var in *html.Node
	for _, c := range f.ids {
		if c.rank != rank || joinNames([]string{c.text}, nameRule{desks: true, shown: rank > 1}) == "" {
			continue
		}
		if in == nil || c.in == in {
			out, in = append(out, c.text), c.in
		}
	}
	return out
}
