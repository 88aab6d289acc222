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
	maxDepth  = 200     // levels; a page with more is read flat
	maxAttr   = 4 << 10 // bytes of an attribute; longer ones, such as pictures in data: addresses, are emptied
	maxAttrs  = 64      // attributes of an element
	flatBytes = 1 << 20 // of markup read flat
	flatParas = 4000    // paragraphs of a page read flat

	// maxNodes is how many elements and texts the extractors get, which copy them six times. Half the articles of newspapers
	// have some 300, one in three hundred 10,000.
	maxNodes = 16_000
	maxWords = 1 << 20 // bytes of text for them: a long book

	// maxWork bounds nodes times bytes of text, which is how the time of the extractors grows in the worst case: about half a
	// second at the limit. A page with more is taken as its text stands.
	maxWork = 4e9
)

// load parses a page. One that is nested beyond maxDepth or has too many tags is read flat: its texts, as paragraphs.
func load(text string) (*html.Node, error) {
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes], "")
	}
	if all, formatting := tags(text); all <= maxTags {
		doc, err := html.Parse(strings.NewReader(calm(text, all, formatting)))
		if err == nil && shallow(doc) {
			return doc, nil
		}
	}
	doc, err := html.Parse(strings.NewReader(flatten(text[:min(len(text), flatBytes)])))
	if err != nil || !shallow(doc) {
		return nil, fmt.Errorf("%w: nested beyond reason", news.ErrNotArticle)
	}
	return doc, nil
}

// shallow tells whether a document keeps maxDepth, and cuts attributes and scripts to their limits on the way. It walks
// without recursion.
func shallow(doc *html.Node) bool {
	depth := 0
	for n := doc; n != nil; {
		if depth > maxDepth {
			return false
		}
		trim(n)
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

func trim(n *html.Node) {
	if n.Type == html.TextNode && len(n.Data) > maxLinked && needless(n.Parent.DataAtom) {
		n.Data = ""
	}
	n.Attr = n.Attr[:min(len(n.Attr), maxAttrs)]
	for i := range n.Attr {
		if len(n.Attr[i].Val) > maxAttr {
			n.Attr[i].Val = ""
		}
	}
}

// heavy tells whether a tidied document would keep the extractors busy for too long, or take too much memory.
func heavy(doc *html.Node) bool {
	nodes, bytes := 0, 0
	for n := range descendants(doc) {
		nodes++
		if n.Type == html.TextNode {
			bytes += len(n.Data)
		}
	}
	return nodes > maxNodes || bytes > maxWords || float64(nodes)*float64(bytes) > maxWork
}

// flatten rewrites a page without any nesting: what the head says, then its texts as paragraphs.
func flatten(text string) string {
	var head, body strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	paras, apart := 0, true
	for kind := z.Next(); kind != html.ErrorToken && paras < flatParas; kind = z.Next() {
		t := z.Token()
		switch {
		case kind == html.TextToken && strings.TrimSpace(t.Data) != "":
			if apart {
				body.WriteString("<p>")
				paras++
			}
			apart = false
			body.WriteString(html.EscapeString(t.Data))
		case kind == html.TextToken, kind == html.CommentToken, kind == html.DoctypeToken:
		case (t.DataAtom == atom.Meta || t.DataAtom == atom.Link) && head.Len() < flatBytes/16:
			head.WriteString(t.String())
		case rawText(t.DataAtom) && kind == html.StartTagToken:
			z.Next()
			if t.DataAtom == atom.Title {
				head.WriteString("<title>" + html.EscapeString(z.Token().Data) + "</title>")
			}
		case block(t.DataAtom):
			apart = true
		}
	}
	return "<html><head>" + head.String() + "</head><body><article>" + body.String() + "</article></body></html>"
}

// rawText tells whether the tokenizer gives an element's content as one raw text.
func rawText(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Iframe, atom.Noscript, atom.Noembed, atom.Noframes, atom.Xmp:
		return true
	}
	return false
}
