package schedule_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"herald/news"
	"herald/schedule"
)

// TestPasswordsStaySecret: neither a log line nor what is stored of a failure shows the password in a feed's address, whether it
// answers or not.
func TestPasswordsStaySecret(t *testing.T) {
	p := newPress(t)
	p.publish(reports(1)...)
	with := strings.Replace(p.url, "//", "//bob:PASSW0RD@", 1)
	f, _, err := p.db.AddFeed(t.Context(), news.Feed{URL: with, NextPoll: p.clock()})
	p.check(err)
	p.id = f.ID
	var said bytes.Buffer
	c := p.scheduler.Config
	c.Log = slog.New(slog.NewTextHandler(&said, nil))
	p.scheduler = schedule.New(c)
	if p.poll(); !strings.Contains(said.String(), "msg=article") {
		t.Errorf("not read: %s", said.String())
	}
	p.answer = func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusInternalServerError)
		return true
	}
	if f = p.poll(); f.LastError == "" || !strings.Contains(said.String(), "feed failed") {
		t.Fatalf("no failure: %+v", f)
	}
	p.server.Close()
	f2 := p.poll()
	for _, text := range []string{said.String(), f.LastError, f2.LastError} {
		if strings.Contains(text, "PASSW0RD") {
			t.Error(text)
		}
	}
}
