package schedule_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"herald/schedule"
)

// interrupted is a poll that is told to end when it has stored so many articles.
func (p *press) interrupted(articles int) {
	p.t.Helper()
	if wait := p.stored().NextPoll.Sub(p.clock()); wait > 0 {
		p.pass(wait)
	}
	ctx, cancel := context.WithCancel(p.t.Context())
	defer cancel()
	c := p.scheduler.Config
	c.Log = slog.New(&counter{Handler: slog.DiscardHandler, left: articles, stop: cancel})
	before := p.stored()
	schedule.New(c).Poll(ctx)
	if ctx.Err() == nil {
		p.t.Fatal("the poll was not interrupted")
	}
	if after := p.stored(); !after.LastPoll.Equal(before.LastPoll) {
		p.t.Fatal("the poll was not interrupted but recorded")
	}
}

// counter is a log that calls stop at the given article.
type counter struct {
	slog.Handler
	left int
	stop func()
}

func (c *counter) Enabled(context.Context, slog.Level) bool { return true }

func (c *counter) WithAttrs([]slog.Attr) slog.Handler { return c }

func (c *counter) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "article" {
		if c.left--; c.left == 0 {
			c.stop()
		}
	}
	return nil
}

// TestInterruptedFirstReading: what was there at the first look is read in the end and is no news; what came meanwhile is.
func TestInterruptedFirstReading(t *testing.T) {
	p := newPress(t)
	p.publish(reports(40)...)
	p.followed()
	p.interrupted(3)
	p.articles(3)
	p.publish("Harbour reopens")
	p.poll()
	p.articles(31)
	p.owed(1)
	if key, err := p.db.Get(t.Context(), fmt.Sprint("backlog/", p.id)); err != nil || key != "" {
		t.Errorf("what was read is still noted: %q, %v", key, err)
	}
}

// TestInterruptedOld: the last of many old entries are no news because the others were read before the program ended.
func TestInterruptedOld(t *testing.T) {
	p := newPress(t)
	p.publish(reports(2)...)
	p.followed()
	p.poll()
	var titles []string
	for i := range 8 {
		titles = append(titles, fmt.Sprintf("Harbour chronicle of year %d", i))
		p.dates[titles[i]] = p.clock().Add(-8 * 24 * time.Hour).Format(time.RFC1123Z)
	}
	p.publish(titles...)
	p.interrupted(6)
	p.publish("Ferry sails")
	p.poll()
	p.articles(2 + 8 + 1)
	p.owed(1)
}

// TestFirstLookNeverRead: the program ends before what discovery found is read, and news comes before it is polled; a server that
// says that nothing changed would hide the backlog.
func TestFirstLookNeverRead(t *testing.T) {
	for _, more := range [][]string{nil, {"Harbour reopens"}} {
		t.Run(fmt.Sprint(len(more), " new"), func(t *testing.T) {
			p := newPress(t)
			p.publish(reports(5)...)
			found, err := p.reader.Discover(t.Context(), p.server.URL+"/")
			p.check(err)
			found.Feed.Added, found.Feed.NextPoll = p.clock(), p.clock().Add(5*time.Minute)
			found.Feed, _, err = p.db.AddFeed(t.Context(), found.Feed)
			p.check(err)
			p.id = found.Feed.ID
			_, err = p.db.Subscribe(t.Context(), p.ann, p.id, p.clock())
			p.check(err)
			p.scheduler.Take(found) // nothing runs that would read it
			p.publish(more...)
			p.poll()
			p.articles(5 + len(more))
			p.owed(len(more))
		})
	}
}
