package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PlainText turns HTML content, such as a feed's, into paragraphs separated by blank lines. What has no markup is taken as
// plain text, its line breaks kept. Captions of figures are left out. Content beyond the limits of load.go is cut.
func PlainText(content string) string {
	if !strings.ContainsAny(content, "<&") {
		return paragraphs(content)
	}
	if !strings.Contains(content, "<") {
		return paragraphs(html.UnescapeString(content))
	}
	doc, err := load(content)
	if err != nil {
		return ""
	}
	for n := range descendants(doc) {
		if n.DataAtom == atom.Body {
			return render(n, false)
		}
	}
	return ""
}
