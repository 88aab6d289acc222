package schedule

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
	"herald/storage"
)

// years is a machine whose clock one can turn, with a reader in each of many zones who wants two digests a day. Only the
// preparing of digests runs on it, as the clock of a running program has it run.
type years struct {
	t       *testing.T
	db      *storage.DB
	feed    int64
	now     time.Time
	digests *digests
	stories int
	got     map[int64][]string // instants of the digests of each chat
}

// digestMinutes are the local times of the digests: one that clocks skip or show twice, one in the morning.
var digestMinutes = []int{2*60 + 15, 8 * 60}

var digestZones = []string{
	"Europe/Berlin", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca",
	"America/Sao_Paulo", "America/Santiago", "Africa/Cairo", "Asia/Tehran", "Pacific/Auckland",
}

func newYears(t *testing.T, now time.Time) *years {
	y := &years{t: t, db: opened(t), now: now, got: map[int64][]string{}}
	f, _, err := y.db.AddFeed(t.Context(), news.Feed{URL: "https://echo.example/feed", Shared: true})
	y.check(err)
	y.feed = f.ID
	for i, zone := range digestZones {
		chat := news.Chat{ID: int64(i + 1), Kind: news.Private, Zone: zone, Active: true}
		y.check(y.db.SaveChat(t.Context(), chat))
		p := news.Place{Chat: chat.ID}
		_, err := y.db.Subscribe(t.Context(), p, y.feed, now)
		y.check(err)
		var times []news.DigestTime
		for _, m := range digestMinutes {
			d := news.DigestTime{Minute: m}
			d.Next = d.After(now, chat.Location())
			times = append(times, d)
		}
		y.check(y.db.SetDigestTimes(t.Context(), p, times))
	}
	y.restart()
	return y
}

func (y *years) check(err error) {
	y.t.Helper()
	if err != nil {
		y.t.Fatal(err)
	}
}

// restart forgets what is only in memory.
func (y *years) restart() {
	y.digests = newDigests(Config{DB: y.db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return y.now }}, func() {})
}

// pass lets time pass, in which there is news, and digests are prepared and sent at its end.
func (y *years) pass(d time.Duration) {
	y.t.Helper()
	y.stories++
	y.now = y.now.Add(d)
	a := &news.Article{FeedID: y.feed, Identity: fmt.Sprint(y.stories), Title: "News", Text: "News.", Fetched: y.now}
	_, err := y.db.SaveArticle(y.t.Context(), a, storage.Save{Push: true, Now: y.now})
	y.check(err)
	y.digests.run(y.t.Context())
	claimed, err := y.db.ClaimDigests(y.t.Context(), y.now, lease, 1000)
	y.check(err)
	for _, d := range claimed {
		if d.Due.After(y.now) || y.now.Sub(d.Due) > catchUp {
			y.t.Errorf("chat %d: due %s, sent %s", d.Place.Chat, d.Due, y.now)
		}
		y.got[d.Place.Chat] = append(y.got[d.Place.Chat], d.Due.UTC().Format(time.RFC3339))
		y.check(y.db.Delivered(y.t.Context(), []storage.Outcome{{ID: d.ID, Digest: true, MessageID: 1, Now: y.now}}))
	}
}

// dueBetween are the instants at which the digests of a zone are due, found by watching the clock: the first moment at which it
// shows the date and minute, or anything later.
func dueBetween(zone string, minute int, from, to time.Time) []time.Time {
	loc := news.Location(zone)
	date := from.Add(-48 * time.Hour).Truncate(24 * time.Hour)
	var list []time.Time
	for t := date; !t.After(to); t = t.Add(15 * time.Minute) {
		_, offset := t.In(loc).Zone()
		for !t.Add(time.Duration(offset) * time.Second).Before(date.Add(time.Duration(minute) * time.Minute)) {
			if t.After(from) {
				list = append(list, t)
			}
			date = date.AddDate(0, 0, 1)
		}
	}
	return list
}

// compare fails the test where the digests are other ones than those due between two instants, without those that are left out.
func (y *years) compare(from, to time.Time, out func(time.Time) bool) {
	y.t.Helper()
	for i, zone := range digestZones {
		var want []string
		for _, m := range digestMinutes {
			for _, at := range dueBetween(zone, m, from, to) {
				if !out(at) {
					want = append(want, at.Format(time.RFC3339))
				}
			}
		}
		slices.Sort(want)
		got := slices.DeleteFunc(slices.Clone(y.got[int64(i+1)]), func(at string) bool { return at > to.Format(time.RFC3339) })
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			y.t.Errorf("%s (-want +got):\n%s", zone, diff)
		}
	}
}

// digestDays is how long TestDigestYears goes on; two years take minutes: go test -run DigestYears ./schedule -args -days 731
var digestDays = flag.Int("days", 50, "days of TestDigestYears")

// TestDigestYears: each digest comes once, at its instant, while the program is started again and again. In its first 50 days
// nine of the zones change their clocks. (That the instants are right over years is shown where they are computed.)
func TestDigestYears(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC)
	y := newYears(t, from)
	to := from.AddDate(0, 0, *digestDays)
	for n := 0; y.now.Before(to); n++ {
		y.pass(time.Duration(40+n*37%50) * time.Minute)
		if n%40 == 0 {
			y.restart()
		}
	}
	y.compare(from, y.now, func(time.Time) bool { return false })
}

// TestDigestOutages: what is missed by less than six hours is caught up, what is missed by more is left out, and nothing comes
// twice, whatever is done to the clock.
func TestDigestOutages(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	y := newYears(t, from)
	type span struct{ from, to time.Time }
	var missed []span
	hours := func(n int) {
		for range n {
			y.pass(time.Hour)
		}
	}
	outage := func(d time.Duration) {
		missed = append(missed, span{y.now, y.now.Add(d - catchUp)})
		y.restart()
		y.pass(d)
	}
	hours(60)
	outage(26 * time.Hour)
	hours(30)
	outage(11 * 24 * time.Hour) // over the end of winter time in Europe
	hours(30)
	outage(7 * time.Hour)
	hours(50)
	for _, back := range []time.Duration{90 * time.Second, 3 * time.Hour, 26 * time.Hour} {
		y.pass(-back)
		hours(20)
		y.restart()
		y.pass(-back)
		hours(40)
	}
	for _, restarted := range []bool{false, true} { // the clock is wrong by years for a moment
		right := y.now
		y.pass(3 * 365 * 24 * time.Hour)
		if restarted {
			y.restart()
		}
		y.now = right
		y.pass(time.Minute)
		missed = append(missed, span{right, y.now})
		hours(60)
	}
	y.compare(from, y.now, func(at time.Time) bool {
		return slices.ContainsFunc(missed, func(m span) bool { return at.After(m.from) && at.Before(m.to) })
	})
}

// TestPollsAfterSettingBack: a feed that a wrong clock would have polled next year is polled when its time has passed.
func TestPollsAfterSettingBack(t *testing.T) {
	t.Parallel()
	y := newYears(t, time.Date(2027, 3, 20, 0, 0, 0, 0, time.UTC))
	y.pass(time.Minute)
	f, err := y.db.Feed(t.Context(), y.feed)
	y.check(err)
	f.NextPoll = y.now.Add(10 * time.Minute)
	y.check(y.db.SaveFeed(t.Context(), f))
	y.pass(-365 * 24 * time.Hour)
	for after, want := range map[time.Duration]int{9 * time.Minute: 0, 11 * time.Minute: 1} {
		due, err := y.db.DueFeeds(t.Context(), y.now.Add(after), 10)
		y.check(err)
		if len(due) != want {
			t.Errorf("after %s %d feeds are due, want %d", after, len(due), want)
		}
	}
}

// TestMind: jobs are planned anew when the clock is set back, and only then.
func TestMind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var set, planned atomic.Int64 // by how much the clock is off; how often again was called
		ctx, cancel := context.WithCancel(t.Context())
		var minding sync.WaitGroup
		minding.Go(func() {
			mind(ctx, func() time.Time { return time.Now().Add(time.Duration(set.Load())) }, func() { planned.Add(1) })
		})
		for i, step := range []struct {
			set  time.Duration
			want int64
		}{{0, 0}, {time.Hour, 0}, {-time.Hour, 1}, {0, 1}, {-3 * time.Second, 2}, {365 * 24 * time.Hour, 2}, {0, 3}} {
			set.Store(int64(step.set))
			time.Sleep(10 * time.Second)
			if got := planned.Load(); got != step.want {
				t.Errorf("step %d: planned anew %d times, want %d", i, got, step.want)
			}
		}
		cancel()
		minding.Wait()
	})
}
