package main

import (
	"cmp"
	"errors"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"herald/news/fetch"
)

// web makes the client that reads the open web as the settings say.
func (c *Config) web() *fetch.Client {
	return fetch.New(fetch.Options{Allow: c.FetchAllow, UserAgent: fetch.UserAgent(c.Contact), Proxy: c.Proxy})
}

// proxies chooses proxies as HTTP_PROXY, HTTPS_PROXY and NO_PROXY say, in capitals or not, as other programs do; nil where
// none is set.
func proxies(getenv func(string) string) func(*url.URL) (*url.URL, error) {
	value := func(name string) string { return cmp.Or(getenv(name), getenv(strings.ToLower(name))) }
	c := httpproxy.Config{HTTPProxy: value("HTTP_PROXY"), HTTPSProxy: value("HTTPS_PROXY"), NoProxy: value("NO_PROXY")}
	switch {
	case c.HTTPProxy == "" && c.HTTPSProxy == "":
		return nil
	case !isProxy(c.HTTPProxy) || !isProxy(c.HTTPSProxy): // the library would go out without it
		return func(*url.URL) (*url.URL, error) { return nil, errProxy }
	}
	return c.ProxyFunc()
}

func isProxy(s string) bool {
	if s != "" && !strings.Contains(s, "://") {
		s = "http://" + s
	}
	return s == "" || isURL(s, "http", "https", "socks5", "socks5h")
}

var errProxy = errors.New("HTTP_PROXY or HTTPS_PROXY: it is not the address of a proxy, such as http://proxy.example:3128")

// checkProxy tells proxies whose addresses can't be read. An address may hold a password: it is not repeated.
func (c *Config) checkProxy() error {
	if c.Proxy == nil {
		return nil
	}
	_, err := c.Proxy(&url.URL{Scheme: "https", Host: "news.example"})
	return err
}

// isContact tells whether a text can stand as an address in a User-Agent (RFC 9110, section 5.6.5: a comment in it ends with
// a bracket).
func isContact(s string) bool {
	return len(s) <= 200 && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`()\;`, r) })
}
