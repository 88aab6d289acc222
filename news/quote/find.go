package quote

import (
	"slices"

	"herald/news"
)

const (
	// minWords of a quoted stretch that nobody is named for: fewer are names, titles or irony more often than speech.
	minWords = 3
	// minClause is how many words reported speech without marks has at least.
	minClause = 3
	// maxReport is how many tokens a report has at most, a quoted stretch counting as one: no sentence of prose is longer,
	// and hostile text stays linear.
	maxReport = 300
)

// said is who said something, and the verb that says so.
type said struct {
	subject    phrase
	cue, cueTo int    // tokens; equal: no cue
	unnamed    bool   // the text does not say who
	sure       bool   // nobody else can be meant
	behind     phrase // where subject is only a word for what somebody said before: who that was
}

// said is who says what the frame reports.
func (fr *frame) said() *said {
	return &said{subject: fr.subject, cue: fr.cue, cueTo: fr.cueTo, unnamed: fr.unnamed, sure: fr.sure}
}

// cued tells whether a verb says so.
func (s *said) cued() bool { return s.cueTo > s.cue }

// report is reported speech that is not wholly inside marks.
type report struct {
	span news.Span
	said
}

// finder goes through the clauses of a reading and claims quoted stretches and reported clauses for speakers.
type finder struct {
	*reading
	claims  []*said // per stretch
	spots   []spot  // likewise
	reports []report
	last    *said  // the latest speaker, for what goes on without a name
	at      clause // where that was
	told    *said  // the first subject of a reporting verb in its clause, whether or not a report was found
	toldAt  clause // likewise
	n       int    // index of the clause in hand

	list []candidate // room for one stretch after the other
	x    vector      // likewise
	odds []float64   // likewise
}

func (f *finder) run() {
	f.claims = make([]*said, len(f.stretches))
	for i, c := range f.clauses {
		if f.n = i; f.lang.spaceless {
			f.spaceless(c)
			continue
		}
		f.clause(c)
	}
	f.backwards()
	f.spots = f.places()
}

func (f *finder) clause(c clause) {
	f.labels(c)
	begin := c.from // what earlier frames of the clause took ends here
	var inherited phrase
	looked := false // for the subject of the clause: once, so that hostile text stays linear
	for i := c.from; i < c.to; i++ {
		if t := &f.toks[i]; t.class&reporting == 0 && !t.opens {
			continue
		}
		if to := f.describedFrom(c, i); to > 0 {
			begin, i = to, to-1
			continue
		}
		fr, ok := f.accordingAt(c, i)
		if ok {
			begin = f.according(c, begin, fr)
			inherited = fr.subject
			i = max(i, fr.next-1)
			continue
		}
		if fr, ok = f.nounFrame(c, i); ok && f.retold(c, begin, fr) {
			continue
		} else if ok {
			if s, end := fr.said(), f.contentEnd(c, fr.next); f.give(fr.next, f.beforeVerb(c, fr, end), s, fr) {
				f.note(s, c)
				begin = end
				i = begin - 1
				continue
			}
		}
		if fr, ok = f.remark(c, i); ok {
			if from, to := f.around(fr.next, fr.next, f.contentEnd(c, fr.next)); f.give(from, to, fr.said(), fr) {
				begin, i = to, to-1
				continue
			}
		}
		if f.toks[i].class&anyCue == 0 {
			continue
		}
		if !inherited.ok() && !looked {
			inherited, looked = f.clauseSubject(c), true
		}
		if fr, ok = f.frameAt(c, i, inherited); !ok {
			continue
		}
		if f.retold(c, begin, fr) {
			continue
		}
		if fr.subject.ok() && !f.relative(fr.subject) && (!fr.weak || f.person(fr.subject)) {
			inherited = fr.subject
		}
		if fr.subject.ok() && f.toldAt != c && !f.relative(fr.subject) {
			f.told, f.toldAt = fr.said(), c
		}
		taken := f.take(c, begin, fr)
		if taken > 0 {
			begin = taken
			i = max(i, taken-1)
		} else if f.pointsBack(c, fr) {
			begin = fr.next
		} else if s := fr.said(); !fr.weak && !fr.denied && i+4 > c.to && f.person(fr.subject) && !f.isReported(c, fr) {
			f.note(s, c) // "She added." and a quotation in the next sentence
		}
	}
	f.leftovers(c)
	if begin == c.from {
		f.goesOn(c)
	}
}

// take gives the frame what it reports and returns the token behind it, 0 for nothing.
func (f *finder) take(c clause, begin int, fr frame) int {
	s := fr.said()
	if !s.subject.ok() && !fr.sure && f.quotedBefore(fr.start) && !(fr.unnamed && f.calls(fr.start-1)) { // languages that leave the pronoun out
		if before := f.previous(c, false); before != nil && f.mayGoOn(c, fr, before) {
			s.subject = before.subject
		}
		s.unnamed = (f.lang.free || f.lang.verbLast) && !f.lang.nounsUpper && !fr.denied
	} else if f.dropped(c, fr) {
		s.unnamed = true
		if before := f.previous(c, false); before != nil && f.agrees(fr.cue, before.subject) {
			s.subject = before.subject
		}
	}
	if end := f.trailing(c, begin, fr, s); end > 0 {
		f.note(s, c)
		return end
	}
	if f.opener(c, fr, s) {
		return c.to
	}
	from := f.content(c, fr)
	if k := f.question(c, fr); k > 0 {
		from, fr.weak = k, false
	}
	if from < 0 || f.lang.nounsUpper && fr.weak && f.relative(fr.subject) && f.toks[fr.next].kind == comma {
		return 0 // "der Rot sah, nannte den Platzverweis …"
	}
	if f.answered(c, from) {
		f.note(s, c)
		return from
	}
	to := f.contentEnd(c, from)
	if f.opensBeside(c, fr) {
		if k := f.mainReport(c, fr.next, to); k < from {
			return 0
		} else if k < to {
			to = k
		}
	}
	if f.relative(fr.subject) && !f.lang.nounsUpper && fr.subject.from > c.from && f.toks[fr.subject.from-1].kind == comma {
		to = f.relativeEnd(from, to)
	}
	if k := f.mainClause(c, from); f.lang.nounsUpper && f.relative(fr.subject) && k+1 < to && f.toks[k+1].class&subjunctive == 0 {
		to = k // "der sagte, dass …, trat zurück"
	}
	if fr.cue == c.from && f.toks[fr.cue].class&active != 0 {
		to = f.opened(from, to)
	}
	if f.lang.nounsUpper && f.toks[c.from].class&sub != 0 && f.toks[from].kind == quoted && f.mainClause(c, fr.next) < from {
		return 0 // "Als er gefragt wurde, entgegnete Roth: „…“"
	}
	if f.lang.nounsUpper && (f.toks[c.from].class&sub != 0 || fr.start == c.from && f.toks[fr.cue].class&cueIt != 0) {
		to = min(to, f.mainClause(c, from)) // "Als er sagte, dass …, lachten alle"
	}
	to = f.untilAside(from, f.untilTime(from, to))
	if f.worded(fr.next, from) {
		fr.weak = true
	}
	if fr.weak {
		from, to = f.around(f.pastParticle(fr), from, to)
	}
	to = f.doesNext(from, to)
	by := f.owned(c, fr, from)
	if by == nil || f.quotes(from) {
		by = s
	}
	if fr.sure && fr.unnamed && !f.lang.nounsUpper && slices.Contains(f.lang.asked, f.toks[fr.cue].low) && f.toks[from].kind == quoted {
		f.claim(f.toks[from].stretch, by) // "was asked, “…” He said, “…”"
		return from + 1
	}
	if !f.give(from, to, by, fr) {
		return 0
	}
	f.note(s, c)
	return to
}

// answered tells whether token i is a quotation that names its speaker behind it: "Reed was angry about it: “…,” he said."
func (f *finder) answered(c clause, i int) bool {
	if f.toks[i].kind != quoted || f.toks[i-1].kind == word {
		return false
	}
	if i++; i < c.to && f.toks[i].kind == comma {
		i++
	}
	if f.toks[i-1].kind == quoted && f.saysNext(c, i) {
		return true
	}
	return i+1 < c.to && f.verb(i) && f.toks[i].class&active == 0 &&
		(f.toks[i].class&(cue|cueThat|cueIt|apart) != 0 || f.toks[i-1].kind == comma && f.after(c, i+1).ok())
}

// saysNext tells whether a subject and its verb follow a quotation from token i on, where the order is fixed: "“…,” he said".
func (f *finder) saysNext(c clause, i int) bool {
	if f.lang.free || f.lang.nounsUpper || i >= c.to || f.toks[i].upper && f.toks[i].class&pronoun != 0 {
		return false
	}
	p := f.after(c, i)
	return p.ok() && f.person(p) && p.allTo < c.to && f.verb(p.allTo) && f.toks[p.allTo].class&cue != 0
}

// dropped tells whether a clause begins with a verb that leaves out its pronoun and reports a clause: "Añadió que …".
func (f *finder) dropped(c clause, fr frame) bool {
	if !f.lang.free || f.lang.nounsUpper || fr.subject.ok() {
		return false // before what looks for commas, which would take quadratic time
	}
	from := c.from
	if fr.start == from+1 && f.toks[from].class&conj != 0 {
		from++ // "E aggiunge: “…”"
	}
	if f.answers(c) { // "Preguntada por eso, rió: “…”"
		from = f.opened(from, c.to)
	} else if k := fr.start - 1; k > from && f.toks[k].kind == comma && f.circumstance(c, from, k) {
		from = fr.start // "Sobre su futuro, respondió: «…»"
	}
	return (!fr.weak || f.answers(c)) && fr.start == from && f.opensReport(c, fr.next)
}

// mayGoOn tells whether who spoke before can be meant by a verb without a subject: it is no thing that nobody said to speak, has the
// sex that the verb tells, and is not whom the verb's object stands for ("спросили её").
func (f *finder) mayGoOn(c clause, fr frame, before *said) bool {
	if next := fr.cueTo; f.lang.declines() && next < c.to && f.toks[next].class&(him|her) != 0 && f.toks[next].class&det == 0 {
		return false
	}
	thing := before.subject.ok() && f.inanimate(before.subject) && !(before.cued() && f.verb(before.cue))
	return !thing && f.agrees(fr.cue, before.subject)
}

// agrees tells whether somebody with this name can be the subject of the verb at token i, where verbs tell a woman.
func (f *finder) agrees(i int, p phrase) bool {
	sex := class(0)
	for k := p.from; k < p.to; k++ {
		sex |= f.toks[k].class & (male | female)
	}
	return sex != male || !ends(f.toks[i].low, f.lang.womenDo)
}

// pointsBack takes the sentence before c for what is said where c begins with a word for it: "Dies teilte die Stadt mit."
func (f *finder) pointsBack(c clause, fr frame) bool {
	at := c.from
	if f.toks[at].class&prep != 0 && at+1 < c.to { // "Об этом"
		at++
	}
	if f.toks[at].class&this == 0 || fr.weak || fr.denied || !fr.subject.ok() || fr.subject.allFrom == c.from || f.n == 0 {
		return false
	}
	if f.lang.nounsUpper && at+1 < c.to && f.toks[at+1].upper {
		return false // "Das Feuer wurde von Anwohnern gemeldet"
	}
	before := f.clauses[f.n-1]
	if before.para < c.para-1 || f.at == before || f.lang.nounsUpper && f.commaBetween(at, fr.cue) {
		return false
	}
	s := fr.said()
	if last := len(f.reports) - 1; last >= 0 && f.reports[last].span.End > f.toks[before.from].Start || !f.give(before.from, before.to, s, fr) {
		return false
	}
	f.note(s, c)
	return true
}

func (f *finder) note(s *said, c clause) {
	if s.subject.ok() && f.relative(s.subject) && f.last != nil && f.at == c && f.last.subject.ok() {
		return // "…, said Tom Reed, who added that …"
	}
	if k := s.subject.allFrom - 1; s.subject.ok() && k > c.from && f.toks[k].class&sub != 0 && f.last != nil && f.at == c && f.last.subject.ok() {
		return // "…, said Tom Reed, after Ann Lee had said …"
	}
	if s.subject.ok() && s.subject.from > c.from && f.hisOwn(s.subject.from) && f.last != nil && f.last.subject.ok() {
		return // "…, der seiner Meinung nach …"
	}
	if s.subject.ok() || s.unnamed {
		f.last, f.at = s, c
	}
	for i := s.subject.from; i < s.subject.to; i++ {
		if f.toks[i].kind == quoted {
			f.stretches[f.toks[i].stretch].speaks = true
		}
	}
}

// give records tokens from to to as said by s: quoted stretches alone are claimed, all else is one report.
func (f *finder) give(from, to int, s *said, fr frame) bool {
	if to-from > maxReport {
		return false
	}
	if f.lang.nounsUpper && f.lifeless(s.subject) {
		*s = *f.animated(s, from)
	}
	if n := to - 1; !fr.weak && f.quotesAnother(from, n) && f.giveInstance(from, n, s, fr) {
		return true
	}
	if n := f.instance(from, to); n > 0 && !fr.weak {
		if f.giveInstance(from, n, s, fr) {
			return true
		}
		to = n - 1
	}
	var inside []int
	words, longest := 0, 0
	for i := from; i < to; i++ {
		switch t := &f.toks[i]; t.kind {
		case quoted:
			if s := &f.stretches[t.stretch]; fr.weak && (f.bears(s) || f.termed(s) || f.lang.nounsUpper && s.words <= titleWords && f.label(s, true)) {
				words++
				break
			}
			inside = append(inside, t.stretch)
			longest = max(longest, f.stretches[t.stretch].words)
		case word:
			words++
		}
	}
	if len(inside) > 0 && !s.subject.ok() && !s.unnamed {
		return false
	}
	short := words == 1 && longest < minWords && !fr.weak && f.toks[from].kind == word && f.toks[from].class&prep == 0 && !f.lang.nounsUpper // "said that “it holds”"
	object := words == 1 && longest < minWords && fr.weak && f.toks[from].kind == word && f.toks[from].class&(pronoun|him|her) != 0          // "nannte sie „fahrlässig“"
	if len(inside) > 0 && (words <= 1 && !short && !object || fr.weak && longest >= minWords) {
		for _, k := range inside {
			f.claim(k, s)
		}
		return true
	}
	if !s.subject.ok() && !s.unnamed || fr.weak && len(inside) == 0 || words+3*len(inside) < minClause || fr.denied {
		return false
	}
	if len(inside) == 0 && words < minClause {
		return false
	}
	for _, k := range inside {
		f.claim(k, s)
	}
	f.reports = append(f.reports, report{f.tokens(from, to), *s})
	return true
}

func (f *finder) claim(stretch int, s *said) {
	if f.claims[stretch] != nil {
		return
	}
	if s != nil && f.lang.nounsUpper && f.lifeless(s.subject) {
		s = f.animated(s, f.stretches[stretch].tok)
	}
	f.claims[stretch] = s
}
