package bot

import (
	"strconv"
	"strings"
	"time"

	"herald/bot/locale"
	"herald/news"
	"herald/news/summary"
	"herald/news/text"
)

// Edition is what a digest tells.
type Edition struct {
	Stories []news.Story // the weightiest first, each event once; as light as lists have them
	Further int          // stories of which only the number is known
	Pushed  []news.Story // what the chat got at once since its last digest, the newest first
	Quiet   bool         // what a quiet time held, instead of a digest's
}

const (
	digestLeads  = 5  // stories of a digest that are told with a summary and a button
	digestPushed = 3  // stories named that the chat has already
	pushedTitle  = 90 // characters of the title of such a one
	moreRoom     = 64 // characters kept free for the line that counts the stories not told
)

// Digest is the stories that were held for a chat in one message: the first few with a summary, the others by their headlines,
// a line each, in a quote that opens when it is pressed; what the chat has already is named in one line. What does not fit is
// counted in the last line.
func Digest(w *locale.Words, c news.Chat, e Edition, now time.Time) Outgoing {
	title := w.T("digest.title", "date", w.Date(now, c.Location()))
	if e.Quiet {
		title = w.T("digest.quiet")
	}
	blocks := []string{dotted(Bold(title), w.N("digest.stories", len(e.Stories)+e.Further))}
	pushed := pushedLine(w, e.Pushed)
	room := maxText - moreRoom - visible(paragraphs(blocks[0], pushed)) - len("\n\n")

	leads := fitting(min(len(e.Stories), digestLeads), &room, func(i int) string {
		s := e.Stories[i]
		return strconv.Itoa(i+1) + ". " + entry(w, c, s, briefly(s.Lead(), c.Length), now)
	})
	told := len(leads)
	var numbers []Button
	for i := range leads {
		numbers = append(numbers, Button{Text: strconv.Itoa(i + 1), Data: DataStory + strconv.FormatInt(e.Stories[i].ID, 10)})
	}
	blocks = append(blocks, leads...)
	rest := e.Stories[told:]
	list := fitting(len(rest), &room, func(i int) string { return oneLine(w, rest[i]) })
	told += len(list)
	blocks = append(blocks, folded(list), pushed)
	if more := len(e.Stories) - told + e.Further; more > 0 {
		blocks = append(blocks, w.N("digest.more", more))
	}
	return Outgoing{HTML: paragraphs(blocks...), Rows: rowsOf(numbers)}
}

// briefly is as many whole sentences of an article's summary as a digest has room for, at least the beginning of the first.
func briefly(a *news.Article, l news.Length) string {
	most := 320
	switch l {
	case news.Headline:
		most = listSentence
	case news.Long:
		most = 480
	}
	told := ""
	for _, s := range a.Summary[:min(len(a.Summary), sentencesOf(l))] {
		longer := strings.TrimSpace(told + " " + s.Plain())
		if told != "" && len([]rune(longer)) > most {
			break
		}
		told = longer
	}
	return summary.Clip(told, a.Lang, most)
}

// pushedLine names the stories that the chat has already.
func pushedLine(w *locale.Words, stories []news.Story) string {
	if len(stories) == 0 {
		return ""
	}
	var names []string
	for _, s := range stories[:min(len(stories), digestPushed)] {
		names = append(names, Link(text.Clip(titleOf(w, s.Title, s.Lead().Title), pushedTitle), s.Lead().URL))
	}
	list := strings.Join(names, " · ")
	if more := len(stories) - len(names); more > 0 {
		list = w.N("card.also.more", more, "sources", list)
	}
	return w.T("digest.pushed", "stories", list)
}

// fitting are the first of n pieces that fit into the room, each with a blank line; room is what they leave.
func fitting(n int, room *int, piece func(i int) string) []string {
	var kept []string
	for i := range n {
		html := piece(i)
		left := *room - visible(html) - len("\n\n")
		if left < 0 {
			break
		}
		kept, *room = append(kept, html), left
	}
	return kept
}

// oneLine is a story in a line.
func oneLine(w *locale.Words, s news.Story) string {
	return "• " + dotted(titleLink(w, s), Escape(sourceOf(s.Lead())), sourceCount(w, s))
}

// folded are lines in a quote that opens when it is pressed; without lines there is none.
func folded(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return Expandable(lines(list...))
}
