// Package schedule knows when: it polls the feeds that are due, hands finished articles to storage, delivers what
// storage owes to chats, prepares digests at local times and keeps the house tidy.
//
// A few fixed cron jobs look into the database for what is due; nothing that matters is kept in memory, so that a restart
// at any moment loses nothing. It guarantees: a feed is fetched by one poll at a time and not before it is due or its server
// allows; a feed's backlog is no news; a story is owed until Telegram took it or the place is lost. Every goroutine ends when
// the context of Run does.
//
// It refuses to judge what a failure means to readers: it records the reason, and handlers put it into words.
package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
	"golang.org/x/sync/errgroup"

	"herald/bot"
	"herald/news/desk"
	"herald/news/feed"
	"herald/news/story"
	"herald/news/summary/model"
	"herald/storage"
)

// Config is what the scheduler works with. All fields but those after Now are required.
type Config struct {
	DB      *storage.DB
	Bot     *bot.Bot
	Feeds   *feed.Reader
	Desk    *desk.Desk
	Stories *story.Index
	Log     *slog.Logger
	Now     func() time.Time

	Alone     <-chan struct{} // nothing is pushed before it is closed; nil: at once
	Lang      string          // language of chats that have not chosen one; "": English
	PollMin   time.Duration   // bounds of a feed's adaptive interval; 0: ten minutes and six hours
	PollMax   time.Duration
	Summaries *bot.Summaries // of the stories sent right now; nil: none is remembered
	Model     *model.Model   // writes summaries; nil: there is no language model
	Public    string         // web address below which HubPath leads to Announcements; "": no hub is asked
}

const (
	defaultPollMin = 10 * time.Minute
	defaultPollMax = 6 * time.Hour
)

// Scheduler runs the jobs. Safe for concurrent use.
type Scheduler struct {
	Config
	intake  *intake
	courier *courier
	notices *notices
	losses  *losses
	digests *digests
	hands   *hands
	rung    chan struct{}  // by hubs: a feed is due
	polls   sync.WaitGroup // those of the clock
}

// New makes a scheduler; nothing runs before Run.
func New(c Config) *Scheduler {
	if c.PollMin <= 0 {
		c.PollMin = defaultPollMin
	}
	if c.PollMax <= 0 {
		c.PollMax = max(defaultPollMax, c.PollMin)
	}
	if c.Alone == nil {
		at := make(chan struct{})
		close(at)
		c.Alone = at
	}
	s := &Scheduler{Config: c, hands: newHands(), rung: make(chan struct{}, 1)}
	s.courier = newCourier(c)
	s.notices = newNotices(s.courier)
	s.losses = newLosses(s.courier)
	s.digests = newDigests(c, s.courier.wake)
	s.intake = newIntake(c, s.courier.grown)
	return s
}

// Take hands over what a first look at a feed has already fetched, so that a new subscription does not fetch it twice. What
// it holds is noted as backlog when it returns, and read in the background.
func (s *Scheduler) Take(r feed.Result) { s.intake.take(r) }

// Poll fetches the feeds that are due now, without waiting for the next minute, and returns when they are stored, or ctx ends.
func (s *Scheduler) Poll(ctx context.Context) {
	var mine sync.WaitGroup
	defer mine.Wait()
	for _, done := range s.poll(ctx, mine.Go) {
		select {
		case <-done:
		case <-ctx.Done():
			return
		}
	}
}

// pollDue is Poll for the clock, which does not wait: a slow feed is no reason to leave others for later.
func (s *Scheduler) pollDue(ctx context.Context) { s.poll(ctx, s.polls.Go) }

// Run works until ctx ends, then waits for what is under way. It returns an error only where it can't begin.
func (s *Scheduler) Run(ctx context.Context) error {
	jobs, err := s.resume(ctx)
	if err != nil && ctx.Err() == nil {
		return err
	}
	if jobs == nil {
		return nil // told to stop before it began
	}
	group, ctx := errgroup.WithContext(ctx)
	s.intake.order.Lock() // before anybody places
	group.Go(func() error { return s.intake.remember(ctx) })
	for range firstReaders {
		group.Go(func() error { s.firstLooks(ctx); return nil })
	}
	group.Go(func() error { s.courier.run(ctx); return nil })
	group.Go(func() error {
		s.pollDue(ctx) // the clock's first poll comes only in a minute
		jobs.Start()
		var minding sync.WaitGroup
		minding.Go(func() { mind(ctx, s.Now, func() { jobs.Stop(); jobs.Start() }) })
		s.answerRings(ctx)
		minding.Wait() // it may have started them
		<-jobs.Stop().Done()
		s.polls.Wait()
		return nil
	})
	return group.Wait()
}

// resume takes up where the last run ended.
func (s *Scheduler) resume(ctx context.Context) (*cron.Cron, error) {
	if err := s.DB.ReleaseClaims(ctx); err != nil {
		return nil, fmt.Errorf("release claims: %w", err)
	}
	s.foldStale(ctx)
	return s.jobs(ctx)
}

// jobs are the fixed cron jobs. The order of the chain matters: with Recover outside, a job that panicked would count as
// still running for ever.
func (s *Scheduler) jobs(ctx context.Context) (*cron.Cron, error) {
	log := cronLog{s.Log}
	c := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(log),
		cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(log)))
	for _, job := range []struct {
		spec string
		run  func(context.Context)
	}{
		{every(min(time.Minute, s.PollMin)), s.pollDue},
		{every(time.Second), func(context.Context) { s.courier.wake() }},
		{every(time.Minute), s.askHubs},
		{every(time.Second), s.digests.run},
		{every(time.Minute), s.foldStale},
		{every(10 * time.Second), s.whenAlone(s.notices.run)},
		{every(10 * time.Second), s.whenAlone(s.losses.run)},
		{"@hourly", s.upkeep},
	} {
		if _, err := c.AddFunc(job.spec, func() { job.run(ctx) }); err != nil {
			return nil, fmt.Errorf("cron job %q: %w", job.spec, err)
		}
	}
	return c, nil
}

// whenAlone is a job that does nothing before something may be pushed.
func (s *Scheduler) whenAlone(run func(context.Context)) func(context.Context) {
	return func(ctx context.Context) {
		select {
		case <-s.Alone:
			run(ctx)
		default:
		}
	}
}

// every is the spec of a job that runs again after d, which cron rounds to a second and more.
func every(d time.Duration) string { return "@every " + max(d, time.Second).String() }

// cronLog lets cron's complaints through and drops its chatter.
type cronLog struct{ log *slog.Logger }

func (cronLog) Info(string, ...any) {}

func (l cronLog) Error(err error, msg string, kv ...any) {
	l.log.Error("cron: "+msg, append([]any{"err", err}, kv...)...)
}
