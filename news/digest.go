package news

import "time"

// DigestTime is a local time at which a place gets its digest.
type DigestTime struct {
	Place  Place
	Minute int       // minutes after local midnight, 0 to 1439
	Days   Days      // on which days
	Next   time.Time // the next instant at which it is due
}

// After is the first instant later than t at which the digest is due in loc. Where the clocks go forward over the time, it is
// the first instant after the gap; where they go back over it, the first of the two.
func (d DigestTime) After(t time.Time, loc *time.Location) time.Time {
	local := t.In(loc)
	for day := 0; day <= 8; day++ {
		date := time.Date(local.Year(), local.Month(), local.Day()+day, 12, 0, 0, 0, loc)
		if !d.Days.Has(date.Weekday()) {
			continue
		}
		if at := instant(date, d.Minute, loc); at.After(t) {
			return at
		}
	}
	return t.Add(24 * time.Hour) // not reached: nine days hold every weekday
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

// Has tells whether the set holds the day.
func (d Days) Has(w time.Weekday) bool { return d == 0 || d&(1<<uint(w)) != 0 }

// Digest is one digest that is owed: the stories held for a place until its time.
type Digest struct {
	ID       int64
	Place    Place
	Stories  []int64 // newest first
	Due      time.Time
	Attempts int
}
