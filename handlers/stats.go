package handlers

import (
	"context"
	"fmt"
)

// stats tells the operator what there is.
func (r *request) stats(ctx context.Context) error {
	s, err := r.DB.Stats(ctx)
	if err != nil {
		return err
	}
	return r.say(ctx, "stats.text", "feeds", fmt.Sprint(s.Feeds), "articles", fmt.Sprint(s.Articles),
		"stories", fmt.Sprint(s.Stories), "quotes", fmt.Sprint(s.Quotes), "chats", fmt.Sprint(s.Chats),
		"pending", fmt.Sprint(s.Pending))
}
