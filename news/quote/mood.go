package quote

// Reported speech that its verb forms show: the subjunctive of German ("Die Brücke sei sicher."), with or without a
// reporting verb, and over several sentences.

// moodReach is how many tokens behind a comma are searched for a verb that shows a report.
const moodReach = 40

// dependent tells whether the tokens from i on can be what a verb before them reports without a joining word: they hold
// a verb form of reports, or, before the next comma, an infinitive. What describes the noun before or gives a reason is
// none.
func (f *finder) dependent(c clause, i int) bool {
	if x := f.toks[i].class; x&who != 0 && !f.after(c, i).ok() || x&sub != 0 && x&prep == 0 || x&conj != 0 && x&(that|prep|aux) == 0 {
		return false
	}
	if f.nextReport(i) {
		return false
	}
	if f.secondHand(clause{i, c.to, c.para}) >= 0 {
		return true
	}
	commas, purpose := 0, f.toks[i].class&sub != 0 // "um … zu"
	for n := 0; i < c.to && n < moodReach; i, n = i+1, n+1 {
		t := &f.toks[i]
		if t.kind == comma {
			if commas++; purpose {
				return false
			}
		}
		if t.kind == word && !t.upper && (t.class&mood != 0 || f.thirdPerson(c, i) || commas == 0 && !purpose && f.infinitive(c, i)) {
			return true
		}
	}
	return false
}

// mainClauseAt tells whether a main clause stands from token i on: a noun phrase that no preposition opens, and its verb.
func (f *finder) mainClauseAt(c clause, i int) bool {
	if x := f.toks[i].class; f.toks[i].kind != word || x&(prep|conj|sub) != 0 || x&(aux|that) != 0 && x&det == 0 {
		return false
	}
	v := f.second(clause{i, c.to, c.para})
	return v > i && f.token(v+1).kind == word && (f.toks[v].class&(be|perfect|anyCue) != 0 || f.toks[v].class == 0 && f.finite(v))
}

// nextReport tells whether the verb of another report stands at token i, right behind a comma: "den die Zeitung zitiert, sagte, …".
func (f *finder) nextReport(i int) bool {
	return f.lang.nounsUpper && f.verb(i) && f.toks[i].class&(mood|aux) == 0
}

// goesOn takes a clause that nobody is said to have uttered for reported speech where its verb says so: for the words of
// the subject of a main clause before them, else of the last speaker.
func (f *finder) goesOn(c clause) {
	if c.to-c.from < minClause {
		return
	}
	pos := f.mooded(c, subjunctive)
	if pos < 0 {
		pos = f.secondHand(c)
	}
	if pos < 0 {
		if pos = f.mooded(c, conditional); pos < 0 || !f.spoken(c) || f.toks[c.from].class&(conditional|hearsay) != 0 || f.toks[c.from].class&sub != 0 && pos > c.from+1 {
			return // "Falls …, wäre"
		}
	}
	from, s := f.matrix(c, pos)
	if s == nil && f.indicative(c, pos) {
		return
	}
	if s == nil {
		s = f.lastSpeaker(c)
	}
	if s == nil {
		return
	}
	if f.toks[c.from].class&thus != 0 {
		pos = c.from
	}
	if f.toks[pos].class&thus != 0 && (s.subject.ok() || s.unnamed) {
		s = &said{subject: phrase{pos, pos + 1, pos, pos + 1}, behind: s.subject}
	}
	f.giveMood(c, from, s)
}

// spoken tells whether somebody has spoken in the clause before c in its paragraph.
func (f *finder) spoken(c clause) bool {
	if f.n == 0 || f.clauses[f.n-1].para != c.para {
		return false
	}
	before := f.clauses[f.n-1]
	return f.last != nil && f.at == before || f.told != nil && f.toldAt == before && f.speaks(f.told.subject)
}

// retold tells whether a frame that its clause begins with is itself reported ("Es werde geschätzt, dass …"): its verb is a
// subjunctive, and somebody has spoken right before.
func (f *finder) retold(c clause, begin int, fr frame) bool {
	if !f.lang.nounsUpper || begin != c.from || f.last == nil || f.n == 0 || f.at != f.clauses[f.n-1] {
		return false
	}
	return f.isReported(c, fr)
}

// isReported tells whether the verb of a frame is itself a subjunctive, or one stands second in its clause and no comma between.
func (f *finder) isReported(c clause, fr frame) bool {
	if !f.lang.nounsUpper {
		return false
	}
	v := f.second(c)
	return v >= 0 && v <= fr.cue && f.toks[v].class&(subjunctive|conditional) != 0 && !f.commaBetween(v, fr.cue)
}

// giveMood records tokens from from on as a report without a cue, or as a part of the one that goes on there.
func (f *finder) giveMood(c clause, from int, s *said) {
	one := *s
	one.cue, one.cueTo = 0, 0
	if !f.give(from, c.to, &one, frame{}) {
		return
	}
	f.last, f.at = &one, c
	if one.behind.ok() && f.toks[one.subject.from].class&thus != 0 {
		f.last = &said{subject: one.behind}
	}
	n := len(f.reports)
	if from != c.from || n < 2 || f.n == 0 {
		return
	}
	before, end := &f.reports[n-2], f.clauses[f.n-1]
	if end.para == c.para && !before.cued() && before.subject == one.subject && before.span.End == f.tokens(end.from, end.to).End {
		before.span.End = f.reports[n-1].span.End
		f.reports = f.reports[:n-1]
	}
}

// mooded is the first token of c that is a verb form of the class, -1 for none. A joining word beside it makes it a
// fixed expression ("es sei denn", "als habe"); where the writer says "I", the form is another one.
func (f *finder) mooded(c clause, what class) int {
	for i := c.from; i < c.to; i++ {
		t := &f.toks[i]
		if t.class&first != 0 && t.class&det == 0 {
			return -1
		}
		if t.kind != word || t.upper && (i > c.from || t.class&aux == 0) || t.class&what == 0 && !(what == subjunctive && f.thirdPerson(c, i)) {
			continue
		}
		if i > c.from && i+1 < c.to && f.toks[i-1].class&det != 0 && f.toks[i+1].upper && t.class&(be|perfect|aux) == 0 {
			continue // "eine heiße Sache"
		}
		if i+1 < c.to && f.toks[i+1].class&first != 0 && f.toks[i+1].class&det == 0 {
			return -1 // "Tatsächlich fühle ich"
		}
		if i+1 < c.to && f.toks[i+1].class&conj != 0 && f.toks[i+1].class&(aux|prep) == 0 || i > c.from && f.toks[i-1].class&(as|first|prep) != 0 {
			continue
		}
		return i
	}
	return -1
}

// matrix finds the main clause that stands before the report whose verb is token pos: where the report begins, and who
// is the subject before; the beginning of c and nil where all of it is reported.
func (f *finder) matrix(c clause, pos int) (int, *said) {
	first := -1
	for i := c.from; i < pos; i++ {
		if k := f.toks[i].kind; k == comma || k == colon {
			first = i
			break
		}
	}
	if first < 0 || f.toks[c.from].class&conj != 0 {
		return c.from, nil
	}
	for i := c.from; i < first; i++ {
		if t := &f.toks[i]; t.class&(subjunctive|conditional) != 0 && !t.upper {
			return c.from, nil // "Heute müssten Freiwillige helfen, weil kein Geld da sei"
		}
	}
	p := f.field(clause{c.from, first, c.para})
	if !p.ok() || p.allTo >= first || !f.human(p) {
		return c.from, nil
	}
	return first + 1, &said{subject: p}
}

// indicative tells whether another verb than token pos leads c: it stands second, and a comma parts the two.
func (f *finder) indicative(c clause, pos int) bool {
	v := f.second(c)
	if v < 0 || v >= pos || f.toks[v].class&(subjunctive|conditional) != 0 {
		return false
	}
	for i := v; i < pos; i++ {
		if f.toks[i].kind == comma {
			return i+1 < pos
		}
	}
	return false
}

// second is the token of the verb in a main clause where verbs stand second, -1 where it begins otherwise.
func (r *reading) second(c clause) int {
	i := c.from
	for i < c.to && r.toks[i].kind == word && r.toks[i].class&(aux|conj) != 0 && r.toks[i].class&(det|pronoun|prep|be|perfect) == 0 {
		i++
	}
	if i < c.to && r.toks[i].class&pronoun != 0 && r.toks[i].class&det == 0 {
		i++
	} else if p := r.group(c, i); p.ok() {
		i = p.allTo
	}
	for i < c.to && r.toks[i].class&prep != 0 {
		p := r.group(c, i+1)
		if !p.ok() {
			return -1
		}
		i = p.allTo
	}
	if i >= c.to || r.toks[i].kind != word || r.toks[i].upper || r.toks[i].class&(conj|that|prep|det|pronoun) != 0 {
		return -1
	}
	return i
}

// lastSpeaker is who goes on speaking in clause c: the last speaker of its paragraph, else the person that the clause before is about,
// else the last speaker of the paragraph before.
func (f *finder) lastSpeaker(c clause) *said {
	if f.n == 0 || f.clauses[f.n-1].para < c.para-1 {
		return nil
	}
	before := f.clauses[f.n-1]
	recent := f.last != nil && f.at.para >= c.para-1
	if recent && (f.at == before || before.para != c.para) {
		return f.last
	}
	told := f.told != nil && f.toldAt == before
	if told && (f.agentive(f.told.subject) || f.speaks(f.told.subject)) {
		return f.told
	}
	if v := f.second(before); v >= 0 && f.toks[v].class&(be|perfect) == be {
		if p := f.document(before); p.ok() {
			return &said{subject: p} // "Im Bericht werden Beispiele aufgeführt."
		}
	}
	s := f.bySubject(before)
	if s != nil && (f.human(s.subject) || f.speaks(s.subject)) && !(recent && f.at.para == c.para) {
		return s // nobody has spoken in this paragraph
	}
	if told && !f.lifeless(f.told.subject) {
		return f.told
	}
	if p := f.document(before); p.ok() {
		return &said{subject: p}
	}
	if recent {
		return f.last
	}
	if s != nil && f.lang.nounsUpper {
		return &said{unnamed: true} // a thing
	}
	return s
}

// document is the source that a clause speaks of the contents of: "Im Bericht werden Beispiele aufgeführt."
func (f *finder) document(c clause) phrase {
	for i := c.from; f.lang.nounsUpper && i+1 < c.to && i < c.from+maxReport; i++ {
		if t := &f.toks[i]; t.kind != word || t.class&prep == 0 || t.class&(by|doer|as) != 0 {
			continue
		}
		if p := f.group(c, i+1); p.ok() && f.toks[p.to-1].class&source != 0 {
			return p
		}
	}
	return phrase{}
}

// human is person for languages where every noun looks like a name: with an article, only an office, a body or a given
// name speaks.
func (f *finder) human(p phrase) bool {
	if f.lang.nounsUpper && p.allTo-p.allFrom > 1 && f.toks[p.allFrom].leads && f.declined(p.allFrom) &&
		f.toks[p.allFrom].class&(det|role|male|female) == 0 && !f.capital[f.toks[p.allFrom].low] && !f.holds(p, role|body|male|female) {
		return false // "Besondere Probleme"
	}
	if !f.lang.nounsUpper || f.toks[p.allFrom].class&det == 0 || f.toks[p.from].class&(he|she|they) != 0 {
		return f.person(p)
	}
	for i := p.allFrom; i < p.allTo; i++ {
		if f.toks[i].human || f.toks[i].class&(role|body|title|male|female) != 0 {
			return true
		}
	}
	return false
}
