package news

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestDigestTimeAfter(t *testing.T) {
	weekdays := Days(0b0111110)
	tests := []struct {
		name, zone  string
		minute      int
		days        Days
		after, want string // local time of the zone, and the instant in UTC
	}{
		{"later today", "Europe/Berlin", 8 * 60, 0, "2026-07-01 07:00", "2026-07-01 06:00"},
		{"tomorrow", "Europe/Berlin", 8 * 60, 0, "2026-07-01 08:00", "2026-07-02 06:00"},
		{"over the weekend", "Europe/Berlin", 8 * 60, weekdays, "2026-07-03 09:00", "2026-07-06 06:00"},
		{"gap: first valid instant", "Europe/Berlin", 2*60 + 30, 0, "2026-03-28 12:00", "2026-03-29 01:00"},
		{"overlap: first occurrence", "Europe/Berlin", 2*60 + 30, 0, "2026-10-24 12:00", "2026-10-25 00:30"},
		{"after the overlap it waits a day", "Europe/Berlin", 2*60 + 30, 0, "2026-10-25 04:00", "2026-10-26 01:30"},
		{"half-hour gap", "Australia/Lord_Howe", 2*60 + 15, 0, "2026-10-03 12:00", "2026-10-03 15:30"},
		{"midnight in the gap", "Asia/Beirut", 0, 0, "2026-03-28 12:00", "2026-03-28 22:00"},
		{"a day that never was", "Pacific/Apia", 8 * 60, 0, "2011-12-29 09:00", "2011-12-30 18:00"},
		{"odd offset", "Asia/Kathmandu", 6 * 60, 0, "2026-01-01 07:00", "2026-01-02 00:15"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			after, _ := time.ParseInLocation("2006-01-02 15:04", tt.after, loc)
			got := DigestTime{Minute: tt.minute, Days: tt.days}.After(after, loc).UTC().Format("2006-01-02 15:04")
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
