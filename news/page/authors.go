package page

import (
	"regexp"
	"strings"
)

// maxLabel bounds a line that is a label and nothing else, in bytes.
const maxLabel = 40

// authorTags are meta elements that hold the author, the most reliable first.
var authorTags = []string{
	"parsely-author", "article:author", "author", "byl", "dc.creator", "dcterms.creator", "citation_author", "sailthru.author",
	"og:author", "article:author_name", "authors",
}

var (
	// authorLabel is a word that stands alone before or above an author's name.
	authorLabel = regexp.MustCompile(`(?i)^(?:(?:written|words|text|posted|story)?\s*by|authors?|von|(?:verfasst|geschrieben|text) von|autor(?:en|in|innen)?|` +
		`par|(?:écrit|rédigé) par|auteure?s?|por|(?:escrito|redactado) por|autora?|autore|scritto da|di|door|geschreven door|napisała?|` +
		`автор|авторка|текст|yazar|(?:skrevet )?av|بقلم|作者|记者|記者|文|글)\s*[:：]?$`)
	// authorNoun begins a line that names the author wherever it stands.
	authorNoun = regexp.MustCompile(`(?i)^(?:author|autor(?:en|in|innen)?|auteure?s?|autora|autore|автор|авторка|text|texte|yazar)\s*(?::|\s)\s*\p{Lu}|^(?:作者|记者|記者)\s*[:：]`)
)

// byline is the names of the authors: persons in linked data, then what labels, markup and meta elements name, then what
// readers see around the headline; whichever first gives names that are not the site's own. Where another of them has
// the same name in a fuller form, that is taken.
func byline(sources []authorSource, known map[string]bool) string {
	var found []string
	for _, source := range sources {
		if s := joinNames(source.names, nameRule{known: known, shown: source.shown}); s != "" {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fuller(found[0], found[1:])
}

// desk is what stands in an author's place where no author is named: the newsroom, or the site itself.
func desk(sources []authorSource) string {
	for _, source := range sources {
		if s := joinNames(source.names, nameRule{desks: true, shown: source.shown}); s != "" {
			return s
		}
	}
	return ""
}

// authorSource are names from one place of a page.
type authorSource struct {
	names []string
	shown bool // from text that readers see, where names stand among other words
}

// authorSources are the places that name authors, the most reliable first.
func (f *facts) authorSources(lines []shownLine, title string) []authorSource {
	persons, bodies := f.ld.authors()
	return []authorSource{
		{persons, false},
		{f.credits(1), false},
		{f.labelled(), false},
		{f.all(authorTags...), false},
		{f.ld.lonePerson(), false},
		{bodies, false},
		{authorLines(lines), true},
		{f.credits(2), true},
		{bylineLines(head(lines, title)), true},
		{f.credits(3), true},
	}
}

// labelled is the author among the labelled facts that pages give for link previews.
func (f *facts) labelled() []string {
	for _, n := range []string{"1", "2"} {
		if data := f.first("twitter:data" + n); data != "" && authorLabel.MatchString(f.first("twitter:label"+n)) {
			return []string{data}
		}
	}
	return nil
}

// bylineLines is the first line that begins with a word for "by" and goes on with names.
func bylineLines(lines []shownLine) []string {
	for _, l := range lines {
		s := strings.TrimLeft(l.text, "-–— ")
		if len(s) <= maxByline && byPrefix.MatchString(s) && joinNames([]string{s}, nameRule{shown: true, desks: true}) != "" {
			return []string{s}
		}
	}
	return nil
}

// authorLines is the first line that calls someone the author, or that stands under the word.
func authorLines(lines []shownLine) []string {
	for i, l := range lines {
		if l.beside() || len(l.text) > maxByline {
			continue
		}
		s := ""
		switch {
		case authorNoun.MatchString(l.text):
			s = l.text
		case len(l.text) <= maxLabel && authorLabel.MatchString(l.text) && i+1 < len(lines) && len(lines[i+1].text) <= maxByline:
			s = lines[i+1].text
		}
		if joinNames([]string{s}, nameRule{shown: true, desks: true}) != "" {
			return []string{s}
		}
	}
	return nil
}

// signature is the author in the first or last paragraphs of a text: a line that begins with a word for "by".
func signature(text string) string {
	paras := split(text)
	for i, p := range paras {
		if i > 1 && i < len(paras)-3 || len(p.text) > maxByline || !byPrefix.MatchString(p.text) {
			continue
		}
		if s := joinNames([]string{p.text}, nameRule{shown: true}); s != "" {
			return s
		}
	}
	return ""
}
