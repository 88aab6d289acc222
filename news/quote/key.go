package quote

import (
	"sort"
	"strings"

	"herald/news"
)

const (
	// A quotation on a card is read at a glance: best between these many words.
	keyMin, keyMax = 6, 40
	// keyLimit is how many words a card can still show.
	keyLimit = 90
)

// Key returns the n most telling quotations for a card, in the order they were given, by different speakers where
// possible. Only quotations in the speaker's own words are chosen, and those without a speaker only when no other is
// left.
func Key(quotes []news.Quote, n int) []news.Quote {
	order := make([]int, 0, len(quotes))
	for i := range quotes {
		if telling(&quotes[i]) > 0 {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return telling(&quotes[order[a]]) > telling(&quotes[order[b]]) })
	var chosen []int
	heard := map[string]bool{}
	for _, fresh := range []bool{true, false} { // new voices first
		for _, i := range order {
			name := nameOf(&quotes[i])
			if len(chosen) < n && heard[name] != fresh && !has(chosen, i) {
				heard[name] = true
				chosen = append(chosen, i)
			}
		}
	}
	sort.Ints(chosen)
	out := make([]news.Quote, 0, len(chosen))
	for _, i := range chosen {
		out = append(out, quotes[i])
	}
	return out
}

// telling is how much a quotation is worth on a card; 0: not at all.
func telling(q *news.Quote) float64 {
	words := countWords(q.Text)
	if q.Kind != news.Direct || words < 3 || words > keyLimit {
		return 0
	}
	worth := 1.0
	switch {
	case words < keyMin:
		worth *= 0.3
	case words > keyMax:
		worth *= 0.5
	}
	if q.Speaker == nil {
		return worth * 0.1
	}
	if q.Cue == nil {
		worth *= 0.6 // whose words they are is less sure
	}
	if strings.Contains(q.Speaker.Name, " ") {
		worth *= 1.5
	}
	if q.Speaker.Role != "" {
		worth *= 1.1
	}
	return worth / (1 + float64(q.Start)/20000) // what stands early was thought important
}

func nameOf(q *news.Quote) string {
	if q.Speaker == nil {
		return ""
	}
	return strings.ToLower(q.Speaker.Name)
}

func has(list []int, x int) bool {
	for _, v := range list {
		if v == x {
			return true
		}
	}
	return false
}
