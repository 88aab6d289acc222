package schedule

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
	"herald/storage"
)

const (
	soon       = 2 * time.Second  // a chat that is ready within this is waited for
	firstWait  = 2 * time.Second  // before a failed delivery is tried again; doubles
	longWait   = 10 * time.Minute // at most
	topicTries = 3                // failures after which a lost topic's stories go to the main thread
	lastTry    = 5                // failures after which a chat that can't be written to, or a message that is refused, is given up
)

// deliver sends one story to one place.
func (c *courier) deliver(ctx context.Context, d news.Delivery) (out *storage.Outcome) {
	out = &storage.Outcome{ID: d.ID, Now: c.Now()}
	defer c.caught(ctx, out, d.Place, d.Attempts)
	chat, ready := c.reader(ctx, out, d.Place, d.Attempts)
	if !ready {
		return out
	}
	if out.HoldUntil = quiet(chat, c.Now()); !out.HoldUntil.IsZero() {
		return out
	}
	awake, cancel := c.awake(ctx, chat)
	defer cancel()
	s, err := c.storyFor(ctx, d.Place, chat.Lang, shownStory{id: d.StoryID})
	if err != nil {
		return c.settle(ctx, out, d.Place, d.Attempts, err)
	}
	out.Lead = s.Lead().ID
	out.MessageID, err = c.send(awake, bot.ClassBroadcast, d.Place, d.Attempts, c.card(ctx, d.Place, chat, s))
	return c.settle(ctx, out, d.Place, d.Attempts, err)
}

// card is a story's card as it is pushed to a place of a chat.
func (c *courier) card(ctx context.Context, p news.Place, chat news.Chat, s news.Story) bot.Outgoing {
	c.attach(ctx, chat, &s)
	links, err := c.Bot.Links(ctx, p)
	card := forPlace(c.Summaries.Card(c.words(chat), chat, s, links, c.Now()), chat)
	if chat.Kind == news.Channel && err == nil {
		card.Rows = [][]bot.Button{{{Text: c.words(chat).T("button.open"), URL: links.Story(s.ID)}}}
	}
	return card
}

// reader is the chat that something is for; false: it is not to be sent now, and out says what becomes of it.
func (c *courier) reader(ctx context.Context, out *storage.Outcome, p news.Place, attempts int) (news.Chat, bool) {
	if wait := c.wait(p); wait > 0 {
		out.RetryAt = c.Now().Add(wait)
		return news.Chat{}, false
	}
	chat, err := c.DB.Chat(ctx, p.Chat)
	if err != nil {
		c.settle(ctx, out, p, attempts, unknownChat(err))
		return news.Chat{}, false
	}
	return chat, true
}

// wait is how long nothing is to be sent to a place, since Telegram would refuse it; 0: it may be sent.
func (c *courier) wait(p news.Place) time.Duration {
	if wait := c.Bot.ReadyIn(p); wait > soon {
		return wait
	}
	return 0
}

// storyFor reads a story as the place may read it. One that is not there for a chat stored under another number meanwhile may be
// there for that: errMoved.
func (c *courier) storyFor(ctx context.Context, p news.Place, lang string, shown shownStory) (news.Story, error) {
	s, err := c.stories.get(ctx, p, lang, shown)
	if errors.Is(err, news.ErrNotFound) {
		if _, gone := c.DB.Chat(ctx, p.Chat); gone != nil {
			err = unknownChat(gone)
		}
	}
	return s, err
}

// forPlace sets what a chat wants of everything that is pushed to it. Buttons that are answered in the chat are not for channels:
// one reader's press would answer to all.
func forPlace(o bot.Outgoing, chat news.Chat) bot.Outgoing {
	o.Silent = chat.Silent
	if chat.Kind == news.Channel {
		o.Rows = nil
	}
	return o
}

// errMoved says that a chat is no longer stored: the group became a supergroup since the row was claimed, and the row went with
// it; or the chat was forgotten, and so was the row.
var errMoved = errors.New("the chat is stored under another number, or not at all")

func unknownChat(err error) error {
	if errors.Is(err, news.ErrNotFound) {
		return errMoved
	}
	return err
}

// settle decides what an error means for the row and for the chat (see docs/delivery.md).
func (c *courier) settle(ctx context.Context, out *storage.Outcome, place news.Place, attempts int, err error) *storage.Outcome {
	if err == nil {
		return out
	}
	out.Error = err.Error()
	var moved *bot.MigratedError
	var flood *bot.FloodError
	switch {
	case ctx.Err() != nil, errors.Is(err, bot.ErrStopped): // shutting down: the row stays as it is and is due again at the next start
		out.Error, out.RetryAt = "", c.Now()
	case errors.Is(err, errMoved), errors.Is(err, errQuiet):
		out.Error, out.RetryAt = "", c.Now()
	case errors.As(err, &flood):
		out.Error, out.RetryAt = "", c.Now().Add(flood.After)
	case errors.As(err, &moved):
		out.RetryAt = c.Now()
		if err := c.DB.MigrateChat(ctx, place.Chat, moved.To); err != nil {
			c.Log.Error("migrate chat", "chat", place.Chat, "to", moved.To, "err", err)
		}
	case errors.Is(err, bot.ErrGone):
		c.retire(ctx, place, err)
	case errors.Is(err, errNothingNew):
	case errors.Is(err, news.ErrNotFound):
		c.Log.Warn("the story is no longer stored", "delivery", out.ID)
	case errors.Is(err, bot.ErrChatNotFound), errors.Is(err, bot.ErrNoRights):
		if attempts+1 >= lastTry {
			c.retire(ctx, place, err)
			break
		}
		out.RetryAt = c.Now().Add(again(attempts))
	case final(err) && attempts+1 >= lastTry:
		c.Log.Error("a message is refused or can't be made; given up", "chat", place.Chat, "topic", place.Topic, "delivery", out.ID, "err", err)
	default:
		out.RetryAt = c.Now().Add(again(attempts))
	}
	return out
}

// final tells whether Telegram understood the message and will say no again, or making the message panics: it is not to be sent
// for ever.
func final(err error) bool {
	if errors.Is(err, errPanic) {
		return true
	}
	var no *bot.Refusal
	return errors.As(err, &no) && no.Code == http.StatusBadRequest
}

// retire stops deliveries to a chat that blocked or removed the bot; its settings stay for its return.
func (c *courier) retire(ctx context.Context, place news.Place, cause error) {
	c.Log.Info("chat is gone", "chat", place.Chat, "err", cause)
	if err := c.DB.SetActive(ctx, place.Chat, false); err != nil && !errors.Is(err, news.ErrNotFound) {
		c.Log.Error("deactivate chat", "chat", place.Chat, "err", err)
	}
}

// again is the wait before the next try, doubling, with up to a quarter more so that failures do not come back in step.
func again(attempts int) time.Duration {
	wait := min(firstWait<<min(attempts, 12), longWait)
	return wait + rand.N(wait/4)
}

// words are Herald's words in the chat's language.
func (c Config) words(chat news.Chat) *locale.Words {
	if chat.Lang != "" {
		return locale.For(chat.Lang)
	}
	return locale.For(c.Lang)
}
