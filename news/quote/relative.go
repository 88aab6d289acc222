package quote

import "strings"

// What describes a speaker: relative clauses, and those of whom somebody is one.

// pastRelative is the token behind the clause at token i that describes the speaker: "according to the minutes, which were
// read out, …"; i where there is none, or nothing behind it.
func (f *finder) pastRelative(c clause, i int) int {
	if f.lang.nounsUpper || i+minClause >= c.to {
		return i
	}
	at := i
	if f.toks[at].class&prep != 0 {
		at++
	}
	if f.toks[at].class&det != 0 && at > i {
		at++ // "a la que"
	}
	t := &f.toks[at]
	relative := t.class&who != 0 || f.relates(at)
	if t.kind != word || !relative && (!f.lang.articles || t.upper || t.class != 0 || f.toks[at+1].class&prep == 0) {
		return i
	}
	for k := at; k < c.to && k <= i+appositionReach && f.toks[k].kind == word; k++ {
		if k+2 < c.to-minClause && f.toks[k+1].kind == comma && (relative || f.toks[k+2].class&det != 0) { // "contratado por la ciudad, el …"
			return k + 2
		}
	}
	return i
}

// relativeEnd is where what a relative clause reports from token from on ends, at the latest at to: at a comma, where the main clause can
// go on behind it: "his wife, who says that she knew nothing, wept".
func (f *finder) relativeEnd(from, to int) int {
	if end := f.opened(from, to); end >= to || f.toks[end].class&(conj|that|det|prep) == 0 || f.toks[end].class&(elision|aux) != 0 {
		return end
	}
	return to
}

// pastDescription is the token behind the comma that ends what a preposition at token i tells of the speaker: "selon une
// étude de l'université, …"; i where nothing does.
func (f *finder) pastDescription(c clause, i int) int {
	if f.lang.nounsUpper || i >= c.to || f.toks[i].class&prep == 0 {
		return i
	}
	for k := i; k < c.to && k <= i+nounReach; k++ {
		switch t := &f.toks[k]; {
		case t.kind == comma && c.to-k > minClause:
			return k + 1
		case t.kind != word || t.class&(conj|that|aux|anyCue) != 0 && t.class&(det|prep) == 0:
			return i
		}
	}
	return i
}

// relativeHead is the subject that a relative clause without commas parts from its verb, which begins at token end: "A woman who
// answered the phone said".
func (r *reading) relativeHead(c clause, end int) phrase {
	for k := end - 2; k > c.from && k > end-groupReach && r.toks[k].kind == word; k-- {
		switch x := r.toks[k].class; {
		case x&who != 0 && x&(det|that|prep|conj) == 0:
			if p := r.nounBefore(c, k); p.ok() && r.person(p) && r.toks[p.from].class&pronoun == 0 {
				p.allTo = end
				return p
			}
			return phrase{}
		case x&conj != 0, x&(cue|cueThat) != 0 && !r.toks[k].upper:
			return phrase{}
		}
	}
	return phrase{}
}

// personal tells a noun for people, in the plural too.
func (r *reading) personal(i int) bool {
	t := &r.toks[i]
	return t.class&(role|kin) != 0 || r.lang.agent(t.low) || r.lang.words[strings.TrimSuffix(t.low, "s")]&(role|kin) != 0
}

// oneOf is the token behind "uno de los vecinos" at token i, i where nothing of the kind stands there.
func (r *reading) oneOf(c clause, i int) int {
	at := i
	if at+2 < c.to && r.toks[at].class&elision != 0 { // "l'un des"
		at++
	}
	if at+2 >= c.to || r.toks[at].class&pronominal == 0 || r.toks[at+1].class&prep == 0 || r.toks[at+1].class&(det|particle) == 0 && r.toks[at+2].class&det == 0 && !r.lang.declines() {
		return i
	}
	from := at + 1
	if r.toks[from].class&det == 0 {
		from++
	}
	if p := r.after(c, from); p.ok() && p.from == from {
		for k := from; k < p.allTo && !r.lang.nounsUpper; k++ {
			if r.personal(k) {
				return k + 1 // the verb may follow
			}
		}
		if r.lang.declines() {
			return from + 1
		}
		return p.allTo
	}
	return i
}
