package quote

import (
	"slices"

	"herald/news"
)

// frame is one report of speech: who, by which verb, and where what is said can stand.
type frame struct {
	subject phrase // may be missing
	cue     int    // token of the verb, or the first of the words that introduce a speaker
	cueTo   int    // token behind the cue
	next    int    // first token behind verb and subject
	start   int    // first token of verb and subject
	weak    bool   // reports only next to marks
	denied  bool   // "did not say"
	unnamed bool   // the text does not say who: "it was reported that"
	sure    bool   // nobody else can be meant, however much nearer to the words
}

// frameAt reads the frame whose verb is token i of c. begin is where what earlier frames took of the clause ends.
func (r *reading) frameAt(c clause, i int, inherited phrase) (frame, bool) {
	t := &r.toks[i]
	if t.kind != word || t.class&anyCue == 0 || t.upper && i != c.from {
		return frame{}, false
	}
	if i > c.from && r.wentOn(c, i) == i && (r.noun(c, i) || r.attributive(c, i)) {
		return frame{}, false
	}
	if particles := r.lang.silent[t.low]; particles != nil && r.split(c, i, particles) {
		return frame{}, false // "sagte die Reise ab"
	}
	f := frame{cue: i, cueTo: i + 1, next: i + 1, weak: t.class&(cue|cueThat|cueIt|apart) == 0}
	if t.class&apart != 0 && t.class&cue == 0 && !r.split(c, i, r.lang.split[t.low]) {
		if f.weak = t.class&cueThat == 0; f.weak && t.class&cueQuote == 0 {
			return frame{}, false
		}
	} else if t.class&apart != 0 && !r.lang.nounsUpper && i+1 < c.to && slices.Contains(r.lang.split[t.low], r.toks[i+1].low) {
		f.next++ // "shot back"
	}
	if particles := r.lang.splitQuote[t.low]; particles != nil && t.class&(cue|cueThat) == 0 && r.split(c, i, particles) {
		f.weak = true
	}
	end, passive := r.auxiliaries(c, i, &f)
	f.start = end
	if r.lang.nounsUpper {
		if passive = r.passive(c, i, end); passive && !f.denied {
			return r.undergone(c, f)
		}
	}
	if p := r.agent(c, i); p.ok() {
		f.subject, f.start, f.next = p, end, p.allTo
		q := p.allTo
		if q+1 < c.to && (r.toks[q].class&that != 0 || r.toks[q].kind == comma || r.toks[q].kind == colon) && r.toks[q+1].kind == quoted {
			q++ // "was told by Reed that “…”"
		}
		f.sure = q < c.to && (r.toks[q].class&as != 0 || r.toks[q].kind == quoted)
		return f, true
	}
	if t.class&active == 0 && !f.denied && r.suffered(c, &f, passive) {
		return f, true
	}
	if passive && t.class&active == 0 && !r.lang.free || f.denied && f.weak {
		return frame{}, false
	}
	f.subject = r.subjectOf(c, i, end, &f)
	if t.class&active != 0 && !r.lang.free {
		f.subject = r.doing(c, end, f.subject)
	}
	if p := f.subject; p.ok() && r.object(p) {
		return frame{}, false
	} else if p.ok() && r.declinedName(p.from) {
		f.subject = phrase{}
		if head := r.toks[p.allFrom]; p.allFrom < p.from && head.class&(role|kin) != 0 && r.lang.firsts[head.low] == "" {
			f.subject = phrase{p.allFrom, p.from, p.allFrom, p.allTo} // "адвокат Павла Орлова"
		}
	} else if p.to == p.from+1 && slices.Contains(r.lang.impersonal, r.toks[p.from].low) {
		f.subject, f.unnamed, f.sure = phrase{}, true, true // "dit-on"
	}
	if f.subject.ok() && f.subject.from > i {
		f.subject = r.appended(c, f.subject, &f.next)
	}
	if t.class&cite != 0 && r.lang.nounsUpper {
		if p := r.cited(c, i, f.subject); p.ok() {
			f.subject, f.next = p, p.allTo
		}
	}
	if !f.subject.ok() && r.lang.free && !r.lang.nounsUpper {
		f.subject = r.place(c, &f)
	}
	if r.lang.free && !r.lang.nounsUpper && i+2 < c.to && r.toks[i+1].class&neg != 0 && r.toks[i+2].class&that != 0 {
		f.denied = true // "zei niet dat"
	}
	if i+1 < c.to && slices.Contains(r.lang.nothing, r.toks[i+1].low) && r.closed(c, i+2) {
		f.denied = true
	}
	if r.doubtful(c, &f) {
		return frame{}, false
	}
	if inherited.ok() && (inherited.from < i || t.class&active != 0) && !f.unnamed && r.shares(c, &f, end) {
		f.subject = inherited
	}
	if r.lang.free && !r.lang.nounsUpper && f.subject.from > i {
		f.start = r.pastVerbs(c, f.start)
	}
	f.sure = f.sure || r.besides(c, &f)
	return f, true
}

// besides tells whether subject, verb and marks follow one another with nothing but small words between: "a debate that one member
// likened to “…”".
func (r *reading) besides(c clause, f *frame) bool {
	p := f.subject
	if p.ok() && f.start > c.from && f.next+1 < c.to && r.toks[f.start-1].kind == comma && r.toks[f.next].kind == comma && r.toks[f.next+1].kind == quoted {
		return r.toks[p.from].class&who == 0 // "The bill, said Reed, “does nothing”"
	}
	if !f.weak || !p.ok() || p.allTo > f.cue || f.cue-p.allTo > 2 || r.toks[p.from].class&(pronoun|that) != 0 && r.toks[p.from].class&det == 0 {
		return false
	}
	for k := p.allTo; k < f.cue; k++ {
		if !r.auxiliary(c, k) {
			return false
		}
	}
	q := f.next
	for q < c.to && q < f.next+3 && r.toks[q].kind == word && r.toks[q].class&(prep|as|det) != 0 && r.toks[q].class&that == 0 {
		q++
	}
	return q < c.to && r.toks[q].kind == quoted
}

// place is the body in which somebody says what a verb without a subject reports ("сообщили в полиции", "в компании
// заявили").
func (r *reading) place(c clause, f *frame) phrase {
	if f.next+1 < c.to && r.toks[f.next].class&doer != 0 {
		if p := r.after(c, f.next+1); p.ok() && (r.speaks(p) || r.acronym(p.to-1)) {
			f.next = p.allTo
			return p
		}
	}
	if k := f.start - 1; k-2 > c.from && r.toks[k].kind == quoted && r.toks[k-1].kind == word && r.nameInMarks(k) { // "у фірмі «Верховина» кажуть"
		if from := r.phraseStart(c, k-1); from > c.from && r.toks[from-1].class&doer != 0 {
			p := phrase{from, f.start, from, f.start}
			f.start = from - 1
			return p
		}
	}
	if f.start-2 < c.from || r.toks[f.start-1].kind != word {
		return phrase{}
	}
	from := r.phraseStart(c, f.start-1)
	p := phrase{from, f.start, from, f.start}
	several := from-1 == c.from && ends(r.toks[f.cue].low, r.lang.theyDo) && !r.holds(p, day) // "в городе рассказали"
	if from == c.from || r.toks[from-1].class&doer == 0 || !several && !r.speaks(p) && !r.acronym(p.to-1) {
		return phrase{}
	}
	f.start = from - 1
	return p
}

// shares tells whether a verb that begins at token end has the subject of the clause before rather than its own: a
// participle behind a comma ("…, calling him") or a thing ("sent a letter asking"), a verb behind a joining word, an
// infinitive ("went on to say").
func (r *reading) shares(c clause, f *frame, end int) bool {
	if r.toks[f.cue].class&active != 0 {
		return !f.subject.ok() || end > c.from && r.toks[end-1].kind == comma || r.toks[f.subject.from].class&indefinite != 0
	}
	return !f.subject.ok() && end > c.from && (r.joins(end-1) || f.denied)
}

// doubtful tells whether the verb of a frame is rather a noun: it can be one, and what stands before it is nobody who
// speaks ("a dozen states"), or what follows is nothing that is said ("the campaign points,").
func (r *reading) doubtful(c clause, f *frame) bool {
	if r.toks[f.cue].class&homonym == 0 || !f.subject.ok() || f.subject.from > f.cue || f.start < f.cue && f.subject.allTo < f.cue {
		return false
	}
	if !r.person(f.subject) {
		return true
	}
	return !r.quotedBefore(f.start) && r.bounded(c, f.next) && (f.next >= c.to || r.toks[f.next].class&that == 0 && r.toks[f.next].kind != colon && r.toks[f.next].kind != quoted)
}

// noun tells whether the verb at token i is a noun here ("the claim", "under warning fire").
func (r *reading) noun(c clause, i int) bool {
	if prev := &r.toks[i-1]; prev.owner && prev.class&pronoun == 0 {
		return true // "the mayor's remarks"
	}
	switch before := r.toks[i-1].class; {
	case r.clitic(c, i), before&prep != 0 && r.lang.free && !r.lang.nounsUpper && r.pastVerbs(c, i) < i:
		return false
	case before&det != 0 && (before&pronoun == 0 || r.toks[i].class&homonym != 0):
		return !(r.lang.nounsUpper && before&pronominal != 0 && (r.token(i+1).kind != word || !r.token(i+1).upper)) // "Diese besagt, dass", "Beide kündigten an"
	case before&prep != 0 && before&(neg|that|pronoun) == 0 && !(r.lang.free && !r.lang.nounsUpper && before&as != 0):
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
	if p := r.beforeVerbLast(c, i, end, f); p.ok() {
		return p
	}
	if p, _ := r.perfect(c, end); p.ok() {
		return p
	}
	left := r.leftOf(c, end)
	open := end == c.from || r.toks[end-1].kind != word && r.toks[end-1].kind != dot
	if (open || !left.ok()) && r.toks[i].class&active == 0 {
		right := r.rightOf(c, i, end, left)
		turned := !left.ok() && (open && (!f.weak || end == c.from) || r.lang.free) // not ", called the mayor"
		if right.ok() && (turned || r.quotedBefore(end)) {
			f.next = right.allTo
			if f.next < c.to && slices.Contains(r.lang.split[r.toks[i].low], r.toks[f.next].low) {
				f.next++ // "legt hij uit"
			}
			return r.withoutParticle(right, r.lang.split[r.toks[i].low])
		}
	}
	if left.ok() {
		f.start = r.coordinated(c, left)
		for r.lang.free && f.start > c.from && r.toks[f.start-1].kind == word && r.toks[f.start-1].class&aux != 0 {
			f.start-- // "a-t-elle ajouté"
		}
		if k := f.start - 1; k > c.from && r.lang.free && f.start < left.from && r.toks[k].kind == word && r.toks[k].class&pronoun != 0 && r.toks[k-1].kind != word {
			f.start = k // "nous a-t-elle dit"
		}
	}
	return left
}

// coordinated is the token where a subject begins of which a phrase is the last part: "Tom Reed and Ann Lee said".
func (r *reading) coordinated(c clause, p phrase) int {
	i := p.allFrom - 1
	if i <= c.from || r.toks[i].class&conj == 0 || r.toks[i].class&(that|sub) != 0 || !r.person(p) {
		return p.allFrom
	}
	if q := r.nounBefore(c, i); q.ok() && r.person(q) && (q.allFrom == c.from || r.toks[q.allFrom-1].kind == comma) {
		return q.allFrom
	}
	return p.allFrom
}

// withoutParticle cuts from the end of a phrase the particle of the verb before it ("liet de gemeente weten").
func (r *reading) withoutParticle(p phrase, particles []string) phrase {
	if p.to == p.allTo && p.to > p.from+1 && slices.Contains(particles, r.toks[p.to-1].low) {
		p.to--
	}
	return p
}

// pastMeanwhile is the token behind the adverbs, days and phrases from token i on that part a verb from its subject
// ("prévient de son côté le maire", "предупредил, в свою очередь, мэр").
func (r *reading) pastMeanwhile(c clause, i int) int {
	for i < c.to {
		at := i
		if r.toks[i].kind == comma {
			i++
		}
		n := r.meanwhileAt(c, i)
		switch {
		case n == 0 || i > at && (i+n >= c.to || r.toks[i+n].kind != comma):
			return at
		case i > at:
			i++
		}
		i += n
	}
	return i
}

// meanwhileAt is how many tokens from token i on make such a phrase or word, 0 for none.
func (r *reading) meanwhileAt(c clause, i int) int {
	for _, words := range r.lang.meanwhile {
		if r.follows(c, i, words) {
			return len(words)
		}
	}
	if i < c.to && r.toks[i].kind == word && r.toks[i].class&(aux|day) != 0 && r.toks[i].class&(pronoun|det) == 0 {
		return 1
	}
	return 0
}

// perfectReach is how far the two parts of a compound verb may stand apart.
const perfectReach = 16

// perfect is the subject of a verb whose auxiliary stands away from it ("Die Stadt hat am Freitag in Aue erklärt"):
// before the auxiliary or behind it. end is the token where the verb begins; the auxiliary is returned too.
func (r *reading) perfect(c clause, end int) (p phrase, aux int) {
	for i := end - 1; i > c.from && i > end-perfectReach; i-- {
		t := &r.toks[i]
		if t.kind == dash && r.toks[i-1].End == t.Start && r.toks[i+1].class&conj != 0 {
			continue // "die Kreis- und Landesräte"
		}
		if r.lang.nounsUpper && (t.kind == dot && r.toks[i-1].upper || t.kind == other && r.number(i-1) ||
			t.kind == comma && i+2 < end && r.toks[i-1].class&day != 0 && r.toks[i+1].class&det != 0 && r.number(i+2)) {
			continue // "Ottokar XVI.", "am Montag, den 7. Mai"
		}
		if t.kind != word && t.kind != quoted || t.class&conj != 0 && !(r.lang.nounsUpper && r.toks[i+1].upper) {
			return phrase{}, 0
		}
		if t.class&perfect != 0 && r.lang.nounsUpper {
			if p := r.before(c, i); p.ok() {
				return p, i
			}
			return r.fieldAfter(c, i+1), i
		}
		if t.class&perfect != 0 {
			if p := r.nounBefore(c, i); p.ok() {
				return p, i
			}
			return r.after(c, i+1), i
		}
	}
	return phrase{}, 0
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

// closed tells whether a mark or a circumstance stands at token i, or nothing at all.
func (r *reading) closed(c clause, i int) bool {
	return i >= c.to || r.toks[i].kind != word || r.toks[i].class&(prep|conj|sub|that|day|elision) != 0 && r.toks[i].class&(be|perfect) == 0
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
