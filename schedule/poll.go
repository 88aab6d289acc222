package schedule

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/news"
	"herald/news/feed"
	"herald/news/fetch"
)

const (
	pollBatch    = 1000        // feeds taken up at once besides those in hand
	pollWorkers  = 32          // feeds worked on at once
	fetchTimeout = time.Minute // for the feed itself, waiting for its host included
	doubt        = 24 * time.Hour
)

// poll has the feeds that are due fetched, each by a goroutine of its own that spawn starts and that waits for its turn, and
// returns channels that close when these and those that were due and in hand already are done with.
func (s *Scheduler) poll(ctx context.Context, spawn func(func())) []<-chan struct{} {
	// Those in hand are still due: without room for them a slow host's feeds could be all that is ever seen.
	due, err := s.DB.DueFeeds(ctx, s.Now(), pollBatch+s.hands.count())
	if err != nil {
		if ctx.Err() == nil {
			s.Log.Error("which feeds are due", "err", err)
		}
		return nil
	}
	waits := make([]<-chan struct{}, 0, len(due))
	for _, f := range due {
		done, mine := s.hands.take(f.ID)
		waits = append(waits, done)
		if mine {
			spawn(func() {
				defer s.hands.put(f.ID)
				s.hands.work(ctx, f, func() { s.pollFeed(ctx, f.ID) })
			})
		}
	}
	return waits
}

// pollFeed fetches a feed whose turn has come and records how that went. Whatever happens, the feed is not due again at once,
// unless the program ends.
func (s *Scheduler) pollFeed(ctx context.Context, id int64) {
	f, err := s.DB.Feed(ctx, id)
	if err != nil || f.Gone || f.NextPoll.After(s.Now()) { // removed, or polled by another since it was found due
		return
	}
	defer func() {
		if p := recover(); p != nil {
			panicked(s.Log.With("feed", address(f)), "a poll", p)
			s.failed(ctx, f, fmt.Errorf("%w: %v", errPanic, p))
		}
	}()
	r, err := s.fetch(ctx, f)
	if err != nil {
		if ctx.Err() == nil {
			s.failed(ctx, f, err)
		}
		return
	}
	if err := s.intake.store(ctx, r); err != nil && ctx.Err() == nil {
		s.postpone(ctx, f, err)
	}
}

// fetch fetches a feed, whole where what came before may not have been read or its silence is doubted.
func (s *Scheduler) fetch(ctx context.Context, f news.Feed) (feed.Result, error) {
	if isFirst(f) || doubted(f, s.Now()) {
		f.ETag, f.LastModified = "", ""
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	return s.Feeds.Fetch(ctx, f)
}

// doubted tells, once for every day for which a feed has had no news, that its server may be wrong in saying that nothing has changed.
// Some answer so to whoever has asked before.
func doubted(f news.Feed, now time.Time) bool {
	since := f.LastNews
	if since.IsZero() {
		since = f.Added
	}
	return now.Sub(since)/doubt > f.LastPoll.Sub(since)/doubt
}

// postpone leaves a feed that could not be stored for later. It stays as it was, so that what was not stored is fetched again.
func (s *Scheduler) postpone(ctx context.Context, f news.Feed, cause error) {
	s.Log.Error("store feed", "feed", address(f), "err", redact(cause.Error()))
	f.NextPoll = s.Now().Add(spread(s.PollMin))
	if err := s.DB.SaveFeed(ctx, f); err != nil && !errors.Is(err, news.ErrNotFound) {
		s.Log.Error("postpone feed", "feed", address(f), "err", redact(err.Error()))
	}
}

// firstLooks reads what first looks have fetched until ctx ends.
func (s *Scheduler) firstLooks(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-s.intake.first:
			s.firstLook(ctx, r)
		}
	}
}

// firstLook reads a first look, unless the feed is being polled, which reads the same.
func (s *Scheduler) firstLook(ctx context.Context, r feed.Result) {
	if _, mine := s.hands.take(r.Feed.ID); !mine {
		return
	}
	defer s.hands.put(r.Feed.ID)
	log := s.Log.With("feed", address(r.Feed))
	defer func() {
		if p := recover(); p != nil {
			panicked(log, "a first look", p)
		}
	}()
	if err := s.intake.store(ctx, r); err != nil && ctx.Err() == nil {
		log.Error("store first look; the feed will be polled", "err", redact(err.Error()))
	}
}

// failed records a poll that brought nothing. A feed that is gone for good is not asked again. LastPoll stays: a feed that was
// never read is still read for the first time when it answers.
func (s *Scheduler) failed(ctx context.Context, f news.Feed, cause error) {
	now := s.Now()
	f.Failures++
	f.Trouble, f.LastError = news.Trouble(cause), redact(cause.Error())
	f.Gone = errors.Is(cause, news.ErrGone) && s.oweNotices(ctx, f)
	f.NextPoll = now.Add(s.backoff(f, cause))
	s.Log.Warn("feed failed", "feed", address(f), "failures", f.Failures, "next", f.NextPoll, "err", f.LastError)
	if err := s.DB.SaveFeed(context.WithoutCancel(ctx), f); err != nil && !errors.Is(err, news.ErrNotFound) {
		s.Log.Error("record failed poll", "feed", address(f), "err", redact(err.Error()))
	}
}

// oweNotices has the followers of a feed told that it is gone. Where that can't be noted the feed is not gone yet: it will say so
// again.
func (s *Scheduler) oweNotices(ctx context.Context, f news.Feed) bool {
	err := s.notices.owe(context.WithoutCancel(ctx), f.ID)
	if err != nil {
		s.Log.Error("note that a feed is gone", "feed", address(f), "err", err)
	}
	return err == nil
}

// backoff is how long a failing feed is left alone: doubling from PollMin to a day, and never less than its server asked for.
func (s *Scheduler) backoff(f news.Feed, cause error) time.Duration {
	wait := s.PollMin << min(f.Failures-1, 10)
	wait = spread(min(max(wait, s.PollMin), max(24*time.Hour, s.PollMax)))
	var retry *fetch.RetryError
	if errors.As(cause, &retry) {
		wait = max(wait, retry.RetryAfter)
	}
	return wait
}
