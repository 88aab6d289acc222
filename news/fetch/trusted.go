package fetch

import (
	"errors"
	"net/http"
	"net/url"
)

// Trusted makes a client for one server that the operator names, such as a language model's. It may stand in one's own
// network, so the guard does not apply; hosts are not paced. It follows no redirect, which could carry a key elsewhere,
// and reads no more than maxBody bytes of an answer. How long a request takes is for its context to say. proxy chooses
// the proxy for an address; nil: none.
func Trusted(proxy func(*url.URL) (*url.URL, error), maxBody int64) *http.Client {
	t := newTransport(nil, nil)
	if proxy != nil {
		t.Proxy = func(r *http.Request) (*url.URL, error) { return proxy(r.URL) }
	}
	return &http.Client{
		Transport:     bounded{t, maxBody},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirected },
	}
}

// errRedirected is returned where a trusted server points elsewhere.
var errRedirected = errors.New("the server redirects; set the address that it redirects to")

// bounded bounds the bodies of answers.
type bounded struct {
	http.RoundTripper
	most int64
}

func (l bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = http.MaxBytesReader(nil, res.Body, l.most)
	}
	return res, err
}

// CloseIdleConnections lets go of connections that nobody uses, when the client is told to.
func (l bounded) CloseIdleConnections() {
	if c, ok := l.RoundTripper.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}
