package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// hook is a bot that takes updates by webhook. Each one is answered as the next of answers says, the last one for ever.
type hook struct {
	got     chan *http.Request
	bodies  chan gotUpdate
	answers chan func(http.ResponseWriter)
}

func newHook(t *testing.T) (*hook, string) {
	h := &hook{got: make(chan *http.Request, 10), bodies: make(chan gotUpdate, 10), answers: make(chan func(http.ResponseWriter), 10)}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var u gotUpdate
		if err := json.Unmarshal(body, &u); err != nil {
			t.Errorf("body %s: %v", body, err)
		}
		select {
		case a := <-h.answers:
			a(w)
		default:
		}
		h.got <- r
		h.bodies <- u
	}))
	t.Cleanup(web.Close)
	return h, web.URL
}

func TestWebhook(t *testing.T) {
	h, address := newHook(t)
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	if a := do(t, s, "setWebhook", "url", address, "secret_token", "s3-cret_"); !a.OK {
		t.Fatal(a.Description)
	}
	wantRefusal(t, do(t, s, "getUpdates"), 409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")

	h.answers <- func(w http.ResponseWriter) { w.WriteHeader(500) }
	_, err := s.Tell(u.ID, "a")
	must(t, err)
	r := <-h.got
	if got := r.Header.Get("X-Telegram-Bot-Api-Secret-Token"); got != "s3-cret_" {
		t.Errorf("secret %q", got)
	}
	first := <-h.bodies
	if s.PendingUpdates() != 1 {
		t.Error("forgotten although it was not taken")
	}
	h.answers <- func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"method":"sendMessage","chat_id":`+id(u.ID)+`,"text":"by the way"}`)
	}
	if again := <-h.bodies; again.ID != first.ID || again.Message.Text != "a" {
		t.Errorf("repeated as %+v", again)
	}
	must(t, s.WaitConfirmed(t.Context()))
	_, err = s.WaitMessage(t.Context(), u.ID, func(m Message) bool { return m.Text == "by the way" })
	must(t, err)

	var info struct {
		URL     string `json:"url"`
		Pending int    `json:"pending_update_count"`
		Error   string `json:"last_error_message"`
	}
	do(t, s, "getWebhookInfo").into(t, &info)
	if info.URL != address || info.Pending != 0 || info.Error != "wrong response from the webhook: 500 Internal Server Error" {
		t.Errorf("info %+v", info)
	}
	if a := do(t, s, "deleteWebhook", "drop_pending_updates", "true"); !a.OK {
		t.Error(a.Description)
	}
	if a := do(t, s, "getUpdates"); !a.OK {
		t.Error(a.Description)
	}
}

func TestWebhookRefused(t *testing.T) {
	cases := []struct{ url, param, value, want string }{
		{"nonsense", "max_connections", "1", "bad webhook: invalid webhook URL specified"},
		{"http://press.example/hook", "max_connections", "1", "bad webhook: An HTTPS URL must be provided for webhook"},
		{"https://press.example:8080/hook", "max_connections", "1", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"},
		{"https://press.example/hook", "max_connections", "1", "bad webhook: only loopback addresses are delivered to"},
		{"http://127.0.0.1:1/", "secret_token", "a b", "secret token contains unallowed characters"},
		{"http://127.0.0.1:1/", "max_connections", "101", "bad webhook: max_connections must be between 1 and 100"},
	}
	s := newServer(t, Options{})
	for _, c := range cases {
		t.Run(c.url+c.param, func(t *testing.T) {
			a := do(t, s, "setWebhook", "url", c.url, c.param, c.value)
			wantRefusal(t, a, 400, "Bad Request: "+c.want)
		})
	}
}
