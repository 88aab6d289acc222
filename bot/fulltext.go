package bot

import (
	"strings"

	"herald/bot/locale"
	"herald/news"
	"herald/news/text"
)

// fullText is how many characters of an article are shown, about four messages: more belongs to the publisher's page.
const fullText = 15_000

// FullText is an article to read in the chat: its paragraphs, without what is not article, in a quote that opens when
// it is pressed. It may need several messages.
func FullText(w *locale.Words, a news.Article) Outgoing {
	title := Link(titleOf(w, a.Title), a.URL)
	link := Link(sourceOf(&a), a.URL)
	body, whole := bodyOf(&a, fullText)
	blocks := []string{"<b>" + title + "</b>"}
	switch {
	case body == "":
		blocks = append(blocks, w.T("full.empty", "link", link))
	case whole:
		blocks = append(blocks, Expandable(Escape(body)))
	default:
		blocks = append(blocks, Expandable(Escape(body)), w.T("full.more", "link", link))
	}
	o := Outgoing{HTML: paragraphs(blocks...)}
	if webAddress(a.URL) {
		o.Rows = [][]Button{{{Text: w.T("card.open"), URL: a.URL}}}
	}
	return o
}

// bodyOf is the article's text without its asides, a blank line between paragraphs, up to limit bytes: always whole
// paragraphs, but for a first one that is longer. whole tells that nothing was left out.
func bodyOf(a *news.Article, limit int) (body string, whole bool) {
	var kept []string
	size := 0
	for _, p := range text.Paragraphs(a.Text) {
		words := without(a, p)
		if words == "" {
			continue
		}
		if size += len(words); size > limit {
			if len(kept) == 0 {
				kept = append(kept, text.Clip(words, limit))
			}
			return strings.Join(kept, "\n\n"), false
		}
		kept = append(kept, words)
	}
	return strings.Join(kept, "\n\n"), true
}

// without is a paragraph's text with its asides cut out.
func without(a *news.Article, p news.Span) string {
	var kept []string
	from := p.Start
	for _, x := range a.Asides {
		if x.Overlaps(p) {
			kept = append(kept, news.Span{Start: from, End: max(x.Start, from)}.In(a.Text))
			from = max(from, x.End)
		}
	}
	if from < p.End {
		kept = append(kept, news.Span{Start: from, End: p.End}.In(a.Text))
	}
	return strings.TrimSpace(strings.Join(kept, " "))
}
