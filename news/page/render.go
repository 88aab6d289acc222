package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// renderer writes the text below a node, a paragraph per block element.
type renderer struct {
	b        strings.Builder
	gap      int  // line breaks owed before the next text
	space    bool // a space is owed before the next text
	captions bool // keep captions of figures
}

// render is the text below a node: paragraphs separated by blank lines, one line break where the page has one.
func render(n *html.Node, captions bool) string {
	r := renderer{captions: captions}
	r.node(n)
	return r.b.String()
}

func (r *renderer) node(n *html.Node) {
	kind := element(n)
	switch {
	case n.Type == html.TextNode:
		r.text(n.Data)
		return
	case n.Type == html.ElementNode && (needless(kind) || r.silent(kind)):
		return
	case kind == atom.Br:
		r.gap = min(r.gap+1, 2)
		return
	}
	owes := block(kind)
	if owes {
		r.gap = 2
	}
	if cell(kind) && n.PrevSibling != nil && r.gap == 0 && r.b.Len() > 0 {
		r.space = true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if owes {
		r.gap = 2
	}
}

// element is an element's kind by its name: extractors make nodes without the parser's number for it.
func element(n *html.Node) atom.Atom {
	if n.DataAtom == 0 && n.Type == html.ElementNode {
		return atom.Lookup([]byte(n.Data))
	}
	return n.DataAtom
}

// silent tells whether an element's text is not to be read.
func (r *renderer) silent(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Noscript, atom.Button, atom.Select, atom.Textarea, atom.Audio, atom.Video:
		return true
	case atom.Figcaption:
		return !r.captions
	}
	return false
}

// text writes a text with its white space collapsed.
func (r *renderer) text(s string) {
	for _, c := range s {
		switch {
		case c > ' ' && c < unicode.MaxASCII: // most are, and need no look into tables
		case unicode.IsSpace(c):
			r.space = true
			continue
		case invisible(c):
			continue
		}
		r.open()
		r.b.WriteRune(c)
	}
}

// open pays the breaks or the space owed.
func (r *renderer) open() {
	if r.b.Len() > 0 {
		switch {
		case r.gap > 0:
			r.b.WriteString("\n\n"[:r.gap])
		case r.space:
			r.b.WriteByte(' ')
		}
	}
	r.gap, r.space = 0, false
}

// invisible tells whether a character shows nothing: controls, soft hyphens, zero-width spaces, byte order marks. The
// joiners that Arabic and Indic scripts need stay.
func invisible(c rune) bool {
	return unicode.IsControl(c) || c == '\u00ad' || c == '\u200b' || c == '\u2060' || c == '\ufeff' || c == unicode.ReplacementChar
}

// block tells whether an element begins and ends a paragraph.
func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl,
		atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Caption, atom.Blockquote, atom.Pre, atom.Section, atom.Article,
		atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Figure, atom.Figcaption, atom.Hr, atom.Form,
		atom.Fieldset, atom.Address, atom.Details, atom.Summary, atom.Body, atom.Center:
		return true
	}
	return false
}

func cell(a atom.Atom) bool { return a == atom.Td || a == atom.Th }

// oneLine collapses white space and drops what is invisible.
func oneLine(s string) string {
	r := renderer{}
	r.text(s)
	return r.b.String()
}

// paragraphs tidies a plain text: lines trimmed and collapsed, more than one line break made a blank line.
func paragraphs(s string) string {
	r := renderer{}
	for line := range strings.Lines(strings.ReplaceAll(s, "\r\n", "\n")) {
		r.text(line)
		r.gap = min(r.gap+1, 2)
		r.space = false
	}
	return r.b.String()
}
