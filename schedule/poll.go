package schedule

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"herald/news"
	"herald/news/feed"
	"herald/news/fetch"
)

const (
	pollBatch   = 1000            // feeds taken up by one run of the job, which is at most a minute's
	pollWorkers = 32              // feeds fetched at once; the fetcher itself keeps to one request per host
	pollTimeout = 2 * time.Minute // for one feed, waiting for its host included
	jitter      = 0.1             // share of an interval by which polls are spread
)

// poll fetches the feeds that are due.
func (s *Scheduler) poll(ctx context.Context) {
	due, err := s.DB.DueFeeds(ctx, s.Now(), pollBatch)
	if err != nil {
		s.Log.Error("which feeds are due", "err", err)
		return
	}
	var group errgroup.Group
	group.SetLimit(pollWorkers)
	for _, f := range due {
		group.Go(func() error { s.pollFeed(ctx, f); return nil })
	}
	_ = group.Wait()
}

// pollFeed fetches one feed and records how that went.
func (s *Scheduler) pollFeed(ctx context.Context, f news.Feed) {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	r, err := s.Feeds.Fetch(ctx, f)
	if err != nil {
		if !errors.Is(ctx.Err(), context.Canceled) {
			s.failed(ctx, f, err)
		}
		return
	}
	s.intake.store(ctx, r)
}

// failed records a poll that brought nothing. A feed that is gone for good is not asked again. LastPoll stays: a feed that was
// never read is still read for the first time when it answers.
func (s *Scheduler) failed(ctx context.Context, f news.Feed, cause error) {
	now := s.Now()
	f.Failures++
	f.Trouble, f.LastError = news.Trouble(cause), cause.Error()
	f.Gone = errors.Is(cause, news.ErrGone)
	f.NextPoll = now.Add(s.backoff(f, cause))
	s.Log.Warn("feed failed", "feed", f.URL, "failures", f.Failures, "next", f.NextPoll, "err", cause)
	if err := s.DB.SaveFeed(context.WithoutCancel(ctx), f); err != nil && !errors.Is(err, news.ErrNotFound) {
		s.Log.Error("record failed poll", "feed", f.URL, "err", err)
	}
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

// interval is the time to the next poll of a feed that answered: what its habits suggest, within the configured bounds.
func interval(r feed.Result, least, most time.Duration) time.Duration {
	d := r.Feed.Interval
	if d <= 0 {
		d = least
	}
	return min(max(d, least), max(least, most))
}

// spread varies d by a tenth, so that feeds do not fall into step.
func spread(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()*2-1)*jitter*float64(d))
}
