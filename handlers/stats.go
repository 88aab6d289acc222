package handlers

import (
	"context"
	"fmt"
	"time"

	"herald/bot"
)

// stats tells the operator what there is, and when what is owed will have been sent.
func (r *request) stats(ctx context.Context) error {
	s, err := r.DB.Stats(ctx)
	if err != nil {
		return err
	}
	text := r.text("stats.text", "feeds", fmt.Sprint(s.Feeds), "articles", fmt.Sprint(s.Articles),
		"stories", fmt.Sprint(s.Stories), "quotes", fmt.Sprint(s.Quotes), "chats", fmt.Sprint(s.Chats),
		"pending", fmt.Sprint(s.Pending))
	b, err := r.DB.Backlog(ctx)
	if err != nil {
		return err
	}
	if b.All > 0 {
		now := r.Now()
		ends := now.Add(r.Bot.Takes(b.All, b.Private, b.Group)).Truncate(time.Minute).Add(time.Minute)
		text += "\n" + r.text("stats.ends", "when", r.words.When(ends, now, r.chat.Location()))
	}
	return r.reply(ctx, bot.Outgoing{HTML: text})
}
