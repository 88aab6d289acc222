package page

import "strings"

const (
	minBody = 400       // bytes of a text in linked data; less may be a teaser
	maxBody = 256 << 10 // bytes that are read
)

// orBody is the text of the page's linked data where the extractors missed the article, as on a page that scripts build.
func (m *meta) orBody(text string) string {
	if len(m.body) >= minBody && len(m.body) > missed*len(text) {
		return m.body
	}
	return text
}

// body is the article's text in the linked data.
func (l *linked) body() string {
	s, _ := l.article["articleBody"].(string)
	return PlainText(strings.ToValidUTF8(s[:min(len(s), maxBody)], ""))
}
