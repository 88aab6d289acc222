package handlers

import (
	"errors"
	"math"
	"testing"

	"herald/news"
)

func TestZoneAt(t *testing.T) {
	for _, tt := range []struct {
		name     string
		lat, lon float64
		want     string
	}{
		{"inland", 52.52, 13.40, "Europe/Berlin"},
		{"odd offset", 27.72, 85.32, "Asia/Kathmandu"},
		{"on a coast, where the squares don't tell", -33.87, 151.21, "Australia/Sydney"},
		{"near a border", 46.20, 6.15, "Europe/Zurich"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := zoneAt(tt.lat, tt.lon)
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestZoneAtNowhere(t *testing.T) {
	for _, p := range [][2]float64{{91, 0}, {0, 181}, {math.NaN(), 0}, {math.Inf(1), 0}} {
		if zone, err := zoneAt(p[0], p[1]); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("at %v: got %q, %v, want ErrNotFound", p, zone, err)
		}
	}
}
