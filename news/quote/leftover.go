package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	return !f.lang.nounsUpper && i-c.from > 3 && f.toks[i-1].kind == colon && f.toks[c.from].kind == word && f.toks[c.from].class&conj != 0 && f.toks[c.from+1].class&prep != 0 && f.circumstance(c, c.from+1, i-1) &&
		f.at.para == c.para
}

// introduced is who a colon before token i, a quotation, ties to it without a verb: whose words a noun before it says
// they are ("Das Fazit von Tom Reed: “…”"), or, behind a joining word alone, who spoke before ("Und: “…”").
func (f *finder) introduced(c clause, i int) *said {
	if !f.lang.nounsUpper || i < c.from+2 || f.toks[i-1].kind != colon {
		return nil
	}
	if i == c.from+2 && f.toks[c.from].class&conj != 0 {
		return f.previous(c, false)
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
		if s := f.bySubject(before); f.at != before && s != nil && (f.name(s.subject.to-1) && f.person(s.subject) && !(f.lang.articles && f.holds(s.subject, body)) || f.lang.articles && (f.holds(s.subject, kin) || f.toks[s.subject.from].class&pronominal != 0)) {
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
	if goesOn || f.at == before || f.alone(before) || f.toks[before.to-1].kind == colon {
		if f.at.para == before.para || f.at.para == before.para-1 || f.alone(before) {
			return f.last
		}
	}
	return f.bySubject(before)
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
	if !p.ok() || f.toks[p.from].class&(it|first) != 0 || f.subjectless(p) || f.inanimate(p) || f.declinedName(p.from) || p.to == p.from+1 && slices.Contains(f.lang.impersonal, f.toks[p.from].low) {
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
			if p := f.nounBefore(c, j+1); p.ok() && !f.declinedName(p.from) && !(p.allFrom > c.from && (!f.lang.free && f.verb(p.allFrom-1) || f.lang.articles && f.toks[p.allFrom-1].class&(who|that) != 0)) { // not "accused Reed of “…”"
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

// speech tells whether a stretch that nobody was found for is a quotation all the same: a whole sentence is, a heading,
// a title or a few ironic words are not.
func (f *finder) speech(k int) bool {
	s, c := &f.stretches[k], f.claims[k]
	cued := c != nil && c.cued()
	part := s.In(f.text)
	last, _ := utf8.DecodeLastRuneInString(part)
	if behind := firstRune(f.text[s.outer.End:]); behind == '!' || behind == '?' {
		last = behind // "„Kommt“!"
	}
	colon := s.tok > 0 && f.toks[s.tok-1].kind == colon
	ended := last == '.' || last == '!' || last == '?' || last == '…' || last == ',' ||
		(cued || !f.lang.nounsUpper) && strings.HasPrefix(f.text[s.outer.End:], ",") || cued && colon
	switch {
	case s.words < minWords && !(cued && (ended || s.dash)), (s.single || s.dash && !s.turn) && !cued, s.makeshift && c == nil:
		return false
	}
	switch {
	case f.bears(s), s.words < minWords && f.lang.free && f.label(s, false) && f.toks[s.tok-1].class&anyCue == 0,
		f.lang.nounsUpper && !cued && !ended && s.words <= uncuedWords:
		return false
	}
	if f.lang.free && !f.lang.nounsUpper && c == nil && f.sentence(s) {
		return true
	}
	if !ended && f.heading(s) {
		return false
	}
	if !ended && f.label(s, cued) {
		return false
	}
	if c == nil {
		first, _ := utf8.DecodeRuneInString(part)
		return ended && unicode.IsUpper(first) && (s.words > minWords || colon && s.words == minWords)
	}
	return ended || !f.titled(part) || f.vague(s) || f.lang.nounsUpper && s.tok > 0 && f.toks[s.tok-1].class&source != 0
}

// uncuedWords is how many words may be a name or a term where nobody is reported to have said them, they are no sentence, and nouns have capitals.
const uncuedWords = 5

// vague tells whether a stretch stands behind an article of what is not known yet, which names have not ("nannte es
// einen „Schlag ins Wasser“").
func (f *finder) vague(s *stretch) bool {
	return f.lang.nounsUpper && s.tok > 0 && f.toks[s.tok-1].class&some != 0
}

// sentence tells whether a stretch is all that its sentence holds, with the full stop behind the mark.
func (f *finder) sentence(s *stretch) bool {
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	if !unicode.IsUpper(first) || s.words <= minWords || s.tok+1 >= len(f.toks) || f.titled(s.In(f.text)) {
		return false
	}
	return (s.tok == 0 || f.toks[s.tok-1].kind == stop || f.paras[s.para].Start == s.outer.Start) && f.toks[s.tok+1].kind == stop && f.toks[s.tok+1].Start == s.outer.End
}

// bears tells whether a stretch is the name that the noun right before it bears ("the company “Mill & Sons”"); a sentence
// with its mark is none.
func (f *finder) bears(s *stretch) bool {
	if s.tok == 0 || s.words > maxName {
		return s.speaks
	}
	t := &f.toks[s.tok-1]
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	last, _ := utf8.DecodeLastRuneInString(s.In(f.text))
	if t.class&prep != 0 && t.class&namer == 0 && s.tok > 1 && !f.lang.nounsUpper && f.toks[s.tok-2].class&(namer|role|body) != 0 && f.toks[s.tok-2].kind == word && last != '.' {
		return s.speaks || unicode.IsUpper(first) && s.outer.Start-t.End <= 1 && !strings.ContainsRune("!?…,", last) // "the author of “…”"
	}
	return s.speaks || !unicode.IsLower(first) && t.kind == word && t.class&namer != 0 && s.outer.Start-t.End <= 1 && !strings.ContainsRune("!?…,", last)
}

// maxName is how many words a name in marks has at most.
const maxName = 8

// label tells whether a stretch names the noun that it stands behind ("the museum “The Old Mill”"): it begins with a
// capital, and the noun is none for words that are spoken. Behind an article it does so where no verb reports it.
func (f *finder) label(s *stretch, cued bool) bool {
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	if s.tok == 0 || unicode.IsLower(first) {
		return false
	}
	t := &f.toks[s.tok-1]
	if t.kind != word || s.outer.Start-t.End > 1 {
		return false
	}
	if f.lang.nounsUpper && t.upper && !t.leads {
		return t.class&(source|cueNoun|pronoun) == 0
	}
	if f.lang.nounsUpper {
		return t.class&(det|genitive) == det|genitive && !(cued && t.class&some != 0) || !cued && t.class&(det|prep|as) != 0
	}
	return !cued && f.lang.free
}

// termed tells whether a stretch is rather a name or a term than somebody’s words, where nouns have capitals: a few capitals, or a noun or two
// that stand in their sentence like any other ("den „Alten Turm“", "ein neues „Bildungszentrum“").
func (f *finder) termed(s *stretch) bool {
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	if !f.lang.nounsUpper || s.tok == 0 || s.words > titleWords || unicode.IsLower(first) {
		return false
	}
	t := &f.toks[s.tok-1]
	if onlyCapitals(s.In(f.text)) {
		return t.kind != word || t.class&(some|as) == 0 && !(t.class&prep != 0 && t.class&det == 0)
	}
	if s.words >= minWords {
		return false
	}
	return t.kind == word && (t.class&det != 0 && t.class&some == 0 || t.class == 0)
}

// onlyCapitals tells whether no word of s begins with a small letter, and it does not end as a sentence does.
func onlyCapitals(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	return !strings.ContainsRune(".!?…", last)
}

// heading tells whether a stretch is all that its paragraph holds.
func (f *finder) heading(s *stretch) bool {
	return f.paras[s.para] == s.outer
}

// titleWords is how many words a title has mostly; where nouns have capitals too, more would hit speech.
const titleWords = 4

// titled tells whether most words of a stretch begin with a capital, as titles of works do, or, where nouns do so too,
// whether it is short and begins with one.
func (f *finder) titled(s string) bool {
	if f.lang.nounsUpper {
		first, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(first) && countWords(s) <= titleWords
	}
	upper, words, start := 0, 0, true
	for _, r := range s {
		if unicode.IsLetter(r) && start {
			words++
			if unicode.IsUpper(r) {
				upper++
			}
		}
		start = unicode.IsSpace(r)
	}
	return upper*3 >= words*2
}
