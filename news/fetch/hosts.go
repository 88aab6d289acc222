package fetch

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// pruneAt is how many hosts are remembered before the idle ones are dropped.
const pruneAt = 1024

// hosts gives each host's turn to one request at a time, with a gap between two, and remembers who asked to be left
// alone. It is safe for concurrent use.
type hosts struct {
	gap time.Duration

	mu    sync.Mutex
	byKey map[string]*host
	prune int // size at which idle hosts are dropped
}

// host is one server's state; all but slot is guarded by hosts.mu.
type host struct {
	slot  chan struct{} // holds a token while a request is under way
	users int           // requests that hold or await the turn
	next  time.Time     // no request before
	page  time.Time     // no page before, by the Crawl-delay of its robots.txt
	until time.Time     // the host asked not to be asked before
}

func newHosts(gap time.Duration) *hosts {
	return &hosts{gap: gap, byKey: map[string]*host{}, prune: pruneAt}
}

// turn is the right to ask a host. It must be released once.
type turn struct {
	all  *hosts
	host *host
	rest time.Duration // until the next page
	near atomic.Bool   // the host turned out to be in a range of the operator's: no gap is needed
}

// acquire waits for a host's turn; rest is the time that pages of the host are to be apart, for one of them, else 0. It
// returns *RetryError at once where the host asked to wait, or where the turn will come too late for ctx.
func (h *hosts) acquire(ctx context.Context, key string, rest time.Duration) (*turn, error) {
	one := h.enter(key)
	select {
	case one.slot <- struct{}{}:
	case <-ctx.Done():
		h.leave(one)
		return nil, ctx.Err()
	}
	if err := h.await(ctx, one, rest); err != nil {
		<-one.slot
		h.leave(one)
		return nil, err
	}
	return &turn{all: h, host: one, rest: rest}, nil
}

// await waits out the time since the last request. The slot is held.
func (h *hosts) await(ctx context.Context, one *host, rest time.Duration) error {
	h.mu.Lock()
	next, until := one.next, one.until
	if rest > 0 && one.page.After(next) {
		next = one.page
	}
	h.mu.Unlock()
	now := time.Now()
	if end, ok := ctx.Deadline(); ok && next.After(end) && ctx.Err() == nil {
		until = later(until, next)
	}
	if until.After(now) {
		return &RetryError{RetryAfter: until.Sub(now)}
	}
	if !next.After(now) {
		return ctx.Err()
	}
	t := time.NewTimer(next.Sub(now))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hosts) enter(key string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.byKey[key]
	if one == nil {
		h.dropIdle()
		one = &host{slot: make(chan struct{}, 1)}
		h.byKey[key] = one
	}
	one.users++
	return one
}

func (h *hosts) leave(one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.users--
}

// dropIdle forgets the hosts whose state no longer says anything. The caller holds mu.
func (h *hosts) dropIdle() {
	if len(h.byKey) < h.prune {
		return
	}
	now := time.Now()
	for key, one := range h.byKey {
		if one.users == 0 && !later(one.page, later(one.next, one.until)).After(now) {
			delete(h.byKey, key)
		}
	}
	h.prune = max(pruneAt, 2*len(h.byKey))
}

// pause records that the host asked not to be asked for a while.
func (t *turn) pause(d time.Duration) {
	t.all.mu.Lock()
	defer t.all.mu.Unlock()
	t.host.until = later(t.host.until, time.Now().Add(d))
}

// release passes the turn on.
func (t *turn) release() {
	t.all.mu.Lock()
	if !t.near.Load() {
		t.host.next = time.Now().Add(t.all.gap)
		t.host.page = later(t.host.page, time.Now().Add(t.rest))
	}
	t.host.users--
	t.all.mu.Unlock()
	<-t.host.slot
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
