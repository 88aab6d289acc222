package bot

import (
	"strings"
	"time"

	"herald/bot/locale"
	"herald/news"
	"herald/news/text"
)

// followUpText is how much of what is new in an article a follow-up tells, in characters.
const followUpText = 600

// FollowUp tells what articles brought that is new in a story whose card a chat has: below the card, without repeating it.
func FollowUp(w *locale.Words, c news.Chat, articles []news.Article, now time.Time) Outgoing {
	blocks := []string{Bold(w.T("card.update"))}
	for i := range articles {
		a := &articles[i]
		said := make([]string, len(a.Fresh))
		for n, s := range a.Fresh {
			said[n] = s.Plain()
		}
		head := lines("<b>"+Link(titleOf(w, a.Title), a.URL)+"</b>", byline(w, c, a, now))
		blocks = append(blocks, head, Escape(text.Clip(strings.Join(said, " "), followUpText)))
	}
	return Outgoing{HTML: oneMessage(blocks)}
}
