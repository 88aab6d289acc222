package schedule

import (
	"context"
	"errors"
	"time"

	"herald/bot"
	"herald/news"
	"herald/storage"
)

const (
	digestBatch = 500
	catchUp     = 6 * time.Hour // a digest missed by more than this waits for its next time
	digestMost  = 60            // stories named in one digest; the rest is counted
)

// digests prepares what is due: each place's held stories become one digest, once for each local date and time.
func (s *Scheduler) digests(ctx context.Context) {
	for {
		now := s.Now()
		due, err := s.DB.DueDigests(ctx, now, digestBatch)
		if err != nil {
			s.Log.Error("which digests are due", "err", err)
			return
		}
		prepared := 0
		for _, t := range due {
			if err := s.prepare(ctx, t, now); err != nil {
				s.Log.Error("prepare digest", "chat", t.Place.Chat, "err", err)
				continue
			}
			prepared++
		}
		if prepared > 0 {
			s.courier.wake()
		}
		if len(due) < digestBatch || prepared == 0 {
			return
		}
	}
}

// prepare turns one due time into an owed digest and sets the next time.
func (s *Scheduler) prepare(ctx context.Context, t news.DigestTime, now time.Time) error {
	chat, err := s.DB.Chat(ctx, t.Place.Chat)
	if err != nil {
		return err
	}
	loc := chat.Location()
	next := t.After(now, loc)
	if now.Sub(t.Next) > catchUp {
		return s.DB.MoveDigestTime(ctx, t, next)
	}
	_, err = s.DB.PrepareDigest(ctx, t, t.Next.In(loc).Format(time.DateOnly), next, now)
	return err
}

// digest sends one owed digest and records what became of it.
func (c *courier) digest(ctx context.Context, d news.Digest) {
	out := c.sendDigest(ctx, d)
	if err := c.DB.DigestDelivered(context.WithoutCancel(ctx), d.ID, out.MessageID, out.Error, out.RetryAt, c.Now()); err != nil {
		c.Log.Error("record digest; it will be sent again", "digest", d.ID, "err", err)
	}
}

func (c *courier) sendDigest(ctx context.Context, d news.Digest) (out *storage.Outcome) {
	out = &storage.Outcome{ID: d.ID}
	defer c.caught(ctx, out, d.Place, d.Attempts)
	if wait := c.Bot.ReadyIn(d.Place); wait > soon {
		out.RetryAt = c.Now().Add(wait)
		return out
	}
	chat, err := c.DB.Chat(ctx, d.Place.Chat)
	if err != nil {
		return c.settle(ctx, out, d.Place, d.Attempts, unknownChat(err))
	}
	named := d.Stories[:min(len(d.Stories), digestMost)]
	stories, err := c.storiesOf(ctx, d.Place, named)
	if err == nil && len(stories) == 0 {
		err = news.ErrNotFound
	}
	if err != nil {
		return c.settle(ctx, out, d.Place, d.Attempts, err)
	}
	message := bot.Digest(c.words(chat), chat, stories, len(d.Stories)-len(named), c.Now())
	out.MessageID, err = c.send(ctx, bot.ClassDigest, d.Place, d.Attempts, forPlace(message, chat))
	return c.settle(ctx, out, d.Place, d.Attempts, err)
}

// storiesOf reads the stories of a place's digest, without those that are no longer there for it.
func (c *courier) storiesOf(ctx context.Context, p news.Place, ids []int64) ([]news.Story, error) {
	var stories []news.Story
	for _, id := range ids {
		s, err := c.storyFor(ctx, p, id)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		stories = append(stories, s)
	}
	return stories, nil
}
