package schedule

import (
	"context"
	"errors"
	"time"

	"herald/news"
)

// errQuiet says that a chat's quiet time began before a message had its turn.
var errQuiet = errors.New("the chat is quiet now")

// quiet is the end of the quiet time in which a chat is; the zero time where it is in none.
func quiet(chat news.Chat, at time.Time) time.Time { return chat.Quiet.Until(at, chat.Location()) }

// awake is ctx until the chat's next quiet time begins, for what waits for its turn.
func (c Config) awake(ctx context.Context, chat news.Chat) (context.Context, context.CancelFunc) {
	if !chat.Quiet.On() {
		return ctx, func() {}
	}
	begin := news.DigestTime{Minute: chat.Quiet.From}.After(c.Now(), chat.Location())
	return context.WithDeadlineCause(ctx, begin, errQuiet)
}
