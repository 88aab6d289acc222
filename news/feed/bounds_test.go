package feed

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"herald/news"
)

// TestHostileFeeds has feeds that are made to take up memory, each of a few MB at most, read within bounds.
func TestHostileFeeds(t *testing.T) {
	many := strings.Repeat
	rss := func(inside string) string {
		return "<rss version='2.0' xmlns:q='urn:q'><channel><title>Skarn</title><item><title>The bridge is open</title></item>" + inside + "</channel></rss>"
	}
	json := func(inside string) string {
		return `{"version":"https://jsonfeed.org/version/1.1","title":"Skarn","items":[{"id":"1","title":"The bridge is open"},` + inside + "]}"
	}
	var entities strings.Builder
	for i := range 10 {
		entities.WriteString("<!ENTITY l" + string(rune('0'+i+1)) + ` "` + many("&l"+string(rune('0'+i))+";", 10) + `">`)
	}
	for _, c := range []struct {
		name, doc string
		want      error
	}{
		{"empty entries", rss(many("<item/>", 500_000)), nil},
		{"entries", rss(many("<item><title>x</title></item>", 60_000)), nil},
		{"categories", rss("<item>" + many("<category>x</category>", 190_000) + "</item>"), nil},
		{"extensions", rss("<item>" + many("<q:a>x</q:a>", 320_000) + "</item>"), nil},
		{"attributes", rss("<item " + many("a='' ", 800_000) + "/>"), news.ErrNotFeed},
		{"entities that multiply", `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">` + entities.String() + "]>" + rss("<item><title>&l9;</title></item>"), nil},
		{"10,000 levels", rss("<item>" + many("<a>", 10_000) + many("</a>", 10_000) + "</item>"), news.ErrNotFeed},
		{"a long title", rss("<item><title>" + many("The bridge is open. ", 50_000) + "</title></item>"), nil},
		{"bare ampersands", rss("<item><title>" + many("&", 1_000_000) + "</title></item>"), nil},
		{"angle brackets", rss("<item><title>" + many("<", 4_000_000) + "</title></item>"), news.ErrNotFeed},
		{"comments before it", many("<!---->", 500_000) + rss(""), news.ErrNotFeed},
		{"some comments before it", many("<!-- <rss> -->", 50) + rss(""), nil},
		{"JSON entries", json(many("{},", 1_200_000) + "{}"), news.ErrTooLarge},
		{"JSON tags", json(`{"tags":[` + many(`"",`, 1_000_000) + `""]}`), news.ErrTooLarge},
		{"10,000 JSON levels", json(many("[", 10_000) + many("]", 10_000)), news.ErrNotFeed},
		{"10,000 JSON objects", json(many(`{"a":`, 10_000) + "1" + many("}", 10_000)), news.ErrNotFeed},
		{"commas in JSON text", json(`{"id":"2","content_text":"` + many(`\",[{`, 400_000) + `"}`), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r, err := Parse([]byte(c.doc), "", "https://skarn.example/feed")
			runtime.ReadMemStats(&after)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			// What is whole before the trouble is read.
			if err == nil && r.Entries[len(r.Entries)-1].Title != "The bridge is open" && r.Entries[0].Title != "The bridge is open" {
				t.Errorf("got %d entries, the first %q", len(r.Entries), r.Entries[0].Title)
			}
			// All that was ever taken, not what was needed at once: that is a fraction of it.
			if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 300 {
				t.Errorf("took %d MB", taken)
			}
		})
	}
}

// TestOldestFirst: of a feed that lists its oldest entries first and is more than a parser takes, the newest are read.
func TestOldestFirst(t *testing.T) {
	var items strings.Builder
	for i := range 9000 {
		at := time.Date(2020, 1, 1, i, 0, 0, 0, time.UTC).Format(time.RFC1123Z)
		fmt.Fprintf(&items, "<item><guid>%d</guid><title>Report %d</title><pubDate>%s</pubDate><description><![CDATA[<item>]]></description></item>", i, i, at)
	}
	r, err := Parse([]byte("<rss version='2.0'><channel><title>Skarn</title>"+items.String()+"</channel></rss>"), "", "https://skarn.example/")
	if err != nil || len(r.Entries) != MaxEntries || r.Feed.Title != "Skarn" {
		t.Fatalf("%d entries of %q, %v", len(r.Entries), r.Feed.Title, err)
	}
	if first, last := r.Entries[0].Title, r.Entries[MaxEntries-1].Title; first != "Report 8999" || last != "Report 8500" {
		t.Errorf("from %q to %q", first, last)
	}
}
