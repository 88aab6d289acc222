package schedule_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// wildItem is an item of a feed, in RSS, with text enough that its page is not asked for.
func wildItem(guid, link, title, more string) string {
	return fmt.Sprintf(`<item><guid isPermaLink="false">%s</guid><link>%s</link><title>%s</title>%s<description>%s. %s</description></item>`,
		guid, link, title, more, title, strings.Repeat("People of "+title+" spoke of nothing else on that day. ", 20))
}

func wildFeed(items ...string) string {
	return `<rss version="2.0"><channel><title>Echo</title>` + strings.Join(items, "") + `</channel></rss>`
}

// TestWildFeeds: whatever a feed does to its entries, none is lost and none comes twice. Each case is read once as backlog and then
// again, after which the named number of stories is owed.
func TestWildFeeds(t *testing.T) {
	towns := headlines
	at := func(n int) string { return "https://echo.example/" + strings.ReplaceAll(towns[n], " ", "-") }
	// listed makes a feed of the towns with these numbers.
	listed := func(make func(n, reading int) string, reading int, numbers ...int) string {
		var items []string
		for _, n := range numbers {
			items = append(items, make(n, reading))
		}
		return wildFeed(items...)
	}
	changingGUID := func(n, reading int) string { return wildItem(fmt.Sprint(n, "-", reading), at(n), towns[n], "") }
	changingBoth := func(n, reading int) string {
		return wildItem(fmt.Sprint(n, "-", reading), at(n)+fmt.Sprint("?utm_source=rss&utm_term=", reading), towns[n], "")
	}
	noGUID := func(n, reading int) string {
		return strings.Replace(wildItem("", at(n)+fmt.Sprint("?utm_source=rss&amp;utm_term=", reading), towns[n], ""), `<guid isPermaLink="false"></guid>`, "", 1)
	}
	linkGUID := func(n, reading int) string {
		link := at(n) + fmt.Sprint("?utm_term=", reading)
		return strings.Replace(wildItem(link, link, towns[n], ""), ` isPermaLink="false"`, "", 1)
	}
	steady := func(n, _ int) string { return wildItem(fmt.Sprint(n), at(n), towns[n], "") }
	edited := func(n, reading int) string {
		return wildItem(fmt.Sprint(n), at(n)+fmt.Sprint("/v", reading), towns[n]+strings.Repeat(" again", reading), fmt.Sprintf("<pubDate>Mon, 02 Mar 2026 0%d:00:00 GMT</pubDate>", reading))
	}
	for _, c := range []struct {
		name     string
		make     func(n, reading int) string
		before   []int
		after    []int
		owed     int
		articles int
	}{
		{"guids that change", changingGUID, []int{0, 1, 2}, []int{3, 0, 1, 2}, 1, 4},
		{"guids that change, of two entries", changingGUID, []int{0, 1}, []int{0, 1}, 0, 2},
		{"guids that change, of one entry", changingGUID, []int{0}, []int{0}, 0, 1},
		{"guids that change, one of two is new", changingGUID, []int{0, 1}, []int{2, 0}, 1, 3},
		{"guids that change, most are new", changingGUID, []int{0, 1, 2}, []int{3, 4, 5, 0}, 3, 6},
		{"guids that change, new at the end", changingGUID, []int{0, 1, 2}, []int{0, 1, 2, 3}, 1, 4},
		{"guids and links that change", changingBoth, []int{0, 1}, []int{2, 0, 1}, 1, 3},
		{"links that change and no guids", noGUID, []int{0, 1}, []int{2, 0, 1}, 1, 3},
		{"links as guids that change", linkGUID, []int{0, 1}, []int{2, 0, 1}, 1, 3},
		{"edited", edited, []int{0, 1, 2}, []int{0, 1, 2}, 0, 3},
		{"reversed", steady, []int{0, 1, 2}, []int{2, 1, 0}, 0, 3},
		{"new at the end", steady, []int{0, 1, 2}, []int{0, 1, 2, 3}, 1, 4},
		{"new in the middle", steady, []int{0, 1, 2}, []int{0, 3, 1, 2}, 1, 4},
		{"emptied and filled again", steady, []int{0, 1, 2}, []int{}, 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPress(t)
			p.followed()
			body := listed(c.make, 0, c.before...)
			p.answer = func(w http.ResponseWriter, r *http.Request) bool { fmt.Fprint(w, body); return r.URL.Path == "/feed" }
			p.poll()
			for reading := range 3 {
				p.pass(time.Hour)
				body = listed(c.make, reading+1, c.after...)
				if f := p.poll(); f.Failures > 0 {
					t.Fatal(f.LastError)
				}
			}
			p.owed(c.owed)
			p.articles(c.articles)
		})
	}
}
