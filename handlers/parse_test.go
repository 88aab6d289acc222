package handlers

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestParseDigest(t *testing.T) {
	for _, tt := range []struct{ in, want string }{ // want: minutes, with the days as bits from Saturday to Sunday; "": refused
		{"8", "480"},
		{"08:00", "480"},
		{"8.30", "510"},
		{"8h30", "510"},
		{"20h", "1200"},
		{"0:00 23:59", "0 1439"},
		{"8:30pm", "1230"},
		{"12am, 12pm", "0 720"},
		{"18:30; 7:00 MON-FRI", "420/0111110 1110/0111110"},
		{"7\n18:00\tweekdays", "420/0111110 1080/0111110"},
		{"8 8 08:00", "480"},
		{"weekly", "480/0000010"},
		{"weekly 9:00", "540/0000010"},
		{"9:00 weekly", "540/0000010"},
		{"weekly fri 9:00", "540/0100000"},
		{"9:00 friday weekly", "540/0100000"},
		{"mon wed 9", "540/0001010"},
		{"sat-mon 10", "600/1000011"},
		{"weekend", "480/1000001"},
		{"daily 6", "360"},
		{"tuesday-thursday 6", "360/0011100"},
		{"mon–fri 7:30", "450/0111110"},
		{"mo 8", "480/0000010"},
		{"Mo-Fr 8", "480/0111110"},
		{"lun-ven 8", "480/0111110"},
		{"сб 10, вс 11", "600/1000000 660/0000001"},
		{"пн-пт 8", "480/0111110"},
		{"суб 10", "600/1000000"},
		{"mon-fri 7:00 sat,sun 10:00", "420/0111110 600/1000001"},
		{"7:00 mon-fri 10:00 sat sun", "420/0111110 600/1000001"},
		{"7:00 mon-fri 18:00", "420/0111110 1080/0111110"},
		{"mon-fri 7:00 sat", ""},
		{"mon-fri 8 sat-sun 8", "480"},
		{"um 8 Uhr", "480"},
		{"8 Uhr und 18 Uhr werktags", "480/0111110 1080/0111110"},
		{"Täglich 7", "420"},
		{"wöchentlich", "480/0000010"},
		{"wochenende 10", "600/1000001"},
		{"tous les jours", ""},
		{"quotidien à 8h", "480"},
		{"a las 8 y 18", "480 1080"},
		{"ежедневно в 8", "480"},
		{"7 bis 9", ""},
		{"um", ""},
		{"", ""},
		{"24:00", ""},
		{"8:60", ""},
		{"8:3", ""},
		{"-8", ""},
		{"+8", ""},
		{"8::30", ""},
		{"13pm", ""},
		{"0am", ""},
		{"noon", ""},
		{"h", ""},
		{"8 o'clock", ""},
		{"mon-", ""},
		{"m 8", ""},
		{"mondays 8", ""},
		{"s-d 8", ""},
		{"８", ""},
		{"1 2 3 4 5 6 7", ""},
		{"99999999999999999999", ""},
	} {
		t.Run(tt.in, func(t *testing.T) {
			times, err := parseDigest(tt.in)
			if (err != nil) != (tt.want == "") || (err != nil && !errors.Is(err, errNotTime)) {
				t.Fatalf("error %v", err)
			}
			var got []string
			for _, x := range times {
				s := strconv.Itoa(x.Minute)
				if x.Days.Each() != news.EveryDay {
					s += fmt.Sprintf("/%07b", x.Days)
				}
				got = append(got, s)
			}
			if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestParseQuiet(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want news.Quiet // zero: refused
	}{
		{"22:00-07:00", news.Quiet{From: 1320, To: 420}},
		{"22-7", news.Quiet{From: 1320, To: 420}},
		{"22:00 – 07:00", news.Quiet{From: 1320, To: 420}},
		{"22.30 7.15", news.Quiet{From: 1350, To: 435}},
		{"10pm to 7am", news.Quiet{From: 1320, To: 420}},
		{"10PM-7AM", news.Quiet{From: 1320, To: 420}},
		{"22 bis 7", news.Quiet{From: 1320, To: 420}},
		{"von 22 Uhr bis 7 Uhr", news.Quiet{From: 1320, To: 420}},
		{"22h à 7h", news.Quiet{From: 1320, To: 420}},
		{"с 22 до 7", news.Quiet{From: 1320, To: 420}},
		{"bis", news.Quiet{}},
		{"22h-7h30", news.Quiet{From: 1320, To: 450}},
		{"0:00-6:00", news.Quiet{From: 0, To: 360}},
		{"23-0", news.Quiet{From: 1380, To: 0}},
		{"", news.Quiet{}},
		{"22:00", news.Quiet{}},
		{"22:00-22:00", news.Quiet{}},
		{"22-7-8", news.Quiet{}},
		{"24:00-7:00", news.Quiet{}},
		{"22:00-x", news.Quiet{}},
		{"-", news.Quiet{}},
		{"on", news.Quiet{}},
	} {
		if got, err := parseQuiet(tt.in); got != tt.want || (err != nil) == tt.want.On() {
			t.Errorf("%q: got %+v, %v", tt.in, got, err)
		}
	}
}

// FuzzParseDigest: what is taken is a few times of a day, in order; a quiet time is within the day.
func FuzzParseDigest(f *testing.F) {
	for _, s := range []string{"8:30 mon-fri", "weekly", "12am,1pm", "\xff", "sat-sun-mon", "mo 7 sa 9", "22-7", strings.Repeat("8 ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if q, err := parseQuiet(s); err == nil && (!q.On() || min(q.From, q.To) < 0 || max(q.From, q.To) > 1439) {
			t.Errorf("quiet %+v", q)
		}
		times, err := parseDigest(s)
		if err != nil {
			return
		}
		last := -1
		for _, x := range times {
			if x.Minute <= last || x.Minute > 1439 || x.Days > news.EveryDay {
				t.Errorf("times %+v", times)
			}
			last = x.Minute
		}
		if len(times) == 0 || len(times) > mostDigests {
			t.Errorf("%d times", len(times))
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
		{"Etc/GMT+5", "Etc/GMT+5"},
		{"US/Eastern", "US/Eastern"},
		{"Etc/Nowhere", ""},
		{"posix/Europe/Berlin", ""},
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
