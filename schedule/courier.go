package schedule

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"herald/news"
	"herald/storage"
)

const (
	couriers   = 128             // messages under way at once: Telegram's 30 a second with answers that take four seconds
	claimBatch = 64              // rows claimed at once: few, so that fresher news need not wait long for its turn
	digestsRow = 32              // digests claimed at once: each gathers its stories while others wait for the writer
	lease      = 5 * time.Minute // after this a claimed row that is not in hand may be claimed again
	drainTime  = 4 * time.Second // for messages under way when the program is told to stop: it must end before it is killed
)

// courier delivers what the outbox owes: one goroutine claims, a fixed number send, one records.
type courier struct {
	Config
	bell    chan struct{}
	stories storyCache
	topics  topics
	ledger  *ledger
}

func newCourier(c Config) *courier {
	return &courier{Config: c, bell: make(chan struct{}, 1), stories: storyCache{db: c.DB, now: c.Now}, topics: topics{lost: map[news.Place]bool{}}, ledger: newLedger(c)}
}

// wake has the courier look into the outbox now; it never blocks.
func (c *courier) wake() {
	select {
	case c.bell <- struct{}{}:
	default:
	}
}

// grown has the courier deliver a story as it is now.
func (c *courier) grown(story int64) {
	c.stories.forget(story)
	c.wake()
}

// job sends one thing that is owed and returns what became of it; nil: there is nothing to record.
type job func(context.Context) *storage.Outcome

// run delivers until ctx ends, then lets what is under way finish for drainTime and records it.
func (c *courier) run(ctx context.Context) {
	sending, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(drainTime, abort) })()
	work := make(chan job)
	done := make(chan storage.Outcome, couriers)
	var senders, recorder sync.WaitGroup
	for range couriers {
		senders.Go(func() {
			for send := range work {
				if out := send(sending); out != nil {
					done <- *out
				}
			}
		})
	}
	recorder.Go(func() { c.ledger.run(context.WithoutCancel(ctx), done) })
	select {
	case <-c.Alone:
	case <-ctx.Done():
	}
	for ctx.Err() == nil {
		if c.round(ctx, work) {
			continue
		}
		select {
		case <-ctx.Done():
		case <-c.bell:
		}
	}
	close(work)
	senders.Wait()
	close(done)
	recorder.Wait()
}

// round claims what is due and hands it out, digests first, edits of cards only where nothing else is due. It tells whether there
// may be more.
func (c *courier) round(ctx context.Context, work chan<- job) bool {
	if owed, err := c.DB.Owed(ctx, c.Now()); err != nil || !owed {
		c.complain(ctx, "what is owed", err)
		return false
	}
	digests, err := c.DB.ClaimDigests(ctx, c.Now(), lease, digestsRow)
	if err != nil {
		c.complain(ctx, "claim digests", err)
		return false
	}
	deliveries, err := c.DB.ClaimDeliveries(ctx, c.Now(), lease, claimBatch)
	if err != nil {
		c.complain(ctx, "claim deliveries", err)
	}
	followUps, err := c.DB.ClaimFollowUps(ctx, c.Now(), lease, claimBatch)
	if err != nil {
		c.complain(ctx, "claim follow-ups", err)
	}
	if len(digests)+len(deliveries)+len(followUps) == 0 {
		return c.edits(ctx, work)
	}
	for _, d := range digests {
		if c.ledger.take(owed{id: d.ID, digest: true}) {
			work <- func(ctx context.Context) *storage.Outcome { return c.digest(ctx, d) }
		}
	}
	for _, d := range deliveries {
		if c.ledger.take(owed{id: d.ID}) {
			work <- func(ctx context.Context) *storage.Outcome { return c.deliver(ctx, d) }
		}
	}
	for _, f := range followUps {
		if c.ledger.take(owed{id: f.ID, followUp: true}) {
			work <- func(ctx context.Context) *storage.Outcome { return c.followUp(ctx, f) }
		}
	}
	return len(digests) == digestsRow || len(deliveries) == claimBatch || len(followUps) == claimBatch
}

// editBatch is how many edits are claimed at once: few, since what comes meanwhile goes first.
const editBatch = 16

// edits claims and hands out edits of cards. It tells whether there may be more.
func (c *courier) edits(ctx context.Context, work chan<- job) bool {
	edits, err := c.DB.ClaimEdits(ctx, c.Now(), lease, editBatch)
	if err != nil {
		c.complain(ctx, "claim edits", err)
	}
	for _, e := range edits {
		work <- func(ctx context.Context) *storage.Outcome { c.edit(ctx, e); return nil }
	}
	return len(edits) == editBatch
}

func (c *courier) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		c.Log.Error(what, "err", err)
	}
}

// storyCache keeps the stories being delivered right now: a broadcast asks for the same one thousands of times.
type storyCache struct {
	db  *storage.DB
	now func() time.Time

	mu     sync.Mutex
	stored map[shownStory]cachedStory
}

// shownStory is a story as it was shown with an article to lead it; 0: none yet.
type shownStory struct{ id, lead int64 }

type cachedStory struct {
	story news.Story // of an open one
	open  bool       // the same for every place
	at    time.Time
}

const (
	storyFresh = 10 * time.Second // how long a story is delivered as it was read
	storyKept  = 64               // stories kept at most
)

// get reads a story as the place may read it; lang is its chat's.
func (s *storyCache) get(ctx context.Context, p news.Place, lang string, shown shownStory) (news.Story, error) {
	c, err := s.known(ctx, shown)
	if err != nil || (c.open && !leadsOtherwise(&c.story, lang)) {
		return c.story, err
	}
	return s.db.StoryAsShown(ctx, p, shown.id, shown.lead)
}

// forget has a story read anew.
func (s *storyCache) forget(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.stored, func(shown shownStory, _ cachedStory) bool { return shown.id == id })
}

// leadsOtherwise tells whether readers of the language are shown another article first.
func leadsOtherwise(s *news.Story, lang string) bool {
	return lang != "" && s.Lead().Lang != lang && slices.ContainsFunc(s.Articles, func(a news.Article) bool { return a.Lang == lang })
}

func (s *storyCache) known(ctx context.Context, shown shownStory) (cachedStory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if c, ok := s.stored[shown]; ok && now.Sub(c.at) < storyFresh {
		return c, nil
	}
	c := cachedStory{at: now}
	var err error
	if c.story, c.open, err = s.db.OpenStory(ctx, shown.id, shown.lead); err != nil {
		return c, err
	}
	if s.stored == nil || len(s.stored) >= storyKept {
		s.stored = map[shownStory]cachedStory{}
	}
	s.stored[shown] = c
	return c, nil
}
