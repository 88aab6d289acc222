package news

import (
	"testing"
	"time"
)

func TestQuietUntil(t *testing.T) {
	night := Quiet{From: 22 * 60, To: 7 * 60}
	tests := []struct {
		name, zone string
		quiet      Quiet
		at, want   string // UTC; "" for the end: not quiet
	}{
		{"before", "Europe/Berlin", night, "2026-07-01 19:59", ""},
		{"from the first minute", "Europe/Berlin", night, "2026-07-01 20:00", "2026-07-02 05:00"},
		{"after midnight", "Europe/Berlin", night, "2026-07-02 00:30", "2026-07-02 05:00"},
		{"to the last", "Europe/Berlin", night, "2026-07-02 04:59", "2026-07-02 05:00"},
		{"not at the end", "Europe/Berlin", night, "2026-07-02 05:00", ""},
		{"within a day", "Asia/Kathmandu", Quiet{From: 13 * 60, To: 15 * 60}, "2026-07-02 08:15", "2026-07-02 09:15"},
		{"within a day, before", "Asia/Kathmandu", Quiet{From: 13 * 60, To: 15 * 60}, "2026-07-02 07:14", ""},
		{"a night an hour shorter", "Europe/Berlin", night, "2026-03-28 21:30", "2026-03-29 05:00"},
		{"a night an hour longer", "Europe/Berlin", night, "2026-10-24 20:30", "2026-10-25 06:00"},
		{"ends in the gap", "Europe/Berlin", Quiet{From: 22 * 60, To: 2*60 + 30}, "2026-03-29 00:59", "2026-03-29 01:00"},
		{"ends at the first of two", "Europe/Berlin", Quiet{From: 22 * 60, To: 2*60 + 30}, "2026-10-25 00:29", "2026-10-25 00:30"},
		{"and not again", "Europe/Berlin", Quiet{From: 22 * 60, To: 2*60 + 30}, "2026-10-25 01:15", ""},
		{"begins at the first of two", "Europe/Berlin", Quiet{From: 2*60 + 30, To: 7 * 60}, "2026-10-25 01:15", "2026-10-25 06:00"},
		{"all of it skipped", "Europe/Berlin", Quiet{From: 2 * 60, To: 2*60 + 45}, "2026-03-29 01:00", ""},
		{"none", "Europe/Berlin", Quiet{}, "2026-07-01 22:00", ""},
		{"none by any time", "Europe/Berlin", Quiet{From: 60, To: 60}, "2026-07-01 23:00", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, err := time.Parse("2006-01-02 15:04", tt.at)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if end := tt.quiet.Until(at, Location(tt.zone)); !end.IsZero() {
				got = end.UTC().Format("2006-01-02 15:04")
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
