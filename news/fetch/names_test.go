package fetch

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a DNS server: it answers each name's look-ups with its addresses one after the other, the last again and again.
type names struct {
	t     *testing.T
	at    string
	mu    sync.Mutex
	zone  map[string][]netip.Addr
	asked map[string]int
}

// serveNames starts the server and returns a resolver that asks it.
func serveNames(t *testing.T, zone map[string][]netip.Addr) (*names, *net.Resolver) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &names{t: t, at: conn.LocalAddr().String(), zone: zone, asked: map[string]int{}}
	var serving sync.WaitGroup
	serving.Go(func() { n.serve(conn) })
	t.Cleanup(func() { conn.Close(); serving.Wait() })
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", n.at)
	}}
}

func (n *names) serve(conn net.PacketConn) {
	buf := make([]byte, 1<<12)
	for {
		size, from, err := conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if err := m.Unpack(buf[:size]); err != nil || len(m.Questions) != 1 {
			n.t.Errorf("a query that is none: %v", err)
			continue
		}
		n.answer(&m)
		out, err := m.Pack()
		if err != nil {
			n.t.Error(err)
			continue
		}
		_, _ = conn.WriteTo(out, from)
	}
}

// answer fills in what the zone says. A look-up is a question of each type.
func (n *names) answer(m *dnsmessage.Message) {
	n.mu.Lock()
	defer n.mu.Unlock()
	q := m.Questions[0]
	key := q.Name.String() + q.Type.String()
	ips, before := n.zone[q.Name.String()], n.asked[key]
	n.asked[key]++
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	if len(ips) == 0 {
		m.RCode = dnsmessage.RCodeNameError
		return
	}
	ip := ips[min(before, len(ips)-1)]
	head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}
	switch {
	case ip.Is4() && q.Type == dnsmessage.TypeA:
		m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AResource{A: ip.As4()}}}
	case ip.Is6() && q.Type == dnsmessage.TypeAAAA:
		m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}}}
	}
}
