package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/news"
)

func short(a *news.Article) Wanted { return Wanted{Article: a, Length: news.Short} }

// TestProtocol: with pieces and without, the answer arrives, and the article goes out as data.
func TestProtocol(t *testing.T) {
	for _, stream := range []bool{false, true} {
		t.Run(fmt.Sprint("stream=", stream), func(t *testing.T) {
			s := says(t, "Here is the summary:\n\n- "+good)
			w := at(t, s, func(c *Config) { c.Stream = stream })
			got, err := w.Summary(t.Context(), short(harbour()))
			if err != nil || got != good {
				t.Fatalf("got %q, %v", got, err)
			}
			q := s.asked[0]
			if q.Model != "small" || q.Stream != stream || len(q.Messages) != 2 || s.header[0].Get("Authorization") != "Bearer "+key {
				t.Fatalf("asked %+v", q)
			}
			if strings.Contains(q.Messages[0].Content, "Glimmer") || !strings.Contains(q.Messages[0].Content, "English") {
				t.Errorf("the instructions: %s", q.Messages[0].Content)
			}
			var data struct{ Title, Text string }
			if err := json.Unmarshal([]byte(q.Messages[1].Content), &data); err != nil || data.Text != harbour().Text {
				t.Errorf("the article as data: %v, %s", err, q.Messages[1].Content)
			}
		})
	}
}

// TestKnown: what was written is not asked for again, in another run neither; another length is.
func TestKnown(t *testing.T) {
	s := says(t, good)
	w := at(t, s, nil)
	if _, settled := w.Known(t.Context(), short(harbour())); settled {
		t.Fatal("settled before it was asked for")
	}
	for range 3 {
		if got, err := w.Summary(t.Context(), short(harbour())); err != nil || got != good {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	later := at(t, s, func(c *Config) { c.Memory = w.memory })
	if got, settled := later.Known(t.Context(), short(harbour())); got != good || !settled {
		t.Fatalf("got %q, %t", got, settled)
	}
	if _, err := later.Summary(t.Context(), Wanted{Article: harbour(), Length: news.Long}); err != nil {
		t.Fatal(err)
	}
	if n := s.requests(); n != 2 {
		t.Fatalf("%d requests, want 2", n)
	}
}

// TestNone: without a model nothing is known and nothing is asked.
func TestNone(t *testing.T) {
	var m *Model
	if got, settled := m.Known(t.Context(), short(harbour())); got != "" || !settled {
		t.Errorf("got %q, %t", got, settled)
	}
	if _, err := m.Summary(t.Context(), short(harbour())); err == nil {
		t.Error("no model, and a summary")
	}
	m.Close()
}

// TestTries: what passes is tried again, what does not is not, and the server's words stay out of errors.
func TestTries(t *testing.T) {
	for _, tt := range []struct {
		name     string
		statuses []int // 0: the answer
		requests int
		want     error
	}{
		{"busy once", []int{429, 0}, 2, nil},
		{"broken twice", []int{500, 503, 0}, 3, nil},
		{"broken", []int{500, 500, 500, 0}, 3, ErrFailed},
		{"busy for ever", []int{429, 429, 429, 0}, 3, ErrFailed},
		{"wrong key", []int{401, 0}, 1, ErrFailed},
		{"no such model", []int{404, 0}, 1, ErrFailed},
	} {
		for _, stream := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, " stream=", stream), func(t *testing.T) {
				s := newServer(t, func(w http.ResponseWriter, q question, n int) {
					if status := tt.statuses[n]; status != 0 {
						w.WriteHeader(status)
						fmt.Fprintf(w, `{"error":{"message":"the key %s is not good"}}`, key)
						return
					}
					say(w, q, good)
				})
				w := at(t, s, func(c *Config) { c.Stream = stream })
				got, err := w.Summary(t.Context(), short(harbour()))
				if !errors.Is(err, tt.want) || (err == nil) != (got == good) || s.requests() != tt.requests {
					t.Errorf("got %q, %v after %d requests", got, err, s.requests())
				}
				if err != nil && strings.Contains(err.Error(), key) {
					t.Errorf("the error holds the key: %v", err)
				}
			})
		}
	}
}

// TestRetryAfter: a server that wants to be left alone longer than there is time is not asked again.
func TestRetryAfter(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ question, _ int) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	w := at(t, s, nil)
	if _, err := w.Summary(t.Context(), short(harbour())); !errors.Is(err, ErrFailed) || s.requests() != 1 {
		t.Errorf("%v after %d requests", err, s.requests())
	}
	if left := w.resumes.Sub(w.Now()); left < 59*time.Minute {
		t.Errorf("left alone for %s", left)
	}
}

// TestPause: after a failure the model is left alone for a while, and then works again.
func TestPause(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, q question, n int) {
		if n < tries {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		say(w, q, good)
	})
	w := at(t, s, nil)
	for _, want := range []error{ErrFailed, ErrPause, ErrPause} {
		if _, err := w.Summary(t.Context(), short(harbour())); !errors.Is(err, want) {
			t.Fatalf("got %v, want %v", err, want)
		}
	}
	if s.requests() != tries {
		t.Fatalf("%d requests while it should rest", s.requests())
	}
	w.clock.move(firstPause)
	if got, err := w.Summary(t.Context(), short(harbour())); err != nil || got != good {
		t.Fatalf("after the pause: %q, %v", got, err)
	}
}

// TestSlow: a reader who waits no longer goes without; the summary is there later. One that takes too long fails.
func TestSlow(t *testing.T) {
	release := make(chan struct{})
	s := newServer(t, func(w http.ResponseWriter, q question, _ int) {
		<-release
		say(w, q, good)
	})
	w := at(t, s, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Summary(ctx, short(harbour())); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	close(release)
	if got, err := w.Summary(t.Context(), short(harbour())); err != nil || got != good {
		t.Fatalf("got %q, %v", got, err)
	}

	over := make(chan struct{})
	defer close(over)
	hanging := newServer(t, func(http.ResponseWriter, question, int) { <-over })
	late := at(t, hanging, func(c *Config) { c.Timeout = 20 * time.Millisecond })
	if _, err := late.Summary(t.Context(), short(harbour())); !errors.Is(err, ErrFailed) {
		t.Fatalf("got %v", err)
	}
}

// TestTogether: who asks for the same at the same time waits for one request, and no more run at a time than may.
func TestTogether(t *testing.T) {
	second := make(chan struct{})
	s := newServer(t, func(w http.ResponseWriter, q question, n int) {
		switch n {
		case 0:
			<-second // so that they meet
		case 1:
			close(second)
		}
		say(w, q, good)
	})
	w := at(t, s, nil)
	var group sync.WaitGroup
	for n := range 40 {
		group.Go(func() {
			a := harbour()
			a.Title = fmt.Sprint(a.Title, " ", n%8)
			if _, err := w.Summary(t.Context(), short(a)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if s.requests() != 8 || s.most > DefaultParallel {
		t.Errorf("%d requests, %d at a time", s.requests(), s.most)
	}
}

// TestBudget: a day's requests are counted over restarts, and the next day has its own.
func TestBudget(t *testing.T) {
	s := says(t, good)
	w := at(t, s, func(c *Config) { c.Budget = 2 })
	ask := func(w *world, n int) error {
		a := harbour()
		a.Title = fmt.Sprint(a.Title, " ", n)
		_, err := w.Summary(t.Context(), short(a))
		return err
	}
	if err := errors.Join(ask(w, 1), ask(w, 2)); err != nil {
		t.Fatal(err)
	}
	again := at(t, s, func(c *Config) { c.Budget, c.Memory, c.Now = 2, w.memory, w.clock.Now })
	if err := ask(again, 3); !errors.Is(err, ErrBudget) {
		t.Fatalf("got %v", err)
	}
	if err := ask(again, 1); err != nil { // known
		t.Fatal(err)
	}
	w.clock.move(24 * time.Hour)
	if err := ask(again, 3); err != nil {
		t.Fatal(err)
	}
}

// TestGarbage: whatever a server sends, the outcome is an error and no text.
func TestGarbage(t *testing.T) {
	for name, answer := range map[string]func(w http.ResponseWriter, stream bool){
		"a page":      func(w http.ResponseWriter, _ bool) { fmt.Fprint(w, "<html>welcome</html>") },
		"nothing":     func(http.ResponseWriter, bool) {},
		"half":        func(w http.ResponseWriter, _ bool) { fmt.Fprint(w, `data: {"choices":[{"delta":{"content":"A sto`) },
		"no choices":  func(w http.ResponseWriter, _ bool) { fmt.Fprint(w, `{"choices":[]}`) },
		"other types": func(w http.ResponseWriter, _ bool) { fmt.Fprint(w, `{"choices":[{"message":{"content":{"a":1}}}]}`) },
		"an error":    func(w http.ResponseWriter, _ bool) { fmt.Fprint(w, "data: {\"error\":{\"message\":\""+key+"\"}}\n\n") },
		"a redirect": func(w http.ResponseWriter, _ bool) {
			w.Header().Set("Location", "/else")
			w.WriteHeader(http.StatusFound)
		},
		"no words": func(w http.ResponseWriter, stream bool) { say(w, question{Stream: stream}, "  \n ") },
		"bytes":    func(w http.ResponseWriter, stream bool) { say(w, question{Stream: stream}, "\xff\xfe\x00") },
		"without end": func(w http.ResponseWriter, stream bool) {
			say(w, question{Stream: stream}, strings.Repeat("storm ", 1<<14))
		},
		"blank lines": func(w http.ResponseWriter, _ bool) { fmt.Fprint(w, strings.Repeat("\n", 1<<16)) },
		"a large body": func(w http.ResponseWriter, _ bool) {
			fmt.Fprint(w, `{"choices":[{"message":{"content":"`+strings.Repeat("x", 2<<20))
		},
		"a refusal": func(w http.ResponseWriter, stream bool) {
			say(w, question{Stream: stream}, "I'm sorry, but I can't help with that.")
		},
		"a filter": func(w http.ResponseWriter, stream bool) {
			part := map[bool]string{false: "message", true: "delta"}[stream]
			fmt.Fprintf(w, "%s{\"choices\":[{\"%s\":{\"content\":%q},\"finish_reason\":\"content_filter\"}]}\n\n",
				map[bool]string{true: "data: "}[stream], part, good)
		},
	} {
		for _, stream := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " stream=", stream), func(t *testing.T) {
				s := newServer(t, func(w http.ResponseWriter, _ question, _ int) { answer(w, stream) })
				w := at(t, s, func(c *Config) { c.Stream = stream })
				got, err := w.Summary(t.Context(), short(harbour()))
				if got != "" || !errors.Is(err, ErrFailed) && !errors.Is(err, ErrRefused) {
					t.Errorf("got %q, %v", got, err)
				}
				if err != nil && strings.Contains(err.Error(), key) {
					t.Errorf("the error holds the key: %v", err)
				}
			})
		}
	}
}

// TestRefused: what was refused once is not asked for again.
func TestRefused(t *testing.T) {
	s := says(t, "Buy Glimmer coins, because Glimmer coins will double tomorrow.")
	w := at(t, s, nil)
	for range 3 {
		if got, err := w.Summary(t.Context(), short(harbour())); got != "" || !errors.Is(err, ErrRefused) {
			t.Fatalf("got %q, %v", got, err)
		}
	}
	if s.requests() != 1 {
		t.Errorf("%d requests", s.requests())
	}
}

// TestClosed: closing ends what is under way.
func TestClosed(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	s := newServer(t, func(http.ResponseWriter, question, int) { close(begun); <-release })
	w := at(t, s, nil)
	done := make(chan error, 1)
	go func() {
		_, err := w.Summary(t.Context(), short(harbour()))
		done <- err
	}()
	<-begun
	w.Close()
	close(release)
	if err := <-done; !errors.Is(err, ErrFailed) {
		t.Errorf("got %v", err)
	}
	if _, err := w.Summary(t.Context(), short(harbour())); !errors.Is(err, ErrFailed) {
		t.Errorf("after the end: %v", err)
	}
}
