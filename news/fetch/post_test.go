package fetch

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestFormsStay: a form, which may hold a secret, goes along with a redirect only where that says so and stays on its server.
func TestFormsStay(t *testing.T) {
	posted := map[string]string{}
	c, base := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		posted[r.URL.Path] = r.FormValue("secret")
		switch r.URL.Path {
		case "/307":
			http.Redirect(w, r, "/here", http.StatusTemporaryRedirect)
		case "/302":
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		case "/away":
			http.Redirect(w, r, "http://other.example/there", http.StatusPermanentRedirect)
		}
	})
	for path, good := range map[string]bool{"/307": true, "/302": false, "/away": false} {
		_, err := c.Get(t.Context(), Request{URL: base + path, Form: url.Values{"secret": {"x"}}})
		if (err == nil) != good {
			t.Errorf("%s: %v", path, err)
		}
		if err != nil && !strings.Contains(err.Error(), "form") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if posted["/here"] != "x" || posted["/elsewhere"] != "" {
		t.Errorf("posted %v", posted)
	}
}
