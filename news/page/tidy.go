package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tidy removes what no extractor needs, and what costs them time, since they copy the page several times and search it over
// and over: scripts, styles, drawings, comments, controls, what markup sets apart from the article, attributes that say
// nothing about a text's place, white space between blocks.
func tidy(doc *html.Node) {
	for n := range descendants(doc) {
		switch {
		case n.Type == html.CommentNode, n.Type == html.ElementNode && (needless(n.DataAtom) || apart(n)), blank(n):
			n.Parent.RemoveChild(n)
		case n.Type == html.ElementNode:
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return !telling[a.Key] })
		}
	}
}

func needless(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Svg, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Canvas:
		return true
	}
	return false
}

// apart tells whether an element is never a part of the article's text by its kind.
func apart(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Footer, atom.Menu, atom.Dialog, atom.Noscript, atom.Audio, atom.Video,
		atom.Input, atom.Button, atom.Select, atom.Textarea, atom.Datalist, atom.Link, atom.Meta:
		return true
	}
	return false
}

// blank tells whether a text is white space at the edge of a block, where it separates nothing.
func blank(n *html.Node) bool {
	if n.Type != html.TextNode || strings.TrimSpace(n.Data) != "" {
		return false
	}
	return edgeOf(n.PrevSibling, n.Parent) || edgeOf(n.NextSibling, n.Parent)
}

// edgeOf tells whether a text beside that sibling, or at the end of its parent where there is none, is at a block's edge.
func edgeOf(sibling, parent *html.Node) bool {
	if sibling == nil {
		return block(parent.DataAtom)
	}
	return block(sibling.DataAtom)
}

// telling are the attributes by which extractors know what an element is for.
var telling = wordSet("id", "class", "href", "role", "itemprop", "style", "hidden", "rel", "name", "aria-hidden", "aria-modal", "summary", "datatable",
	"data-component", "data-testid", "lang", "dir")
