package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of reading a page as its readers see it, line by line.
const (
	maxShown   = 4000 // lines
	headAbove  = 8    // lines above the headline that belong to the article's head
	headBelow  = 14   // lines below it
	maxHeading = 140  // bytes of a line of the head that gives a date or a name
)

// shownLine is a line as readers see it: what stands between the beginnings and ends of blocks.
type shownLine struct {
	text  string
	key   string     // its letters; "" where it is longer than a headline can be
	in    *html.Node // the innermost element that holds its beginning
	aside bool       // stands in an aside or navigation
	form  bool       // stands in a form
	named bool       // stands among comments, teasers or the like, by the names that its elements bear
	link  bool       // is nothing but links
}

// beside tells whether a line stands beside the article.
func (l *shownLine) beside() bool { return l.aside || l.form || l.named }

// shownLines reads the lines of a page. Texts of neighbouring elements are set apart by a space.
func shownLines(doc *html.Node) []shownLine {
	var w lineWriter
	w.node(doc, shownLine{})
	w.end()
	misnamed(w.lines)
	return w.lines
}

// misnamed takes back what forms and names say where they would put most of the page's text aside: some systems make the
// whole page a form, and such names are the layout's.
func misnamed(lines []shownLine) {
	all, named, form := 0, 0, 0
	for _, l := range lines {
		if len(l.text) < minLead {
			continue
		}
		all++
		if l.named {
			named++
		}
		if l.form {
			form++
		}
	}
	for i := range lines {
		lines[i].named = lines[i].named && 2*named <= all
		lines[i].form = lines[i].form && 2*form <= all
	}
}

type lineWriter struct {
	lines []shownLine
	b     strings.Builder
	first shownLine // where the open line began
}

func (w *lineWriter) node(n *html.Node, at shownLine) {
	if n.Type == html.TextNode {
		w.text(n, at)
		return
	}
	if n.Type == html.ElementNode && (needless(n.DataAtom) || unshown(n.DataAtom)) || len(w.lines) >= maxShown {
		return
	}
	at.in = n
	at.aside = at.aside || setApart(n)
	at.form = at.form || n.DataAtom == atom.Form
	at.named = at.named || besideArticle(n)
	at.link = at.link || n.DataAtom == atom.A
	breaks := block(n.DataAtom) || n.DataAtom == atom.Br
	if breaks {
		w.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, at)
	}
	if breaks {
		w.end()
	}
}

func (w *lineWriter) text(n *html.Node, at shownLine) {
	if strings.TrimSpace(n.Data) == "" {
		return
	}
	if w.b.Len() == 0 {
		w.first = at
	}
	w.first.link = w.first.link && at.link
	w.b.WriteString(n.Data)
	w.b.WriteByte(' ')
}

// end closes a line.
func (w *lineWriter) end() {
	if w.b.Len() == 0 {
		return
	}
	if s := oneLine(w.b.String()); s != "" {
		w.first.text, w.first.key = s, ""
		if len(s) <= 2*maxTitle {
			w.first.key = letters(s)
		}
		w.lines = append(w.lines, w.first)
	}
	w.b.Reset()
}

func unshown(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Noscript, atom.Button, atom.Select, atom.Textarea, atom.Audio, atom.Video, atom.Option:
		return true
	}
	return false
}

// besideArticle tells whether an element by its names holds comments, teasers of other articles or the like.
func besideArticle(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	}
	return asideMark(attr(n, "id")) || asideMark(attr(n, "class"))
}

// head are the lines around the headline, those below it first, the headline itself left out.
func head(lines []shownLine, title string) []shownLine {
	at := headlineAt(lines, title)
	if at < 0 {
		return nil
	}
	var out []shownLine
	for _, l := range lines[at+1 : min(len(lines), at+1+headBelow)] {
		if !l.beside() || lines[at].beside() {
			out = append(out, l)
		}
	}
	for i := at - 1; i >= max(0, at-headAbove); i-- {
		if !lines[i].beside() || lines[at].beside() {
			out = append(out, lines[i])
		}
	}
	return out
}

// headlineAt is the line of the headline: in a heading if it can be, and there even if it seems to stand beside the
// article, where names deceive; -1: not shown.
func headlineAt(lines []shownLine, title string) int {
	key := letters(title)
	if key == "" {
		return -1
	}
	plain, deceptive := -1, -1
	for i, l := range lines {
		if len(l.text) > 2*maxTitle || !shows(l.key, key) {
			continue
		}
		heading := inside(l.in, atom.H1, atom.H2)
		switch {
		case heading && !l.beside():
			return i
		case heading && !l.aside && deceptive < 0:
			deceptive = i
		case !l.beside() && plain < 0:
			plain = i
		}
	}
	if plain < 0 {
		return deceptive
	}
	return plain
}

// shows tells whether a line's letters are those of a title, or most of them, or the title's after a topic.
func shows(line, title string) bool {
	return strings.Contains(title, line) && 2*len(line) >= len(title) || strings.HasSuffix(line, title) && len(line) <= 3*len(title)
}
