package fetch

import (
	"context"
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
func newTransport(control func(string, string, syscall.RawConn) error) *http.Transport {
	d := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Control: control}
	return &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // decoded in body.go, where the limit counts decoded bytes
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    1, // one request at a time per host needs no more
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// hop makes one request, redirects not followed, when it is the host's turn, and takes the time it spends off left.
func (c *Client) hop(ctx context.Context, u *url.URL, r Request, left *time.Duration) (*Response, error) {
	turn, err := c.hosts.acquire(ctx, hostKey(u))
	if err != nil {
		return nil, err
	}
	defer turn.release()
	start := time.Now()
	defer func() { *left -= time.Since(start) }()
	within, cancel := context.WithTimeout(ctx, *left)
	defer cancel()
	res, err := c.roundTrip(within, u, r, turn) //nolint:bodyclose // finish closes it
	if err != nil {
		return nil, unreachable(ctx, err)
	}
	defer finish(res.Body)
	return c.read(ctx, res, r, turn)
}

// finish closes a body; a short rest is read before, so that the connection can be used again.
func finish(body io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, body, 2<<10)
	body.Close()
}

func (c *Client) roundTrip(ctx context.Context, u *url.URL, r Request, turn *turn) (*http.Response, error) {
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
		if c.guard.allowedConn(i.Conn) {
			turn.near.Store(true)
		}
	}})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	c.setHeader(req, r)
	rt, err := c.route(ctx, u)
	if err != nil {
		return nil, err
	}
	return rt.RoundTrip(req)
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

// route chooses between the guarded transport and the one through the proxy.
func (c *Client) route(ctx context.Context, u *url.URL) (*http.Transport, error) {
	if c.via == nil {
		return c.direct, nil
	}
	proxy, err := c.opt.Proxy(u)
	if err != nil || proxy == nil {
		return c.direct, err
	}
	return c.via, c.guard.beforeProxy(ctx, u)
}
