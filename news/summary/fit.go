package summary

import "herald/news"

const (
	// early is the part of a text whose best sentence tells the news even if the headline does not say so.
	early = 1. / 3
	// soon is behind how many sentences at most the news stands that the first ones make curious for.
	soon = 5
	// strict is how many times as much where the summary is all that a reader sees.
	strict = 2
)

// room is how much a summary of a length may hold, runes 0 being no limit, how many sentences its reader expects at
// least, which are given if they fit even where fewer would be worth more, and of how many it is weighed, 0: of so many.
// alone is how much more than the best that fits a longer sentence must be worth to stand alone: readers of one line want the
// news itself, though it be cut short where it is shown.
type room struct {
	least, sentences, weighed, runes int
	alone                            float64
}

// rooms follow what a card can show: one line, a few lines, a screen of a phone.
var rooms = map[news.Length]room{
	news.Headline: {1, 1, 0, 160, 0.5},
	news.Short:    {2, 3, 3, 400, 0.3},
	news.Long:     {4, 7, 16, 900, 0.3},
}

func roomOf(l news.Length) room {
	if r, ok := rooms[l]; ok {
		return r
	}
	return rooms[news.Short]
}

// fit is what fits into the room for a length. What tells the news in a line is not left out where there is more room.
func (d *document) fit(l news.Length) []int {
	d.care = strict
	d.line = true
	line := d.choose(rooms[news.Headline], none)
	d.line = false
	if l == news.Headline || len(line) == 0 {
		return d.restore(line, rooms[news.Headline].runes)
	}
	core := none
	if s := &d.sentences[line[0]]; !s.leaning && (s.titles > 0 || float64(s.rank) < d.length*early) {
		core = s.origin
		if s.rank <= soon {
			d.tease(core)
		}
	}
	return d.restore(d.choose(roomOf(l), core), roomOf(l).runes)
}

// tease marks what stands before the sentence that tells the news and has fewer words of the headline: it is to
// make curious.
func (d *document) tease(news int) {
	for i := range d.sentences[:news] {
		if s := &d.sentences[i]; s.titles < d.sentences[news].titles && s.source == d.sentences[news].source {
			s.scenic, s.priced = true, true
		}
	}
}

// restore gives the sentences of a set their ends back, as far as there is room for so many runes: what was cut off matters
// less than the rest, but more than nothing.
func (d *document) restore(set []int, runes int) []int {
	for _, i := range set {
		runes -= d.sentences[i].runes + 1
	}
	for k := range set {
		for other := range d.sentences {
			s, o := &d.sentences[set[k]], &d.sentences[other]
			if more := o.runes - s.runes; o.origin == s.origin && o.Start == s.Start && o.End > s.End && more <= runes+1 {
				set[k], runes = other, runes-more
			}
		}
	}
	return set
}
