package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"

	"herald/news"
)

// maxAddress is the longest address taken; RFC 9110, section 4.1 asks for 8000 bytes to be supported.
const maxAddress = 8000

// hostProfile turns a host as people write it into what the wire needs (RFC 5891). Unlike idna.Lookup it lets
// underscores pass, which real hosts have.
var hostProfile = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// Address reads a web address as a person or a feed writes it: surrounding space is dropped, a missing scheme is https,
// an international host becomes ASCII, what a query may not hold is escaped, a fragment is dropped. The error wraps news.ErrBadAddress.
func Address(s string) (*url.URL, error) {
	s = strings.TrimSpace(s)
	if len(s) > maxAddress {
		return nil, fmt.Errorf("%w: over %d bytes", news.ErrBadAddress, maxAddress)
	}
	if HasScheme(s) {
		return parse(s)
	}
	return parse("https://" + strings.TrimPrefix(s, "//"))
}

// HasScheme tells whether an address names its scheme ("https://…", "mailto:…"); "host:8080/path" does not.
func HasScheme(s string) bool {
	scheme, rest, found := strings.Cut(s, ":")
	if !found || scheme == "" || strings.ContainsAny(scheme, "./?#@[ ") {
		return false
	}
	return strings.HasPrefix(rest, "//") || rest == "" || rest[0] < '0' || rest[0] > '9'
}

func parse(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil {
		// The cause repeats the address, which may hold a password.
		return nil, fmt.Errorf("%w: it cannot be parsed", news.ErrBadAddress)
	}
	return check(u)
}

// check normalises an absolute address and refuses what is not the web.
func check(u *url.URL) (*url.URL, error) {
	v := *u
	v.Scheme = strings.ToLower(u.Scheme)
	if v.Scheme != "http" && v.Scheme != "https" {
		return nil, fmt.Errorf("%w: scheme %q", news.ErrBadAddress, v.Scheme)
	}
	if v.Opaque != "" || v.Hostname() == "" {
		return nil, fmt.Errorf("%w: no host", news.ErrBadAddress)
	}
	host, err := asciiHost(v.Hostname())
	if err != nil {
		return nil, fmt.Errorf("%w: host %q", news.ErrBadAddress, v.Hostname())
	}
	port := v.Port()
	if port == defaultPorts[v.Scheme] { // the same address (RFC 3986, section 6.2.3)
		port = ""
	}
	v.Host = joinPort(host, port)
	v.Fragment, v.RawFragment = "", ""
	v.RawQuery = stray.ReplaceAllStringFunc(v.RawQuery, url.QueryEscape)
	if len(v.String()) > maxAddress { // escaping makes it longer
		return nil, fmt.Errorf("%w: over %d bytes", news.ErrBadAddress, maxAddress)
	}
	return &v, nil
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

// maxHost is the longest name of a host (RFC 1035, section 2.3.4, less what its form on the wire adds).
const maxHost = 253

// hostChars are what a host may be made of on the wire; mapping can bring forth others, even spaces.
const hostChars = "abcdefghijklmnopqrstuvwxyz0123456789-._"

// stray is what must be escaped in a query and often is not (RFC 3986, section 3.4).
var stray = regexp.MustCompile(`[^!-~]+|["<>]`)

var errHost = errors.New("not a host")

func asciiHost(host string) (string, error) {
	if strings.Contains(host, ":") { // an IPv6 literal; the guard judges it
		ip, err := netip.ParseAddr(host)
		if err != nil || ip.Zone() != "" {
			return "", errHost
		}
		return ip.String(), nil
	}
	ascii, err := hostProfile.ToASCII(strings.ToLower(host))
	if err != nil || ascii == "" || len(ascii) > maxHost || strings.Trim(ascii, hostChars) != "" || strings.Contains(ascii, "..") {
		return "", errHost
	}
	return plainIPv4(ascii)
}

func joinPort(host, port string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" {
		return host
	}
	return host + ":" + port
}

// hostKey names the server of an address: what is asked one at a time. Default ports are left out, so that http and
// https of one host share their turn.
func hostKey(u *url.URL) string {
	port := u.Port()
	if port == "80" || port == "443" {
		port = ""
	}
	return joinPort(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), port)
}
