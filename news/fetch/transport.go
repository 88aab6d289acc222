package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"syscall"
	"time"
)

// maxHeader bounds the answer's header; real ones stay far below.
const maxHeader = 256 << 10

// newTransport makes a transport whose connections pass control; nil: all pass.
func newTransport(names *net.Resolver, control func(string, string, syscall.RawConn) error) *http.Transport {
	d := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Resolver: names, Control: control}
	return &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // decoded in body.go, where the limit counts decoded bytes
		MaxIdleConns:           32,   // each takes some 30 kB; pages follow their feed at once, the next poll comes too late for it
		MaxIdleConnsPerHost:    1,    // one request at a time per host needs no more
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// hop makes one request, redirects not followed, when it is the host's turn, and takes the time it spends off what is left.
func (t *trip) hop(ctx context.Context, u *url.URL) (*Response, error) {
	c := t.client
	if err := c.guard.named(u); err != nil {
		return nil, err
	}
	turn, err := c.hosts.acquire(ctx, hostKey(u), t.pause)
	if err != nil {
		return nil, err
	}
	defer turn.release()
	within, watch := watched(ctx, t.left, c.opt.Timeout)
	defer watch.stop()
	res, err := t.roundTrip(within, u, turn) //nolint:bodyclose // finish does
	if err != nil {
		return nil, unreachable(ctx, within, err)
	}
	defer finish(res.Body)
	t.watch = watch
	return t.read(ctx, res, turn)
}

// finish closes a body; a short rest is read before, so that the connection can be used again.
func finish(body io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, body, 2<<10)
	body.Close()
}

func (t *trip) roundTrip(ctx context.Context, u *url.URL, turn *turn) (*http.Response, error) {
	c := t.client
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
		if c.guard.allowedConn(i.Conn) {
			turn.near.Store(true)
		}
	}})
	req, err := newRequest(ctx, u, t.request)
	if err != nil {
		return nil, err
	}
	c.setHeader(req, t.request)
	if t.cookies != nil {
		for _, cookie := range t.cookies.Cookies(u) {
			req.AddCookie(cookie)
		}
	}
	return c.route(req)
}

func (c *Client) setHeader(req *http.Request, r Request) {
	h := req.Header
	h.Set("User-Agent", c.opt.UserAgent)
	h.Set("Accept-Encoding", "gzip, br, zstd")
	h.Set("Accept", "*/*")
	if r.Accept != "" {
		h.Set("Accept", r.Accept)
	}
	if r.ETag != "" {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		h.Set("If-Modified-Since", r.LastModified)
	}
	if user := req.URL.User; user != nil {
		password, _ := user.Password()
		req.SetBasicAuth(user.Username(), password)
	}
}

// route chooses between the guarded transport and the one through the proxy. The choice goes with the request, so that
// what was checked for a proxy never goes out without one.
func (c *Client) route(req *http.Request) (*http.Response, error) {
	if c.via == nil {
		return c.direct.RoundTrip(req)
	}
	proxy, err := c.opt.Proxy(req.URL)
	switch {
	case err != nil:
		return nil, err
	case proxy == nil:
		return c.direct.RoundTrip(req)
	}
	if err := c.guard.beforeProxy(req.Context(), req.URL); err != nil {
		return nil, err
	}
	return c.via.RoundTrip(req.WithContext(context.WithValue(req.Context(), proxyKey{}, proxy)))
}

// proxyKey is where a request's context holds the proxy that was chosen for it.
type proxyKey struct{}

var errNoProxy = errors.New("no proxy was chosen")

func chosenProxy(r *http.Request) (*url.URL, error) {
	if proxy, ok := r.Context().Value(proxyKey{}).(*url.URL); ok {
		return proxy, nil
	}
	return nil, errNoProxy
}
