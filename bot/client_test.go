package bot_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/news"
)

// What is not paced is tried again when Telegram can't be reached, and sits out a short flood wait.
func TestAskingAgain(t *testing.T) {
	for _, tc := range []struct {
		name  string
		first answer
		calls int
		after time.Duration
		want  error
		flood bool
	}{
		{"a server's error", refused(500, "Internal Server Error"), 2, 300 * time.Millisecond, nil, false},
		{"a short flood wait", flooded(3), 2, 3 * time.Second, nil, false},
		{"a long flood wait", flooded(30), 1, 0, nil, true},
		{"no chat", refused(400, "Bad Request: chat not found"), 1, 0, bot.ErrChatNotFound, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{answer: func(c call) answer {
					if c.number == 1 {
						return tc.first
					}
					return fine(`{"id":-7,"type":"channel"}`)
				}}
				_, err := w.newBot(t, bot.Config{}).FindChat(t.Context(), "@sundmar")
				var flood *bot.FloodError
				if got := errors.As(err, &flood); got != tc.flood || (!got && !errors.Is(err, tc.want)) {
					t.Errorf("got %v, want %v, or a flood wait: %v", err, tc.want, tc.flood)
				}
				calls := w.of("getChat")
				if len(calls) != tc.calls {
					t.Fatalf("got %d calls, want %d", len(calls), tc.calls)
				}
				if got := calls[len(calls)-1].at.Sub(calls[0].at); got != tc.after {
					t.Errorf("asked again after %v, want %v", got, tc.after)
				}
			})
		})
	}
}

func TestResultThatDoesNotFit(t *testing.T) {
	w := &wire{answer: func(call) answer { return fine(`{"id":"a word"}`) }}
	if _, err := w.newBot(t, bot.Config{}).Me(t.Context()); !errors.Is(err, bot.ErrTransient) {
		t.Errorf("got %v, want ErrTransient", err)
	}
}

// An answer without end is given up at a limit, not read into memory.
func TestAnswerThatIsTooLarge(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		chunk := []byte("{" + strings.Repeat(" ", 1<<20))
		for range 64 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer s.Close()
	_, err := bot.New(bot.Config{Token: testToken, APIURL: s.URL}).Me(t.Context())
	if !errors.Is(err, bot.ErrTransient) || !strings.Contains(err.Error(), "too large") {
		t.Errorf("got %v, want ErrTransient that says why", err)
	}
}

func TestDownloadErrors(t *testing.T) {
	for _, tc := range []struct {
		name    string
		handler http.HandlerFunc
	}{
		{"not there", http.NotFound},
		{"reset", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("half"))
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/getFile") {
					_, _ = w.Write([]byte(`{"ok":true,"result":{"file_path":"documents/a.opml","file_size":4}}`))
					return
				}
				tc.handler(w, r)
			}))
			defer s.Close()
			_, err := bot.New(bot.Config{Token: testToken, APIURL: s.URL}).Download(t.Context(), "f", 100)
			if !errors.Is(err, bot.ErrTransient) || strings.Contains(err.Error(), testToken) {
				t.Errorf("got %v, want ErrTransient without the token", err)
			}
		})
	}
}

func TestKeyboards(t *testing.T) {
	w := &wire{}
	b := w.newBot(t, bot.Config{Rate: -1, ChatRate: -1})
	defer running(t, b)()
	for _, tc := range []struct {
		keyboard bot.Keyboard
		want     string
	}{
		{
			bot.Keyboard{Rows: [][]bot.Key{{{Text: "Here", Location: true}}, {{Text: "Berlin"}}}, Placeholder: "Your city"},
			`{"keyboard":[[{"text":"Here","request_location":true}],[{"text":"Berlin"}]],"resize_keyboard":true,"one_time_keyboard":true,"input_field_placeholder":"Your city"}`,
		},
		{bot.Keyboard{}, `{"remove_keyboard":true}`},
	} {
		mustSend(t, b, news.Place{Chat: 1}, bot.Outgoing{HTML: "Where are you?", Keyboard: &tc.keyboard})
		calls := w.of("sendMessage")
		if diff := cmp.Diff(tc.want, calls[len(calls)-1].params.Get("reply_markup")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestTyping(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	b.Typing(t.Context(), ann, 0)
	calls := s.CallsOf("sendChatAction")
	if len(calls) != 1 || calls[0].Params["action"] != "typing" || calls[0].Status != 200 {
		t.Errorf("got %+v, want one that is accepted", calls)
	}
}
