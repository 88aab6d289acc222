package schedule_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"herald/news"
)

// BenchmarkPoll is what one poll costs in a database of 10,000 feeds, all due, whose server says that nothing changed or sends 30
// known entries. At one poll in 15 minutes for each, 11 polls a second must be affordable.
func BenchmarkPoll(b *testing.B) {
	for _, changed := range []bool{false, true} {
		b.Run(fmt.Sprint("sent ", changed), func(b *testing.B) {
			p := newPress(b)
			p.publish(reports(30)...)
			p.followed()
			p.poll()
			if changed {
				p.answer = func(w http.ResponseWriter, r *http.Request) bool {
					r.Header.Del("If-None-Match")
					return false
				}
			}
			first, err := p.db.Feed(b.Context(), p.id)
			p.check(err)
			for i := range 10_000 {
				f := first
				f.ID, f.URL, f.NextPoll = 0, fmt.Sprint(p.url, "?", i), p.clock().Add(24*time.Hour)
				_, _, err := p.db.AddFeed(b.Context(), f)
				p.check(err)
			}
			b.ResetTimer()
			for range b.N {
				p.check(p.db.PollBy(b.Context(), p.id, p.clock()))
				p.scheduler.Poll(b.Context())
				p.pass(time.Second)
			}
		})
	}
}

// BenchmarkDue is what finding the feeds that are due costs when none of 10,000 is, and when all are.
func BenchmarkDue(b *testing.B) {
	p := newPress(b)
	for i := range 10_000 {
		_, _, err := p.db.AddFeed(b.Context(), news.Feed{URL: fmt.Sprint(p.url, "?", i), NextPoll: p.clock().Add(time.Hour)})
		p.check(err)
	}
	for _, after := range []time.Duration{0, 2 * time.Hour} {
		b.Run(fmt.Sprint("after ", after), func(b *testing.B) {
			for range b.N {
				_, err := p.db.DueFeeds(b.Context(), p.clock().Add(after), 1000)
				p.check(err)
			}
		})
	}
}
