package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"herald/news"
)

// How long and how much is remembered of robots.txt.
const (
	robotsAge   = 24 * time.Hour  // RFC 9309, section 2.4: not to be used longer, unless there is no newer
	robotsRetry = 5 * time.Minute // until one that could not be had is asked for again
	robotsHops  = 5               // section 2.3.1.2: at least this many redirects are followed
	robotsKept  = 4 << 20         // bytes of rules over all servers; usual ones take less than a thousand
)

// robots remembers what servers let programs read. It is safe for concurrent use.
type robots struct {
	mu      sync.Mutex
	servers map[string]robotsEntry
	size    int
}

// robotsEntry is a server's rules, or why they could not be had.
type robotsEntry struct {
	rules   *rules // nil: they could not be had
	err     error
	expires time.Time
}

func (e robotsEntry) size() int {
	if e.rules == nil {
		return new(rules).size()
	}
	return e.rules.size()
}

func newRobots() *robots { return &robots{servers: map[string]robotsEntry{}} }

func (r *robots) get(key string) robotsEntry {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.servers[key]
}

func (r *robots) put(key string, e robotsEntry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old, ok := r.servers[key]; ok {
		r.size -= old.size() + len(key)
	}
	if r.size > robotsKept {
		clear(r.servers) // cheaper than an order of use, and each costs one small request to learn again
		r.size = 0
	}
	r.servers[key] = e
	r.size += e.size() + len(key)
}

// askRobots returns the time that the server wants between two pages, or an error: one that wraps news.ErrBlocked where
// robots.txt closes the page, or the reason why robots.txt could not be had, which by section 2.3.1.4 keeps the page
// closed too.
func (t *trip) askRobots(ctx context.Context, u *url.URL) (time.Duration, error) {
	key := u.Scheme + "://" + hostKey(u)
	entry := t.client.robots.get(key)
	if !entry.expires.After(time.Now()) {
		entry = t.learnRobots(ctx, u, entry)
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		t.client.robots.put(key, entry)
	}
	switch {
	case entry.rules == nil:
		return 0, fmt.Errorf("robots.txt: %w", entry.err)
	case !entry.rules.open(u.RequestURI()):
		return 0, fmt.Errorf("%w: robots.txt", news.ErrBlocked)
	}
	return entry.rules.delay, nil
}

// learnRobots fetches a server's rules. Where they are not to be had, old ones serve on.
func (t *trip) learnRobots(ctx context.Context, u *url.URL, old robotsEntry) robotsEntry {
	now := time.Now()
	found, err := t.fetchRobots(ctx, u)
	switch {
	case err == nil:
		return robotsEntry{rules: found, expires: now.Add(robotsAge)}
	case old.rules != nil:
		return robotsEntry{rules: old.rules, expires: now.Add(robotsRetry)}
	}
	return robotsEntry{err: err, expires: now.Add(robotsRetry)}
}

func (t *trip) fetchRobots(ctx context.Context, u *url.URL) (*rules, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	side := trip{client: t.client, request: Request{Accept: "text/plain, */*;q=0.5"}, left: t.left}
	for range robotsHops + 1 {
		res, err := side.hop(ctx, at)
		if err != nil {
			return robotsFailure(err)
		}
		if !redirect(res.Status) {
			defer res.Close()
			return parseRules(res.Body), nil
		}
		if at, err = side.next(at, res); err != nil {
			return robotsFailure(err)
		}
	}
	return new(rules), nil
}

// robotsFailure tells the failures that mean that there are no rules (section 2.3.1.3: any 4xx) from the others.
func robotsFailure(err error) (*rules, error) {
	var status *StatusError
	if errors.As(err, &status) && status.Code < http.StatusInternalServerError || errors.Is(err, news.ErrTooLarge) || errors.Is(err, news.ErrBadAddress) {
		return new(rules), nil
	}
	return nil, err
}
