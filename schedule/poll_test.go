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

// redirects has the feed's old address lead to the new one with a status.
func (p *press) redirects(status int) {
	p.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/feed" {
			return false
		}
		http.Redirect(w, r, "/new", status)
		return true
	}
}

// TestMoved: a feed that moved for good is asked for at its new address when that has held for two days; where another feed is there
// already, it keeps the old one.
func TestMoved(t *testing.T) {
	for _, taken := range []bool{false, true} {
		t.Run(fmt.Sprint("taken ", taken), func(t *testing.T) {
			p := newPress(t)
			p.publish(reports(2)...)
			p.followed()
			if taken {
				_, _, err := p.db.AddFeed(t.Context(), news.Feed{URL: p.server.URL + "/new", NextPoll: p.clock().AddDate(1, 0, 0)})
				p.check(err)
			}
			p.redirects(http.StatusMovedPermanently)
			if f := p.poll(); f.URL != p.url || f.Moved != p.server.URL+"/new" || !f.MovedSince.Equal(p.clock()) {
				t.Errorf("at first: %+v", f)
			}
			p.pass(47 * time.Hour)
			p.publish("Harbour reopens")
			if f := p.poll(); f.URL != p.url {
				t.Errorf("too early: %+v", f)
			}
			p.pass(time.Hour)
			if f := p.poll(); f.URL != p.url {
				t.Errorf("before the feed was read there: %+v", f)
			}
			p.publish("Ferry sails")
			f := p.poll()
			want := p.server.URL + "/new"
			if taken {
				want = p.url
			}
			if f.URL != want || f.Moved != "" || !f.NextPoll.After(p.clock()) {
				t.Errorf("got %+v, want the address %s", f, want)
			}
			p.articles(4)
		})
	}
}

// TestMovedByMistake: a move that is taken back, or is for now, was none.
func TestMovedByMistake(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	p.redirects(http.StatusMovedPermanently)
	p.poll()
	p.answer = nil
	p.pass(24 * time.Hour)
	if f := p.poll(); f.Moved != "" {
		t.Errorf("taken back: %+v", f)
	}
	p.redirects(http.StatusFound)
	for range 3 {
		p.pass(48 * time.Hour)
		p.publish(fmt.Sprint("Harbour reopens in ", p.clock().Day()))
		if f := p.poll(); f.URL != p.url || f.Moved != "" {
			t.Errorf("for now: %+v", f)
		}
	}
}

// TestRest: a feed that asks not to be read at night is not.
func TestRest(t *testing.T) {
	p := newPress(t)
	p.answer = func(w http.ResponseWriter, r *http.Request) bool {
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Echo</title><skipHours><hour>7</hour><hour>8</hour></skipHours><item><title>Ferry sails</title></item></channel></rss>`)
		return true
	}
	p.followed()
	if f, want := p.poll(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC); !f.NextPoll.Equal(want) {
		t.Errorf("next poll %s, want %s", f.NextPoll, want)
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

// TestRenamed: a feed that gives all its entries other guids and addresses publishes nothing by that; what it adds above is news.
func TestRenamed(t *testing.T) {
	for _, title := range []string{"", "Harbour reopens"} {
		t.Run(title, func(t *testing.T) {
			p := newPress(t)
			p.publish(reports(8)...)
			p.followed()
			p.poll()
			p.publish()
			want := 8
			if title != "" {
				p.publish(title)
				want++
			}
			p.answer = func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path == "/feed" {
					fmt.Fprint(w, strings.NewReplacer("<guid>", "<guid>new/", p.server.URL, p.server.URL+"/new").Replace(p.rss()))
				}
				return r.URL.Path == "/feed"
			}
			p.poll()
			p.articles(want)
			p.owed(want - 8)
			p.poll()
			p.articles(want)
			p.owed(want - 8)
		})
	}
}

// headlines are of events that have nothing in common.
var headlines = []string{
	"Orchard owner presses record cider harvest near Vellmar", "Tunnel drilling machine breaks through limestone ridge",
	"Museum buys lost violin of composer Ratke", "Swimmers cross freezing lake in charity marathon",
	"Parliament rejects fishing quota compromise", "Bakery chain recalls walnut bread after complaint",
	"Astronomers photograph comet passing Jupiter", "Teachers strike over unpaid overtime ends",
	"Flooded copper mine pumped dry at last", "Chess prodigy defeats grandmaster aged eleven",
	"Hospital opens children's burns ward", "Wolves return to northern pine forest",
}

// TestComesBack: what a feed published while it did not answer for days is stored and not pushed, but for the last day's, or for a
// few where it tells no dates.
func TestComesBack(t *testing.T) {
	for _, dated := range []bool{true, false} {
		t.Run(fmt.Sprint("dated ", dated), func(t *testing.T) {
			p := newPress(t)
			p.publish(reports(2)...)
			p.followed()
			p.poll()
			p.answer = func(w http.ResponseWriter, r *http.Request) bool {
				http.Error(w, "", http.StatusBadGateway)
				return true
			}
			p.pass(72 * time.Hour)
			p.poll()
			p.answer = nil
			titles := headlines
			for i, title := range titles {
				if dated {
					p.dates[title] = p.clock().Add(-time.Duration(i+1) * 7 * time.Hour).Format(time.RFC1123Z)
				}
			}
			p.publish(titles...)
			p.poll()
			p.articles(14)
			if dated {
				p.owed(3)
			} else {
				p.owed(5)
			}
		})
	}
}
