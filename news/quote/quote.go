// Package quote finds what people are reported to have said, and who said it.
//
// Every quotation is a part of the article's text, byte for byte, at its offsets; quotations are in order and none lies
// in a part that is marked as not article (Article.Asides). A speaker is given only where the text ties one to the
// words: where it does not, the speaker is nil. Words in marks that nobody is reported to have said (titles, names,
// ironic marks, headings) are not quotations.
//
// It is pure computation, safe for concurrent use, linear in the text. It changes nothing in the article. A language is
// a file in lang/; one without a file has direct quotations only where the marks alone show them.
package quote

import (
	"herald/news"
	"herald/news/text"
)

// Find returns the quotations of a, in the order of the text.
func Find(a *news.Article) []news.Quote {
	paras := text.Paragraphs(a.Text)
	var out []news.Quote
	for _, s := range findMarks(a.Text, paras) {
		if s.words >= 3 && !a.Aside(s.Span) {
			out = append(out, news.Quote{Kind: news.Direct, Text: s.In(a.Text), Span: s.Span})
		}
	}
	return out
}
