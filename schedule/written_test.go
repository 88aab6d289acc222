package schedule_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"herald/news"
	"herald/news/summary/model"
	"herald/schedule"
)

// doer answers requests without a network.
type doer func() (status int)

func (d doer) Do(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: d(), Header: http.Header{}, Body: http.NoBody, Request: r}, nil
}

// TestWrittenBeforePush: what is pushed is written by the model before, once for each kind of reader, and a backlog is not; a model
// that fails holds up nothing.
func TestWrittenBeforePush(t *testing.T) {
	var asked atomic.Int32
	p := newPress(t, func(c *schedule.Config) {
		c.Model = model.New(model.Config{
			URL: "http://model.example/v1", Name: "small", Memory: c.DB, Log: slog.New(slog.DiscardHandler), Now: c.Now,
			HTTP: doer(func() int { asked.Add(1); return http.StatusNotFound }),
		})
		t.Cleanup(c.Model.Close)
	})
	p.followed()
	p.publish(reports(3)...)
	p.poll()
	if n := asked.Load(); n != 0 {
		t.Fatalf("asked %d times for a backlog", n)
	}
	p.publish("Harbour of Lindau reopens")
	p.poll()
	p.owed(1)
	if n := asked.Load(); n != 1 {
		t.Errorf("asked %d times, want once", n)
	}
}

// TestReaderKinds: chats that want the same summary are one kind.
func TestReaderKinds(t *testing.T) {
	p := newPress(t)
	p.followed()
	for i, c := range []news.Chat{
		{Lang: "de", Length: news.Short},
		{Lang: "de", Length: news.Long, Translate: true},
		{Lang: "fr", Length: news.Long, Translate: true},
		{Lang: "de", Length: news.Long, Translate: true},
		{Lang: "es", Length: news.Headline},
	} {
		c.ID, c.Kind, c.Active = int64(i+10), news.Private, c.Length != news.Headline
		p.check(p.db.SaveChat(t.Context(), c))
		_, err := p.db.Subscribe(t.Context(), news.Place{Chat: c.ID}, p.id, p.clock())
		p.check(err)
	}
	kinds, err := p.db.ReaderKinds(t.Context(), p.id, 6)
	p.check(err)
	var got []string
	for _, c := range kinds {
		got = append(got, strings.TrimSpace(fmt.Sprint(c.Lang, " ", c.Length)))
	}
	if want := "[short de long fr long]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
