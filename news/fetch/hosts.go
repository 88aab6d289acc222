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
	until time.Time     // the host asked not to be asked before
}

func newHosts(gap time.Duration) *hosts {
	return &hosts{gap: gap, byKey: map[string]*host{}, prune: pruneAt}
}

// turn is the right to ask a host. It must be released once.
type turn struct {
	all  *hosts
	host *host
	near atomic.Bool // the host turned out to be in a range of the operator's: no gap is needed
}

// acquire waits for a host's turn. It returns *RetryError at once where the host asked to wait.
func (h *hosts) acquire(ctx context.Context, key string) (*turn, error) {
	one := h.enter(key)
	select {
	case one.slot <- struct{}{}:
	case <-ctx.Done():
		h.leave(one)
		return nil, ctx.Err()
	}
	if err := h.await(ctx, one); err != nil {
		<-one.slot
		h.leave(one)
		return nil, err
	}
	return &turn{all: h, host: one}, nil
}

// await waits out the gap since the last request. The slot is held.
func (h *hosts) await(ctx context.Context, one *host) error {
	h.mu.Lock()
	next, until := one.next, one.until
	h.mu.Unlock()
	now := time.Now()
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
		if one.users == 0 && !one.next.After(now) && !one.until.After(now) {
			delete(h.byKey, key)
		}
	}
	h.prune = max(pruneAt, 2*len(h.byKey))
}

// pause records that the host asked not to be asked for a while.
func (t *turn) pause(d time.Duration) {
	t.all.mu.Lock()
	defer t.all.mu.Unlock()
	if until := time.Now().Add(d); until.After(t.host.until) {
		t.host.until = until
	}
}

// release passes the turn on.
func (t *turn) release() {
	t.all.mu.Lock()
	if !t.near.Load() {
		t.host.next = time.Now().Add(t.all.gap)
	}
	t.host.users--
	t.all.mu.Unlock()
	<-t.host.slot
}
