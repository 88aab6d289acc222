package bot_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/bot"
)

const testToken = "4242:a-token-that-must-not-be-seen"

// wire stands in for the network and for Telegram. It needs no sockets, so that time can be controlled in a test.
type wire struct {
	latency time.Duration
	transit func(number int) time.Duration // how long a request is on its way; nil: not at all
	answer  func(call) answer              // nil: everything is fine

	mu    sync.Mutex
	calls []call
	next  int
}

// call is a request as it went over the wire.
type call struct {
	method string
	params url.Values
	at     time.Time
	number int // of all calls, from 1
}

func (c call) chat() int64 {
	id, _ := strconv.ParseInt(c.params.Get("chat_id"), 10, 64)
	return id
}

// answer is what comes back: a body with its status, or the connection's error.
type answer struct {
	status int
	body   string
	err    error
	delay  time.Duration
}

func fine(result string) answer {
	return answer{status: 200, body: `{"ok":true,"result":` + result + `}`}
}

func refused(code int, text string) answer {
	body, _ := json.Marshal(map[string]any{"ok": false, "error_code": code, "description": text})
	return answer{status: code, body: string(body)}
}

func flooded(seconds int) answer {
	return answer{status: 429, body: fmt.Sprintf(
		`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after %d","parameters":{"retry_after":%d}}`, seconds, seconds)}
}

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	params, _ := url.ParseQuery(string(body))
	c := w.arrive(r.URL.Path, params)
	a := w.reply(c)
	if d := w.latency + a.delay; d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	if a.err != nil {
		return nil, a.err
	}
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(a.body))}, nil
}

// arrive books a call, at the time when Telegram sees it.
func (w *wire) arrive(path string, params url.Values) call {
	w.mu.Lock()
	w.next++
	c := call{method: path[strings.LastIndex(path, "/")+1:], params: params, number: w.next}
	w.mu.Unlock()
	if w.transit != nil {
		time.Sleep(w.transit(c.number))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	c.at = time.Now()
	w.calls = append(w.calls, c)
	return c
}

func (w *wire) reply(c call) answer {
	if w.answer != nil {
		if a := w.answer(c); a.status != 0 || a.err != nil {
			return a
		}
	}
	switch c.method {
	case "getMe":
		return fine(`{"id":4242,"is_bot":true,"first_name":"Herald","username":"herald_test_bot"}`)
	case "getUpdates":
		return fine("[]")
	case "getWebhookInfo":
		url := ""
		if set := w.of("setWebhook"); len(set) > 0 {
			url = set[len(set)-1].params.Get("url")
		}
		return fine(fmt.Sprintf(`{"url":%q}`, url))
	case "sendMessage", "editMessageText", "sendDocument":
		return fine(fmt.Sprintf(`{"message_id":%d}`, c.number))
	}
	return fine("true")
}

// of are the calls of a method so far.
func (w *wire) of(method string) []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []call
	for _, c := range w.calls {
		if c.method == method {
			list = append(list, c)
		}
	}
	return list
}

// newBot makes a bot on the wire that nobody else can be.
func (w *wire) newBot(t *testing.T, c bot.Config) *bot.Bot {
	t.Helper()
	c.Alone = true
	return w.newcomer(t, c)
}

// newcomer makes a bot on the wire.
func (w *wire) newcomer(t *testing.T, c bot.Config) *bot.Bot {
	t.Helper()
	c.Token, c.Transport = testToken, w
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return bot.New(c)
}

// logged collects a log.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logged) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }
