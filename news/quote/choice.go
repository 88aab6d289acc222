package quote

import (
	"math"
	"sort"

	"herald/news"
)

// Who speaks a quotation is chosen among the mentions around it, where a forest was trained for the language. What the
// rules found is one of them.

const (
	// leftReach and rightReach are how many tokens before and behind a quotation are searched for mentions.
	leftReach, rightReach = 40, 25
	// ahead is how many tokens of the next clause are.
	ahead = 8
	// leastChance is how likely a mention must be the speaker, among all that were found, to be called so.
	leastChance = 0.2
)

// spot is where a quoted stretch stands.
type spot struct{ token, clause int }

// candidate is a mention that may have spoken a quotation.
type candidate struct {
	said
	ruled bool // what the rules chose
	side  int  // clauses away: -1, 0 or 1
}

// Choice is a quotation and whom it may be by, for training.
type Choice struct {
	news.Span
	Options []Option
}

// Option is a mention with its features. Ruled is what the rules chose; it comes first.
type Option struct {
	news.Span
	Ruled bool
	X     []int32
}

// Choices are the quotations of a that stand for themselves, with all who may have spoken them.
func Choices(a *news.Article) []Choice {
	f := &finder{reading: read(a)}
	defer f.release()
	f.run()
	var out []Choice
	for k, s := range f.stretches {
		if f.reported(s.Span) || f.settled(k) {
			continue
		}
		c := Choice{Span: s.Span}
		list := f.candidates(k)
		for i := range list {
			c.Options = append(c.Options, Option{f.span(list[i].subject), list[i].ruled, f.features(nil, k, list, i)})
		}
		out = append(out, c)
	}
	return out
}

// speaker is who speaks stretch k: the likeliest mention, nil where none is likely.
func (f *finder) speaker(k int) *said {
	if f.lang.speaker == nil || f.settled(k) {
		return f.claims[k]
	}
	list := f.candidates(k)
	best, sum := f.likeliest(k, list)
	if best < 0 || sum*leastChance > 1 {
		return nil
	}
	if list[best].ruled {
		return f.claims[k]
	}
	s := list[best].said // the room of the list is used again
	return &s
}

// settled tells whether the rules leave no choice for stretch k.
func (f *finder) settled(k int) bool {
	return f.claims[k] != nil && f.claims[k].sure || f.spokeBefore(k)
}

// spokeBefore tells whether stretch k begins a sentence behind one that says who speaks: "“…,” said Tom Reed, of Aue. “…"
func (f *finder) spokeBefore(k int) bool {
	s, c := f.claims[k], f.clauses[f.spots[k].clause]
	return k > 0 && s != nil && s.cued() && f.claims[k-1] == s && f.stretches[k-1].para == c.para && f.spots[k].token == c.from
}

// likeliest is the candidate that is most likely, -1 where there is none, and how likely all are together if it is 1.
func (f *finder) likeliest(k int, list []candidate) (best int, sum float64) {
	if len(list) < 2 {
		return len(list) - 1, 1
	}
	best, most := -1, math.Inf(-1)
	f.odds = f.odds[:0]
	for i := range list {
		f.x = f.features(f.x[:0], k, list, i)
		o := f.lang.speaker.Odds(f.x)
		if f.odds = append(f.odds, o); o > most {
			best, most = i, o
		}
	}
	for _, o := range f.odds {
		sum += math.Exp(o - most)
	}
	return best, sum
}

// places notes where the stretches stand.
func (f *finder) places() []spot {
	out := make([]spot, len(f.stretches))
	for n, c := range f.clauses {
		for i := c.from; i < c.to; i++ {
			if f.toks[i].kind == quoted {
				out[f.toks[i].stretch] = spot{i, n}
			}
		}
	}
	return out
}

// candidates are the mentions around stretch k: what the rules chose, those of its clause and the ones beside it, and who
// spoke the stretch before. They are valid until the next call.
func (f *finder) candidates(k int) []candidate {
	at := f.spots[k]
	c := f.clauses[at.clause]
	out := f.list[:0]
	if s := f.claims[k]; s != nil && s.subject.ok() {
		out = append(out, candidate{said: *s, ruled: true, side: sideOf(c, s.subject)})
	}
	out = f.mentions(out, clause{max(c.from, at.token-leftReach), at.token, c.para}, 0)
	out = f.mentions(out, clause{at.token + 1, min(c.to, at.token+rightReach), c.para}, 0)
	if at.clause > 0 {
		if b := f.clauses[at.clause-1]; b.para >= c.para-1 {
			out = f.mentions(out, clause{max(b.from, b.to-leftReach), b.to, b.para}, -1)
		}
	}
	if at.clause+1 < len(f.clauses) {
		if n := f.clauses[at.clause+1]; n.para == c.para && !f.reportsIn(n) {
			out = f.mentions(out, clause{n.from, min(n.to, n.from+ahead), n.para}, 1)
		}
	}
	if s := f.earlier(k); s != nil && f.stretches[k-1].para >= f.stretches[k].para-1 {
		out = together(out, candidate{said: said{subject: s.subject}, side: sideOf(c, s.subject)})
	}
	f.list = out
	return out
}

// reportsIn tells whether clause c has a report of its own, so that who speaks there says that.
func (f *finder) reportsIn(c clause) bool {
	from, to := f.toks[c.from].Start, f.toks[c.to-1].End
	i := sort.Search(len(f.reports), func(i int) bool { return f.reports[i].span.End > from })
	return i < len(f.reports) && f.reports[i].span.Start < to
}

// earlier is whom the rules gave the stretch before stretch k.
func (f *finder) earlier(k int) *said {
	if k == 0 || f.claims[k-1] == nil || !f.claims[k-1].subject.ok() {
		return nil
	}
	return f.claims[k-1]
}

func sideOf(c clause, p phrase) int {
	switch {
	case p.from < c.from:
		return -1
	case p.from >= c.to:
		return 1
	}
	return 0
}

// mentions appends the noun phrases and pronouns in c, which may be a part of a clause.
func (f *finder) mentions(out []candidate, c clause, side int) []candidate {
	for i := c.from; i < c.to; {
		p := f.mention(c, i)
		if !p.ok() || side != 0 && f.relative(p) { // whom "who" stands for is found where it is named
			i++
			continue
		}
		s := said{subject: p}
		if v := p.allTo; v < c.to && f.verb(v) {
			s.cue, s.cueTo = v, v+1
		}
		if len(out) == 0 || !out[0].ruled || !f.apposed(out[0].subject, p) && !(f.relative(p) && out[0].cued() && p.from > out[0].subject.to) {
			out = together(out, candidate{said: s, side: side})
		}
		i = max(p.allTo, i+1)
	}
	return out
}

// apposed tells whether p says what the speaker is, beside the name: "Tom Reed, a teacher", "the mayor, Tom Reed,".
func (f *finder) apposed(speaker, p phrase) bool {
	from := p.allFrom
	if from > 0 && f.toks[from-1].kind == word && f.toks[from-1].class&det != 0 {
		from--
	}
	within := speaker.allFrom <= p.from && p.to <= speaker.allTo
	return f.name(speaker.to-1) && (within || from == speaker.allTo+1 && f.toks[from-1].kind == comma || p.allTo+1 == speaker.allFrom && f.toks[p.allTo].kind == comma)
}

// mention is the noun phrase or pronoun that begins with token i.
func (f *finder) mention(c clause, i int) phrase {
	t := &f.toks[i]
	switch {
	case t.kind != word:
		return phrase{}
	case t.class&pronoun != 0 && t.class&(det|that) == 0:
		return phrase{i, i + 1, i, i + 1}
	case t.class&(det|role|body) != 0 || t.upper && t.class&(function|day) == 0 || f.name(i):
		return f.after(c, i)
	}
	return phrase{}
}

// verb tells a word that reports speech from a name that looks like one.
func (r *reading) verb(i int) bool {
	t := &r.toks[i]
	return t.kind == word && t.class&anyCue != 0 && !t.upper
}

// together appends a mention that overlaps with none before.
func together(out []candidate, x candidate) []candidate {
	for i := range out {
		if p := out[i].subject; p.from < x.subject.to && x.subject.from < p.to {
			return out
		}
	}
	return append(out, x)
}
