package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"herald/news"
)

// The rules of RFC 9309 for programs that read robots.txt.
const (
	robotsAge   = 24 * time.Hour // section 2.4: not to be used longer
	robotsBody  = 500 << 10      // section 2.5: at least this much is parsed
	robotsHops  = 5              // section 2.3.1.2: at least this many redirects are followed
	robotsLine  = 2000           // bytes of a rule; a longer one is no rule
	robotsKept  = 2000           // servers remembered
	robotsAgent = "herald"       // section 2.2.1: the product token
)

// robots remembers what servers let programs read. It is safe for concurrent use.
type robots struct {
	mu      sync.Mutex
	servers map[string]robotsEntry
}

type robotsEntry struct {
	group   *robotstxt.Group // nil: everything is open
	expires time.Time
}

func newRobots() *robots { return &robots{servers: map[string]robotsEntry{}} }

func (r *robots) get(key string) (robotsEntry, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.servers[key]
	return e, ok && e.expires.After(time.Now())
}

func (r *robots) put(key string, e robotsEntry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.servers) >= robotsKept {
		clear(r.servers) // cheaper than an order of use, and each costs one small request to learn again
	}
	r.servers[key] = e
}

// askRobots returns an error that wraps news.ErrBlocked where robots.txt closes the page, or the reason why robots.txt
// could not be had, which by section 2.3.1.4 keeps the page closed too.
func (c *Client) askRobots(ctx context.Context, u *url.URL, left *time.Duration) error {
	key := u.Scheme + "://" + hostKey(u)
	entry, known := c.robots.get(key)
	if !known {
		group, err := c.fetchRobots(ctx, u, left)
		if err != nil {
			return fmt.Errorf("robots.txt: %w", err)
		}
		entry = robotsEntry{group: group, expires: time.Now().Add(robotsAge)}
		c.robots.put(key, entry)
	}
	if entry.group != nil && !entry.group.Test(u.RequestURI()) {
		return fmt.Errorf("%w: robots.txt", news.ErrBlocked)
	}
	return nil
}

func (c *Client) fetchRobots(ctx context.Context, u *url.URL, left *time.Duration) (*robotstxt.Group, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	t := trip{client: c, request: Request{Accept: "text/plain, */*;q=0.5"}}
	for range robotsHops + 1 {
		res, err := c.hop(ctx, at, t.request, left)
		if err != nil {
			return nil, robotsFailure(err)
		}
		if res.Status == http.StatusOK {
			return parseRobots(res.Body), nil
		}
		if at, err = t.next(at, res); err != nil {
			return nil, robotsFailure(err)
		}
	}
	return nil, nil
}

// robotsFailure is nil where a failure means that there are no rules (section 2.3.1.3: any 4xx), else the failure.
func robotsFailure(err error) error {
	var status *StatusError
	switch {
	case errors.As(err, &status) && status.Code < 500, errors.Is(err, news.ErrTooLarge), errors.Is(err, news.ErrBadAddress):
		return nil
	}
	return err
}

func parseRobots(body []byte) *robotstxt.Group {
	data, err := robotstxt.FromString(rules(string(body[:min(len(body), robotsBody)])))
	if err != nil {
		return nil
	}
	return data.FindGroup(robotsAgent)
}

// rules keeps the lines that matter here: the library gives up a whole file for one line it cannot read, while the RFC
// (section 2.2) wants such lines skipped.
func rules(text string) string {
	var b strings.Builder
	grouped := false
	for line := range strings.FieldsFuncSeq(strings.ToValidUTF8(text, ""), func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, _, _ := strings.Cut(line, ":")
		key = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(key, "\ufeff")))
		grouped = grouped || key == "user-agent"
		if !grouped || len(line) > robotsLine || (key != "user-agent" && key != "allow" && key != "disallow") {
			continue
		}
		b.WriteString(strings.TrimPrefix(line, "\ufeff"))
		b.WriteByte('\n')
	}
	return b.String()
}
