package news

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// yearsZones are zones that change their clocks in many ways: at midnight, by half an hour, twice for Ramadan, into the next day.
var yearsZones = []string{
	"Europe/Berlin", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca",
	"America/Sao_Paulo", "America/Santiago", "Africa/Cairo", "Asia/Tehran", "Pacific/Auckland", "America/Nuuk", "America/St_Johns",
}

// quarter is how closely the expected instants are looked for; all clocks of the test's years change on a quarter of an hour.
const quarter = 15 * time.Minute

// expected are the dates and instants at which a digest is due between two instants, found by watching the clock: each date's
// is the first moment at which the clock shows that date and minute or anything later.
func expected(loc *time.Location, minute int, days Days, from, to time.Time) []string {
	_, offset := from.In(loc).Zone()
	day := from.Add(time.Duration(offset)*time.Second).Truncate(24*time.Hour).AddDate(0, 0, -1) // in a calendar without zones
	target := func() time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	var list []string
	for t := from.Add(-48 * time.Hour); !t.After(to); t = t.Add(quarter) {
		_, offset := t.In(loc).Zone()
		for wall := t.UTC().Add(time.Duration(offset) * time.Second); !wall.Before(target()); day = day.AddDate(0, 0, 1) {
			if t.After(from) && days.Has(day.Weekday()) {
				list = append(list, day.Format(time.DateOnly)+" "+t.UTC().Format(time.RFC3339))
			}
		}
	}
	return list
}

// TestDigestYears: over years, in many zones, each date once, at the first valid instant.
func TestDigestYears(t *testing.T) {
	for _, year := range []int{2017, 2026} { // Brazil, Iran and Samoa changed their clocks in the one, Egypt does in the other
		for _, zone := range yearsZones {
			loc, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
			to := from.AddDate(2, 0, 0)
			for _, tt := range []DigestTime{
				{Minute: 0},
				{Minute: 30},
				{Minute: 2*60 + 15, Days: 0b1000001},
				{Minute: 8 * 60, Days: 0b0111110},
				{Minute: 23*60 + 30},
				{Minute: 23*60 + 45, Days: 1 << time.Saturday},
			} {
				t.Run(fmt.Sprint(year, zone, tt.Minute, tt.Days), func(t *testing.T) {
					var got []string
					for at := tt.After(from, loc); !at.After(to); at = tt.After(at, loc) {
						got = append(got, tt.Date(at, loc)+" "+at.UTC().Format(time.RFC3339))
						checkLast(t, tt, at, loc)
					}
					if diff := cmp.Diff(expected(loc, tt.Minute, tt.Days, from, to), got); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
				})
			}
		}
	}
}

// checkLast: until the next time, the last one is at, wherever one begins.
func checkLast(t *testing.T, d DigestTime, at time.Time, loc *time.Location) {
	t.Helper()
	next := d.After(at, loc)
	for _, back := range []time.Duration{0, 3 * 24 * time.Hour, 400 * 24 * time.Hour} {
		d.Next = at
		if back > 0 {
			d.Next = d.After(at.Add(-back-time.Second), loc)
		}
		for _, now := range []time.Time{at, next.Add(-time.Second)} {
			if got, ok := d.Last(now, loc); !d.Next.After(at) && (!ok || !got.Equal(at)) {
				t.Fatalf("the last before %s from %s: %s %t, want %s", now.UTC(), d.Next.UTC(), got.UTC(), ok, at.UTC())
			}
		}
	}
	d.Next = next
	if got, ok := d.Last(next.Add(-time.Second), loc); ok {
		t.Fatalf("before the next: %s", got)
	}
}
