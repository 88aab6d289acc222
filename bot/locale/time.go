package locale

import (
	"strconv"
	"time"
)

const (
	momentAgo = time.Minute
	minutes   = time.Hour // up to here, minutes are counted
)

// When is a moment in the words of somebody who reads it now: "12 min ago", "today 14:05", "yesterday 14:05",
// "3 March 14:05", "3 March 2019". A zero time is "".
func (w *Words) When(t, now time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	age := now.Sub(t)
	switch days := daysBetween(t.In(loc), now.In(loc)); {
	case age >= 0 && age < momentAgo:
		return w.T("when.now")
	case age >= 0 && age < minutes:
		return w.N("when.minutes", int(age/time.Minute))
	case days == 0:
		return w.T("when.today", "clock", w.Clock(t, loc))
	case days == 1:
		return w.T("when.yesterday", "clock", w.Clock(t, loc))
	case t.In(loc).Year() == now.In(loc).Year():
		return w.T("when.day", "day", w.day(t.In(loc)), "clock", w.Clock(t, loc))
	}
	return w.T("when.year", "day", w.day(t.In(loc)), "year", t.In(loc).Year())
}

// Clock is a time of day, "08:05" in every language.
func (w *Words) Clock(t time.Time, loc *time.Location) string { return t.In(loc).Format("15:04") }

// Date is a day in full, "Monday, 3 March".
func (w *Words) Date(t time.Time, loc *time.Location) string {
	t = t.In(loc)
	return w.T("date.full", "weekday", w.Weekday(t.Weekday()), "day", w.day(t))
}

// Weekday is the name of a day.
func (w *Words) Weekday(d time.Weekday) string { return w.T("weekday." + strconv.Itoa(int(d))) }

// day is the day and the month, "3 March". The first of a month has a form of its own in some languages.
func (w *Words) day(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = w.T("date.first")
	}
	return w.T("date.day", "day", day, "month", w.T("month."+strconv.Itoa(int(t.Month()))))
}

// daysBetween is how many midnights lie between two local times; below 0 when a is later.
func daysBetween(a, b time.Time) int {
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}

// midnight is the date in UTC, where every day has 24 hours.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
