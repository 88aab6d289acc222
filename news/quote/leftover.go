package quote

import "slices"

// leftovers are the quoted stretches of the clause in hand that no verb claimed. They belong to the subject of their clause, or,
// where the clause is nothing but the quotation, to who spoke before; else to nobody.
func (f *finder) leftovers(c clause) {
	alone := f.alone(c)
	for i := c.from; i < c.to; i++ {
		if f.toks[i].kind != quoted || f.claims[f.toks[i].stretch] != nil {
			continue
		}
		k := f.toks[i].stretch
		if f.stretches[k].turn {
			continue // somebody answers
		}
		if alone {
			f.claim(k, f.previous(c, f.stretches[k].continues))
		} else if s := f.behind(c, i); s != nil {
			f.claim(k, s)
			f.note(s, c)
		} else if s := f.ahead(c, i); s != nil {
			f.claim(k, s)
			f.note(s, c)
		} else if s := f.elliptical(c, i); s != nil {
			f.claim(k, s)
		} else if f.last != nil && f.at == c {
			f.claim(k, f.last)
		} else if f.goesOnAfter(c, i) {
			f.claim(k, f.previous(c, false))
		} else if p := f.fieldAfter(c, i+2); f.inWords(c, i) && p.ok() && f.agentive(p) { // "Mit den Worten „…“ ging er"
			f.claim(k, &said{subject: p, cue: i - 1, cueTo: i})
		} else if s := f.introduced(c, i); s != nil {
			f.claim(k, s)
		} else if s := f.nearby(c, i); s != nil {
			f.claim(k, s)
		} else if i == c.from && f.n > 0 && f.clauses[f.n-1].para == c.para {
			f.claim(k, f.previous(c, false))
		}
	}
}

// elliptical is who stands before a dash and the quotation at token i behind a joining word, where the verb is the one before: "один
// назвал закон «…», а другой — «…»".
func (f *finder) elliptical(c clause, i int) *said {
	if !f.lang.free || f.lang.nounsUpper || i-2 <= c.from || f.toks[i-1].kind != dash || f.toks[i-2].kind != word {
		return nil
	}
	p := f.nounBefore(c, i-1)
	if !p.ok() || !f.person(p) || p.allFrom <= c.from {
		return nil
	}
	for k := p.allFrom - 1; k >= c.from && k > p.allFrom-3; k-- {
		if f.toks[k].class&conj != 0 {
			return &said{subject: p}
		}
	}
	return nil
}

// goesOnAfter tells whether nothing but a joining word and a circumstance stand before the colon and the quotation at token i:
// "“We lost,” he said. And after a pause: “We deserved it.”"
func (f *finder) goesOnAfter(c clause, i int) bool {
	return !f.lang.nounsUpper && i-c.from > 3 && f.toks[i-1].kind == colon && f.toks[c.from].kind == word && f.toks[c.from].class&conj != 0 &&
		f.toks[c.from+1].class&prep != 0 && f.circumstance(c, c.from+1, i-1) &&
		f.at.para == c.para
}

// introduced is who a colon before token i, a quotation, ties to it without a verb: whose words a noun before it says
// they are ("Das Fazit von Tom Reed: “…”"), or, behind a joining word alone, who spoke before ("Und: “…”").
func (f *finder) introduced(c clause, i int) *said {
	if !f.lang.nounsUpper || i < c.from+2 || f.toks[i-1].kind != colon {
		return nil
	}
	if t := &f.toks[c.from+1]; f.toks[c.from].class&conj != 0 && (i == c.from+2 || i == c.from+3 && t.kind == word && !t.upper && t.class&(det|prep|pronoun) == 0) {
		return f.previous(c, false) // "Und weiter: „…“"
	}
	for k := c.from; k < i-1 && k < c.from+groupReach; k++ {
		if f.toks[k].class&(cueNoun|source) == 0 || !f.toks[k].upper {
			continue
		}
		p, _ := f.owner(c, k+1)
		for at := i - 2; !p.ok() && at > k && at > i-groupReach; at-- { // "Kritik kam von der Stadt: „…“"
			if g := f.group(c, at+1); f.toks[at].class&doer != 0 && g.ok() && g.allTo == i-1 && f.agentive(g) {
				p = g
			}
		}
		if p.ok() {
			return &said{subject: p, cue: k, cueTo: k + 1}
		}
	}
	return nil
}

// alone tells whether a clause holds no word outside marks.
func (f *finder) alone(c clause) bool {
	for i := c.from; i < c.to; i++ {
		if f.toks[i].kind == word {
			return false
		}
	}
	return true
}

// previous is who spoke last, where a quotation without words around it goes on from there: in the same paragraph, in a
// paragraph that was left open (goesOn) or ended with a colon, or in one that was a quotation as well.
func (f *finder) previous(c clause, goesOn bool) *said {
	if f.n == 0 {
		return nil
	}
	before := f.clauses[f.n-1]
	if before.para == c.para {
		if s := f.bySubject(before); f.at != before && s != nil && f.speaksOn(s.subject) {
			return s
		}
		if f.last != nil && f.at.para == c.para {
			return f.last
		}
		return f.about(f.n - 1)
	}
	if before.para != c.para-1 {
		return nil
	}
	if f.last == nil {
		return f.bySubject(before)
	}
	colon := f.toks[before.to-1].kind == colon
	if s := f.bySubject(before); colon && !goesOn && f.at != before && s != nil && f.toks[s.subject.from].class&(he|she) != 0 {
		f.note(s, c)
		return s // "He then listed what it takes:"
	}
	if goesOn || f.at == before || f.alone(before) || colon {
		if f.at.para == before.para || f.at.para == before.para-1 || f.alone(before) {
			return f.last
		}
	}
	return f.bySubject(before)
}

// speaksOn tells whether the subject of a sentence that reports nothing may be who speaks in the next: somebody with a name or, in
// languages with articles, somebody's kin or a pronoun, but no body.
func (f *finder) speaksOn(p phrase) bool {
	if f.name(p.to-1) && f.person(p) && !(f.lang.articles && f.holds(p, body)) {
		return true
	}
	return f.lang.articles && (f.holds(p, kin) || f.toks[p.from].class&pronominal != 0)
}

// backwards gives paragraphs that are one quotation, left open, to who is named only where it ends.
func (f *finder) backwards() {
	for k := len(f.stretches) - 2; k >= 0; k-- {
		next := f.claims[k+1]
		if f.stretches[k+1].continues && next != nil && next.cued() && f.within(next, k+1) && !(f.claims[k] != nil && f.within(f.claims[k], k)) {
			f.claims[k] = next
		}
	}
}

// within tells whether a speaker is named in the paragraph of stretch k or, where that is left open, behind it.
func (f *finder) within(s *said, k int) bool {
	return s.subject.ok() && f.toks[s.subject.from].Start >= f.paras[f.stretches[k].para].Start
}

// behind is who stands behind token i, a quotation, and a comma with a verb that no list knows: "“…,” gushed Tom Reed."
func (f *finder) behind(c clause, i int) *said {
	if !f.parted(f.toks[i].stretch) && (i+1 >= c.to || f.toks[i+1].kind != comma || f.stretches[f.toks[i].stretch].words < minWords && i > c.from && f.toks[i-1].kind == word) {
		return nil
	}
	i++
	for i < c.to && (f.toks[i].kind == comma || f.toks[i].kind == dash || f.toks[i].class&(elision|aux) != 0) {
		if f.lang.nounsUpper && f.toks[i].class&det != 0 {
			return nil // "„…“, ein Verein aus Aue"
		}
		i++
	}
	if s := f.behindSubject(c, i); s != nil {
		return s
	}
	if i+1 >= c.to || f.toks[i].kind != word || f.toks[i].upper || f.toks[i].class&function != 0 || f.lang.nounsUpper && !f.finite(i) {
		return nil
	}
	at := i + 1
	if at+1 < c.to && f.toks[at].class&aux != 0 && f.toks[at+1].class&(he|she|they) != 0 {
		at++ // "racontera-t-il"
	}
	if slices.Contains(f.lang.impersonal, f.toks[i].low) { // "si legge"
		return &said{cue: i, cueTo: i + 1, unnamed: true, sure: true}
	}
	p := f.after(c, at)
	if !p.ok() && f.lang.free && !f.lang.nounsUpper && f.bounded(c, i+1) { // languages that leave the pronoun out
		if before := f.previous(c, false); before != nil {
			return &said{subject: before.subject, cue: i, cueTo: i + 1}
		}
	}
	if !p.ok() || !f.name(p.to-1) && f.toks[p.from].class&det == 0 && at == i+1 || !f.bounded(c, p.allTo) {
		return nil
	}
	return &said{subject: p, cue: i, cueTo: i + 1}
}

// ahead is who stands before a verb that no list knows and the mark before token i, a quotation, where the order is fixed: "Tom Reed
// gushed, “…”".
func (f *finder) ahead(c clause, i int) *said {
	v := i - 2
	if f.lang.free || f.lang.nounsUpper || v <= c.from || f.toks[i-1].kind != colon && f.toks[i-1].kind != comma {
		return nil
	}
	if t := &f.toks[v]; t.kind != word || t.upper || t.class != 0 || !ends(t.low, []string{"ed"}) {
		return nil
	}
	p := f.before(c, v)
	if !p.ok() || !f.person(p) || p.allTo != v {
		return nil
	}
	return &said{subject: p, cue: v, cueTo: v + 1}
}

// behindSubject is the same with the verb behind its subject: "“…,” Tom Reed fumed on Monday."
func (f *finder) behindSubject(c clause, i int) *said {
	if f.lang.free {
		return nil
	}
	p := f.after(c, i)
	if !p.ok() || f.toks[p.from].class&(first|who) != 0 || !f.person(p) && f.toks[p.from].class&(det|it) == 0 {
		return nil
	}
	v := p.allTo
	if f.toks[p.from].class&det != 0 && f.toks[p.from].class&pronoun == 0 && !f.person(p) && f.oneOf(c, i) == i {
		v-- // "the letter reads": the phrase took the verb along
		p = phrase{p.from, v, p.allFrom, v}
	}
	if v >= c.to || v <= p.from+1 && f.toks[p.from].class&det != 0 && f.toks[p.from].class&pronoun == 0 {
		return nil
	}
	if t := &f.toks[v]; t.kind != word || t.upper || t.class&(function|neg) != 0 || !f.bounded(c, v+1) {
		return nil
	}
	return &said{subject: p, cue: v, cueTo: v + 1}
}

// bySubject takes the subject of a clause as speaker, without a cue.
func (f *finder) bySubject(c clause) *said {
	p := f.clauseSubject(c)
	if !p.ok() || f.toks[p.from].class&(it|first) != 0 || f.subjectless(p) || f.inanimate(p) || f.declinedName(p.from) ||
		p.to == p.from+1 && slices.Contains(f.lang.impersonal, f.toks[p.from].low) {
		return nil
	}
	return &said{subject: p}
}

// nearReach is how many tokens before a quotation its speaker is looked for; further away a name has to do with
// something else.
const nearReach = 40

// nearby is who a quotation inside a clause belongs to, where no reporting verb says so: the subject of the clause, or,
// where it begins otherwise, the last pronoun or name before token i that can be a subject.
func (f *finder) nearby(c clause, i int) *said {
	if f.answers(c) && f.lang.free {
		if s := f.bySubject(c); s != nil && s.subject.to <= i {
			return s
		}
		return f.previous(c, false)
	}
	for k := i - 1; k > c.from && k > i-nearReach; k-- {
		if f.toks[k].kind != colon {
			continue
		}
		if s := f.bySubject(clause{k + 1, i, c.para}); k+1 < i && s != nil && f.person(s.subject) {
			return s // "The union is angry: its secretary, Clara Norden, spoke of …"
		}
		break
	}
	for k := i - 1; k > c.from && k > i-nearReach && !f.lang.nounsUpper; k-- { // "The court heard that Reed had texted his brother “…”"
		if f.toks[k].class&that == 0 || f.toks[k].class&who != 0 || f.toks[k-1].kind != word || f.lang.free && f.toks[k-1].class&prep != 0 {
			continue
		}
		if s := f.bySubject(clause{k + 1, i, c.para}); k+1 < i && s != nil && f.person(s.subject) {
			return s
		}
		break
	}
	if s := f.bySubject(clause{c.from, i, c.para}); s != nil && f.person(s.subject) {
		return s
	}
	for j := i - 1; j >= c.from && j > i-nearReach; j-- {
		t := &f.toks[j]
		if t.kind != word {
			continue
		}
		if t.class&(he|she|they) != 0 && t.class&det == 0 && slices.Contains(f.lang.impersonal, t.low) {
			return nil
		}
		if t.class&(he|she|they) != 0 && t.class&det == 0 {
			return &said{subject: phrase{j, j + 1, j, j + 1}}
		}
		if f.name(j) && !f.lang.nounsUpper && (j == c.from || f.toks[j-1].class&prep == 0) {
			if p := f.nounBefore(c, j+1); p.ok() && !f.declinedName(p.from) &&
				!(p.allFrom > c.from && (!f.lang.free && f.verb(p.allFrom-1) || f.lang.articles && f.toks[p.allFrom-1].class&(who|that) != 0)) { // not "accused Reed of “…”"
				return &said{subject: p}
			}
		}
	}
	return nil
}

// person tells whether a mention can speak: a pronoun, a name, an office or a body.
func (r *reading) person(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if t := &r.toks[i]; t.class&(he|she|they|role|body|title|male|female) != 0 || r.name(i) && (i > p.from || p.to-p.from == 1) {
			return true
		}
	}
	return false
}
