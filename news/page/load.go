package page

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"herald/news"
)

// The limits that bound the time and memory of reading a page. Real articles stay far below; the parser itself stops at
// 512 levels.
const (
	maxBytes  = 4 << 20 // of markup; the rest is cut
	maxNodes  = 60_000  // elements and texts; a page with more is read flat
	maxDepth  = 200     // levels; a page with more is read flat
	maxAttr   = 4 << 10 // bytes of an attribute; longer ones, such as pictures in data: addresses, are emptied
	maxAttrs  = 64      // attributes of an element
	flatBytes = 1 << 20 // of markup read flat
)

// load parses a page. One that is nested or sown with elements beyond the limits is read flat: its texts, as paragraphs.
func load(text string) (*html.Node, error) {
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes], "")
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err == nil && within(doc) {
		return doc, nil
	}
	doc, err = html.Parse(strings.NewReader(flatten(text[:min(len(text), flatBytes)])))
	if err != nil || !within(doc) {
		return nil, fmt.Errorf("%w: nested beyond reason", news.ErrNotArticle)
	}
	return doc, nil
}

// within tells whether a document keeps the limits on nodes and depth. It walks without recursion.
func within(doc *html.Node) bool {
	nodes, depth := 0, 0
	for n := doc; n != nil; {
		if nodes++; nodes > maxNodes || depth > maxDepth {
			return false
		}
		if n.FirstChild != nil {
			n, depth = n.FirstChild, depth+1
			continue
		}
		for n != nil && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return true
}

// flatten rewrites a page without any nesting: what the head says, then its texts as paragraphs.
func flatten(text string) string {
	var head, body strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	open := 0 // paragraphs
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		t := z.Token()
		switch {
		case kind == html.TextToken && open < maxNodes/4:
			body.WriteString(html.EscapeString(t.Data))
		case kind == html.TextToken, kind == html.CommentToken, kind == html.DoctypeToken:
		case t.DataAtom == atom.Meta || t.DataAtom == atom.Link:
			if head.Len() < maxBytes/64 {
				head.WriteString(t.String())
			}
		case rawText(t.DataAtom) && kind == html.StartTagToken:
			z.Next()
			if t.DataAtom == atom.Title {
				head.WriteString("<title>" + html.EscapeString(z.Token().Data) + "</title>")
			}
		case block(t.DataAtom):
			body.WriteString("<p>")
			open++
		}
	}
	return "<html><head>" + head.String() + "</head><body><article><p>" + body.String() + "</article></body></html>"
}

// rawText tells whether the tokenizer gives an element's content as one raw text.
func rawText(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Iframe, atom.Noscript, atom.Noembed, atom.Noframes, atom.Xmp:
		return true
	}
	return false
}

// tidy removes what no extractor needs, and what costs them time: scripts, styles, drawings, comments, long attributes.
func tidy(doc *html.Node) {
	for n := range descendants(doc) {
		switch {
		case n.Type == html.CommentNode, n.Type == html.ElementNode && needless(n.DataAtom):
			n.Parent.RemoveChild(n)
		case n.Type == html.ElementNode:
			n.Attr = n.Attr[:min(len(n.Attr), maxAttrs)]
			for i := range n.Attr {
				if len(n.Attr[i].Val) > maxAttr {
					n.Attr[i].Val = ""
				}
			}
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
