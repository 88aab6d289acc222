package handlers_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"herald/handlers"
	"herald/news/fetch"
	"herald/news/summary/model"
)

// writes is a language model that writes what write makes of the instructions it gets; nothing: the server fails.
func writes(t *testing.T, w **world, write func(instructions string) string) change {
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		var q struct{ Messages []struct{ Content string } }
		if err := json.Unmarshal(b, &q); err != nil || len(q.Messages) != 2 {
			t.Errorf("asked %s: %v", b, err)
			return
		}
		words := write(q.Messages[0].Content)
		if words == "" {
			out.WriteHeader(http.StatusNotFound)
			return
		}
		_ = json.NewEncoder(out).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": words}}}})
	}))
	return func(c *handlers.Config) {
		client := fetch.Trusted(nil, 1<<20)
		c.Model = model.New(model.Config{
			URL: server.URL, Name: "small", HTTP: client, Memory: c.DB, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		})
		t.Cleanup(func() {
			c.Model.Close()
			(*w).handlers.Wait()
			client.CloseIdleConnections()
			server.Close()
		})
	}
}

const modelled = "Karla Dremel said the old bridge will close."

// TestWritten: the answer comes at once in the article's sentences, and is changed when the model has written.
func TestWritten(t *testing.T) {
	var w *world
	release := make(chan struct{})
	w = newWorld(t, writes(t, &w, func(string) string { <-release; return modelled }))
	first := w.tell(ann, "Old bridge to close\n\n"+bridge)
	has(t, first, "Sentences from the article")
	close(release)
	w.until(func() bool { return strings.Contains(w.now(first).Text, modelled) })
	has(t, w.now(first), "Written by a language model, checked against the article")
	if fmt.Sprint(w.now(first).Markup) != fmt.Sprint(first.Markup) {
		t.Error("the change took the buttons away")
	}
	has(t, w.tell(ann, "Old bridge to close\n\n"+bridge), modelled) // known now
	w.calm()
}

// TestWrittenNot: where the model fails or says what the article does not, the article's sentences stay and nobody is told of an error.
func TestWrittenNot(t *testing.T) {
	for _, words := range []string{"", "Karla Dremel said the old bridge will close for 999 years."} {
		t.Run(words, func(t *testing.T) {
			var w *world
			w = newWorld(t, writes(t, &w, func(string) string { return words }))
			m := w.tell(ann, "Old bridge to close\n\n"+bridge)
			has(t, m, "Sentences from the article", "Karla Dremel")
			w.handlers.Wait()
			if now := w.now(m); now.Text != m.Text {
				t.Errorf("changed to %s", now.Text)
			}
			w.calm()
		})
	}
}

// TestTranslate: the setting is offered where there is a model, and the model is asked for the chat's language then.
func TestTranslate(t *testing.T) {
	var w *world
	asked := make(chan string, 10)
	w = newWorld(t, writes(t, &w, func(instructions string) string { asked <- instructions; return "" }))
	panel := w.tell(bert, "/settings")
	w.press(bert, panel, "Zusammenfassungen übersetzen")
	w.tell(bert, "Old bridge to close\n\n"+bridge)
	if got := <-asked; !strings.Contains(got, "German") {
		t.Errorf("asked %s", got)
	}
	has(t, w.tell(bert, "/privacy"), "Sprachmodell", "127.0.0.1")
	w.calm()

	plain := newWorld(t)
	if m := plain.tell(bert, "/settings"); strings.Contains(fmt.Sprint(m.Markup), "übersetzen") {
		t.Error("offered without a model")
	}
}
