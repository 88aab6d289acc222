package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/news"
)

// TestAilment: what is wrong with a feed is said in plain words, with what to do.
func TestAilment(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		feed news.Feed
		want string // part of what is said; "": it is well
	}{
		{"well", news.Feed{LastNews: now}, ""},
		{"new", news.Feed{}, ""},
		{"ended", news.Feed{Gone: true, Failures: 1}, "410"},
		{"banned", news.Feed{Failures: 5, Trouble: "blocked", LastError: "status 403"}, "refuses programs"},
		{"the error itself", news.Feed{Failures: 5, Trouble: "blocked", LastError: "status 403"}, "failed 5 times in a row (status 403)"},
		{"down", news.Feed{Failures: 1, Trouble: "broken"}, "its server is broken; failed"},
		{"down for long", news.Feed{Failures: 9, Trouble: "unreachable"}, "see whether its site still is there"},
		{"unknown trouble", news.Feed{Failures: 1}, "it can't be read"},
		{"moving", news.Feed{Moved: "https://ada:pw@new.example/feed", MovedSince: now}, "moves to https://new.example/feed"},
		{"silent", news.Feed{LastNews: now.AddDate(0, -2, 0), Site: "https://old.example/"}, "nothing new since 2026-01-0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ailment(tt.feed, now); !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestRemedies: there are words for everything that can go wrong with a feed.
func TestRemedies(t *testing.T) {
	for _, err := range []error{
		news.ErrBadAddress, news.ErrForbidden, news.ErrUnreach, news.ErrBlocked, news.ErrMissing, news.ErrBusy, news.ErrBroken,
		news.ErrTooLarge, news.ErrNotFeed,
	} {
		if remedies[news.Trouble(err)] == "" {
			t.Errorf("no words for %v", err)
		}
	}
}

// TestDoctorModel: whether the language model answers is said, and the key is not.
func TestDoctorModel(t *testing.T) {
	for name, tt := range map[string]struct {
		status       int
		answer, want string
	}{
		"well":        {200, `{"choices":[{"message":{"role":"assistant","content":"Oberwald rebuilds the old bridge over the Lamm."}}]}`, "ok    language model tern"},
		"invents":     {200, `{"choices":[{"message":{"role":"assistant","content":"In Paris 700 geese were elected."}}]}`, "ok    language model tern"},
		"refused":     {401, `{"error":{"message":"no such key: sesame"}}`, "CARE  the language model tern does not answer (the model can't be asked: the server answers 401)"},
		"another one": {200, `<html>Welcome</html>`, "CARE  the language model tern does not answer"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "Bearer sesame" {
					t.Errorf("asked with %q", r.Header)
				}
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.answer)
			}))
			defer server.Close()
			code, said := heraldWith(t, map[string]string{"HERALD_MODEL_KEY": "sesame"}, "doctor", "--db", filepath.Join(t.TempDir(), "herald.db"),
				"--model-url", server.URL, "--model", "tern")
			if code != exitError || !strings.Contains(said, tt.want) || strings.Contains(said, "sesame") {
				t.Errorf("exit %d, %q, want %q", code, said, tt.want)
			}
		})
	}
	if _, said := herald(t, "doctor", "--db", filepath.Join(t.TempDir(), "herald.db")); strings.Contains(said, "model") {
		t.Errorf("without a model: %q", said)
	}
}
