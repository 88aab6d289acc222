package page

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
)

// descendants are all nodes below n in document order. The current node may be removed: its children are then skipped.
func descendants(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) { walk(n, yield) }
}

// walk recurses; load bounds the depth.
func walk(n *html.Node, yield func(*html.Node) bool) bool {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if !yield(c) {
			return false
		}
		if c.Parent == n && !walk(c, yield) {
			return false
		}
		c = next
	}
	return true
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// innerText is the text below a node on one line.
func innerText(n *html.Node) string {
	var b strings.Builder
	for d := range descendants(n) {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && (block(d.DataAtom) || d.Data == "br"):
			b.WriteByte(' ')
		}
	}
	return oneLine(b.String())
}

// spacedText is the text below a node on one line, with a space between the texts of different elements.
func spacedText(n *html.Node) string {
	var b strings.Builder
	for d := range descendants(n) {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return oneLine(b.String())
}
