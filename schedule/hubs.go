package schedule

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"herald/news"
	"herald/news/feed"
)

// HubPath is the path below the public address to which hubs announce; a token follows it.
const HubPath = "/websub/"

const (
	hubBatch   = 20                  // hubs asked in a minute
	hubTimeout = 30 * time.Second    // for asking one
	hubLease   = 10 * 24 * time.Hour // asked for; the hub decides
	hubAgain   = time.Hour           // before a hub that has not confirmed is asked again; doubles
	hubSeldom  = 7 * 24 * time.Hour  // at most; and where it has refused
	hubBlink   = time.Minute         // a feed is not polled sooner after a poll, however often a hub announces
)

// noteHub keeps in mind at which hub a feed's news is announced. It is asked within a minute.
func (in *intake) noteHub(ctx context.Context, r feed.Result) error {
	if in.Public == "" || r.NotModified {
		return nil
	}
	known, err := in.DB.HubOf(ctx, r.Feed.ID)
	switch {
	case err != nil && !errors.Is(err, news.ErrNotFound):
		return err
	case known.URL == r.Hub.URL && known.Topic == r.Hub.Topic:
		return nil
	case r.Hub.URL == "":
		return in.DB.RemoveHub(ctx, r.Feed.ID)
	}
	return in.DB.SaveHub(ctx, news.Hub{
		FeedID: r.Feed.ID, URL: r.Hub.URL, Topic: r.Hub.Topic, Token: rand.Text(), Secret: rand.Text(), NextAsk: in.Now(),
	})
}

// askHubs asks the hubs whose time has come to announce news, and those whose word runs out to go on. Hubs that are asked confirm by
// a request of their own.
func (s *Scheduler) askHubs(ctx context.Context) {
	if s.Public == "" {
		return
	}
	due, err := s.DB.DueHubs(ctx, s.Now(), hubBatch)
	if err != nil {
		if ctx.Err() == nil {
			s.Log.Error("which hubs to ask", "err", err)
		}
		return
	}
	for _, h := range due {
		s.askHub(ctx, h)
	}
}

// askHub asks one hub. That it was asked is noted before, since it may confirm before it answers.
func (s *Scheduler) askHub(ctx context.Context, h news.Hub) {
	wait := min(hubAgain<<min(h.Failures, 10), hubSeldom)
	if err := s.DB.HubAsked(ctx, h.Token, h.Failures+1, s.Now().Add(spread(wait))); err != nil {
		s.Log.Error("ask a hub", "hub", redact(h.URL), "err", err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, hubTimeout)
	defer cancel()
	callback := strings.TrimSuffix(s.Public, "/") + HubPath + h.Token
	if err := s.Feeds.AskHub(ctx, h, callback, hubLease); err != nil {
		s.Log.Warn("hub refuses", "hub", redact(h.URL), "topic", redact(h.Topic), "err", redact(err.Error()))
	}
}
