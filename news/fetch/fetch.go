// Package fetch is the one HTTP client with which Herald reads the open web.
//
// It guarantees: no connection to an address that is not public, whatever name, redirect or notation leads there; one
// request at a time per host with a pause between two; an answer or an error within the time limit; no body over the size
// limit, counted after decompression, and no more of it kept than KeptBody; few large bodies in memory at once; every error
// wraps one of the sentinels of package news.
//
// It refuses: schemes other than http and https, more than ten redirects, pages that robots.txt closes (where asked to
// look), and a host that has asked to be left alone until its time has passed. Cookies are forgotten when a request has come to where its redirects lead:
// pages that ask for consent lead in circles without them.
package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"herald/news"
)

// The defaults of Options.
const (
	DefaultUserAgent = "Herald/1.0 (news reader)"
	DefaultTimeout   = 20 * time.Second
	DefaultMaxBody   = 10 << 20 // the largest feeds seen in the wild are a few MB
	DefaultHostGap   = time.Second
)

// UserAgent names Herald to those who run sites, with an address where they reach who runs it ("": none).
func UserAgent(contact string) string {
	if contact == "" {
		return DefaultUserAgent
	}
	return strings.TrimSuffix(DefaultUserAgent, ")") + "; +" + contact + ")"
}

// maxRedirects is how many hops a request may take; the Fetch standard allows 20, real sites need three or four.
const maxRedirects = 10

// Options say how a Client behaves. The zero value means the defaults.
type Options struct {
	Allow     []netip.Prefix // ranges that may be reached besides public ones; hosts there are not paced
	UserAgent string         // DefaultUserAgent
	Timeout   time.Duration  // time on the network for one Get, redirects included, waiting for a host's turn not; DefaultTimeout
	MaxBody   int64          // bytes after decompression; DefaultMaxBody
	HostGap   time.Duration  // least time between two requests to one host; DefaultHostGap; negative: none

	// Proxy chooses the proxy for an address; nil, or a nil result: none. Behind a proxy only literal addresses and
	// names that resolve here can be checked by the guard.
	Proxy func(*url.URL) (*url.URL, error)

	Resolver *net.Resolver // who resolves names; nil: the system
}

// Client fetches. It is safe for concurrent use. Close it to drop idle connections.
type Client struct {
	opt    Options
	guard  *guard
	hosts  *hosts
	robots *robots
	direct *http.Transport
	via    *http.Transport // through Options.Proxy; nil: there is none
	large  chan struct{}   // holds a token for each large body in hand

	reading *semaphore.Weighted // bytes that are being read, see Room
}

// New makes a client. It does no network.
func New(opt Options) *Client {
	opt = withDefaults(opt)
	g := newGuard(opt.Allow, opt.Resolver)
	c := &Client{
		opt: opt, guard: g, hosts: newHosts(max(opt.HostGap, 0)), robots: newRobots(),
		large: make(chan struct{}, largeBodies), reading: semaphore.NewWeighted(maxRoom),
	}
	c.direct = newTransport(opt.Resolver, g.control)
	if opt.Proxy != nil {
		c.via = newTransport(opt.Resolver, nil)
		c.via.Proxy = chosenProxy
	}
	return c
}

func withDefaults(opt Options) Options {
	if opt.UserAgent == "" {
		opt.UserAgent = DefaultUserAgent
	}
	if opt.Timeout <= 0 {
		opt.Timeout = DefaultTimeout
	}
	if opt.MaxBody <= 0 {
		opt.MaxBody = DefaultMaxBody
	}
	if opt.HostGap == 0 {
		opt.HostGap = DefaultHostGap
	}
	return opt
}

// Close drops idle connections. The client can still be used.
func (c *Client) Close() {
	c.direct.CloseIdleConnections()
	if c.via != nil {
		c.via.CloseIdleConnections()
	}
}

// Request is what to fetch.
type Request struct {
	URL          string // a missing scheme means https
	ETag         string // validators of an earlier answer (RFC 9110, section 13.1)
	LastModified string
	Accept       string // value of the Accept header; "": anything
	Robots       bool   // obey robots.txt: for pages, not for feeds, which are published for programs

	Form url.Values // sent by POST; nil: GET
}

// Response is an answer. Status is 200 or another 2xx with a body, or 304 when the validators still hold.
type Response struct {
	URL         string // where the answer came from, after redirects
	Moved       string // where the requested address has moved for good (301, 308); "": it has not
	Status      int
	Header      http.Header
	ContentType string
	Body        []byte        // its first KeptBody bytes, decompressed, otherwise as sent; empty for 304
	RetryAfter  time.Duration // the publisher's wish; 0: none

	release func() // gives back the room that a large body takes; nil: it takes none
}

// Close must be called when the answer has been read: only a few large bodies are in hand at once, and others wait. It is
// harmless to call it twice.
func (r *Response) Close() {
	if r.release != nil {
		r.release()
	}
}

// Get fetches an address. The answer must be closed. An error wraps news.ErrBadAddress, ErrForbidden, ErrUnreach, ErrBlocked, ErrMissing, ErrGone,
// ErrBusy (as *RetryError), ErrBroken or ErrTooLarge, or is the context's own.
func (c *Client) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := Address(r.URL)
	if err != nil {
		return nil, err
	}
	left := c.opt.Timeout
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	t := trip{client: c, request: r, left: &left, cookies: jar}
	res, err := t.follow(ctx, u)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", u.Redacted(), err)
	}
	return res, nil
}

// trip is one Get on its way through redirects.
type trip struct {
	client  *Client
	request Request
	left    *time.Duration // time on the network that is still allowed
	watch   *watch         // over the request that is under way
	cookies http.CookieJar // that its redirects set; nil: they are not kept
	pause   time.Duration  // least time since the last page of the host, by its robots.txt
	moved   string
	bounced bool // a temporary redirect was met: what follows is no permanent move
}

func (t *trip) follow(ctx context.Context, u *url.URL) (*Response, error) {
	for range maxRedirects + 1 {
		if t.request.Robots {
			pause, err := t.askRobots(ctx, u)
			if err != nil {
				return nil, err
			}
			t.pause = pause
		}
		res, err := t.hop(ctx, u)
		if err != nil {
			return nil, err
		}
		if !redirect(res.Status) {
			res.Moved = t.moved
			return res, nil
		}
		from := u
		t.cookies.SetCookies(from, (&http.Response{Header: res.Header}).Cookies())
		if u, err = t.next(u, res); err != nil {
			return nil, err
		}
		if t.request.Form != nil && !carries(res.Status, from, u) {
			return nil, fmt.Errorf("%w: a form is not passed on to where its redirect leads", news.ErrBroken)
		}
	}
	return nil, fmt.Errorf("%w: more than %d redirects", news.ErrBroken, maxRedirects)
}

// carries tells whether a redirect takes a form along, which may hold a secret: only where it says so (RFC 9110, sections 15.4.8 and
// 15.4.9), and to the same server alone.
func carries(status int, from, to *url.URL) bool {
	return (status == http.StatusTemporaryRedirect || status == http.StatusPermanentRedirect) && from.Scheme == to.Scheme && from.Host == to.Host
}

// next is where a redirect leads (RFC 9110, section 15.4). A fragment is inherited by nobody here: pages don't need it.
func (t *trip) next(from *url.URL, res *Response) (*url.URL, error) {
	ref, err := url.Parse(res.Header.Get("Location"))
	if err != nil || res.Header.Get("Location") == "" {
		return nil, fmt.Errorf("%w: redirect to nowhere", news.ErrBroken)
	}
	to, err := check(from.ResolveReference(ref))
	if err != nil {
		return nil, err
	}
	permanent := res.Status == http.StatusMovedPermanently || res.Status == http.StatusPermanentRedirect
	t.bounced = t.bounced || !permanent
	if !t.bounced {
		t.moved = to.String()
	}
	return to, nil
}

func redirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
