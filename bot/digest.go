package bot

import (
	"strconv"
	"time"

	"herald/bot/locale"
	"herald/news"
)

// digestLeads is how many stories of a digest are told with a sentence and a button.
const digestLeads = 5

// moreRoom is kept free for the line that counts the stories not told.
const moreRoom = 64

// Digest is the stories that were held for a chat, newest first as given, in one message: the first few with a sentence
// each, the others by their headlines, in a quote that opens when it is pressed. What does not fit, and the further stories
// that only their number is known of, are counted in the last line.
func Digest(w *locale.Words, c news.Chat, stories []news.Story, further int, now time.Time) Outgoing {
	title := w.T("digest.title", "date", w.Date(now, c.Location()))
	blocks := []string{dotted(Bold(title), w.N("digest.stories", len(stories)+further))}
	room := maxText - moreRoom - visible(blocks[0])

	leads := fitting(min(len(stories), digestLeads), &room, func(i int) string {
		return strconv.Itoa(i+1) + ". " + entry(w, c, stories[i], now)
	})
	told := len(leads)
	var numbers []Button
	for i := range leads {
		numbers = append(numbers, Button{Text: strconv.Itoa(i + 1), Data: DataStory + strconv.FormatInt(stories[i].ID, 10)})
	}
	blocks = append(blocks, leads...)
	if told == digestLeads {
		rest := stories[told:]
		list := fitting(len(rest), &room, func(i int) string { return oneLine(w, rest[i]) })
		told += len(list)
		blocks = append(blocks, folded(list))
	}
	if more := len(stories) - told + further; more > 0 {
		blocks = append(blocks, w.N("digest.more", more))
	}
	return Outgoing{HTML: paragraphs(blocks...), Rows: rowsOf(numbers)}
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
