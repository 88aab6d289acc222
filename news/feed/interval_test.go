package feed

import (
	"net/http"
	"testing"
	"time"

	"herald/news"
)

// TestFresh: what is left of an answer's life counts, not what it had.
func TestFresh(t *testing.T) {
	for _, c := range []struct {
		control, age, expires string
		want                  time.Duration
	}{
		{"max-age=600", "", "", 10 * time.Minute},
		{"max-age=600", "540", "", time.Minute},
		{"max-age=600", "9999", "", 0},
		{"max-age=600", "-5", "", 10 * time.Minute},
		{"max-age=600", "", "Mon, 02 Mar 2026 09:00:00 GMT", 10 * time.Minute},
		{"", "", "Mon, 02 Mar 2026 09:00:00 GMT", time.Hour},
		{"", "", "Mon, 02 Mar 2026 07:00:00 GMT", 0},
		{"", "", "Tue, 02 Mar 2038 07:00:00 GMT", maxAsked},
		{"", "", "0", 0},
		{"no-cache", "", "Mon, 02 Mar 2026 09:00:00 GMT", 0},
	} {
		h := http.Header{"Date": {"Mon, 02 Mar 2026 08:00:00 GMT"}, "Cache-Control": {c.control}, "Age": {c.age}, "Expires": {c.expires}}
		if got := fresh(h); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

func TestMaxAge(t *testing.T) {
	for _, c := range []struct {
		in   string
		want time.Duration
	}{
		{"", 0},
		{"max-age=600", 10 * time.Minute},
		{"public, Max-Age=600, must-revalidate", 10 * time.Minute},
		{`max-age="60"`, time.Minute},
		{"max-age=600, no-cache", 0},
		{"no-store", 0},
		{"max-age=-1", 0},
		{"max-age=x", 0},
		{"max-age=31536000", maxAsked},
		{"max-age=999999999999999999", maxAsked},
		{"s-maxage=600", 0},
	} {
		if got := maxAge(c.in); got != c.want {
			t.Errorf("%q: got %v, want %v", c.in, got, c.want)
		}
	}
}

func TestPace(t *testing.T) {
	at := func(hours ...int) []news.Entry {
		var out []news.Entry
		for _, h := range hours {
			e := news.Entry{}
			if h >= 0 {
				e.Published = time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC).Add(time.Duration(-h) * time.Hour)
			}
			out = append(out, e)
		}
		return out
	}
	for _, c := range []struct {
		name    string
		entries []news.Entry
		want    time.Duration
	}{
		{"none", nil, 0},
		{"one", at(1), 0},
		{"two", at(1, 3), 0},
		{"regular", at(0, 4, 8, 12), 2 * time.Hour},
		{"undated between", at(0, -1, 4, -1, 8), 2 * time.Hour},
		{"one long pause", at(0, 2, 4, 500), time.Hour},
		{"all at once", at(0, 0, 0), 0},
		{"only the newest count", at(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1000, 2000, 3000, 4000), 30 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := pace(c.entries); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
