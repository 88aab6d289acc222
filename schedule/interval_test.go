package schedule_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"herald/news"
)

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
