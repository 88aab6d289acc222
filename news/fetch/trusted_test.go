package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestTrusted(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, "/small", http.StatusFound)
		case "/large":
			_, _ = io.WriteString(w, strings.Repeat("x", 2000))
		default:
			_, _ = io.WriteString(w, "small")
		}
	}))
	defer s.Close()
	c := Trusted(nil, 1000) // the guard would not let it to this machine
	defer c.CloseIdleConnections()
	get := func(c *http.Client, path string) (string, error) {
		res, err := c.Get(s.URL + path)
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		return string(b), err
	}
	if got, err := get(c, "/small"); err != nil || got != "small" {
		t.Errorf("small: %q, %v", got, err)
	}
	var large *http.MaxBytesError
	if _, err := get(c, "/large"); !errors.As(err, &large) {
		t.Errorf("large: %v", err)
	}
	if _, err := get(c, "/away"); !errors.Is(err, errRedirected) {
		t.Errorf("redirect: %v", err)
	}
	noProxy := errors.New("no proxy")
	proxied := Trusted(func(*url.URL) (*url.URL, error) { return nil, noProxy }, 1000)
	if _, err := get(proxied, "/small"); !errors.Is(err, noProxy) {
		t.Errorf("proxy: %v", err)
	}
}
