package schedule

import (
	"context"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

// losses tell who served a channel or group from a private chat that it is lost: the bot was removed there, or may not write any more.
type losses struct {
	*courier
	failures map[int64]int // by chat, since the program began; used by one job
}

func newLosses(c *courier) *losses { return &losses{courier: c, failures: map[int64]int{}} }

// run tells of what is lost. What fails now is tried again the next time; a crash in between repeats one.
func (l *losses) run(ctx context.Context) {
	chats, err := l.DB.LostChats(ctx)
	l.complain(ctx, "which chats are lost", err)
	for _, lost := range chats {
		switch out := l.notice(ctx, lost, l.failures[lost.ID]); {
		case out.RetryAt.IsZero():
			delete(l.failures, lost.ID)
			l.complain(ctx, "note that a chat is lost", l.DB.ToldLost(context.WithoutCancel(ctx), lost.ID))
		case out.Error != "":
			l.failures[lost.ID]++
		}
	}
}

// notice tells of one chat.
func (l *losses) notice(ctx context.Context, lost news.Chat, failures int) (out *storage.Outcome) {
	out = &storage.Outcome{}
	p := news.Place{Chat: lost.ServedFrom}
	defer l.caught(ctx, out, p, failures)
	chat, ready := l.reader(ctx, out, p, failures)
	if !ready {
		return out
	}
	if out.RetryAt = quiet(chat, l.Now()); !out.RetryAt.IsZero() {
		return out
	}
	message := bot.Outgoing{HTML: l.words(chat).T("channel.lost", "channel", bot.Escape(lost.Title))}
	_, err := l.send(ctx, bot.ClassAlert, p, failures, forPlace(message, chat))
	return l.settle(ctx, out, p, failures, err)
}
