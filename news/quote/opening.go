package quote

import (
	"slices"
	"strings"
)

// What a clause begins with before its subject: a dateline, remarks that end with a comma, a clause of its own.

// clauseSubject is the noun phrase that a clause is about, for verbs that share it. What stands before it ("VARNMOUTH
// (Harbour News) —", "On Friday, …", "Asked about it, …", "When the dam broke, …") is passed over.
func (r *reading) clauseSubject(c clause) phrase {
	if r.lang.nounsUpper {
		return r.field(c)
	}
	i := r.dateline(c)
	if r.answers(c) {
		i = r.opened(i, c.to)
	}
	for i < c.to {
		subordinate := false
		for i < c.to && (r.toks[i].kind != word || r.toks[i].class&(conj|sub) != 0) {
			if r.toks[i].kind == quoted {
				return phrase{}
			}
			subordinate = subordinate || r.toks[i].class&sub != 0
			i++
		}
		if r.lang.caseless && i < c.to && r.toks[i].class&anyCue != 0 {
			i++ // verbs stand first
		}
		if p := r.after(c, i); p.ok() && !r.suffixed(p) && !subordinate && !r.introduces(c, p) && !r.located(c, p) &&
			(r.lang.free || p.to-p.from > 1 || r.toks[p.from].upper || r.toks[p.from].class != 0) {
			return r.remarked(c, r.uptoOffice(p))
		}
		for i < c.to && !r.pauses(i) {
			i++
		}
		i++
	}
	return phrase{}
}

// answers tells a clause that begins with a remark about a question, which names others than who answers.
func (r *reading) answers(c clause) bool {
	return r.toks[c.from].kind == word && slices.Contains(r.lang.asked, r.toks[c.from].low)
}

// pauses tells a comma, inside the marks of a quotation as well.
func (r *reading) pauses(i int) bool {
	t := &r.toks[i]
	return t.kind == comma || t.kind == quoted && strings.HasSuffix(r.stretches[t.stretch].In(r.text), ",")
}

// introduces tells a phrase that is no subject but opens a remark before it: one word that is no name, or no person at
// all, and a comma, a preposition or a joining word follows.
func (r *reading) introduces(c clause, p phrase) bool {
	t := &r.toks[p.from]
	if t.leads && t.class&active != 0 {
		return true // "Conceding that …, he said"
	}
	if p.to-p.from > 1 || t.class&(pronoun|role|body) != 0 || !t.leads || r.name(p.from) {
		return false
	}
	return p.to >= c.to || r.toks[p.to].kind == comma || r.toks[p.to].class&prep != 0
}

// located tells a name that only says where the place before it is: "Speaking in Aldmoor, Oregon, Tom Reed said".
func (r *reading) located(c clause, p phrase) bool {
	i := p.from
	if r.lang.free || p.to > i+1 || i < c.from+4 || !r.name(i) || r.given(i) || p.to+1 >= c.to || r.toks[p.to].kind != comma || r.toks[i-1].kind != comma || !r.name(i-2) {
		return false
	}
	from := r.phraseStart(c, i-2)
	return from > c.from && r.toks[from-1].class&at != 0 && r.name(p.to+1) && r.toks[p.to+1].class&(role|title) == 0
}

// datelineReach is how many tokens a dateline has at most.
const datelineReach = 14

// dateline is the token behind the place, day and agency that a news story can begin with ("VARNMOUTH, Dec. 8 (HNS) —"),
// or the beginning of c.
func (r *reading) dateline(c clause) int {
	for i := c.from; i < c.to && i < c.from+datelineReach; i++ {
		switch t := &r.toks[i]; {
		case t.kind == dash && i > c.from:
			return i + 1
		case t.kind == word && !t.upper && !('0' <= t.low[0] && t.low[0] <= '9'), t.kind == quoted, t.kind == colon:
			return c.from
		}
	}
	return c.from
}

// opensBeside tells whether a frame stands in a clause beside the main one that stands before it: "When Reed noted that …, Lee said".
func (f *finder) opensBeside(c clause, fr frame) bool {
	k := fr.subject.allFrom - 1
	return !f.lang.free && !f.lang.nounsUpper && fr.subject.ok() && fr.subject.from < fr.cue && k >= c.from && f.toks[k].class&sub != 0 &&
		(k <= c.from+1 || f.toks[k-1].kind == comma && f.circumstance(c, c.from, k-1))
}

// mainReport is the comma or dash from token from on behind which somebody else says something, to where there is none.
func (f *finder) mainReport(c clause, from, to int) int {
	for k := from; k+2 < to; k++ {
		if f.toks[k].kind != comma && f.toks[k].kind != dash {
			continue
		}
		at := k + 1
		if f.toks[at].kind == quoted {
			at++
		}
		p := f.after(c, at)
		if !p.ok() || !f.person(p) {
			continue
		}
		for v := p.allTo; v < to && v < p.allTo+3 && f.toks[v].kind == word; v++ {
			if f.verb(v) && f.toks[v].class&active == 0 {
				return k
			}
			if f.toks[v].class&aux == 0 {
				break
			}
		}
	}
	return to
}

// opened is where what an opening participle reports ends ("Conceding that …, he said"): behind the first pause from token
// from on, at the latest at to.
func (r *reading) opened(from, to int) int {
	for i := from; i < to; i++ {
		if r.pauses(i) {
			return i + 1
		}
	}
	return to
}
