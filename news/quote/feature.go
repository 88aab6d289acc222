package quote

import (
	"math/bits"
	"strings"
)

// Features of a mention that may be the speaker of a quotation: what the rules look at as well, places, marks and kinds
// of words, but no word. The order is that of the forests; whoever changes it trains them again.

// speakerFeatures is how many features a candidate has.
const speakerFeatures = 60

// far is the distance, in tokens, from which on all is far away.
const far = 60

// vector is a row of features.
type vector []int32

func (v *vector) count(n ...int) {
	for _, x := range n {
		*v = append(*v, int32(x))
	}
}

func (v *vector) is(yes ...bool) {
	for _, x := range yes {
		n := int32(0)
		if x {
			n = 1
		}
		*v = append(*v, n)
	}
}

// features describe candidate i of stretch k, behind what v holds.
func (f *finder) features(v vector, k int, list []candidate, i int) vector {
	me := &list[i]
	f.ruleFeatures(&v, k, me)
	f.gapFeatures(&v, k, list, i)
	f.kindFeatures(&v, me.subject)
	f.neighbourFeatures(&v, me.subject)
	f.quotedFeatures(&v, k)
	f.repeatFeatures(&v, k, me.subject)
	return v
}

// ruleFeatures tell what the rules think of it.
func (f *finder) ruleFeatures(v *vector, k int, me *candidate) {
	var by class
	s := f.claims[k]
	if s != nil && s.cued() {
		by = f.toks[s.cue].class
	}
	v.is(me.ruled, me.ruled && by&(cue|cueThat) != 0, me.ruled && by&cueQuote != 0, me.ruled && by == 0, me.ruled && by&active != 0)
	v.is(s != nil && s.subject.ok(), s != nil && s.cued())
	v.count(me.side)
}

// gapFeatures tell what stands between it and the quotation.
func (f *finder) gapFeatures(v *vector, k int, list []candidate, i int) {
	at, p := f.spots[k].token, list[i].subject
	from, to := p.allTo, at
	if p.from > at {
		from, to = at+1, p.allFrom
	}
	gap := min(max(0, to-from), far)
	v.is(p.from > at)
	v.count(bits.Len(uint(gap)), gap)
	var cues, pauses, quotes, thats, plain, others int
	for j := from; j < from+gap; j++ {
		switch t := &f.toks[j]; {
		case t.kind == comma || t.kind == dash:
			pauses++
		case t.kind == quoted:
			quotes++
		case t.kind == word && t.class&that != 0:
			thats++
		case f.verb(j):
			cues++
		case t.kind == word && t.class == 0 && !t.upper:
			plain++
		}
	}
	for j := range list {
		if q := list[j].subject; j != i && q.from >= from && q.to <= to {
			others++
		}
	}
	v.count(cues, pauses, quotes, thats, plain, others)
}

// kindFeatures tell what kind of mention it is.
func (f *finder) kindFeatures(v *vector, p phrase) {
	head, last := &f.toks[p.from], &f.toks[p.to-1]
	alone := p.to-p.from == 1 && head.class&pronoun != 0 && head.class&det == 0
	v.is(alone && head.class&(he|she) != 0, alone && head.class&they != 0, alone && head.class&who != 0, alone && head.class&(it|first) != 0)
	v.is(f.full(p), !alone && f.name(p.to-1), f.person(p), last.owner, head.leads)
	v.is(head.class&det != 0, head.class&indefinite != 0, head.class&(title|male|female) != 0, last.class&role != 0, last.class&body != 0)
	v.count(p.to - p.from)
}

// neighbourFeatures tell what stands beside it.
func (f *finder) neighbourFeatures(v *vector, p phrase) {
	b, a := f.token(p.allFrom-1), f.token(p.allTo)
	v.is(b.class&prep != 0, b.class&(conj|sub) != 0, b.class&that != 0, b.class&anyCue != 0, b.kind == comma, b.kind == quoted)
	v.is(a.class&(cue|cueThat) != 0, a.class&cueQuote != 0, a.class&aux != 0, a.class&prep != 0)
	v.is(a.kind == word && a.class == 0 && !a.upper, a.kind == comma, a.kind == quoted || a.kind == colon, a.kind == stop || a.kind == dot)
}

// token is token i, and the end of a sentence where there is none.
func (r *reading) token(i int) *token {
	if i < 0 || i >= len(r.toks) {
		return &token{kind: stop}
	}
	return &r.toks[i]
}

// quotedFeatures tell what the quotation is like.
func (f *finder) quotedFeatures(v *vector, k int) {
	at, s := f.spots[k], &f.stretches[k]
	c := f.clauses[at.clause]
	b, a := token{kind: stop}, token{kind: stop}
	if at.token > c.from {
		b = f.toks[at.token-1]
	}
	if at.token+1 < c.to {
		a = f.toks[at.token+1]
	}
	v.is(at.token == c.from, at.token == c.to-1, b.kind == colon, b.kind == comma, a.kind == word)
	v.is(b.kind == word && b.class&anyCue != 0, b.kind == word && b.class&anyCue == 0)
	part := s.In(f.text)
	v.is(strings.HasSuffix(part, ","), strings.ContainsAny(part[len(part)-1:], ".?!"), s.continues)
	v.count(bits.Len(uint(s.words)))
}

// repeatFeatures tell whether it spoke the stretch before, and how many paragraphs away it stands.
func (f *finder) repeatFeatures(v *vector, k int, p phrase) {
	s := f.earlier(k)
	v.is(s != nil && s.subject == p, s != nil && f.span(s.subject).In(f.text) == f.span(p).In(f.text))
	v.count(f.stretches[k].para - f.paragraphOf(p.from))
}
