package quote

import (
	"strings"

	"herald/news"
)

// phrase is a noun phrase as a range of tokens: mention is what is shown as the speaker; all holds what describes it as
// well.
type phrase struct {
	from, to       int // the mention
	allFrom, allTo int // with its description
}

func (p phrase) ok() bool { return p.to > p.from }

func (r *reading) span(p phrase) news.Span {
	end := r.toks[p.to-1].End
	if i, _ := apostrophe(r.text[r.toks[p.to-1].Start:end]); i > 0 && r.lang.suffixes {
		end = r.toks[p.to-1].Start + i
	} else if r.toks[p.to-1].owner { // "Reed's" stands for Reed
		bare := strings.TrimRight(r.text[r.toks[p.to-1].Start:end], "sS") // small letters may have fewer bytes
		end = r.toks[p.to-1].Start + len(strings.TrimSuffix(strings.TrimSuffix(bare, "'"), "’"))
	}
	return news.Span{Start: r.toks[p.from].Start, End: end}
}

// shorten leaves of a mention that ends in a name only the name with its form of address: "spokesman Tom Reed" → "Tom
// Reed".
func (r *reading) shorten(p phrase) phrase {
	last := p.to - 1
	if !r.name(last) {
		return p
	}
	from := last
	for from > p.from {
		prev := from - 1
		if r.toks[prev].kind == dot && prev-1 >= p.from {
			prev--
		}
		t := &r.toks[prev]
		if t.class&title != 0 {
			from = prev
			break
		}
		if t.class&particle != 0 && prev > p.from && r.name(prev-1) && (!t.upper || r.given(prev-1)) ||
			t.class&particle != 0 && t.upper && !t.leads && !r.lang.nounsUpper && r.lang.free { // "Minister Van Dalen"
			from = prev
			continue
		}
		if !r.name(prev) || t.owner && r.toks[last].class&body == 0 || t.class&role != 0 && !t.owner && (t.class&(male|female) == 0) {
			break
		}
		from = prev
	}
	if from > p.from && r.ownsNoun(from) {
		from--
	}
	if from == last && last > p.from && r.lang.declines() && r.tied(last) {
		return p // "соседка Зайцевой"
	}
	if from == last && last > p.from && r.lang.free && !r.lang.nounsUpper && r.acronym(last) && r.toks[p.from].class&role != 0 {
		return p // "источник НАСТ"
	}
	if from == last && from == p.from+1 && r.toks[p.from].class&det != 0 {
		return p // "the Citadel"
	}
	if r.lang.declines() && r.toks[from].class&(male|female|title) == 0 {
		for k := from + 1; k < last; k++ {
			if r.given(k) && r.toks[k-1].kind == word && (!r.declinedName(k) || r.holds(phrase{from: p.from, to: k}, role)) {
				from = k // "burmistrz Zalesia Marek Sowa"
				break
			}
		}
	}
	if r.lang.nounsUpper && from == last && p.to-p.from > 1 && !r.toks[last-1].upper {
		return p // "der Sprecher der Polizei"
	}
	if r.lang.nounsUpper && from > p.from && r.toks[p.from].class&det != 0 && r.toks[last].class&role != 0 && !r.holds(p, male|female|title|body) {
		return p // "der Vorsitzende Richter"
	}
	p.from = from
	return p
}

func (r *reading) finish(from, to int) phrase {
	for to > from && r.toks[to-1].kind == dot {
		to--
	}
	if to == from || to == from+1 && (r.number(from) || r.toks[from].class&det != 0 && r.toks[from].class&pronoun == 0) {
		return phrase{}
	}
	if t := &r.toks[from]; to == from+1 && r.lang.declines() && t.class&(him|her) != 0 && t.class&(he|she|det) == 0 {
		return phrase{} // "спросили её"
	}
	if to == from+1 && r.lang.free && r.toks[from].class&anyCue != 0 { // a verb that begins its sentence
		return phrase{}
	}
	if r.lang.nounsUpper && !r.capitals(from, to) {
		return phrase{}
	}
	if r.lang.caseless && r.toks[from].class&role != 0 && strings.HasPrefix(r.toks[from].low, "ال") && !r.named(phrase{from: from, to: to}) {
		to = from + 1 // with its article it takes no noun: the object follows
	}
	p := r.shorten(phrase{from, to, from, to})
	p.allFrom, p.allTo = from, to
	return p
}

// capitals tells whether a token from from to to is a noun where nouns begin with a capital.
func (r *reading) capitals(from, to int) bool {
	for i := from; i < to; i++ {
		if t := &r.toks[i]; t.kind == quoted || t.upper && t.class&function == 0 {
			return true
		}
	}
	return false
}
