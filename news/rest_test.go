package news

import (
	"testing"
	"time"
)

func TestRest(t *testing.T) {
	monday := time.Date(2026, 3, 2, 10, 20, 30, 0, time.UTC)
	var nights, sundays, always, week Rest
	for h := range 24 {
		always = always.WithHour(h)
		if h < 6 || h == 23 {
			nights = nights.WithHour(h)
		}
	}
	for d := range 7 {
		week = week.WithDay(time.Weekday(d))
	}
	sundays = nights.WithDay(time.Sunday)
	for _, tt := range []struct {
		name    string
		rest    Rest
		in, out time.Time
	}{
		{"none", 0, monday, monday},
		{"not now", nights, monday, monday},
		{"at night", nights, monday.Add(13 * time.Hour), time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC)},
		{"on Sunday", sundays, monday.AddDate(0, 0, -1), time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)},
		{"in another zone", nights, monday.Add(13 * time.Hour).In(time.FixedZone("", 5*3600)), time.Date(2026, 3, 3, 6, 0, 0, 0, time.UTC)},
		{"every hour is not believed", always, monday, monday},
		{"nor is every day", week, monday, monday},
		{"an hour that does not exist", Rest(0).WithHour(24).WithDay(7), monday, monday},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.rest.Next(tt.in); !got.Equal(tt.out) {
				t.Errorf("got %s, want %s", got, tt.out)
			}
		})
	}
}
