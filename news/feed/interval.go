package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"

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
