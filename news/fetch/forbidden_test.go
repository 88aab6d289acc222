package fetch

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"herald/news"
)

// forbidden are addresses that nobody outside may have read, in the notations in which they are tried.
var forbidden = []string{
	// this machine
	"127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.1.", "127.255.255.254", "127.127.127.127",
	"2130706433", "017700000001", "0x7f000001", "0X7F000001", "0x7F.1", "0x7f.0x0.0x0.0x1", "0177.0.0.1", "0177.0.0.01",
	"0177.1", "00000177.0.0.1", "127.0x1", "0x7f.0.1", "127.0.0.0x1", "0.0.0.0", "0", "0x0", "0x", "00", "0.1", "0x00000000",
	"localhost", "LOCALHOST", "localhost.", "LocalHost.", "feeds.localhost", "a.b.localhost.", "ｌｏｃａｌｈｏｓｔ", "ⓛocalhost",
	"127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "①②⑦.0.0.1", "１２７.0.0.1", "¹²⁷.0.0.1", "0ｘ7ｆ.1", "127.0.0.1\u00ad", "127\u200b.0.0.1",
	// with something before it that looks like the host
	"user@127.0.0.1", "user:pw@127.0.0.1", "news.example@127.0.0.1", "news.example%40x@127.0.0.1", "127.0.0.1:80@localhost",
	// IPv6, and IPv4 inside it: mapped, translated, compatible, NAT64, 6to4, Teredo, ISATAP's link-local form
	"[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::0.0.0.1]", "[::]",
	"[::ffff:127.0.0.1]", "[::FFFF:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:0.0.0.0]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]",
	"[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::10.0.0.1]",
	"[64:ff9b:1::127.0.0.1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:c0a8:101::1]", "[2001::1]", "[2001:0:53aa:64c:0:0:80ff:fffe]",
	"[fe80::1]", "[fe80::5efe:127.0.0.1]", "[febf::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[fdff::1]", "[ff02::1]", "[ff0e::1]",
	"[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[2001:10::1]", "[2620:4f:8000::1]",
	// the machine that it runs on tells its secrets here
	"169.254.169.254", "169.254.169.254.", "2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "0251.0376.0251.0376", "169.254.43518", "100.100.100.200", "192.0.0.192",
	// networks inside, and what is nobody's
	"10.0.0.1", "10.1", "167772161", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.257", "0xc0a80001", "3232235521", "100.64.0.1",
	"192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.255", "192.88.99.1", "192.0.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
	"4294967295", "0.255.255.255",
}

// unreadable are hosts made to be read as one thing here and as another there: they are no addresses at all.
var unreadable = []string{
	"[fe80::1%25eth0]", "[::1%25lo]", "[::ffff:127.0.0.1%25lo]", "127.0.0.1%00", "%31%32%37.0.0.1", "127.0.0.1\\@news.example", "news.example\\@127.0.0.1",
	"256.0.0.1", "127.0.0.256", "1.2.3.4.5", "127..1", "127.0.0.1..", "0x100000000", "4294967296", "0177777777777", "08.0.0.1", "news.0x7f",
	"[127.0.0.1]", "[::ffff:127.1]", "[::1", "::1", "[]", "[1::2::3]", "127.0.0.1 ", "127.0.0.1\t", "127.0.0.1\n", "127.0.0.1\x00", "news.example:80:80", "",
}

// open is where a server may listen that a test lets be reached while it keeps the rest closed.
var open = []string{"127.0.0.2", "::1"}

// inside counts who connects to this machine, whatever its address, and returns the port.
func inside(t *testing.T) (port string, connected *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	connected = new(atomic.Int32)
	s := &http.Server{
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				connected.Add(1)
			}
		},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "a secret") }),
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		if n := connected.Load(); n != 0 {
			t.Errorf("%d connections were made", n)
		}
	})
	_, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port, connected
}

// outside starts a server at an address of its own and returns it with the range that opens it and nothing else.
func outside(t *testing.T, h http.Handler) (at string, allow []netip.Prefix) {
	t.Helper()
	for _, host := range open {
		l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
		if err != nil {
			continue
		}
		s := &httptest.Server{Listener: l, Config: &http.Server{Handler: h}}
		s.Start()
		t.Cleanup(s.Close)
		ip := netip.MustParseAddr(host)
		return l.Addr().String(), []netip.Prefix{netip.PrefixFrom(ip, ip.BitLen())}
	}
	t.Fatalf("can listen at none of %v", open)
	return "", nil
}

// refused asks for an address and checks that the guard, and not the network, has refused it.
func refused(t *testing.T, c *Client, r Request, want error) {
	t.Helper()
	res, err := c.Get(t.Context(), r)
	if !errors.Is(err, want) {
		t.Errorf("got %+v, %v; want %v", res, err, want)
	}
	if err != nil && strings.Contains(err.Error(), "dial") {
		t.Errorf("the error tells of the connection: %v", err)
	}
}

func TestForbidden(t *testing.T) {
	port, _ := inside(t)
	asked, resolver := serveNames(t, nil)
	c := New(Options{HostGap: -1, Resolver: resolver})
	defer c.Close()
	for _, host := range forbidden {
		t.Run(host, func(t *testing.T) {
			for _, at := range []string{"//" + host, "http://" + host + "/", "http://" + host + ":" + port + "/", "https://" + host + ":" + port + "/x?y#z"} {
				refused(t, c, Request{URL: at}, news.ErrForbidden)
			}
		})
	}
	for _, host := range unreadable {
		t.Run(host, func(t *testing.T) {
			refused(t, c, Request{URL: "http://" + host + ":" + port + "/"}, news.ErrBadAddress)
		})
	}
	if len(asked.asked) != 0 {
		t.Errorf("names were asked for: %v", asked.asked)
	}
}

// TestForbiddenRedirects has a server that may be reached lead to what may not: with every kind of redirect, for a feed,
// for a page, and for the robots.txt that is read before a page.
func TestForbiddenRedirects(t *testing.T) {
	port, _ := inside(t)
	at, allow := outside(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" && r.URL.Query().Get("to") == "" && !strings.HasPrefix(r.Host, "robots.") {
			http.NotFound(w, r)
			return
		}
		q := r.URL.Query()
		w.Header().Set("Location", q.Get("to"))
		var status int
		fmt.Sscan(q.Get("status"), &status)
		w.WriteHeader(status)
	}))
	c := New(Options{HostGap: -1, Allow: allow})
	defer c.Close()
	for i, host := range forbidden {
		t.Run(host, func(t *testing.T) {
			status := []int{301, 302, 303, 307, 308}[i%5]
			for _, to := range []string{"http://" + host + ":" + port + "/", "//" + host + ":" + port + "/"} {
				q := url.Values{"to": {to}, "status": {fmt.Sprint(status)}}
				refused(t, c, Request{URL: "http://" + at + "/?" + q.Encode()}, news.ErrForbidden)
				refused(t, c, Request{URL: "http://" + at + "/?" + q.Encode(), Robots: true}, news.ErrForbidden)
			}
		})
	}
}

func TestForbiddenRobots(t *testing.T) {
	port, _ := inside(t)
	to := "http://127.0.0.1:" + port + "/robots.txt"
	at, allow := outside(t, http.RedirectHandler(to, http.StatusFound))
	c := New(Options{HostGap: -1, Allow: allow})
	defer c.Close()
	refused(t, c, Request{URL: "http://" + at + "/", Robots: true}, news.ErrForbidden)
}

// TestForbiddenNames has names resolve to what may not be reached.
func TestForbiddenNames(t *testing.T) {
	port, _ := inside(t)
	zone := map[string][]netip.Addr{}
	for i, host := range forbidden {
		if u, err := Address(host); err == nil {
			if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
				zone[fmt.Sprintf("n%d.example.", i)] = []netip.Addr{ip}
			}
		}
	}
	if len(zone) < 60 {
		t.Fatalf("only %d addresses", len(zone))
	}
	_, resolver := serveNames(t, zone)
	at, allow := outside(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	}))
	c := New(Options{HostGap: -1, Resolver: resolver, Allow: allow})
	defer c.Close()
	for name, ips := range zone {
		t.Run(ips[0].String(), func(t *testing.T) {
			to := "http://" + strings.TrimSuffix(name, ".") + ":" + port + "/"
			refused(t, c, Request{URL: to}, news.ErrForbidden)
			refused(t, c, Request{URL: "http://" + at + "/?to=" + url.QueryEscape(to)}, news.ErrForbidden)
		})
	}
}

// TestRebinding has a name resolve to an open address at the first look-up and to this machine at the next: between
// robots.txt and its page, between two requests, and between two requests through a proxy.
func TestRebinding(t *testing.T) {
	_, closed := inside(t)
	asked := 0
	at, allow := outside(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Connection", "close") // the next request needs a new one, and so the name again
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, "news")
	}))
	there := netip.MustParseAddrPort(at)
	here := netip.MustParseAddr("127.0.0.1")
	// A server on all addresses has the same port here, so that only the guard keeps the connection from being made.
	l, err := net.Listen("tcp4", netip.AddrPortFrom(here, there.Port()).String())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			closed.Add(1)
			conn.Close()
		}
	}()
	_, resolver := serveNames(t, map[string][]netip.Addr{
		"two.example.": {there.Addr(), here}, "page.example.": {there.Addr(), here}, "proxied.example.": {there.Addr(), here},
	})
	port := fmt.Sprint(":", there.Port())
	c := New(Options{HostGap: -1, Resolver: resolver, Allow: allow})
	defer c.Close()
	if res, err := c.Get(t.Context(), Request{URL: "http://two.example" + port}); err != nil || string(res.Body) != "news" {
		t.Errorf("the first look-up: got %+v, %v", res, err)
	}
	refused(t, c, Request{URL: "http://two.example" + port}, news.ErrForbidden)
	refused(t, c, Request{URL: "http://page.example" + port, Robots: true}, news.ErrForbidden)

	proxied := New(Options{HostGap: -1, Resolver: resolver, Allow: allow, Proxy: func(*url.URL) (*url.URL, error) {
		return &url.URL{Scheme: "http", Host: at}, nil
	}})
	defer proxied.Close()
	if res, err := proxied.Get(t.Context(), Request{URL: "http://proxied.example" + port}); err != nil || string(res.Body) != "news" {
		t.Errorf("through a proxy, the first look-up: got %+v, %v", res, err)
	}
	refused(t, proxied, Request{URL: "http://proxied.example" + port}, news.ErrForbidden)
	if asked != 3 {
		t.Errorf("the open server was asked %d times, want 3", asked)
	}
}
