package sim

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start is the time at which the clocks of tests begin.
var start = time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)

// newServer makes a server without limits, unless the test sets some.
func newServer(t *testing.T, opt Options) *Server {
	t.Helper()
	if opt.Limits == (Limits{}) {
		opt.Limits = Unlimited()
	}
	s := New(opt)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// answer is a decoded answer of the Bot API.
type answer struct {
	Status      int
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		Migrate    int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// into decodes the result.
func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if !a.OK {
		t.Fatalf("refused: %d %s", a.Code, a.Description)
	}
	if err := json.Unmarshal(a.Result, v); err != nil {
		t.Fatalf("result %s: %v", a.Result, err)
	}
}

// params are the parameters of a call, in pairs.
func params(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// ask calls a method over the wire, in memory.
func ask(ctx context.Context, s *Server, method string, v url.Values) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1/bot"+s.Token()+"/"+method, strings.NewReader(v.Encode()))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.Transport().RoundTrip(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	out := answer{Status: resp.StatusCode}
	return out, json.Unmarshal(body, &out)
}

// do is ask for calls that must come through.
func do(t *testing.T, s *Server, method string, pairs ...string) answer {
	t.Helper()
	a, err := ask(t.Context(), s, method, params(pairs...))
	if err != nil && t.Context().Err() != nil {
		runtime.Goexit() // a goroutine beside the test, cut off by the test's end: nobody waits for its answer
	}
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return a
}

// newPerson adds a person who has written to the bot, and forgets the update.
func newPerson(t *testing.T, s *Server, name string) User {
	t.Helper()
	u := s.AddUser(User{FirstName: name, LanguageCode: "en"})
	if _, err := s.Tell(u.ID, "/start"); err != nil {
		t.Fatal(err)
	}
	drain(t, s)
	return u
}

// drain confirms every update.
func drain(t *testing.T, s *Server) {
	t.Helper()
	do(t, s, "getUpdates", "offset", "999999999999")
}

// gotUpdate is an update as the bot reads it.
type gotUpdate struct {
	ID           int64          `json:"update_id"`
	Message      *Message       `json:"message"`
	Edited       *Message       `json:"edited_message"`
	Post         *Message       `json:"channel_post"`
	Callback     map[string]any `json:"callback_query"`
	Inline       map[string]any `json:"inline_query"`
	Chosen       map[string]any `json:"chosen_inline_result"`
	MyChatMember map[string]any `json:"my_chat_member"`
	ChatMember   map[string]any `json:"chat_member"`
}

// updates takes what waits for the bot.
func updates(t *testing.T, s *Server) []gotUpdate {
	t.Helper()
	var list []gotUpdate
	do(t, s, "getUpdates").into(t, &list)
	drain(t, s)
	return list
}

// wantRefusal demands a refusal with this text.
func wantRefusal(t *testing.T, a answer, code int, text string) {
	t.Helper()
	if a.OK || a.Code != code || a.Status != code || a.Description != text {
		t.Errorf("got %d %q, want %d %q", a.Code, a.Description, code, text)
	}
}

// id writes a number as a parameter.
func id[T int | int64](n T) string { return json.Number(jsonOf(n)).String() }

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// clock stands still at start.
func clock() func() time.Time { return func() time.Time { return start } }
