package main

import (
	"net/url"
	"strings"
	"testing"
)

func TestProxies(t *testing.T) {
	for _, c := range []struct {
		name, address, want string
		env                 []string
	}{
		{"none", "http://news.example/", "", nil},
		{"http", "http://news.example/", "http://proxy.example:3128", []string{"HTTP_PROXY", "http://proxy.example:3128"}},
		{"in small letters", "http://news.example/", "http://proxy.example:3128", []string{"http_proxy", "proxy.example:3128"}},
		{"https has one of its own", "https://news.example/", "", []string{"HTTP_PROXY", "http://proxy.example:3128"}},
		{"https", "https://news.example/", "socks5://proxy.example:1080", []string{"HTTPS_PROXY", "socks5://proxy.example:1080"}},
		{"exception", "https://news.example/", "", []string{"HTTPS_PROXY", "proxy.example:3128", "no_proxy", ".example"}},
		{"this machine needs none", "http://127.0.0.1:8080/", "", []string{"HTTP_PROXY", "proxy.example:3128"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := config(t, env(c.env...), "read")
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(c.address)
			if err != nil {
				t.Fatal(err)
			}
			proxy := ""
			if got.Proxy != nil {
				p, err := got.Proxy(u)
				if err != nil {
					t.Fatal(err)
				}
				if p != nil {
					proxy = p.String()
				}
			}
			if proxy != c.want {
				t.Errorf("got %q, want %q", proxy, c.want)
			}
		})
	}
	_, err := config(t, env("HTTPS_PROXY", "http://ann:secret@proxy example:port"), "run")
	if err == nil || !strings.Contains(err.Error(), "HTTPS_PROXY") || strings.Contains(err.Error(), "secret") {
		t.Errorf("a proxy that is none: got %v", err)
	}
}
