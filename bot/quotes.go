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

// QuoteList is a page of quotations: who said what, where and when.
func QuoteList(w *locale.Words, c news.Chat, quotations []news.Quotation, p Page, now time.Time) Outgoing {
	blocks := []string{pageTitle(w, p)}
	for i := range quotations {
		q := &quotations[i]
		a := &q.Article
		blocks = append(blocks, lines(speaker(w, q.Quote), Blockquote(quoted(q.Quote, a.Lang, listQuote)),
			dotted(Link(sourceOf(a), a.URL), Escape(w.When(a.Time(), now, c.Location())))))
	}
	if len(quotations) == 0 {
		blocks = append(blocks, Escape(p.Empty))
	}
	return Outgoing{HTML: paragraphs(blocks...), Rows: rowsOf(pageButtons(w, p))}
}

// speaker is the name of who said it in bold, with the role as the article tells it.
func speaker(w *locale.Words, q news.Quote) string {
	if q.Speaker == nil || nobody(q.Speaker.Name) {
		return "<i>" + w.T("quotes.unknown") + "</i>"
	}
	name := q.Speaker.Name
	if name == "" {
		name = q.Speaker.Mention
	}
	name = Bold(text.Clip(name, cardName))
	if q.Speaker.Role == "" {
		return name
	}
	return name + ", " + Escape(text.Clip(q.Speaker.Role, cardName))
}

// nobody tells a name that names nobody: one word in lower case, such as a pronoun that the article leaves open.
func nobody(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLower(first) && !strings.ContainsAny(name, " \u00a0-’'")
}

// quoted is what was said, in the quotation marks of the article's language. Reported speech has none, and what is
// partly inside marks has its own. The comma that leads over to "she said" is left out.
func quoted(q news.Quote, lang string, limit int) string {
	said := Escape(text.Clip(strings.TrimRight(q.Text, " ,;"), limit))
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
