package bot

import (
	"strconv"
	"time"

	"herald/bot/locale"
	"herald/news"
)

// digestLeads is how many stories of a digest are told with a sentence and a button.
const digestLeads = 5

// Digest is the stories that were held for a chat, newest first as given: the first few with a sentence each, the rest
// by their headlines, in a quote that opens when it is pressed.
func Digest(w *locale.Words, c news.Chat, stories []news.Story, now time.Time) Outgoing {
	title := w.T("digest.title", "date", w.Date(now, c.Location()))
	blocks := []string{dotted(Bold(title), w.N("digest.stories", len(stories)))}
	var numbers []Button
	leads := stories[:min(len(stories), digestLeads)]
	for i, s := range leads {
		n := strconv.Itoa(i + 1)
		blocks = append(blocks, n+". "+entry(w, c, s, now))
		numbers = append(numbers, Button{Text: n, Data: DataStory + strconv.FormatInt(s.ID, 10)})
	}
	blocks = append(blocks, headlines(w, stories[len(leads):]))
	return Outgoing{HTML: paragraphs(blocks...), Rows: rowsOf(numbers)}
}

// headlines are stories of a line each.
func headlines(w *locale.Words, stories []news.Story) string {
	if len(stories) == 0 {
		return ""
	}
	var list []string
	for _, s := range stories {
		list = append(list, "• "+dotted(titleLink(w, s), Escape(sourceOf(s.Lead())), sourceCount(w, s)))
	}
	return Expandable(lines(list...))
}
