package quote

import "herald/news"

// frame is one report of speech: who, by which verb, and where what is said can stand.
type frame struct {
	subject phrase // may be missing
	cue     int    // token of the verb, or the first of the words that introduce a speaker
	cueTo   int    // token behind the cue
	next    int    // first token behind verb and subject
	start   int    // first token of verb and subject
	weak    bool   // reports only next to marks
	denied  bool   // "did not say"
}

// frameAt reads the frame whose verb is token i of c. begin is where what earlier frames took of the clause ends.
func (r *reading) frameAt(c clause, i int, inherited phrase) (frame, bool) {
	t := &r.toks[i]
	if t.kind != word || t.class&anyCue == 0 || t.upper && i != c.from {
		return frame{}, false
	}
	if i > c.from && r.noun(c, i) {
		return frame{}, false
	}
	f := frame{cue: i, cueTo: i + 1, next: i + 1, weak: t.class&(cue|cueThat|cueIt|apart) == 0}
	if t.class&apart != 0 && t.class&cue == 0 && !r.split(c, i, r.lang.split[t.low]) {
		if f.weak = true; t.class&cueQuote == 0 {
			return frame{}, false
		}
	}
	end, passive := i, false
	if end-2 > c.from && r.adverb(end-1) {
		end-- // "had publicly said"
	}
	for end > c.from && r.toks[end-1].kind == word && r.toks[end-1].class&(aux|neg) != 0 && r.toks[end-1].class&pronoun == 0 {
		end--
		f.denied = f.denied || r.toks[end].class&neg != 0
		passive = passive || r.toks[end].class&be != 0
	}
	if r.lang.free && i+1 < c.to && r.toks[i+1].class&be != 0 && r.lang.nounsUpper { // verb-final: "gemeldet wurde"
		passive = true
	}
	if passive && t.class&active == 0 || f.denied && f.weak {
		return frame{}, false
	}
	f.start = end
	f.subject = r.subjectOf(c, i, end, &f)
	if f.subject.ok() && f.subject.from > i {
		f.subject = r.appended(c, f.subject, &f.next)
	}
	shares := t.class&active != 0 && end > c.from && r.toks[end-1].kind == comma // "…, calling him": as the clause before
	if shares && inherited.ok() || !f.subject.ok() && (t.class&active != 0 || end > c.from && r.joins(end-1)) {
		f.subject = inherited
	}
	return f, true
}

// adverb tells whether token i is a word in lower case between an auxiliary and its verb.
func (r *reading) adverb(i int) bool {
	t, before := &r.toks[i], &r.toks[i-1]
	return t.kind == word && !t.upper && t.class == 0 && before.kind == word && before.class&aux != 0 && before.class&(prep|det|pronoun) == 0
}

// noun tells whether the verb at token i is a noun here ("the claim", "under warning fire").
func (r *reading) noun(c clause, i int) bool {
	switch before := r.toks[i-1].class; {
	case before&det != 0 && before&pronoun == 0:
		return true
	case before&prep != 0 && before&(neg|that|pronoun) == 0:
		return i+1 >= c.to || r.toks[i+1].kind != quoted && r.toks[i+1].class&that == 0
	}
	return false
}

// joins tells a token behind which a verb can share the subject of the verb before.
func (r *reading) joins(i int) bool {
	t := &r.toks[i]
	return t.kind == comma || t.kind == dash || t.kind == quoted || t.class&conj != 0
}

// subjectOf finds the subject of the verb at token i whose auxiliaries begin at end, before it or, turned round, behind
// it, and moves f.start or f.next over it.
func (r *reading) subjectOf(c clause, i, end int, f *frame) phrase {
	if r.lang.nounsUpper {
		return r.fieldOf(c, i, end, f)
	}
	if p := r.perfect(c, end); p.ok() {
		return p
	}
	left := r.before(c, end)
	open := end == c.from || r.toks[end-1].kind != word && r.toks[end-1].kind != dot
	if (open || !left.ok()) && r.toks[i].class&active == 0 {
		at := i + 1
		for r.lang.free && at < c.to && r.toks[at].class&(aux|day) != 0 && r.toks[at].class&(pronoun|det) == 0 {
			at++
		}
		right := r.subjectAfter(c, at)
		if right.ok() && r.toks[right.from].class&pronoun != 0 && !r.lang.free && !r.quotedBefore(end) {
			right = phrase{} // "called it"
		}
		turned := !left.ok() && (open && (!f.weak || end == c.from) || r.lang.free) // not ", called the mayor"
		if right.ok() && (turned || r.quotedBefore(end)) {
			f.next = right.allTo
			return right
		}
	}
	if left.ok() {
		f.start = left.allFrom
		for r.lang.free && f.start > c.from && r.toks[f.start-1].kind == word && r.toks[f.start-1].class&aux != 0 {
			f.start-- // "a-t-elle ajouté"
		}
	}
	return left
}

// perfectReach is how far the two parts of a compound verb may stand apart.
const perfectReach = 16

// perfect is the subject of a verb whose auxiliary stands away from it ("Die Stadt hat am Freitag in Aue erklärt"):
// before the auxiliary or behind it. end is the token where the verb begins.
func (r *reading) perfect(c clause, end int) phrase {
	for i := end - 1; i > c.from && i > end-perfectReach; i-- {
		t := &r.toks[i]
		if t.kind != word && t.kind != quoted || t.class&conj != 0 && !(r.lang.nounsUpper && r.toks[i+1].upper) {
			return phrase{}
		}
		if t.class&perfect != 0 && r.lang.nounsUpper {
			if p := r.before(c, i); p.ok() {
				return p
			}
			return r.fieldAfter(c, i+1)
		}
		if t.class&perfect != 0 {
			if p := r.nounBefore(c, i); p.ok() {
				return p
			}
			return r.after(c, i+1)
		}
	}
	return phrase{}
}

// quotedBefore tells whether a quoted stretch stands right before token end, a comma and a dash between them not counted.
func (r *reading) quotedBefore(end int) bool {
	for n := 0; n < 2 && end > 0 && (r.toks[end-1].kind == comma || r.toks[end-1].kind == dash); n++ {
		end--
	}
	return end > 0 && r.toks[end-1].kind == quoted
}

// bounded tells whether a verb's subject can end before token i: nothing follows that would be its own verb.
func (r *reading) bounded(c clause, i int) bool {
	if i >= c.to {
		return true
	}
	t := &r.toks[i]
	return t.kind != word || t.class&(prep|conj|that|day|aux|who) != 0 && t.class&be == 0
}

// clauseSubject is the noun phrase that a clause begins with, for verbs that share it. What stands before a comma ("On
// Friday, …", "Asked about it, …") is passed over.
func (r *reading) clauseSubject(c clause) phrase {
	if r.lang.nounsUpper {
		return r.field(c)
	}
	for i := c.from; i < c.to; {
		for i < c.to && (r.toks[i].kind != word || r.toks[i].class&conj != 0) {
			if r.toks[i].kind == quoted {
				return phrase{}
			}
			i++
		}
		if p := r.after(c, i); p.ok() && !r.introduces(c, p) {
			return p
		}
		for i < c.to && r.toks[i].kind != comma {
			i++
		}
	}
	return phrase{}
}

// introduces tells a first word that is no subject but opens a remark before it: it is no name, and a comma or a
// preposition follows.
func (r *reading) introduces(c clause, p phrase) bool {
	t := &r.toks[p.from]
	if p.to-p.from > 1 || t.class&(pronoun|role|body) != 0 || !t.leads || r.name(p.from) {
		return false
	}
	return p.to >= c.to || r.toks[p.to].kind == comma || r.toks[p.to].class&prep != 0
}

// tokens is the text of tokens from to to, marks at its edges left out.
func (r *reading) tokens(from, to int) news.Span {
	for from < to && !r.solid(from) {
		from++
	}
	for to > from && !r.solid(to-1) {
		to--
	}
	if from == to {
		return news.Span{}
	}
	return news.Span{Start: r.toks[from].Start, End: r.toks[to-1].End}
}

func (r *reading) solid(i int) bool {
	k := r.toks[i].kind
	return k == word || k == quoted || k == bracket || k == other
}
