package bot

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"herald/bot/locale"
	"herald/news"
	"herald/news/text"
)

// listQuote is the length in characters at which a quote in a list is cut.
const listQuote = 600

// QuoteList is a page of quotations: who said what, and under those that follow each other in an article where and when.
func QuoteList(w *locale.Words, c news.Chat, quotations []news.Quotation, p Page, now time.Time) Outgoing {
	blocks := []string{pageTitle(w, p)}
	if p.Number == 0 {
		blocks = append(blocks, p.Intro)
	}
	for i := range quotations {
		q := &quotations[i]
		block := lines(speaker(q.Quote), Blockquote(quoted(q.Quote, q.Article.Lang, listQuote)))
		if i+1 == len(quotations) || !sameSources(q, &quotations[i+1]) {
			block = lines(block, dotted(sources(q), Escape(w.When(q.Article.Time(), now, c.Location()))))
		}
		blocks = append(blocks, block)
	}
	if len(quotations) == 0 {
		blocks = append(blocks, Escape(p.Empty))
	}
	return Outgoing{HTML: paragraphs(blocks...), Rows: rowsOf(pageButtons(w, p))}
}

// headlinesMost is how many headlines of a story are set beside each other.
const headlinesMost = 3

// Headlines sets beside each other how publishers title a story, one headline of each, and counts the others; "" where only one
// reports it.
func Headlines(w *locale.Words, s news.Story) string {
	told := map[string]bool{}
	list := []string{Bold(w.T("story.headlines"))}
	for i := range s.Articles {
		a := &s.Articles[i]
		source := sourceOf(a)
		if told[source] {
			continue
		}
		told[source] = true
		if len(told) <= headlinesMost {
			list = append(list, "• "+dotted(Link(titleOf(w, a.Title), a.URL), Escape(source)))
		}
	}
	if more := len(told) - headlinesMost; more > 0 {
		list = append(list, w.N("story.more", more))
	}
	if len(told) < 2 {
		return ""
	}
	return lines(list...)
}

// sameSources tells whether two quotations stand in the same articles.
func sameSources(a, b *news.Quotation) bool {
	return sources(a) == sources(b) && a.Article.Time().Equal(b.Article.Time())
}

// sources are the articles that have a quotation, the newest first.
func sources(q *news.Quotation) string {
	links := []string{Link(sourceOf(&q.Article), q.Article.URL)}
	for i := range q.Also[:min(len(q.Also), cardSources-1)] {
		links = append(links, Link(sourceOf(&q.Also[i]), q.Also[i].URL))
	}
	return strings.Join(links, ", ")
}

// speaker is the name of who said it in bold, with the role as the article tells it; "" where nobody is known.
func speaker(q news.Quote) string {
	if q.Speaker == nil || q.Speaker.Name == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(q.Speaker.Name)
	name := Bold(text.Clip(string(unicode.ToUpper(first))+q.Speaker.Name[size:], cardName))
	if q.Speaker.Role == "" {
		return name
	}
	return name + ", " + Escape(text.Clip(q.Speaker.Role, cardName))
}

// quoted is what was said, in the quotation marks of the article's language. Reported speech has none, and what is
// partly inside marks has its own. The comma that leads over to "she said" is left out, and so are the paragraphs of longer ones.
func quoted(q news.Quote, lang string, limit int) string {
	lines := strings.FieldsFunc(q.Text, func(r rune) bool { return r == '\n' || r == '\r' })
	said := Escape(text.Clip(strings.TrimRight(strings.Join(lines, " "), " ,;"), limit))
	if q.Kind != news.Direct {
		return said
	}
	open, closing := quotationMarks(lang)
	return open + said + closing
}

// quotationMarks are a language's usual ones (Unicode CLDR, delimiters); French sets them off with no-break spaces.
func quotationMarks(lang string) (open, closing string) {
	switch lang {
	case "de":
		return "„", "“"
	case "fr":
		return "«\u00a0", "\u00a0»"
	case "es", "ru":
		return "«", "»"
	}
	return "“", "”"
}
