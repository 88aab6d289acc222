package bot

import (
	"strconv"
	"strings"
	"time"

	"herald/bot/locale"
	"herald/news"
	"herald/news/quote"
	"herald/news/text"
)

// Beginnings of callback data, followed by a story's id in digits; DataPage by a view's id, a colon and a page's number
// from 0.
const (
	DataQuotes  = "q:" // the story's quotes
	DataFull    = "f:" // the full text of the article that leads it, whose id follows behind a colon
	DataRelated = "r:" // the stories related to it
	DataStory   = "s:" // its card
	DataPage    = "p:" // another page of a list
)

// StoryStart names a story by its number, "s123", for those who may read it themselves; for others see Links.
func StoryStart(story int64) string { return "s" + strconv.FormatInt(story, 10) }

// DeepLink is the address that opens a private chat with the bot and says /start with the word; "" without a name.
func DeepLink(botName, start string) string {
	if botName == "" {
		return ""
	}
	return "https://t.me/" + botName + "?start=" + start
}

// What a card holds at most, so that it stays one message.
const (
	cardTitle   = 250 // characters
	cardQuotes  = 2
	cardQuote   = 320  // characters
	cardSummary = 1500 // characters
	cardSources = 4
	cardRelated = 5
	cardName    = 100 // characters of a publisher's or a speaker's name, and of a speaker's role
)

// Card is a story for a reader: the headline, where it comes from and when, the summary at the length that the chat
// wants, its key quotes, who else reports it and what else to read. A story without an id, one that is not stored, has
// no buttons. m may be nil.
func (m *Summaries) Card(w *locale.Words, c news.Chat, s news.Story, links Links, now time.Time) Outgoing {
	lead := s.Lead()
	summed := summaryOf(m, s, c.Length)
	blocks := []string{
		lines(headline(w, s), byline(w, c, lead, now)),
		lines(summed.html(), summed.kind(w, lead)),
		keyQuotes(lead, c.Length, summed.plain()),
		alsoReported(w, s),
		readAlso(w, s, links),
	}
	o := Outgoing{HTML: oneMessage(blocks), Rows: cardRows(w, s, links)}
	if c.Previews && webAddress(lead.URL) {
		o.Preview, o.SmallPreview = lead.URL, true
	}
	return o
}

// oneMessage joins as many of the blocks as fit into a message, at least the first.
func oneMessage(blocks []string) string {
	html := paragraphs(blocks...)
	for n := len(blocks) - 1; n > 0 && visible(html) > maxText; n-- {
		html = paragraphs(blocks[:n]...)
	}
	return html
}

func cardRows(w *locale.Words, s news.Story, links Links) [][]Button {
	if s.ID == 0 {
		return nil
	}
	id := strconv.FormatInt(s.ID, 10)
	var quotes, related Button
	if len(s.Lead().Quotes) > 0 {
		quotes = Button{Text: w.T("button.quotes"), Data: DataQuotes + id}
	}
	if len(s.Related) > 0 {
		related = Button{Text: w.T("button.related"), Data: DataRelated + id}
	}
	share := links.Start(s.ID)
	return [][]Button{
		Row(quotes, Button{Text: w.T("button.full"), Data: DataFull + id + ":" + strconv.FormatInt(s.Lead().ID, 10)}),
		Row(related, Button{Text: w.T("button.share"), Share: &share}),
	}
}

// headline is a story's title in bold, linked to the article.
func headline(w *locale.Words, s news.Story) string {
	return "<b>" + titleLink(w, s) + "</b>"
}

func titleLink(w *locale.Words, s news.Story) string {
	lead := s.Lead()
	return Link(titleOf(w, s.Title, lead.Title), lead.URL)
}

// titleOf is the first of the titles that says something, on one line.
func titleOf(w *locale.Words, titles ...string) string {
	for _, t := range titles {
		if t = strings.Join(strings.Fields(clean(t)), " "); t != "" {
			return text.Clip(t, cardTitle)
		}
	}
	return w.T("card.untitled")
}

// byline is where an article comes from and when.
func byline(w *locale.Words, c news.Chat, a *news.Article, now time.Time) string {
	return dotted(Escape(sourceOf(a)), Escape(w.When(a.Time(), now, c.Location())))
}

func sourceOf(a *news.Article) string {
	if a.Source != "" {
		return text.Clip(a.Source, cardName)
	}
	return news.Host(a.URL)
}

// dotted joins what is not empty with a dot between.
func dotted(parts ...string) string { return strings.Join(compact(parts), " · ") }

// lines joins what is not empty, a line each.
func lines(parts ...string) string { return strings.Join(compact(parts), "\n") }

// paragraphs joins what is not empty with a blank line between.
func paragraphs(blocks ...string) string { return strings.Join(compact(blocks), "\n\n") }

// keyQuotes are the quotes that say most and that the summary does not say already, each set apart under its speaker;
// none where only a headline is wanted.
func keyQuotes(a *news.Article, l news.Length, summed string) string {
	if l == news.Headline {
		return ""
	}
	var untold []news.Quote
	for _, q := range a.Quotes {
		if !strings.Contains(summed, strings.Join(strings.Fields(q.Text), " ")) {
			untold = append(untold, q)
		}
	}
	var blocks []string
	for _, q := range quote.Key(untold, cardQuotes) {
		blocks = append(blocks, Blockquote(speaker(q)+"\n"+quoted(q, a.Lang, cardQuote)))
	}
	return strings.Join(blocks, "\n")
}

// alsoReported names the other publishers of a story, each linked to its article.
func alsoReported(w *locale.Words, s news.Story) string {
	seen := map[string]bool{"": true, s.Lead().Source: true}
	var names []string
	for i := range s.Articles {
		a := &s.Articles[i]
		if !seen[a.Source] {
			seen[a.Source] = true
			names = append(names, Link(sourceOf(a), a.URL))
		}
	}
	if len(names) == 0 {
		return ""
	}
	list := strings.Join(names[:min(len(names), cardSources)], ", ")
	if more := len(names) - cardSources; more > 0 {
		list = w.N("card.also.more", more, "sources", list)
	}
	return w.T("card.also", "sources", list)
}

// readAlso lists related stories as links that open them in a chat with the bot.
func readAlso(w *locale.Words, s news.Story, links Links) string {
	if len(s.Related) == 0 {
		return ""
	}
	list := []string{Bold(w.T("card.related"))}
	for _, r := range s.Related[:min(len(s.Related), cardRelated)] {
		list = append(list, "• "+Link(titleOf(w, r.Title), links.Story(r.ID)))
	}
	return lines(list...)
}
