package quote

import (
	"slices"
	"strings"
)

// Speakers that no verb names: "according to X", "X zufolge", "nach Angaben von X", ", so X,".

// accordingAt reads such a frame at token i.
func (r *reading) accordingAt(c clause, i int) (frame, bool) {
	t := &r.toks[i]
	switch {
	case t.kind != word:
		return frame{}, false
	case t.class&post != 0:
		p := r.nounEnding(c, i)
		if r.lang.nounsUpper {
			p = r.groupBefore(c, i)
			if o, end := r.owner(c, p.to); o.ok() && end <= i && r.holds(p, source) {
				p.from, p.to = o.from, o.to // "Berichten der Zeitung zufolge"
			}
		}
		return frame{subject: p, cue: i, cueTo: i + 1, start: p.allFrom, next: i + 1}, p.ok()
	case t.class&aside != 0:
		return r.asideAt(c, i)
	case t.class&by != 0 && r.lang.nounsUpper && i > c.from+1 && r.toks[i-1].class&(det|pronominal) == det && r.toks[i-2].kind == word && !r.relativeBefore(c, i-1):
		return frame{}, false // "die nach Angaben der Stadt 350 Gäste"
	case t.class&at != 0 && r.lang.nounsUpper && i > c.from+1 && r.toks[i-1].class&day != 0 && r.toks[i-1].upper && r.toks[i-2].class&(prep|day) == 0:
		return frame{}, false // "zwei Monate nach dem Urteil"
	case t.class&by != 0:
		if f, ok := r.postposed(c, i); ok {
			return f, true
		}
		if f, ok := r.sourceAt(c, i); ok {
			return f, true
		}
	}
	if p := r.after(c, i+1); r.lang.nounsUpper && t.class&by != 0 && t.class&(at|that) == 0 && !t.opens && p.ok() && (r.speaks(p) || r.agentive(p)) {
		return frame{subject: p, cue: i, cueTo: i + 1, start: i, next: p.allTo}, true // "gemäß einem Sprecher"
	}
	if !t.opens {
		return frame{}, false
	}
	if f, ok := r.ownAt(c, i); ok {
		return f, true
	}
	if f, ok := r.besideAt(c, i); ok {
		return f, true
	}
	for _, phraseWords := range r.lang.according {
		n := len(phraseWords)
		if i+n >= c.to || !r.follows(c, i, phraseWords) {
			continue
		}
		if r.toks[i+n].class&who != 0 && r.toks[i+n].class&det == 0 && i-1 > c.from && r.toks[i-1].kind == comma && r.lang.free { // "il pm Greco, secondo cui …"
			p := r.nounBefore(c, i-1)
			return frame{subject: p, cue: i, cueTo: i + n, start: c.from, next: i + n + 1}, p.ok()
		}
		p := r.subjectAfter(c, i+n)
		if r.toks[i+n].kind == quoted && r.lang.free && r.nameInMarks(i+n) {
			p = phrase{i + n, i + n + 1, i + n, i + n + 1} // по данным «Зари»
		}
		if r.toks[i+n].class&(him|her) != 0 && r.bounded(c, i+n+1) {
			p = phrase{i + n, i + n + 1, i + n, i + n + 1}
		}
		if !p.ok() {
			continue
		}
		if r.lang.free && !r.lang.caseless && p.allTo+1 >= c.to || (r.lang.compounds || r.lang.declines()) && !r.named(p) && r.toks[p.from].class&det == 0 {
			p = r.uptoOffice(p)
		}
		p = r.remarked(c, p)
		return frame{subject: p, cue: i, cueTo: i + n, start: i, next: p.allTo}, true
	}
	return frame{}, false
}

// postposed reads a preposition at token i behind a noun for what somebody says, with which a sentence or a clause that describes
// begins: "Angaben der Stadt nach bleibt …", "…, der seiner Meinung nach …".
func (r *reading) postposed(c clause, i int) (frame, bool) {
	if !r.lang.nounsUpper || i+1 >= c.to || i-c.from < 1 || r.toks[i+1].upper || !r.toks[i-1].upper {
		return frame{}, false
	}
	var p phrase
	for from := max(c.from, i-groupReach); from < i && p.allTo != i; from++ {
		p = r.group(c, from)
	}
	if p.ok() && p.from > c.from && r.toks[p.from-1].kind == comma && r.toks[p.from].class&who != 0 && r.hisOwn(p.from+1) {
		p.from++
	}
	if !p.ok() || p.allTo != i || r.toks[i+1].class&(det|prep) != 0 && !r.hisOwn(p.from) ||
		p.from > c.from && (r.toks[p.from-1].class&who == 0 || p.from-1 == c.from || r.toks[p.from-2].kind != comma) {
		return frame{}, false
	}
	p.allFrom = p.from
	f := frame{subject: p, cue: i, cueTo: i + 1, start: p.from, next: i + 1}
	if o, end := r.owner(c, p.to); o.ok() && end == i {
		f.subject = o
	}
	return f, r.toks[p.to-1].class&source != 0
}

// postposes tells whether such a preposition stands at token i.
func (r *reading) postposes(c clause, i int) bool {
	_, ok := r.postposed(c, i)
	return ok
}

// relativeBefore tells whether token i can be a relative pronoun behind a preposition.
func (r *reading) relativeBefore(c clause, i int) bool {
	return r.toks[i].class&who != 0 && i-2 >= c.from && r.toks[i-1].class&prep != 0 && r.toks[i-2].kind == comma
}

// uptoOffice cuts a phrase that ran to the end of its sentence behind its first office or body: what follows there is the
// verb ("Volgens de politie raakte niemand gewond.").
func (r *reading) uptoOffice(p phrase) phrase {
	for i := p.from; i < p.to; i++ {
		if r.toks[i].class&(role|body) != 0 {
			return phrase{p.from, i + 1, p.allFrom, i + 1}
		}
	}
	return p
}

// ownAt reads such words around a possessive ("à son avis"), which names the speaker where it is no article; where it is
// one, the speaker is the one before.
func (r *reading) ownAt(c clause, i int) (frame, bool) {
	for _, words := range r.lang.own {
		if !r.follows(c, i, words) {
			continue
		}
		f := frame{cue: i, cueTo: i + len(words), start: i, next: i + len(words)}
		own := i + slices.Index(words, "*")
		if f.unnamed = r.toks[own].class&det != 0; !f.unnamed {
			f.subject = phrase{own, own + 1, own, own + 1}
		}
		return f, f.unnamed || r.toks[own].class&function == 0 && !r.toks[own].upper
	}
	return frame{}, false
}

// besideAt reads words at the beginning of a clause that introduce a speaker only where marks follow at once: "Pour le
// maire Paul Vernier, « … »".
func (r *reading) besideAt(c clause, i int) (frame, bool) {
	if i != c.from {
		return frame{}, false
	}
	for _, words := range r.lang.beside {
		if !r.follows(c, i, words) {
			continue
		}
		p := r.subjectAfter(c, i+len(words))
		next := p.allTo
		if next < c.to && r.toks[next].kind == comma {
			next++
		}
		if p.ok() && r.person(p) && next < c.to && r.toks[next].kind == quoted {
			return frame{subject: p, cue: i, cueTo: i + len(words), start: i, next: p.allTo, weak: true}, true
		}
	}
	return frame{}, false
}

// follows tells whether the words stand from token i on in c; "*" is any word.
func (r *reading) follows(c clause, i int, words []string) bool {
	if i+len(words) > c.to {
		return false
	}
	for k, w := range words {
		if t := &r.toks[i+k]; t.kind != word || t.low != w && w != "*" {
			return false
		}
	}
	return true
}

// groupBefore is the noun phrase that ends before token end and begins at a mark, a verb or an article.
func (r *reading) groupBefore(c clause, end int) phrase {
	for from := max(c.from, end-groupReach); from < end; from++ {
		if p := r.group(c, from); p.ok() && r.untilDay(c, r.pastCircumstances(c, p.allTo)) == end {
			p.allTo = end
			return p
		}
	}
	if p := r.nounBefore(c, end); p.ok() {
		return p
	}
	return phrase{}
}

// untilDay is the token behind a preposition with a day at token i, else i.
func (r *reading) untilDay(c clause, i int) int {
	k := i
	if k < c.to && r.toks[k].kind == word && r.toks[k].class&prep != 0 {
		for k++; k < c.to && r.toks[k].kind == word && (r.toks[k].class&day != 0 || !r.toks[k].upper && r.toks[k].class == 0); k++ {
		}
	}
	if k > i+1 && r.toks[k-1].class&day != 0 {
		return k
	}
	return i
}

// asideAt reads ", so X," at token i: a mark before, a mark or preposition behind.
func (r *reading) asideAt(c clause, i int) (frame, bool) {
	if i == c.from || r.toks[i-1].kind == word || r.lang.nounsUpper && r.token(i+1).class&(pronominal|latter) == pronominal {
		return frame{}, false // "…, so viele wie nie"
	}
	p := r.after(c, i+1)
	if !p.ok() {
		return frame{}, false
	}
	if o, end := r.owner(c, p.to); o.ok() && r.holds(p, source|cueNoun) {
		p.from, p.to, p.allTo = o.from, o.to, max(end, p.allTo) // "so das Fazit der Stadt"
	}
	if n := p.allTo; n < c.to && r.toks[n].kind == word && r.toks[n].class&(prep|aux|day) == 0 {
		return frame{}, false
	}
	next := p.allTo
	for next < c.to && next-i < appositionReach && r.toks[next].kind == word {
		next++ // "in einer Erklärung vom Montag"
	}
	return frame{subject: p, cue: i, cueTo: i + 1, start: i, next: next}, true
}

// sourceAt reads a preposition with a noun for what somebody says: "nach Angaben der Stadt", "laut einer Studie von X",
// "nach eigenen Angaben". The speaker is who is tied to that noun, else the phrase itself.
func (r *reading) sourceAt(c clause, i int) (frame, bool) {
	noun := -1
	for k := i + 1; k < c.to && k <= i+nounReach && r.toks[k].kind == word; k++ {
		t := &r.toks[k]
		if t.class&source != 0 {
			noun = k
			break
		}
		if t.class&function != 0 && t.class&(det|genitive) == 0 && !(r.when(k) && (k == i+1 || r.toks[k-1].class&det != 0)) || t.class&anyCue != 0 && !t.upper {
			return frame{}, false
		}
		if t.class&(genitive|det) != 0 && k > i+1 && (t.class&genitive != 0 || r.lang.nounsUpper && r.toks[k-1].upper) {
			return frame{}, false
		}
	}
	if noun < 0 || r.lang.nounsUpper && (noun+1 < c.to && r.number(noun+1) && i-2 > c.from && r.toks[i-1].kind == comma && r.number(i-2) ||
		i > c.from && r.toks[i-1].class&cueNoun != 0 && r.toks[i-1].upper && r.toks[i+1].class&some != 0 ||
		i > c.from && slices.Contains(r.lang.after, r.toks[i-1].low) || r.toks[i+1].class&source != 0 && noun+2 < c.to && r.number(noun+1) && r.toks[noun+2].class&(det|genitive) != 0) {
		return frame{}, false // "100, nach anderen Angaben 110 Kilometer", "die Forderung nach einem Vertrag", "nach Artikel 5 des Vertrags"
	}
	f := frame{subject: phrase{i + 1, noun + 1, i + 1, noun + 1}, cue: i, cueTo: noun + 1, start: i, next: noun + 1}
	k := noun + 1
	if k < c.to && !r.own(noun-1) && (r.toks[k].class&(doer|genitive) != 0 && !r.toks[k].upper || r.toks[k].upper && r.toks[k].kind == word) {
		place := r.toks[k].class&at != 0 // "Angaben aus Aue"
		if r.toks[k].class&prep != 0 {
			k++
		}
		named := k > noun+1 || r.toks[k].class&genitive != 0
		if p := r.after(c, k); p.ok() && (named || r.agentive(p) || r.speaks(p) || r.possessive(p.to-1) || strings.HasSuffix(r.toks[p.to-1].low, "s")) {
			if f.next = p.allTo; !place || r.speaks(p) {
				f.subject = r.appended(c, p, &f.next)
			}
		}
	}
	return f, true
}

// according gives "according to X" the rest of its sentence.
func (f *finder) according(c clause, begin int, fr frame) int {
	s := fr.said()
	if s.unnamed && f.last != nil && f.at.para >= c.para-1 { // "à son avis"
		s.subject = f.last.subject
	}
	if s.subject.ok() && f.own(s.subject.from) && !f.commaBetween(c.from, fr.start) {
		p := f.field(c)
		if p.from < s.subject.to && p.to > s.subject.from {
			p = f.fieldAfter(c, fr.next+1)
		}
		if p.ok() && (f.agentive(p) || f.person(p)) {
			s.behind = p
		}
	}
	if s.subject.ok() && f.hisOwn(s.subject.from) && !f.own(s.subject.from) {
		if begin == fr.start && f.saysLater(c, fr.next) {
			return begin // "Seiner Meinung nach ist die Brücke sicher, sagte Roth"
		}
		if last := f.lastSpeaker(c); last != nil && fr.start == c.from {
			s.behind = last.subject
		}
	}
	if f.toks[fr.cue].class&aside != 0 && begin < fr.start {
		to := fr.start
		if fr.next < c.to && f.toks[fr.next].kind == comma && c.to-fr.next > minClause && f.toks[fr.start-1].kind != quoted && !f.quotedBefore(fr.start) {
			to = c.to
		}
		if f.give(begin, to, s, fr) {
			f.note(s, c)
			return max(to, fr.next)
		}
		return begin
	}
	from := fr.next
	if from < c.to && f.toks[from].kind == comma {
		from = f.pastRelative(c, from+1)
	}
	if begin < fr.start && from < c.to && f.toks[from].kind == quoted &&
		(f.relates(fr.start-1) || !f.lang.nounsUpper && f.toks[fr.start-1].kind == comma && f.toks[from-1].kind == comma) { // ", que según X «…»"
		if f.give(from, from+1, s, fr) {
			f.note(s, c)
		}
		return from + 1
	}
	if begin < fr.start && f.toks[fr.start-1].kind == comma && !f.resumes(c, fr.next) || fr.next >= c.to-1 {
		if begin < fr.start && f.give(begin, fr.start, s, fr) {
			f.note(s, c)
			return fr.next
		}
		if begin < fr.start && !f.lang.nounsUpper && (fr.start-begin == minClause || fr.start-begin < minClause && f.name(begin)) &&
			f.toks[begin].kind == word && f.toks[begin].class&(conj|prep|day) == 0 && f.give(begin, c.to, s, fr) {
			f.note(s, c) // "The contract, according to Reed, has no end"
			return c.to
		}
	}
	if begin == fr.start {
		from = f.pastDescription(c, from)
		if f.lang.nounsUpper {
			from = f.toVerb(c, fr.next, from)
		}
	}
	if begin+1 < fr.start && f.lang.free && f.toks[fr.start-1].kind != colon { // in the midst of it: the whole sentence, or the clause that it stands in
		from = f.subordinate(begin, fr.start)
	}
	end := f.contentEnd(c, from)
	if fr.subject.ok() && fr.subject.to <= fr.cue && fr.cueTo < fr.next && fr.next <= from && f.toks[fr.cueTo].class&who != 0 {
		end = f.relativeEnd(from, end) // "il pm Greco, secondo cui …, si è dimesso"
	}
	if f.lang.nounsUpper && from < fr.start && from > c.from && f.opensRelative(c, from) {
		end = min(end, f.mainClause(c, fr.next)) // "ein Skandal, der nach Angaben der Stadt 30 Häuser betrifft, ist …"
	}
	if from < c.to && f.give(from, end, s, fr) {
		f.note(s, c)
		return end
	}
	return begin
}

// saysLater tells whether the clause that token i stands in ends with who says it.
func (f *finder) saysLater(c clause, i int) bool {
	for ; i+2 < c.to; i++ {
		if k := i + 1; f.toks[i].kind == comma && (f.toks[k].class&aside != 0 || f.verb(k) && f.toks[k].class&(cue|cueThat|apart) != 0) {
			return f.after(c, k+1).ok()
		}
	}
	return false
}

// resumes tells whether a sentence goes on behind the comma at token i, where its order is free: ", selon la police, …".
func (f *finder) resumes(c clause, i int) bool {
	return f.lang.free && i+minClause < c.to && f.toks[i].kind == comma && f.silentTo(c, i+1)
}

// subordinate is the token where the clause begins that holds token i: behind the last comma, where a relative pronoun or
// joining word follows it, else begin.
func (f *finder) subordinate(begin, i int) int {
	for k := i - 1; k > begin && k > i-maxReport; k-- {
		if f.toks[k].kind != comma || k == i-1 {
			continue
		}
		if f.toks[k+1].class&(who|conj) != 0 {
			return k + 1
		}
		return begin
	}
	return begin
}
