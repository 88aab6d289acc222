package schedule

import (
	"math/rand/v2"
	"time"

	"herald/news"
	"herald/news/feed"
)

const (
	jitter   = 0.1            // share of an interval by which polls are spread
	silence  = 24             // a feed is left alone for at least this part of the time for which it has had no news
	moveHeld = 48 * time.Hour // how long a server must say that a feed has moved for good until that is believed
)

// interval is the time to the next poll of a feed that answered: what it suggests, longer the longer it has been silent, within the
// configured bounds.
func (in *intake) interval(f news.Feed) time.Duration {
	last := f.LastNews
	if last.IsZero() {
		last = f.Added
	}
	d := f.Interval
	if !last.IsZero() {
		d = max(d, f.LastPoll.Sub(last)/silence)
	}
	return min(max(d, in.PollMin), max(in.PollMin, in.PollMax))
}

// follow goes after a feed that has moved for good. Servers say so by mistake, for an hour or a day; so the old address stays until
// the move has held and the feed has been read at the new one.
func follow(f *news.Feed, r feed.Result, now time.Time) {
	switch {
	case r.Moved == "":
		f.Moved, f.MovedSince = "", time.Time{}
	case r.Moved != f.Moved:
		f.Moved, f.MovedSince = r.Moved, now
	case !r.NotModified && now.Sub(f.MovedSince) >= moveHeld:
		f.URL, f.Moved, f.MovedSince = f.Moved, "", time.Time{}
	}
}

// spread makes d up to a tenth longer, so that feeds do not fall into step; never shorter, since d is what was asked for.
func spread(d time.Duration) time.Duration {
	return d + time.Duration(rand.Float64()*jitter*float64(d))
}
