package fetch

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"syscall"

	"code.dny.dev/ssrf"

	"herald/news"
)

// guard decides which IP addresses may be reached: public ones by the IANA special-purpose registries, and those of the
// operator's ranges. It is asked with the address that is about to be connected to, after DNS, so that neither a
// redirect nor a name that changes its answer gets around it.
type guard struct {
	allow  []netip.Prefix
	public *ssrf.Guardian
}

func newGuard(allow []netip.Prefix) *guard {
	return &guard{allow: slices.Clone(allow), public: ssrf.New(ssrf.WithAnyPort())}
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

// beforeProxy checks what can be checked of an address that a proxy will connect to: a literal, and a name that
// resolves here. A name that does not is the proxy's to judge.
func (g *guard) beforeProxy(ctx context.Context, u *url.URL) error {
	ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return ctx.Err()
	}
	for _, ip := range ips {
		if !g.permits(ip) {
			return news.ErrForbidden
		}
	}
	return nil
}
