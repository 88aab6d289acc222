package quote

import "slices"

// Where what a reporting verb reports begins behind it, and where it ends.

// contentReach is how many tokens may stand between a verb and what it reports; more where its subject and its particle
// stand there too.
const contentReach = 14

// content is the token where what a verb reports begins behind it, -1 for nowhere. The listener, a time and a place may
// stand between.
func (f *finder) content(c clause, fr frame) int {
	t := &f.toks[fr.cue]
	reach := contentReach
	if f.lang.comma {
		reach *= 2
	}
	told := 0 // where a clause ends that describes what stands before it, so that its verb is none of another report
	for i := fr.next; i < c.to && i < fr.next+reach; i++ {
		x := &f.toks[i]
		if x.kind == comma && i >= told && f.lang.nounsUpper && i+1 < c.to && f.opensRelative(c, i+1) {
			for told = i + 1; told < c.to && told < fr.next+reach && f.toks[told].kind != comma; told++ {
			}
		}
		if k := f.pastQuestion(c, i); k > i {
			i = k - 1
			continue
		}
		switch {
		case x.kind == quoted && f.lang.nounsUpper && (f.bears(&f.stretches[x.stretch]) || f.heard(c, i)): // "berichtete im Magazin „…“, dass"
		case x.kind == quoted && f.opensBehind(c, i): // "в интервью радио «Прибой», что …"
		case x.kind == quoted:
			if b := f.bare(c, fr); i > fr.next && f.toks[i-1].kind == word && b >= 0 {
				return b
			}
			return i
		case x.kind == colon:
			if i+1 < c.to && !f.introducedAgain(c, i+1) {
				return i + 1
			}
			return -1
		case x.kind == comma && i+1 < c.to && (f.nextReport(i+1) || f.describedSource(c, i+1) > fr.cue || f.lang.nounsUpper && f.relative(fr.subject) && f.mainClause(c, i) == i):
			return -1 // "…, der das vertritt, ist …"
		case x.kind == comma || x.kind == dash:
			if i+1 < c.to && (f.toks[i+1].kind == quoted || f.toks[i+1].class&that != 0 && !f.describing(fr.next, i)) {
				return i + 1
			}
			if i == fr.next && f.inserted(c, fr) {
				return i + 1
			}
			if f.lang.comma && t.class&(cue|cueThat|cueIt|apart) != 0 && (fr.subject.ok() || fr.unnamed) && i+minClause < c.to &&
				(f.dependent(c, i+1) || i == fr.next && t.class&cue != 0 && f.mainClauseAt(c, i+1)) {
				return i + 1
			}
		case x.class&that != 0 && f.lang.nounsUpper && f.toks[i-1].class&aside != 0: // "so dass"
			return -1
		case x.class&that != 0 && (x.class&det == 0 || i == fr.next || !fr.weak && f.toks[i-1].class&(prep|det) == 0):
			if i == fr.next || !f.describing(fr.next, i-1) {
				return i
			}
		case x.opens && i > fr.next && f.relates(i-1):
			if _, ok := f.accordingAt(c, i); ok {
				return f.bare(c, fr)
			}
		case x.class&by != 0 && i > fr.next && f.postposes(c, i): // "ein Abkommen, das seiner Meinung nach …"
			return f.bare(c, fr)
		case f.lang.nounsUpper && x.class&conj != 0 && i+1 < c.to && f.verb(i+1): // "wurde informiert und sprach von …"
			return f.bare(c, fr)
		case x.kind == stop || x.class&anyCue != 0 && i > fr.next+1 && !x.upper && f.toks[i-1].class&neg == 0 && i >= told && !f.attributive(c, i):
			return f.bare(c, fr)
		}
	}
	return f.bare(c, fr)
}

// pastQuestion is the token of the colon behind a question that is answered, whose comma is token i: "antwortete auf die Frage, ob er
// gehe: „…“". 0: none is asked there.
func (f *finder) pastQuestion(c clause, i int) int {
	if !f.lang.nounsUpper || f.toks[i].kind != comma || f.toks[i-1].class&cueNoun == 0 || !f.toks[i-1].upper {
		return 0
	}
	if from := f.phraseStart(c, i-1); from == c.from || f.toks[from-1].class&prep == 0 {
		return 0
	}
	for k := i + 1; k+1 < c.to && k < i+appositionReach && f.toks[k].kind != quoted; k++ {
		if f.toks[k].kind == colon && f.toks[k+1].kind == quoted {
			return k
		}
	}
	return 0
}

// introducedAgain tells whether what a colon before token i opens names its own speaker before the quotation: "kritisierte dies
// scharf: So sagte Tom Roth: „…“".
func (f *finder) introducedAgain(c clause, i int) bool {
	said := false
	for end := min(c.to-1, i+appositionReach); f.lang.nounsUpper && i < end && f.toks[i].kind != quoted; i++ {
		said = said || f.verb(i)
		if f.toks[i].kind == colon {
			return said && f.toks[i+1].kind == quoted
		}
	}
	return false
}

// opensBehind tells whether token i is a name in marks that ends what stands between a verb and the clause that it reports.
func (f *finder) opensBehind(c clause, i int) bool {
	return f.lang.comma && !f.lang.nounsUpper && i+2 < c.to && f.toks[i-1].kind == word && f.toks[i+1].kind == comma && f.toks[i+2].class&that != 0 && f.nameInMarks(i)
}

// inserted tells whether a frame stands between two commas inside what it reports: "In May, the mayor said, the bridge closed."
func (f *finder) inserted(c clause, fr frame) bool {
	if f.lang.nounsUpper || fr.weak || fr.denied || !fr.subject.ok() || fr.start-1 <= c.from || f.toks[fr.start-1].kind != comma || fr.next+minClause >= c.to {
		return false
	}
	x := f.toks[fr.next+1].class
	return f.toks[fr.cue].class&cue != 0 && f.toks[fr.next+1].kind == word && x&(conj|who|sub|active) == 0 && f.circumstance(c, c.from, fr.start-1)
}

// describing tells whether the comma at token i parts a clause that describes the object from token from on, rather than
// opens what is said: "prometió 30 millones, que llegarán en mayo". Where a comma stands before every reported clause, and
// where one before it has closed a remark, it tells nothing.
func (f *finder) describing(from, i int) bool {
	if f.lang.comma || !f.lang.articles || f.toks[i].kind != comma || i == from || f.toks[from].kind != word || f.toks[from].class&prep != 0 {
		return false
	}
	for k := from; k < i; k++ {
		if f.toks[k].kind != word || f.toks[k].class&day != 0 && f.toks[k].class&det == 0 && !f.number(from) {
			return false
		}
	}
	return true
}

// relates tells whether token i, or the one before it where it is a comma, opens a clause that describes a noun.
func (f *finder) relates(i int) bool {
	if f.toks[i].kind == comma {
		i--
	}
	return i > 0 && f.toks[i].kind == word && (f.toks[i].class&who != 0 || f.lang.articles && f.toks[i].class&that != 0 && f.toks[i-1].kind == comma)
}

// bare is the content of a verb without a joining word ("said the bridge would close"): right behind it, or behind a
// listener or a day.
func (f *finder) bare(c clause, fr frame) int {
	t := &f.toks[fr.cue]
	if i := f.pastInfinitive(c, fr); i > 0 {
		return i
	}
	if t.class&cue == 0 || f.lang.free || fr.weak || fr.denied || !fr.subject.ok() {
		return -1
	}
	i := fr.next
	if t.class&tell != 0 {
		i = f.listener(c, i)
	}
	for i < c.to && f.toks[i].kind == word && (f.toks[i].class&day != 0 || f.toks[i].class&prep != 0 && i+1 < c.to && f.toks[i+1].class&day != 0) {
		i++ // "on Tuesday"
	}
	if i+minClause > c.to || f.toks[i].kind != word {
		return -1
	}
	if x := &f.toks[i]; x.class&(conj|prep) != 0 && x.class&(det|that) == 0 {
		return -1
	}
	return i
}

// pastInfinitive is the token behind a verb where an infinitive tells what its subject says to have done: "affirme ne pas avoir
// été prévenue". 0: none does.
func (f *finder) pastInfinitive(c clause, fr frame) int {
	if f.lang.nounsUpper {
		return f.unparted(c, fr)
	}
	if !f.lang.free || f.lang.nounsUpper || fr.weak || fr.denied || !fr.subject.ok() || f.toks[fr.cue].class&cue == 0 {
		return 0
	}
	i := fr.next
	for n := 0; n < 3 && i < c.to && f.toks[i].class&(neg|aux|prep) != 0 && f.toks[i].class&infinitive == 0; n++ {
		i++
	}
	if i+1 < c.to && f.toks[i].class&infinitive != 0 {
		return fr.next
	}
	return 0
}

// listener is the token behind the one that is told something.
func (f *finder) listener(c clause, i int) int {
	if i < c.to && f.toks[i].class&pronoun != 0 {
		return i + 1
	}
	start := i
	if i < c.to && f.toks[i].class&det != 0 {
		i++
	}
	for i < c.to && f.toks[i].kind == word && f.toks[i].upper && i < start+nounReach {
		i++
	}
	if i == start || i == start+1 && f.toks[start].class&det != 0 {
		i++
	}
	return i
}

// contentEnd is the token where a report that begins at from ends: the clause, or before the next report in it ("…,
// adding that", "… and said", "…, while the mayor said").
func (f *finder) contentEnd(c clause, from int) int {
	for i := from + 1; i < c.to && i <= from+maxReport; i++ {
		t := &f.toks[i]
		if t.kind != word || t.class&anyCue == 0 || t.upper {
			continue
		}
		if end := f.reportStart(from, i); end > from {
			return end
		}
		if q := i - 2; q > from && f.toks[i-1].kind == comma && f.toks[q-1].kind == colon && f.answered(c, q) {
			return q
		}
	}
	return c.to
}

// reportStart is the token where the next report begins whose verb is token i: a comma or joining word shortly before
// it. 0: it is no report of its own.
func (f *finder) reportStart(from, i int) int {
	if f.toks[i].class&active != 0 {
		if f.toks[i-1].kind == comma && i > from+1 {
			return i - 1
		}
		return 0
	}
	switch x := f.toks[i].class; {
	case x&(cue|cueThat) != 0, x&apart != 0 && f.toks[i-1].class&conj != 0:
	case x&cueQuote == 0 || f.quotes(i):
		return 0
	}
	if f.lang.nounsUpper && f.toks[i-1].kind == comma && i-1 > from && f.toks[i-2].kind != quoted {
		return i - 1 // "…, entgegnete der Minister"
	}
	for k := i - 1; k > from && k > i-nounReach; k-- {
		t := &f.toks[k]
		switch {
		case t.class&conj != 0 && t.class&that == 0:
			if f.toks[k-1].kind == comma {
				return k - 1
			}
			if k == i-1 {
				return k
			}
			return 0
		case t.kind != word || t.class&(that|prep|neg) != 0:
			return 0
		}
	}
	return 0
}

// quotes tells whether a quotation follows token i soon.
func (f *finder) quotes(i int) bool {
	for k := i; k < len(f.toks) && k < i+appositionReach && f.toks[k].kind != stop; k++ {
		if f.toks[k].kind == quoted {
			return true
		}
	}
	return false
}

// untilTime is the token where a quotation at token from ends that only days follow up to token to: "« … » lundi soir".
func (f *finder) untilTime(from, to int) int {
	if f.toks[from].kind != quoted {
		return to
	}
	i := to
	for i > from+1 && f.toks[i-1].kind != quoted {
		t := &f.toks[i-1]
		if t.kind == word && t.class&day == 0 && !(t.class&prep != 0 && i < to && f.toks[i].class&day != 0) {
			return to
		}
		i--
	}
	return i
}

// around is what a verb that reports only next to marks says, from token next on: whom or what it speaks of and the first
// stretch, which is not before from, up to the next comma.
func (f *finder) around(next, from, to int) (int, int) {
	for next < from && (f.toks[next].class&day != 0 || f.toks[next].class&prep != 0 && f.toks[next+1].class&day != 0) {
		next++ // "on Monday"
	}
	if i := f.pastAdverbs(f.clauses[f.n], next); f.lang.nounsUpper && i < from && f.toks[i].kind == comma {
		return i + 1, to // "führt der Bericht aus, ein Drittel der Taten zeige einen „privaten“ Hintergrund"
	}
	for i := from + 1; i < to && i <= from+maxReport; i++ { // nothing longer is taken
		if f.toks[i].kind == comma {
			to = i
		}
	}
	return next, to
}

// untilAside is the token of the last comma before token to behind which a relative clause or an apposition only tells more of what is
// reported from token from on, where the order is fixed and there are no marks: "said that he would shut the port, which lies in Aue".
func (f *finder) untilAside(from, to int) int {
	if f.lang.free || f.lang.nounsUpper || to-from > maxReport {
		return to
	}
	for i := to - 1; i >= from+minClause; i-- {
		switch t := &f.toks[i]; {
		case t.kind == quoted:
			return to
		case t.kind == comma:
			if x := f.token(i + 1).class; i+1 < to && (x&who != 0 && x&(that|det) == 0 || x&indefinite != 0) {
				return i
			}
			return to
		}
	}
	return to
}

// question is the token where a question begins that a verb reports behind itself and whom it is put to: "asked the mayor whether …". 0: none.
func (f *finder) question(c clause, fr frame) int {
	if !slices.Contains(f.lang.asking, f.toks[fr.cue].low) || !fr.subject.ok() || fr.subject.from > fr.cue {
		return 0
	}
	if before := &f.toks[fr.cue-1]; f.answers(c) || before.kind != word || before.class&sub != 0 {
		return 0 // "Reed, asked whether …, said", "when asked whether …"
	}
	for i := fr.next; i+minClause < c.to && i < fr.next+nounReach && f.toks[i].kind == word; i++ {
		if f.toks[i].class&whether != 0 {
			return i
		}
	}
	return 0
}

// doesNext is the token behind a quotation at token from that who says it does something else next to: "said “no” and walked off". What
// is said goes on to token to otherwise.
func (f *finder) doesNext(from, to int) int {
	if from+2 >= to || f.toks[from].kind != quoted || f.toks[from+1].class&conj == 0 || f.toks[from+1].class&(sub|that|prep) != 0 {
		return to
	}
	t := &f.toks[from+2]
	if t.kind != word || t.upper || t.class&(function&^aux|day) != 0 {
		return to
	}
	past := t.class == 0 && (f.lang.nounsUpper && f.finite(from+2) && !f.declined(from+2) || !f.lang.nounsUpper && !f.lang.free && ends(t.low, []string{"ed", "s"}) && len(t.low) > minPart)
	if next := f.token(from + 3); past && !f.lang.nounsUpper && next.kind == word && next.class&(be|aux|perfect) != 0 {
		return to // "“budgets” and taxes were"
	}
	if past || t.class&anyCue != 0 && t.class&homonym == 0 {
		return from + 1
	}
	return to
}
