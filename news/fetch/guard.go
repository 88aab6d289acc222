package fetch

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"herald/news"
)

// guard decides which IP addresses may be reached: public ones by the IANA special-purpose registries, and those of the
// operator's ranges. It is asked with the address that is about to be connected to, after DNS, so that neither a
// redirect nor a name that changes its answer gets around it.
type guard struct {
	allow  []netip.Prefix
	public *ssrf.Guardian
	names  *net.Resolver
}

func newGuard(allow []netip.Prefix, names *net.Resolver) *guard {
	if names == nil {
		names = net.DefaultResolver
	}
	allow = slices.Clone(allow)
	for i, p := range allow { // addresses are compared unmapped
		if a := p.Addr(); a.Is4In6() && p.Bits() >= 96 {
			allow[i] = netip.PrefixFrom(a.Unmap(), p.Bits()-96)
		}
	}
	return &guard{allow: allow, public: ssrf.New(ssrf.WithAnyPort()), names: names}
}

// control is a net.Dialer's Control function: it runs between name resolution and connect.
func (g *guard) control(network, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || (network != "tcp4" && network != "tcp6") || !g.permits(ap.Addr()) {
		return news.ErrForbidden
	}
	return nil
}

// permits tells whether an address may be reached. An IPv4 address inside an IPv6 one (mapped, or NAT64 by RFC 6052) is
// judged as that IPv4 address.
func (g *guard) permits(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	if g.allowed(ip) {
		return true
	}
	if ip.Is6() && ssrf.IPv6NAT64Prefix.Contains(ip) {
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	return g.public.SafeAddr(ip) == nil
}

// named judges the host of an address as it is written, so that nobody is asked for what can only be refused. Names other
// than localhost (RFC 6761, section 6.3) are judged when they have been resolved.
func (g *guard) named(u *url.URL) error {
	host := strings.TrimSuffix(u.Hostname(), ".")
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil && !g.permits(ip),
		(host == "localhost" || strings.HasSuffix(host, ".localhost")) && !g.allowed(loopback4) && !g.allowed(netip.IPv6Loopback()):
		return news.ErrForbidden
	}
	return nil
}

var loopback4 = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// allowed tells whether the operator opened the address.
func (g *guard) allowed(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	return slices.ContainsFunc(g.allow, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// allowedConn tells whether a connection's far end is in a range that the operator opened.
func (g *guard) allowedConn(c net.Conn) bool {
	ap, err := netip.ParseAddrPort(c.RemoteAddr().String())
	return err == nil && g.allowed(ap.Addr())
}

// proxyLookup is how long the names of what a proxy is asked for are looked up here: where a proxy is the only way out,
// names often are not to be had, and silence must not use up the time for the answer.
const proxyLookup = 2 * time.Second

// beforeProxy checks what can be checked of an address that a proxy will connect to: a literal, and a name that
// resolves here. A name that does not is the proxy's to judge.
func (g *guard) beforeProxy(ctx context.Context, u *url.URL) error {
	within, cancel := context.WithTimeout(ctx, proxyLookup)
	defer cancel()
	ips, err := g.names.LookupNetIP(within, "ip", u.Hostname())
	if err != nil {
		return ctx.Err()
	}
	if !slices.ContainsFunc(ips, func(ip netip.Addr) bool { return !g.permits(ip) }) {
		return nil
	}
	return news.ErrForbidden
}
