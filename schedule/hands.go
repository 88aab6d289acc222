package schedule

import (
	"context"
	"sync"

	"herald/news"
)

// hands are the feeds that are being worked on: one worker has a feed, and one feed of a host has a worker, so that a host that
// hangs holds up its own feeds alone; and those that failed the last time have half of the workers at most, so that however many
// hang, the others go on. Safe for concurrent use.
type hands struct {
	workers chan struct{} // a token for each worker that is busy
	failing chan struct{} // one for each that is busy with a feed that failed

	mu    sync.Mutex
	feeds map[int64]chan struct{} // by id; closed when the feed is put down
	hosts map[string]*hostTurn
}

// hostTurn is taken by the feed of a host that is worked on.
type hostTurn struct {
	taken chan struct{}
	users int // feeds that have or want it
}

func newHands() *hands {
	return &hands{
		workers: make(chan struct{}, pollWorkers), failing: make(chan struct{}, pollWorkers/2),
		feeds: map[int64]chan struct{}{}, hosts: map[string]*hostTurn{},
	}
}

// take takes up a feed and returns true, or false where somebody has it. The channel is closed when it is put down.
func (h *hands) take(id int64) (<-chan struct{}, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if done, ok := h.feeds[id]; ok {
		return done, false
	}
	done := make(chan struct{})
	h.feeds[id] = done
	return done, true
}

// put puts down a feed that was taken.
func (h *hands) put(id int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.feeds[id])
	delete(h.feeds, id)
}

// count is the number of feeds in hand.
func (h *hands) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.feeds)
}

// work runs fn for a feed when its host and then a worker are free, unless ctx ends before.
func (h *hands) work(ctx context.Context, f news.Feed, fn func()) {
	host := hostOf(f)
	turn := h.host(host)
	defer h.leave(host, turn)
	turns := []chan struct{}{turn.taken, h.workers}
	if f.Failures > 0 {
		turns = []chan struct{}{turn.taken, h.failing, h.workers}
	}
	for _, free := range turns {
		select {
		case free <- struct{}{}:
			defer func() { <-free }()
		case <-ctx.Done():
			return
		}
	}
	fn()
}

func (h *hands) host(name string) *hostTurn {
	h.mu.Lock()
	defer h.mu.Unlock()
	turn := h.hosts[name]
	if turn == nil {
		turn = &hostTurn{taken: make(chan struct{}, 1)}
		h.hosts[name] = turn
	}
	turn.users++
	return turn
}

func (h *hands) leave(name string, turn *hostTurn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if turn.users--; turn.users == 0 {
		delete(h.hosts, name)
	}
}

// hostOf is the host whose turn a feed needs.
func hostOf(f news.Feed) string { return news.Host(f.URL) }
