package feed

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"herald/news"
)

// maxAsked bounds a wait that a publisher asks for: static hosting says a year for files that change daily.
const maxAsked = 24 * time.Hour

// paceEntries is how many of the newest entries tell how often a feed publishes.
const paceEntries = 12

// maxAge reads the max-age of a Cache-Control header (RFC 9111, section 5.2.2.1); 0: none, or the answer is not to be
// reused.
func maxAge(header string) time.Duration {
	var age time.Duration
	for directive := range strings.SplitSeq(strings.ToLower(header), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			age = seconds(strings.Trim(value, `"`), time.Second)
		}
	}
	return age
}

// fresh is how long an answer may be reused from now on by its Cache-Control or Expires header, less the time that it has
// spent in caches (RFC 9111, section 4.2).
func fresh(h http.Header) time.Duration {
	control := h.Get("Cache-Control")
	wait := maxAge(control)
	if wait == 0 && !strings.Contains(control, "no-") {
		expires, err := http.ParseTime(h.Get("Expires"))
		date, err2 := http.ParseTime(h.Get("Date"))
		if err == nil && err2 == nil {
			wait = min(expires.Sub(date), maxAsked)
		}
	}
	return max(0, wait-seconds(h.Get("Age"), time.Second))
}

// wish is what a feed itself says of how often to read it: no sooner than its ttl; where the dates of its entries do not
// tell a pace, as often as it says that it is updated (RDF Site Summary 1.0, module Syndication). That says nothing where
// they do: much software writes "hourly" into every feed.
func wish(f *gofeed.Feed, entries []news.Entry) time.Duration {
	d := pace(entries)
	if d == 0 {
		d = updatePeriod(f.Extensions["sy"])
	}
	if original, ok := f.OriginalFeed().(*rss.Feed); ok {
		d = max(d, ttl(original.TTL))
	}
	return d
}

var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour,
	"yearly": 365 * 24 * time.Hour,
}

func updatePeriod(sy map[string][]ext.Extension) time.Duration {
	period := periods[strings.ToLower(strings.TrimSpace(extension(sy, "updatePeriod")))]
	frequency, err := strconv.Atoi(strings.TrimSpace(extension(sy, "updateFrequency")))
	if err != nil || frequency < 1 {
		frequency = 1
	}
	return period / time.Duration(frequency)
}

// rest reads skipHours and skipDays (RSS 2.0); hour 24 is midnight in RSS 0.91.
func rest(f *gofeed.Feed) news.Rest {
	var r news.Rest
	original, ok := f.OriginalFeed().(*rss.Feed)
	if !ok {
		return r
	}
	for _, s := range original.SkipHours {
		if h, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && h >= 0 && h <= 24 {
			r = r.WithHour(h % 24)
		}
	}
	for _, s := range original.SkipDays {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(strings.TrimSpace(s), day.String()) {
				r = r.WithDay(day)
			}
		}
	}
	return r
}

// ttl reads the ttl of an RSS channel, in minutes (RSS 2.0, <ttl>).
func ttl(s string) time.Duration { return seconds(strings.TrimSpace(s), time.Minute) }

func seconds(s string, unit time.Duration) time.Duration {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(min(n, int64(maxAsked/time.Second)))*unit, maxAsked)
}

// pace suggests how long to wait between readings, from the dates of the newest entries: half the usual (median) time
// between two of them, so that an entry waits a quarter of that time on average. 0: the dates don't tell.
func pace(entries []news.Entry) time.Duration {
	var gaps []time.Duration
	var last time.Time
	for _, e := range entries[:min(len(entries), paceEntries)] {
		if e.Published.IsZero() {
			continue
		}
		if !last.IsZero() {
			gaps = append(gaps, last.Sub(e.Published))
		}
		last = e.Published
	}
	if len(gaps) < 2 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2] / 2
}
