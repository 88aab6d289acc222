package schedule

import (
	"time"

	"herald/news"
)

// quiet is the end of the quiet time in which a chat is; the zero time where it is in none.
func quiet(chat news.Chat, at time.Time) time.Time { return chat.Quiet.Until(at, chat.Location()) }
