package news

import "time"

// DigestTime is a local time at which a place gets its digest.
type DigestTime struct {
	Place  Place
	Minute int       // minutes after local midnight, 0 to 1439
	Days   Days      // on which days
	Next   time.Time // the next instant at which it is due
	Zone   string    // the chat's, where storage tells it
}

// After is the first instant later than t at which the digest is due in loc. Where the clocks go forward over the time, it is
// the first instant after the gap; where they go back over it, the first of the two.
func (d DigestTime) After(t time.Time, loc *time.Location) time.Time {
	local := t.In(loc)
	for day := 0; day <= 8; day++ {
		date := noon(local, day)
		if !d.Days.Has(date.Weekday()) {
			continue
		}
		if at := instant(date, d.Minute, loc); at.After(t) {
			return at
		}
	}
	return t.Add(24 * time.Hour) // not reached: nine days hold every weekday
}

// Last is the last instant not later than now at which the digest was due in loc, from Next on; false where Next is still to
// come.
func (d DigestTime) Last(now time.Time, loc *time.Location) (time.Time, bool) {
	if d.Next.After(now) {
		return time.Time{}, false
	}
	at := d.Next
	if long := now.Add(-9 * 24 * time.Hour); at.Before(long) { // within nine days it was due
		at = d.After(long, loc)
	}
	for next := d.After(at, loc); !next.After(now); next = d.After(at, loc) {
		at = next
	}
	return at, true
}

// Date is the local date, "2026-03-29", of the digest that is due at an instant of After. That is the date before the one that
// the clock shows where the clocks skip the rest of a day.
func (d DigestTime) Date(at time.Time, loc *time.Location) string {
	date := noon(at.In(loc), 0)
	if before := noon(date, -1); instant(before, d.Minute, loc).Equal(at) {
		date = before
	}
	return date.Format(time.DateOnly)
}

// noon is the middle of the day some days after that of a local time.
func noon(local time.Time, days int) time.Time {
	y, m, d := local.Date()
	return time.Date(y, m, d+days, 12, 0, 0, 0, local.Location())
}

// instant is the first instant at which a clock in loc shows the minute of the date or, where it never does, a later one.
//
// time.Date does not say which of two instants it returns, so both sides of a change of clocks within a day are tried.
func instant(date time.Time, minute int, loc *time.Location) time.Time {
	y, m, day := date.Date()
	wall := time.Date(y, m, day, 0, minute, 0, 0, time.UTC)
	_, before := wall.Add(-24 * time.Hour).In(loc).Zone()
	_, after := wall.Add(24 * time.Hour).In(loc).Zone()
	first := wall.Add(-time.Duration(max(before, after)) * time.Second).In(loc)
	second := wall.Add(-time.Duration(min(before, after)) * time.Second).In(loc)
	for _, t := range []time.Time{first, second} {
		if shows(t, wall) {
			return t
		}
	}
	return gapEnd(first, second)
}

// shows tells whether the clock at t reads the date and minute of wall.
func shows(t, wall time.Time) bool {
	return t.YearDay() == wall.YearDay() && t.Hour() == wall.Hour() && t.Minute() == wall.Minute()
}

// gapEnd is the instant between a and b at which the offset changes, to the second.
func gapEnd(a, b time.Time) time.Time {
	_, off := b.Zone()
	for b.Sub(a) > time.Second {
		mid := a.Add(b.Sub(a) / 2).Truncate(time.Second)
		if _, o := mid.Zone(); o == off {
			b = mid
		} else {
			a = mid
		}
	}
	return b
}

// Days is a set of weekdays; bit n is time.Weekday(n). Zero means every day.
type Days uint8

// EveryDay is the set of all weekdays.
const EveryDay Days = 0b1111111

// Each is the set with every day named: never zero.
func (d Days) Each() Days {
	if d == 0 {
		return EveryDay
	}
	return d
}

// Has tells whether the set holds the day.
func (d Days) Has(w time.Weekday) bool { return d == 0 || d&(1<<uint(w)) != 0 }

// Digest is one digest that is owed: the stories held for a place until its time.
type Digest struct {
	ID       int64
	Place    Place
	Stories  []int64 // those that most publishers tell first, then the newest
	Pushed   []int64 // stories that the place got at once since its last digest, the newest first
	Quiet    bool    // at the end of a quiet time, not at a digest time
	Late     bool    // what could not be sent in time: nobody asked for it at this hour
	Due      time.Time
	Attempts int
}
