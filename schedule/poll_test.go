package schedule_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
	"herald/storage"
)

// TestFirstReading: a backlog is no news; the old part of it is not even read; what comes later is pushed once.
func TestFirstReading(t *testing.T) {
	p := newPress(t)
	p.publish(reports(40)...)
	p.followed()
	f := p.poll()
	p.owed(0)
	p.articles(30)
	if f.LastPoll.IsZero() || !f.NextPoll.After(p.clock()) || f.EntryCount != 30 {
		t.Errorf("after the first reading: %+v", f)
	}
	p.publish("Harbour reopens")
	f = p.poll()
	p.owed(1)
	p.articles(31)
	if !f.LastNews.Equal(p.clock()) {
		t.Errorf("last news %s, want %s", f.LastNews, p.clock())
	}
	p.poll()
	p.poll()
	p.owed(1)
	p.articles(31)
	if p.matched < 2 {
		t.Errorf("%d answers that nothing changed, want 2: the feed was sent again", p.matched)
	}
}

// TestNotBeforeItsTime: a feed that is not due is not asked for.
func TestNotBeforeItsTime(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	f := p.poll()
	if least := f.NextPoll.Sub(p.clock()); least < 10*time.Minute || least > 66*time.Minute {
		t.Errorf("next poll in %s", least)
	}
	p.pass(8 * time.Minute)
	p.scheduler.Poll(t.Context())
	if n := p.fetched(); n != 1 {
		t.Errorf("fetched %d times", n)
	}
}

// TestGone: a feed that its publisher ended is not asked for again.
func TestGone(t *testing.T) {
	p := newPress(t)
	p.followed()
	p.answer = func(w http.ResponseWriter, r *http.Request) bool { http.Error(w, "", http.StatusGone); return true }
	if f := p.poll(); !f.Gone || f.Trouble != "gone" {
		t.Errorf("got %+v", f)
	}
	if keys, err := p.db.Keys(t.Context(), "gone/"); err != nil || len(keys) != 1 {
		t.Errorf("followers to be told of %q, %v", keys, err)
	}
	p.pass(1000 * time.Hour)
	p.scheduler.Poll(t.Context())
	if n := p.fetched(); n != 1 {
		t.Errorf("fetched %d times", n)
	}
}

// TestFailing: a failing feed is asked less and less often; the first answer after that is read, and a backlog that was never read
// before is no news then either.
func TestFailing(t *testing.T) {
	p := newPress(t)
	p.publish(reports(3)...)
	p.followed()
	p.answer = func(w http.ResponseWriter, r *http.Request) bool {
		http.Error(w, "", http.StatusInternalServerError)
		return true
	}
	var waits []time.Duration
	for i := range 10 {
		f := p.poll()
		waits = append(waits, f.NextPoll.Sub(p.clock()))
		if f.Failures != i+1 || f.Trouble != "broken" || !strings.Contains(f.LastError, "500") || f.Gone {
			t.Fatalf("after %d failures: %+v", i+1, f)
		}
	}
	for i, want := range []time.Duration{10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440} {
		if want *= time.Minute; waits[i] < want || waits[i] > want*11/10 {
			t.Errorf("wait %d is %s, want about %s", i, waits[i], want)
		}
	}
	p.answer = nil
	if f := p.poll(); f.Failures != 0 || f.Trouble != "" || f.LastError != "" {
		t.Errorf("recovered: %+v", f)
	}
	p.owed(0)
	p.articles(3)
	p.publish("Harbour reopens")
	p.poll()
	p.owed(1)
}

// TestRetryAfter: a server that asks to be left alone is.
func TestRetryAfter(t *testing.T) {
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			p := newPress(t)
			p.followed()
			p.answer = func(w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("Retry-After", "7200")
				http.Error(w, "", status)
				return true
			}
			if f := p.poll(); f.NextPoll.Sub(p.clock()) < 7100*time.Second || f.Trouble != "busy" {
				t.Errorf("next poll in %s, trouble %q", f.NextPoll.Sub(p.clock()), f.Trouble)
			}
		})
	}
}

// TestOneRequest: what discovery fetched is read without another request for the feed.
func TestOneRequest(t *testing.T) {
	p := newPress(t)
	p.publish(reports(5)...)
	found, err := p.reader.Discover(t.Context(), p.server.URL+"/")
	p.check(err)
	found.Feed.Added, found.Feed.NextPoll = p.clock(), p.clock().Add(5*time.Minute)
	if found.Feed, _, err = p.db.AddFeed(t.Context(), found.Feed); err != nil {
		t.Fatal(err)
	}
	p.id = found.Feed.ID
	_, err = p.db.Subscribe(t.Context(), p.ann, p.id, p.clock())
	p.check(err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.scheduler.Run(ctx) }()
	p.scheduler.Take(found)
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for p.stored().LastPoll.IsZero() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("the first look was not read")
		}
	}
	cancel()
	p.check(<-done)
	p.articles(5)
	p.owed(0)
	if n := p.fetched(); n != 1 {
		t.Errorf("the feed was fetched %d times", n)
	}
	p.publish("Harbour reopens")
	p.poll()
	p.owed(1)
}

// TestOnePollAtATime: two who poll at once fetch a feed once.
func TestOnePollAtATime(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() { p.scheduler.Poll(t.Context()) })
	}
	both.Wait()
	if n := p.fetched(); n != 1 || p.atOnce != 1 {
		t.Errorf("fetched %d times, %d at once", n, p.atOnce)
	}
}

// TestManyOldAreNoNews: where a poll brings many entries that were published long ago, as when a feed renames its entries, they
// are stored and not pushed; the fresh one among them is.
func TestManyOldAreNoNews(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	p.poll()
	titles := []string{"Ferry sails"}
	for i := range 6 {
		titles = append(titles, fmt.Sprintf("Harbour chronicle of year %d", i))
		p.dates[titles[i+1]] = p.clock().Add(-8 * 24 * time.Hour).Format(time.RFC1123Z)
	}
	p.publish(titles...)
	p.poll()
	p.articles(2 + len(titles))
	p.owed(1)
}

// TestOneOldIsNews: a feed may date what it has just published wrongly.
func TestOneOldIsNews(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	p.poll()
	p.dates["Harbour reopens"] = p.clock().Add(-21 * 24 * time.Hour).Format(time.RFC1123Z)
	p.publish("Harbour reopens")
	p.poll()
	p.articles(3)
	p.owed(1)
}

// TestWrongNotModified: a server that always says that nothing has changed to whoever has asked before hides no news for longer than
// a day or two, and is asked whole no more often than that.
func TestWrongNotModified(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	whole := 0
	p.answer = func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case r.URL.Path != "/feed":
			return false
		case r.Header.Get("If-Modified-Since") != "":
			w.WriteHeader(http.StatusNotModified)
		default:
			whole++
			w.Header().Set("Last-Modified", "yesterday")
			fmt.Fprint(w, p.rss())
		}
		return true
	}
	p.poll()
	p.publish("Harbour reopens")
	for start := p.clock(); p.clock().Sub(start) < 49*time.Hour; {
		p.poll()
	}
	p.owed(1)
	if whole != 2 && whole != 3 {
		t.Errorf("sent whole %d times", whole)
	}
}

// TestRemovedWhilePolled: a feed that the operator removes while it is being read leaves nothing behind that fails.
func TestRemovedWhilePolled(t *testing.T) {
	p := newPress(t)
	p.publish(reports(1)...)
	p.followed()
	p.answer = func(http.ResponseWriter, *http.Request) bool {
		_ = p.db.RemoveFeed(context.Background(), p.id)
		return false
	}
	p.scheduler.Poll(t.Context())
	feeds, err := p.db.Feeds(t.Context())
	if err != nil || len(feeds) != 0 {
		t.Errorf("feeds %v, %v", feeds, err)
	}
}

// TestOneEvent: the same event in two feeds is one story, and owed once; so it is after a restart.
func TestOneEvent(t *testing.T) {
	p := newPress(t)
	p.followed()
	p.poll()
	other, _, err := p.db.AddFeed(t.Context(), news.Feed{URL: p.server.URL + "/new", Title: "Post", LastPoll: p.clock(), NextPoll: p.clock()})
	p.check(err)
	_, err = p.db.Subscribe(t.Context(), p.ann, other.ID, p.clock())
	p.check(err)
	p.pass(time.Second)
	p.publish("Harbour of Lindau reopens after the storm")
	p.scheduler.Poll(t.Context())
	p.poll()
	p.articles(2)
	p.owed(1)
	stories, _, err := p.db.Latest(t.Context(), storage.Query{All: true})
	p.check(err)
	var got []int
	for _, s := range stories {
		got = append(got, len(s.Articles))
	}
	if d := cmp.Diff([]int{2}, got); d != "" {
		t.Error(d)
	}
}
