package schedule

import (
	"context"
	"errors"
	"time"

	"herald/bot"
	"herald/news"
	"herald/news/story"
	"herald/storage"
)

// noteFresh notes what an article says that is new to the story it joins; of the first article of a story nothing is.
func (in *intake) noteFresh(ctx context.Context, a *news.Article, moves []news.Move) error {
	if a.StoryID == 0 || a.StoryID == a.ID {
		return nil
	}
	var coming []int64
	for _, m := range moves {
		if m.To == a.StoryID {
			coming = append(coming, m.Article)
		}
	}
	told, err := in.DB.Told(ctx, a.StoryID, coming)
	if err == nil {
		a.Fresh = story.Fresh(a, told)
	}
	return err
}

// followUp tells a place, below a story's card, what is new in the story.
func (c *courier) followUp(ctx context.Context, f news.FollowUp) (out *storage.Outcome) {
	out = &storage.Outcome{ID: f.ID, FollowUp: true, Now: c.Now()}
	defer c.caught(ctx, out, f.Place, f.Attempts)
	chat, ready := c.reader(ctx, out, f.Place, f.Attempts)
	if !ready {
		return out
	}
	if until := quiet(chat, c.Now()); !until.IsZero() {
		out.RetryAt = until
		return out
	}
	articles, err := c.DB.FreshIn(ctx, f)
	if err == nil && (len(articles) == 0 || !chat.Updates) {
		err = errNothingNew
	}
	if err != nil {
		return c.settle(ctx, out, f.Place, f.Attempts, err)
	}
	message := forPlace(bot.FollowUp(c.words(chat), chat, articles, c.Now()), chat)
	message.ReplyTo = f.Card
	awake, cancel := c.awake(ctx, chat)
	defer cancel()
	out.MessageID, err = c.send(awake, bot.ClassBroadcast, f.Place, f.Attempts, message)
	return c.settle(ctx, out, f.Place, f.Attempts, err)
}

// editAgain is when an edit that failed is tried again.
const editAgain = 10 * time.Minute

// edit has a card that was delivered show its story as it has become. What fails for good leaves the card as it is.
func (c *courier) edit(ctx context.Context, e news.CardEdit) {
	var retry time.Time
	defer func() {
		if p := recover(); p != nil {
			panicked(c.Log.With("chat", e.Place.Chat, "delivery", e.Delivery), "editing a card", p)
			retry = time.Time{}
		}
		if err := c.DB.Edited(context.WithoutCancel(ctx), e, retry, c.Now()); err != nil {
			c.Log.Error("record edit", "delivery", e.Delivery, "err", err)
		}
	}()
	if err := c.refresh(ctx, e); err != nil {
		var flood *bot.FloodError
		switch {
		case ctx.Err() != nil, errors.Is(err, bot.ErrStopped):
			retry = c.Now()
		case errors.As(err, &flood):
			retry = c.Now().Add(flood.After)
		case errors.Is(err, bot.ErrTransient):
			retry = c.Now().Add(editAgain)
		default:
			c.Log.Info("a card stays as it is", "chat", e.Place.Chat, "err", err)
		}
	}
}

func (c *courier) refresh(ctx context.Context, e news.CardEdit) error {
	if wait := c.wait(e.Place); wait > 0 {
		return &bot.FloodError{After: wait}
	}
	chat, err := c.DB.Chat(ctx, e.Place.Chat)
	if err != nil {
		return err
	}
	s, err := c.storyFor(ctx, e.Place, chat.Lang, shownStory{e.StoryID, e.Lead})
	if err != nil {
		return err
	}
	return c.Bot.Refresh(ctx, e.Place, e.Message, c.card(ctx, e.Place, chat, s))
}
