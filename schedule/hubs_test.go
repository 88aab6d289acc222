package schedule_test

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // as old hubs sign
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"herald/news"
	"herald/schedule"
)

// hub is a WebSub hub beside the press, which names it in its feed.
type hub struct {
	*press
	server   *httptest.Server // Herald's public address
	office   *httptest.Server // the hub's
	requests []url.Values     // of subscriptions
	status   int              // what it answers to them; 0: 204, and it verifies before it answers
	lease    string           // what it grants
	verified string           // what Herald answered
}

func newHub(t *testing.T) *hub {
	h := &hub{press: newPress(t), lease: "86400"}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.scheduler.Announcements().ServeHTTP(w, r) }))
	t.Cleanup(h.server.Close)
	h.office = httptest.NewServer(http.HandlerFunc(h.subscribed))
	t.Cleanup(h.office.Close)
	c := h.scheduler.Config
	c.Public = h.server.URL + "/"
	h.scheduler = schedule.New(c)
	h.answer = h.names
	h.publish(reports(2)...)
	h.followed()
	return h
}

// names has the feed name the hub.
func (h *hub) names(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path == "/feed" {
		w.Header().Set("Link", fmt.Sprintf(`<%s/hub>; rel="hub", <%s>; rel=self`, h.office.URL, h.url))
	}
	return false
}

// subscribed answers a subscription.
func (h *hub) subscribed(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	h.requests = append(h.requests, r.PostForm)
	status := h.status
	if h.status = 0; status == 0 {
		status, h.verified = http.StatusNoContent, h.verify("subscribe", r.PostForm.Get("hub.topic"), "c<b>42")
	}
	w.WriteHeader(status)
}

// callback is where the hub calls Herald.
func (h *hub) callback() string { return h.requests[len(h.requests)-1].Get("hub.callback") }

// verify asks Herald as a hub does: its status and answer.
func (h *hub) verify(mode, topic, challenge string) string {
	return h.get(h.callback() + "?" + url.Values{
		"hub.mode": {mode}, "hub.topic": {topic}, "hub.challenge": {challenge}, "hub.lease_seconds": {h.lease},
	}.Encode())
}

func (h *hub) get(address string) string {
	res, err := http.Get(address) //nolint:noctx,gosec // within a test, at its own server
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return fmt.Sprint(res.StatusCode, " ", res.Header.Get("Content-Type"), " ", string(body))
}

// ring announces with a signature and returns the status.
func (h *hub) ring(callback, signature, body string) int {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, callback, strings.NewReader(body))
	h.check(err)
	if signature != "" {
		req.Header.Set("X-Hub-Signature", signature)
	}
	res, err := http.DefaultClient.Do(req)
	h.check(err)
	defer res.Body.Close()
	return res.StatusCode
}

func sign(method string, newHash func() hash.Hash, secret, body string) string {
	mac := hmac.New(newHash, []byte(secret))
	mac.Write([]byte(body))
	return method + "=" + hex.EncodeToString(mac.Sum(nil))
}

func (h *hub) stored() news.Hub {
	h.t.Helper()
	stored, err := h.db.HubOf(h.t.Context(), h.id)
	h.check(err)
	return stored
}

// TestHub: a feed that names a hub is subscribed to there, and polled when the hub rings and signs.
func TestHub(t *testing.T) {
	h := newHub(t)
	h.poll()
	h.scheduler.AskHubs(t.Context())
	if len(h.requests) != 1 || h.requests[0].Get("hub.mode") != "subscribe" || h.requests[0].Get("hub.topic") != h.url {
		t.Fatalf("asked %v", h.requests)
	}
	if want := "200 text/plain; charset=utf-8 c<b>42"; h.verified != want {
		t.Errorf("confirmed with %q, want %q", h.verified, want)
	}
	s := h.stored()
	if !s.Until.Equal(h.clock().Add(24*time.Hour)) || s.Failures != 0 || len(s.Secret) < 20 || len(s.Token) < 20 {
		t.Errorf("stored %+v", s)
	}
	before := h.press.stored().NextPoll
	h.pass(2 * time.Minute)
	if got := h.ring(h.callback(), sign("sha256", sha256.New, s.Secret, "news"), "news"); got != http.StatusAccepted {
		t.Errorf("got %d", got)
	}
	if next := h.press.stored().NextPoll; !next.Equal(h.clock()) || !next.Before(before) {
		t.Errorf("next poll %s, was %s, now %s", next, before, h.clock())
	}
	h.publish("Harbour reopens")
	h.poll()
	h.owed(1)
	h.ring(h.callback(), sign("sha256", sha256.New, s.Secret, "news"), "news")
	if next := h.press.stored().NextPoll; next.Before(h.clock().Add(time.Minute)) {
		t.Errorf("polled again at %s, now is %s", next, h.clock())
	}
	// A feed that fails waits as long as its server asks, however often the hub rings.
	f := h.press.stored()
	f.Failures, f.NextPoll = 2, h.clock().Add(time.Hour)
	h.check(h.db.SaveFeed(t.Context(), f))
	h.pass(2 * time.Minute)
	h.ring(h.callback(), sign("sha256", sha256.New, s.Secret, "news"), "news")
	if next := h.press.stored().NextPoll; !next.Equal(f.NextPoll) {
		t.Errorf("a failing feed is polled at %s, want %s", next, f.NextPoll)
	}
}

// TestAnnouncements: only what the hub has signed makes a feed due.
func TestAnnouncements(t *testing.T) {
	h := newHub(t)
	h.poll()
	h.scheduler.AskHubs(t.Context())
	secret := h.stored().Secret
	large := strings.Repeat("x", 10<<20+1)
	for _, tt := range []struct {
		name, path, signature, body string
		status                      int
		rings                       bool
	}{
		{"SHA-1", "", sign("sha1", sha1.New, secret, "b"), "b", 202, true},
		{"SHA-384", "", sign("sha384", sha512.New384, secret, "b"), "b", 202, true},
		{"SHA-512", "", sign("SHA512", sha512.New, secret, "b"), "b", 202, true},
		{"no body", "", sign("sha256", sha256.New, secret, ""), "", 202, true},
		{"no signature", "", "", "b", 202, false},
		{"another body's", "", sign("sha256", sha256.New, secret, "a"), "b", 202, false},
		{"another secret's", "", sign("sha256", sha256.New, "guess", "b"), "b", 202, false},
		{"another method's", "", sign("sha1", sha256.New, secret, "b"), "b", 202, false},
		{"unknown method", "", sign("md5", sha256.New, secret, "b"), "b", 202, false},
		{"no digits", "", "sha256=xyz", "b", 202, false},
		{"empty", "", "sha256=", "b", 202, false},
		{"unknown token", "x", sign("sha256", sha256.New, secret, "b"), "b", 410, false},
		{"too large", "", sign("sha256", sha256.New, secret, large), large, 413, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h.poll()
			h.pass(2 * time.Minute)
			if got := h.ring(h.callback()+tt.path, tt.signature, tt.body); got != tt.status {
				t.Errorf("got %d, want %d", got, tt.status)
			}
			if rings := !h.press.stored().NextPoll.After(h.clock()); rings != tt.rings {
				t.Errorf("due: %t, want %t", rings, tt.rings)
			}
		})
	}
}

// TestVerification: Herald confirms only what it asked for.
func TestVerification(t *testing.T) {
	h := newHub(t)
	h.poll()
	h.status = http.StatusAccepted // verifies later, or never
	h.scheduler.AskHubs(t.Context())
	for _, tt := range []struct{ name, mode, topic, challenge string }{
		{"another topic", "subscribe", "https://other.example/feed", "c"},
		{"no topic", "subscribe", "", "c"},
		{"no challenge", "subscribe", h.url, ""},
		{"a huge challenge", "subscribe", h.url, strings.Repeat("c", 1<<11)},
		{"an end that was not asked for", "unsubscribe", h.url, "c"},
		{"no mode", "", h.url, "c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := h.verify(tt.mode, tt.topic, tt.challenge); !strings.HasPrefix(got, "404 ") || !h.stored().Until.IsZero() {
				t.Errorf("got %q, stored %+v", got, h.stored())
			}
		})
	}
	if got := h.get(h.server.URL + schedule.HubPath + "guess?hub.mode=subscribe&hub.challenge=c"); !strings.HasPrefix(got, "410 ") {
		t.Errorf("an unknown token: %s", got)
	}
	if got := h.verify("denied", h.url, ""); !strings.HasPrefix(got, "200 ") || h.stored().NextAsk.Before(h.clock().Add(6*24*time.Hour)) {
		t.Errorf("denied: got %q, stored %+v", got, h.stored())
	}
}

// TestLease: a hub is asked again before its word runs out, less and less often where it does not confirm; what it grants is bounded.
func TestLease(t *testing.T) {
	for lease, want := range map[string]time.Duration{
		"86400": 24 * time.Hour, "1": time.Hour, "999999999999": 30 * 24 * time.Hour, "-1": 10 * 24 * time.Hour, "": 10 * 24 * time.Hour,
	} {
		h := newHub(t)
		h.lease = lease
		h.poll()
		h.scheduler.AskHubs(t.Context())
		s := h.stored()
		if got := s.Until.Sub(h.clock()); got != want || s.NextAsk.Sub(h.clock()) != want*9/10 {
			t.Errorf("%q: lease of %s, next asked in %s", lease, got, s.NextAsk.Sub(h.clock()))
		}
	}
	h := newHub(t)
	h.poll()
	h.scheduler.AskHubs(t.Context())
	h.pass(20 * time.Hour)
	h.scheduler.AskHubs(t.Context())
	if len(h.requests) != 1 {
		t.Errorf("asked %d times", len(h.requests))
	}
	h.pass(2 * time.Hour)
	for i, want := range []time.Duration{1, 2, 4, 8} {
		h.status = http.StatusInternalServerError
		h.scheduler.AskHubs(t.Context())
		wait := h.stored().NextAsk.Sub(h.clock())
		if len(h.requests) != i+2 || wait < want*time.Hour || wait > want*66*time.Minute {
			t.Errorf("asked %d times, again in %s", len(h.requests), wait)
		}
		h.pass(wait)
	}
	h.scheduler.AskHubs(t.Context())
	if s := h.stored(); s.Failures != 0 || !s.Until.After(h.clock()) {
		t.Errorf("after it confirmed: %+v", s)
	}
}

// TestHubForgotten: a feed that names no hub any more, or that is removed, is subscribed to nowhere.
func TestHubForgotten(t *testing.T) {
	h := newHub(t)
	h.poll()
	h.answer = nil
	h.publish("Harbour reopens")
	h.poll()
	if s, err := h.db.HubOf(t.Context(), h.id); err == nil {
		t.Errorf("kept %+v", s)
	}
	h.answer = h.names
	h.publish("Ferry sails")
	h.poll()
	token := h.stored().Token
	h.check(h.db.RemoveFeed(t.Context(), h.id))
	if _, err := h.db.HubByToken(t.Context(), token); err == nil {
		t.Error("a removed feed has its hub")
	}
}
