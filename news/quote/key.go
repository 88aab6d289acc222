package quote

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

const (
	// A quotation on a card is read at a glance: best between these many words.
	keyMin, keyMax = 8, 40
	// keyLeast is how many words one has at least: what is shorter is a fragment, or an ironic mark, more often than a thought.
	keyLeast = 5
	// keyLimit is how many words a card can still show.
	keyLimit = 90
	// longWord is how many letters a word has that says something rather than joining others.
	longWord = 5
)

// Key returns the n most telling quotations for a card, in the order they were given, by different speakers where
// possible, and fewer where nothing else is telling. Only quotations in the speaker's own words are chosen, and only where it is known who that is.
func Key(quotes []news.Quote, n int) []news.Quote {
	order := make([]int, 0, len(quotes))
	worth := make([]float64, len(quotes))
	for i := range quotes {
		if worth[i] = telling(&quotes[i]); worth[i] > 0 {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return worth[order[a]] > worth[order[b]] })
	var chosen []int
	heard := map[string]bool{}
	for _, fresh := range []bool{true, false} { // new voices first
		for _, i := range order {
			name := nameOf(&quotes[i])
			if len(chosen) == n || heard[name] == fresh || slices.Contains(chosen, i) || slices.ContainsFunc(chosen, func(c int) bool { return goesOn(&quotes[c], &quotes[i]) }) {
				continue
			}
			heard[name] = true
			chosen = append(chosen, i)
		}
	}
	sort.Ints(chosen)
	out := make([]news.Quote, 0, len(chosen))
	for _, i := range chosen {
		out = append(out, quotes[i])
	}
	return out
}

// Voices returns the most telling quotation of each speaker, those who are quoted most first. Quotations whose speaker is
// not known come only where no other is.
func Voices(all []news.Quotation) []news.Quotation {
	type voice struct {
		best  int
		worth float64
		count int
	}
	voices := map[string]*voice{}
	var order []*voice
	for i := range all {
		name := nameOf(&all[i].Quote)
		if all[i].Person != 0 {
			name = strconv.FormatInt(all[i].Person, 10)
		}
		worth := telling(&all[i].Quote) + float64(len(all[i].Also))/10
		v := voices[name]
		if v == nil {
			v = &voice{best: i, worth: worth}
			voices[name] = v
			if order = append(order, v); name == "" {
				v.count = -len(all)
			}
		}
		if v.count++; worth > v.worth {
			v.best, v.worth = i, worth
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return order[a].count > order[b].count })
	out := make([]news.Quotation, 0, len(order))
	for _, v := range order {
		if v.count > 0 || len(order) == 1 {
			out = append(out, all[v.best])
		}
	}
	return out
}

// goesOn tells whether two quotations are parts of what one cue reports: the later leans on the earlier.
func goesOn(a, b *news.Quote) bool {
	return a.Cue != nil && b.Cue != nil && a.Cue.Span == b.Cue.Span && nameOf(a) == nameOf(b)
}

// telling is how much a quotation is worth on a card; 0: not at all.
func telling(q *news.Quote) float64 {
	own := ownWords(q)
	if own < keyLeast || countWords(q.Text) > keyLimit || nameOf(q) == "" {
		return 0
	}
	worth := 0.6 + saying(q.Text)
	switch {
	case own < keyMin:
		worth *= 0.4
	case own > keyMax:
		worth *= 0.6
	}
	if first, _ := utf8.DecodeRuneInString(q.Text); unicode.IsLower(first) {
		worth *= 0.6 // a part of a sentence
	}
	if q.Cue == nil {
		worth *= 0.6 // whose words they are is less sure
	}
	if strings.Contains(q.Speaker.Name, " ") {
		worth *= 1.3
	}
	if q.Speaker.Role != "" {
		worth *= 1.1
	}
	return worth / (1 + float64(q.Start)/20000) // what stands early was thought important
}

// ownWords is how many words stand between marks: all of a direct quotation; of one that is partly so those, if they are
// most of it.
func ownWords(q *news.Quote) int {
	switch q.Kind {
	case news.Direct:
		return countWords(q.Text)
	case news.Mixed:
		own := 0
		stretches, _ := findMarks(q.Text, []news.Span{{End: len(q.Text)}}, &language{})
		for _, s := range stretches {
			own += s.words
		}
		if own >= keyMin && 5*own >= 3*countWords(q.Text) {
			return own
		}
	}
	return 0
}

// saying is the share of words in a text that are long, or numbers.
func saying(s string) float64 {
	words, long := 0, 0
	for w := range strings.FieldsSeq(s) {
		words++
		if utf8.RuneCountInString(w) > longWord || strings.ContainsAny(w, "0123456789") {
			long++
		}
	}
	return float64(long) / float64(max(words, 1))
}

func nameOf(q *news.Quote) string {
	if q.Speaker == nil {
		return ""
	}
	return strings.ToLower(q.Speaker.Name)
}
