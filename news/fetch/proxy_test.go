package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestProxy(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		io.WriteString(w, "through the proxy")
	}))
	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, resolver := serveNames(t, map[string][]netip.Addr{"inside.example.": {netip.MustParseAddr("10.1.2.3")}})
	c := New(Options{HostGap: -1, Resolver: resolver, Proxy: func(*url.URL) (*url.URL, error) { return u, nil }})
	defer func() { c.Close(); proxy.Close() }()
	res, err := c.Get(t.Context(), Request{URL: "http://news.example/feed"})
	if err != nil || string(res.Body) != "through the proxy" {
		t.Errorf("got %+v, %v", res, err)
	}
	for _, inner := range append([]string{"inside.example"}, forbidden...) {
		if _, err := c.Get(t.Context(), Request{URL: "http://" + inner + "/"}); !errors.Is(err, news.ErrForbidden) {
			t.Errorf("%s: got %v", inner, err)
		}
	}
	if diff := cmp.Diff([]string{"http://news.example/feed"}, asked); diff != "" {
		t.Errorf("the proxy was asked (-want +got):\n%s", diff)
	}
}

// TestNoProxy: what the operator lets out without the proxy is guarded as if there were none.
func TestNoProxy(t *testing.T) {
	port, _ := inside(t)
	c := New(Options{HostGap: -1, Proxy: func(*url.URL) (*url.URL, error) { return nil, nil }})
	defer c.Close()
	_, resolver := serveNames(t, map[string][]netip.Addr{"inside.example.": {netip.MustParseAddr("127.0.0.1")}})
	named := New(Options{HostGap: -1, Resolver: resolver, Proxy: func(*url.URL) (*url.URL, error) { return nil, nil }})
	defer named.Close()
	refused(t, c, Request{URL: "http://127.0.0.1:" + port}, news.ErrForbidden)
	refused(t, named, Request{URL: "http://inside.example:" + port}, news.ErrForbidden)
}
