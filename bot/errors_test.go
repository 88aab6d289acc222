package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"herald/bot"
	"herald/news"
)

// What Telegram, or something on the way, answers; and what a caller makes of it. All is sent as a broadcast, which is
// not tried again.
func TestErrors(t *testing.T) {
	for _, tc := range []struct {
		name   string
		answer answer
		want   error
	}{
		{"blocked", refused(403, "Forbidden: bot was blocked by the user"), bot.ErrGone},
		{"deactivated", refused(403, "Forbidden: user is deactivated"), bot.ErrGone},
		{"kicked", refused(403, "Forbidden: bot was kicked from the supergroup chat"), bot.ErrGone},
		{"not a member", refused(403, "Forbidden: bot is not a member of the channel chat"), bot.ErrGone},
		{"deleted", refused(403, "Forbidden: the group chat was deleted"), bot.ErrGone},
		{"never talked", refused(403, "Forbidden: bot can't initiate conversation with a user"), bot.ErrGone},
		{"a new 403", refused(403, "Forbidden: something nobody knows yet"), bot.ErrNoRights},
		{"no chat", refused(400, "Bad Request: chat not found"), bot.ErrChatNotFound},
		{"no topic", refused(400, "Bad Request: message thread not found"), bot.ErrTopic},
		{"closed topic", refused(400, "Bad Request: TOPIC_CLOSED"), bot.ErrTopic},
		{"no rights", refused(400, "Bad Request: not enough rights to send text messages to the chat"), bot.ErrNoRights},
		{"no rights, older", refused(400, "Bad Request: have no rights to send a message"), bot.ErrNoRights},
		{"token", refused(401, "Unauthorized"), bot.ErrToken},
		{"malformed token", refused(404, "Not Found"), bot.ErrToken},
		{"conflict", refused(409, "Conflict: terminated by other getUpdates request"), bot.ErrConflict},
		{"server error", refused(500, "Internal Server Error"), bot.ErrTransient},
		{"a proxy's page", answer{status: 502, body: "<html>Bad Gateway</html>"}, bot.ErrTransient},
		{"a portal's page", answer{status: 200, body: "<html>Log in</html>"}, bot.ErrTransient},
		{"nothing", answer{status: 200, body: ""}, bot.ErrTransient},
		{"half an answer", answer{status: 200, body: `{"ok":true,"result":{"message_`}, bot.ErrTransient},
		{"reset", answer{err: errors.New("connection reset by peer")}, bot.ErrTransient},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := &wire{answer: func(call) answer { return tc.answer }}
			if err := sendOne(t, w, bot.ClassBroadcast); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if got := len(w.of("sendMessage")); got != 1 {
				t.Errorf("got %d requests, want 1", got)
			}
		})
	}
}

func TestErrorsWithValues(t *testing.T) {
	w := &wire{answer: func(call) answer {
		return answer{status: 400, body: `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded ` +
			`to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890}}`}
	}}
	var moved *bot.MigratedError
	if err := sendOne(t, w, bot.ClassBroadcast); !errors.As(err, &moved) || moved.To != -1001234567890 {
		t.Errorf("got %v, want a migration to -1001234567890", err)
	}
	w = &wire{answer: func(call) answer { return flooded(77) }}
	var flood *bot.FloodError
	if err := sendOne(t, w, bot.ClassBroadcast); !errors.As(err, &flood) || flood.After != 77*time.Second {
		t.Errorf("got %v, want a flood wait of 77 s", err)
	}
	w = &wire{answer: func(call) answer { return refused(400, "Bad Request: an error of tomorrow") }}
	var refusal *bot.Refusal
	if err := sendOne(t, w, bot.ClassBroadcast); !errors.As(err, &refusal) || refusal.Code != 400 || refusal.Method != "sendMessage" {
		t.Errorf("got %v, want a refusal with its code and method", err)
	}
}

// sendOne sends one message with a bot of its own.
func sendOne(t *testing.T, w *wire, class bot.Class) error {
	t.Helper()
	b := w.newBot(t, bot.Config{})
	stop := running(t, b)
	defer stop()
	_, err := b.Send(t.Context(), class, news.Place{Chat: 1}, bot.Outgoing{HTML: "hello"})
	return err
}

// running runs a bot's sender; the function ends it and waits.
func running(t *testing.T, b *bot.Bot) func() {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	return func() {
		t.Helper()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
}

// The upload path of the library loses the error's code; the status stands in.
func TestErrorsOfUploads(t *testing.T) {
	w := &wire{answer: func(call) answer {
		return answer{status: 403, body: `{"ok":false,"error_code":403,"description":"Forbidden: something nobody knows yet"}`}
	}}
	b := w.newBot(t, bot.Config{})
	defer running(t, b)()
	err := b.SendDocument(t.Context(), news.Place{Chat: 1}, "feeds.opml", []byte("<opml/>"), "")
	if !errors.Is(err, bot.ErrNoRights) {
		t.Errorf("got %v, want ErrNoRights", err)
	}
}

// The token stands in every address, so every error of the network holds it.
func TestTokenIsInNoError(t *testing.T) {
	refusing, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + refusing.Addr().String()
	refusing.Close()
	resetting := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer resetting.Close()
	redirecting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, resetting.URL+r.URL.Path, http.StatusFound)
	}))
	defer redirecting.Close()
	quoting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // as servers of one's own may
		w.WriteHeader(http.StatusInternalServerError)
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error_code": 500, "description": "no handler for " + r.URL.Path})
	}))
	defer quoting.Close()
	for name, address := range map[string]string{
		"nobody listens": closed, "quoted by the server": quoting.URL, "connection reset": resetting.URL, "redirect": redirecting.URL,
		"no such scheme": "gopher://localhost", "not an address": "http://local host", "percent": "http://127.0.0.1:1/%zz",
	} {
		for _, token := range []string{testToken, "4242:odd token/with\x7f%things"} {
			t.Run(name, func(t *testing.T) {
				var log logged
				b := bot.New(bot.Config{Token: token, APIURL: address, Log: log.logger()})
				_, err := b.Me(t.Context())
				if !errors.Is(err, bot.ErrTransient) {
					t.Errorf("getMe: got %v, want ErrTransient", err)
				}
				for _, text := range []string{err.Error(), log.String()} {
					if strings.Contains(text, token[5:]) || strings.Contains(text, "must-not-be-seen") {
						t.Errorf("the token is in %q", text)
					}
				}
			})
		}
	}
}

func TestCancelledCallIsNotTransient(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := &wire{answer: func(call) answer { cancel(); return answer{err: errors.New("cut")} }}
	_, err := w.newBot(t, bot.Config{}).Me(ctx)
	if !errors.Is(err, context.Canceled) || errors.Is(err, bot.ErrTransient) {
		t.Errorf("got %v, want only context.Canceled", err)
	}
}
