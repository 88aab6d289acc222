package handlers

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestParseDigest(t *testing.T) {
	const weekdays, monday = news.Days(0b0111110), news.Days(1 << time.Monday)
	for _, tt := range []struct {
		in      string
		minutes []int // nil: refused
		days    news.Days
	}{
		{"8", []int{480}, 0},
		{"08:00", []int{480}, 0},
		{"8.30", []int{510}, 0},
		{"0:00 23:59", []int{0, 1439}, 0},
		{"8:30pm", []int{20*60 + 30}, 0},
		{"12am, 12pm", []int{0, 720}, 0},
		{"18:30; 7:00 MON-FRI", []int{420, 1110}, weekdays},
		{"7\n18:00\tweekdays", []int{420, 1080}, weekdays},
		{"8 8 08:00", []int{480}, 0},
		{"weekly", []int{480}, monday},
		{"weekly 9:00", []int{540}, monday},
		{"mon wed 9", []int{540}, 1<<time.Monday | 1<<time.Wednesday},
		{"sat-mon 10", []int{600}, 1<<time.Saturday | 1<<time.Sunday | 1<<time.Monday},
		{"weekend", []int{480}, 1<<time.Saturday | 1<<time.Sunday},
		{"daily 6", []int{360}, 0b1111111},
		{"tuesday-thursday 6", []int{360}, 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday},
		{"", nil, 0},
		{"24:00", nil, 0},
		{"8:60", nil, 0},
		{"8:3", nil, 0},
		{"-8", nil, 0},
		{"+8", nil, 0},
		{"8::30", nil, 0},
		{"13pm", nil, 0},
		{"0am", nil, 0},
		{"noon", nil, 0},
		{"8 o'clock", nil, 0},
		{"mon-", nil, 0},
		{"mo 8", nil, 0},
		{"mondays 8", nil, 0},
		{"８", nil, 0},
		{"1 2 3 4 5 6 7", nil, 0},
		{"99999999999999999999", nil, 0},
	} {
		t.Run(tt.in, func(t *testing.T) {
			minutes, days, err := parseDigest(tt.in)
			if (err != nil) != (tt.minutes == nil) || (err != nil && !errors.Is(err, errNotTime)) {
				t.Fatalf("error %v", err)
			}
			if d := cmp.Diff(tt.minutes, minutes); d != "" || days != tt.days {
				t.Errorf("days %07b, want %07b\n%s", days, tt.days, d)
			}
		})
	}
}

// FuzzParseDigest: what is taken is a few times of a day.
func FuzzParseDigest(f *testing.F) {
	for _, s := range []string{"8:30 mon-fri", "weekly", "12am,1pm", "\xff", "sat-sun-mon", strings.Repeat("8 ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		minutes, days, err := parseDigest(s)
		if err != nil {
			return
		}
		if len(minutes) == 0 || len(minutes) > mostDigests || !slices.IsSorted(minutes) || minutes[0] < 0 || minutes[len(minutes)-1] > 1439 {
			t.Errorf("minutes %v", minutes)
		}
		if days > 0b1111111 {
			t.Errorf("days %b", days)
		}
	})
}

// FuzzParseDays: what is taken names at least one day, and again in the other case.
func FuzzParseDays(f *testing.F) {
	for _, s := range []string{"mon", "fri-mon", "sunday-sunday", "weekdays", "-", "mon-xyz", "ſun"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		days, ok := parseDays(s)
		if ok == (days == 0) || days > 0b1111111 {
			t.Errorf("%q: %b, %t", s, days, ok)
		}
	})
}

func TestFindZone(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Berlin", "Europe/Berlin"},
		{"  new   YORK ", "America/New_York"},
		{"são paulo", "America/Sao_Paulo"},
		{"europe/lisbon", "Europe/Lisbon"},
		{"America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"},
		{"port-au-prince", "America/Port-au-Prince"},
		{"dar es salaam", "Africa/Dar_es_Salaam"},
		{"isle of man", "Europe/Isle_of_Man"},
		{"utc", "UTC"},
		{"honolulu", "Pacific/Honolulu"},
		{"reykjavik", "Atlantic/Reykjavik"},
		{"Delhi", "Asia/Kolkata"},
		{"kathmandu", "Asia/Kathmandu"},
		{"Atlantis", ""},
		{"", ""},
		{"/", ""},
		{"Local", ""},
		{"../../etc/passwd", ""},
		{"europe/../asia/tokyo", ""},
		{"/etc/localtime", ""},
		{"Europe/", ""},
		{"\x00", ""},
		{"europe\\berlin", ""},
		{strings.Repeat("a", 5000), ""},
	} {
		t.Run(tt.in[:min(len(tt.in), 30)], func(t *testing.T) {
			if got, ok := findZone(tt.in); got != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q, %t; want %q", got, ok, tt.want)
			}
		})
	}
}

// FuzzFindZone: what is found is a zone of the database that loads, and not this machine's.
func FuzzFindZone(f *testing.F) {
	for _, s := range []string{"berlin", "Europe/Kyiv", "..", "Local", "local/", "\xff/\xff", "etc/gmt", "ß/İ", "zone.tab"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		zone, ok := findZone(s)
		if !ok {
			return
		}
		if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" || strings.Contains(zone, "..") {
			t.Errorf("%q: zone %q, %v", s, zone, err)
		}
	})
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"lates", "latest"},
		{"latestt", "latest"},
		{"latset", "latest"},
		{"lattst", "latest"},
		{"atest", "latest"},
		{"top1", "top"},
		{"tpo", "top"},
		{"quote", "quotes"},
		{"subscibe", "subscribe"},
		{"source", "sources"},
		{"hlep", "help"},
		{"Latest", "latest"},
		{"stats", ""},
		{"stat", "start"},
		{"tasl", ""},
		{"laetset", ""},
		{"", ""},
		{"weather", ""},
		{"invit", ""},
	} {
		if got := nearest(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestSplitTarget(t *testing.T) {
	for _, tt := range []struct{ in, address, channel string }{
		{"", "", ""},
		{"example.com", "example.com", ""},
		{"example.com @wire", "example.com", "@wire"},
		{"@wire The  Echo", "The Echo", "@wire"},
		{"https://social.example/@wire", "https://social.example/@wire", ""},
		{"@one @two", "@two", "@one"},
	} {
		if address, channel := splitTarget(tt.in); address != tt.address || channel != tt.channel {
			t.Errorf("%q: got %q, %q", tt.in, address, channel)
		}
	}
}

func TestNamed(t *testing.T) {
	f := news.Feed{URL: "https://www.echo.example/feed.xml", Site: "https://echo.example/", Title: "The Echo"}
	for words, want := range map[string]bool{
		"the echo": true, "echo.example": true, "https://echo.example": true, "www.echo.example/": true, "http://www.echo.example/feed.xml": true,
		"echo": false, "": false, "https://other.example": false, "feed.xml": false,
	} {
		if got := named(f, words); got != want {
			t.Errorf("%q: got %t", words, got)
		}
	}
	if named(news.Feed{URL: "https://a.example/feed", Title: "A"}, "") {
		t.Error("a feed without a site is called nothing")
	}
}
