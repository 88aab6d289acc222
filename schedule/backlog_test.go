package schedule_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
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
