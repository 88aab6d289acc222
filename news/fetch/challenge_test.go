package fetch

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"herald/news"
)

// TestChallenges: a puzzle for browsers in a page's place is no page, whatever its status; a page that tells of one is.
func TestChallenges(t *testing.T) {
	puzzle := "<html><title>Just a moment...</title><script>window._cf_chl_opt = {}</script>"
	for _, c := range []struct {
		name, header, value string
		status              int
		body                string
		want                error
	}{
		{"said in the header", "Cf-Mitigated", "challenge", 403, "", news.ErrBlocked},
		{"said with a status of its own", "X-Amzn-Waf-Action", "challenge", 202, "", news.ErrBlocked},
		{"as if overloaded", "Cf-Mitigated", "challenge", 503, "", news.ErrBlocked},
		{"said by nothing but itself", "Server", "cloudflare", 200, puzzle, news.ErrBlocked},
		{"work to prove", "", "", 200, `<script id="anubis_challenge" type="application/json">{}</script>`, news.ErrBlocked},
		{"an article of it", "", "", 200, puzzle + strings.Repeat("<p>The engineers of Larkfeld explain it.", 2000), nil},
		{"a page that is watched", "X-Amzn-Waf-Action", "allow", 200, "<p>The ferry sails.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, at := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set(c.header, c.value)
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			if _, err := client.Get(t.Context(), Request{URL: at}); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// TestCookies: a page that asks for consent and leads in circles until a cookie is there is got through, and the cookie is forgotten.
func TestCookies(t *testing.T) {
	first := 0
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("consent")
		switch {
		case r.URL.Path == "/consent":
			http.SetCookie(w, &http.Cookie{Name: "consent", Value: "none", Path: "/"})
			http.Redirect(w, r, "/feed", http.StatusFound)
		case err != nil:
			first++
			http.Redirect(w, r, "/consent", http.StatusFound)
		default:
			_, _ = io.WriteString(w, "<rss></rss>")
		}
	})
	for range 2 {
		res, err := c.Get(t.Context(), Request{URL: at + "/feed"})
		if err != nil {
			t.Fatal(err)
		}
		res.Close()
		if string(res.Body) != "<rss></rss>" {
			t.Errorf("got %q", res.Body)
		}
	}
	if first != 2 {
		t.Errorf("asked without a cookie %d times, want 2", first)
	}
}

// TestPlainWords: why the network failed is said so that whoever runs Herald understands it.
func TestPlainWords(t *testing.T) {
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		conn, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		if r.URL.Path == "/cut" {
			_, _ = buf.WriteString("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")
			buf.Flush()
		}
	})
	for address, want := range map[string]string{
		at + "/cut": "the answer breaks off", at + "/closed": "the answer breaks off", "http://127.0.0.1:1/": "the connection is refused",
	} {
		if _, err := c.Get(t.Context(), Request{URL: address}); !errors.Is(err, news.ErrUnreach) || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", address, err, want)
		}
	}
}
