package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"herald/news"
)

func TestPermits(t *testing.T) {
	g := newGuard([]netip.Prefix{netip.MustParsePrefix("10.20.0.0/16"), netip.MustParsePrefix("fd00:1::/32"), netip.MustParsePrefix("::ffff:10.30.0.0/112")}, nil)
	for _, c := range []struct {
		ip   string
		want bool
	}{
		{"93.184.215.14", true},
		{"8.8.8.8", true},
		{"2606:4700::1111", true},
		{"100.128.0.1", true},
		{"172.32.0.1", true},
		{"0.0.0.0", false},
		{"0.1.2.3", false},
		{"10.0.0.1", false},
		{"100.64.0.1", false},
		{"127.0.0.1", false},
		{"127.255.255.254", false},
		{"169.254.169.254", false},
		{"172.16.0.1", false},
		{"172.31.255.255", false},
		{"192.0.0.8", false},
		{"192.0.2.1", false},
		{"192.88.99.1", false},
		{"192.168.1.1", false},
		{"198.18.0.1", false},
		{"198.51.100.1", false},
		{"203.0.113.1", false},
		{"224.0.0.1", false},
		{"239.255.255.255", false},
		{"240.0.0.1", false},
		{"255.255.255.255", false},
		{"::", false},
		{"::1", false},
		{"fe80::1", false},
		{"fe80::1%eth0", false},
		{"fc00::1", false},
		{"fd12::1", false},
		{"ff02::1", false},
		{"fec0::1", false},
		{"2001:db8::1", false},
		{"2001::1", false},
		{"2002:7f00:1::", false},
		{"3fff::1", false},
		{"100::1", false},
		{"64:ff9b:1::1", false},
		{"::127.0.0.1", false},
		{"5f00::1", false},
		{"::ffff:127.0.0.1", false},
		{"::ffff:10.0.0.1", false},
		{"::ffff:169.254.169.254", false},
		{"::ffff:8.8.8.8", true},
		{"64:ff9b::127.0.0.1", false},
		{"64:ff9b::10.0.0.1", false},
		{"64:ff9b::8.8.8.8", true},
		{"10.20.1.1", true},
		{"::ffff:10.20.1.1", true},
		{"10.21.1.1", false},
		{"10.30.1.1", true},
		{"fd00:1::5", true},
		{"fd00:2::5", false},
	} {
		t.Run(c.ip, func(t *testing.T) {
			if got := g.permits(netip.MustParseAddr(c.ip)); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestUnreachable asks a port where nobody listens.
func TestUnreachable(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") }))
	at := s.URL
	s.Close()
	c := New(Options{Allow: loopback})
	defer c.Close()
	if _, err := c.Get(t.Context(), Request{URL: at}); !errors.Is(err, news.ErrUnreach) {
		t.Errorf("got %v, want ErrUnreach", err)
	}
}
