package schedule_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"herald/news"
)

// hanging is a server whose answers come only when release is called, or nobody waits for them any more.
func hanging(t *testing.T, asked chan<- string) (server *httptest.Server, release func()) {
	t.Helper()
	end := make(chan struct{})
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		select {
		case <-end:
			http.NotFound(w, r)
		case <-r.Context().Done():
		}
	}))
	ctx, release := context.WithCancel(context.Background())
	context.AfterFunc(ctx, func() { close(end) })
	t.Cleanup(func() { release(); server.Close() })
	return server, release
}

// until waits for a condition of the database, which nothing announces.
func until(t *testing.T, what string, fn func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !fn() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal(what)
		}
	}
}

// TestSlowFeedsHoldUpNobody: while more feeds of one host hang than there are workers, others are polled, again and again; the host
// is asked for one feed at a time; and a poll still returns only when what was due is done with.
func TestSlowFeedsHoldUpNobody(t *testing.T) {
	const slow = 40 // more than there are workers
	p := newPress(t)
	asked := make(chan string, 2*slow)
	server, release := hanging(t, asked)
	p.publish(reports(2)...)
	for i := range slow { // due before the healthy one
		_, _, err := p.db.AddFeed(t.Context(), news.Feed{URL: strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + fmt.Sprint("/", i), NextPoll: p.clock().Add(-time.Hour)})
		p.check(err)
	}
	p.followed()
	all := make(chan struct{})
	go func() { defer close(all); p.scheduler.Poll(t.Context()) }()
	until(t, "the healthy feed was not read", func() bool { return !p.stored().LastPoll.IsZero() && !p.scheduler.InHand(p.id) })

	p.publish("Harbour reopens")
	p.pass(p.stored().NextPoll.Sub(p.clock()))
	again, cancel := context.WithCancel(t.Context())
	second := make(chan struct{})
	go func() { defer close(second); p.scheduler.Poll(again) }()
	until(t, "the healthy feed was not read again", func() bool { n, err := p.db.PendingDeliveries(t.Context()); return err == nil && n == 1 })
	if n := len(asked); n > 1 {
		t.Errorf("%d feeds of the host that hangs were asked for at once", n)
	}
	cancel()
	<-second
	select {
	case <-all:
		t.Error("the poll returned while feeds were under way")
	default:
	}
	release()
	<-all
	feeds, err := p.db.Feeds(t.Context())
	p.check(err)
	for _, f := range feeds {
		if !f.NextPoll.After(p.clock().Add(-time.Hour)) || f.ID != p.id && f.Failures != 1 {
			t.Errorf("feed %d: %d failures, next poll %s", f.ID, f.Failures, f.NextPoll)
		}
	}
}
