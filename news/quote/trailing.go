package quote

import (
	"strings"
	"unicode/utf8"
)

// Where what is said stands before its speaker, and how it goes on behind.

// trailing handles what stands before its speaker: “…,” she said; the bridge is safe, said the mayor. It returns the
// token behind the frame, 0 where the frame is of another kind.
func (f *finder) trailing(c clause, begin int, fr frame, s *said) int {
	before := fr.start - 1
	if before < begin || before-begin > maxReport {
		return 0
	}
	if begin == c.from {
		begin = min(f.dateline(c), before)
	}
	if (s.subject.ok() || !f.lang.nounsUpper) && s.subject.from >= begin && s.subject.to <= before && s.subject.from < fr.start && !f.quotedBefore(fr.start) {
		return 0 // the subject stands in front: what comes before the verb describes it
	}
	if f.lang.verbLast && f.toks[before].kind == quoted {
		begin = max(begin, before) // "X, at the opening, “…” said"
	}
	k := before
	if f.toks[k].class&elision != 0 {
		k-- // ", comme l’a dit"
	}
	if k-1 > begin && (f.toks[k].class&as != 0 || f.lang.nounsUpper && f.toks[k].class&this != 0) && f.toks[k-1].kind == comma {
		before = k - 1 // ", as the mayor said", ", das entschied die Stadt"
	}
	mark := f.toks[before].kind
	if mark != quoted && mark != comma && mark != dash {
		return 0
	}
	if f.lang.nounsUpper && mark == quoted && !f.parted(f.toks[before].stretch) && s.subject.ok() && s.subject.from >= begin && s.subject.to <= before && f.ends(c, fr.next) {
		done := f.toks[max(s.subject.allFrom-1, c.from)].class&prep != 0 // "wurde von der Stadt als „…“ bezeichnet"
		if f.stretches[f.toks[before].stretch].words >= minWords || done || !f.give(f.object(s.subject.allTo), before+1, s, frame{weak: true}) {
			f.claim(f.toks[before].stretch, s)
		}
		return fr.next
	}
	if f.fronted(c, begin, before) && !f.addressed(c, fr, before) && s.subject.from > fr.cue && f.give(begin, before+1, s, frame{weak: true}) {
		return fr.next
	}
	if next := f.listener(c, fr.next); f.toks[fr.cue].class&tell != 0 && next <= c.to && !f.ends(c, fr.next) && f.ends(c, next) {
		fr.next = next // "Lang told me"
	}
	if mark != quoted && f.lang.nounsUpper && !f.turned(fr, before) {
		return 0 // "…, die Mieter beschweren sich"
	}
	closeQuote := f.quotedBefore(fr.start) && (mark != quoted || f.lang.verbLast || f.parted(f.toks[before].stretch))
	if !closeQuote && (fr.weak || fr.denied || !fr.subject.ok() && !fr.unnamed ||
		!f.ends(c, fr.next) && !(f.nothingElse(c, fr.next) && f.mooded(clause{begin, before, c.para}, subjunctive) >= 0)) {
		return 0
	}
	if closeQuote && f.opensReport(c, fr.next) && (fr.next >= c.to || f.toks[fr.next].class&prep == 0) {
		return 0 // “…,” and then: he said that …
	}
	if !closeQuote && (f.circumstance(c, begin, before) &&
		!(f.toks[begin].class&as == 0 && before-begin >= sentenceWords && f.nothingElse(c, fr.next)) || f.lang.nounsUpper && f.relative(s.subject)) {
		return 0
	}
	if !closeQuote {
		next := f.pastAdverbs(c, fr.next)
		if end := f.resumed(c, next, s, before < fr.start-1 || before-begin < minClause); end > 0 {
			if !f.lang.free && f.toks[next+1].class&that == 0 && before-begin >= f.least(next+1) && f.give(begin, before+1, s, fr) {
				f.give(next+1, end, s, fr)
				return end
			}
			if f.give(begin, end, s, fr) {
				return end
			}
		}
	}
	if !closeQuote && f.lang.nounsUpper && !f.statement(clause{begin, before, c.para}) {
		return 0 // "Der Minister, der …, hat angekündigt"
	}
	if closeQuote {
		begin = f.behindColon(begin, before)
	}
	if f.inWords(c, before) {
		begin = before
	}
	if !f.give(begin, before+1, s, fr) {
		return 0
	}
	return f.continued(c, fr.next, s)
}

// continued claims a quotation that goes on behind its speaker, who ends before token from, and is the token behind both.
func (f *finder) continued(c clause, from int, s *said) int {
	for i := from; i < c.to; i++ {
		if t := &f.toks[i]; t.class&anyCue != 0 && !t.upper {
			break
		} else if t.kind == quoted && (f.stretches[t.stretch].dash || i > from && f.toks[i-1].kind != word) {
			f.claim(t.stretch, s)
			return i + 1
		}
	}
	return from
}

// inWords tells whether token i is a quotation that a preposition and a noun for words introduce: "Mit den Worten „…“".
func (f *finder) inWords(c clause, i int) bool {
	if !f.lang.nounsUpper || i-2 < c.from || f.toks[i].kind != quoted || f.toks[i-1].class&source == 0 || !f.toks[i-1].upper {
		return false
	}
	from := f.phraseStart(c, i-1)
	return from > c.from && f.toks[from-1].class&(prep|by) == prep
}

// statement tells whether a clause before its speaker can be all that is said: its verb stands second or behind what opens it, or one
// of its verbs is a subjunctive.
func (f *finder) statement(c clause) bool {
	if f.mooded(c, subjunctive|conditional|hearsay) >= 0 || f.secondHand(c) >= 0 || f.mainClause(c, c.from) < c.to {
		return true
	}
	if f.toks[c.from].class&sub != 0 {
		return false
	}
	for i := c.from + 1; i+1 < c.to && i < c.from+maxReport; i++ {
		t, next := &f.toks[i], &f.toks[i+1]
		if t.kind == word && !t.upper && next.kind == word && next.class&conj == 0 && (t.class&(be|perfect) != 0 || t.class&^aux == 0 && !next.upper && ends(t.low, []string{"te", "ten"})) {
			return true
		}
	}
	return f.second(c) >= 0
}

// resumed is where what is said ends that goes on behind its speaker, in the midst of a sentence ("It turned out, he said,
// that …"): token i is the comma behind the speaker. 0: it does not go on. sure tells that what stands before cannot be all.
func (f *finder) resumed(c clause, i int, s *said, sure bool) int {
	if i+minClause > c.to || f.toks[i].kind != comma || f.toks[i+1].class&active != 0 {
		return 0
	}
	next := f.toks[i+1].class
	if !f.lang.free && next&(prep|sub) != 0 && c.to-i <= nounReach || f.describedBehind(c, i, s, sure) {
		return 0
	}
	if !f.silentTo(c, i+1) && next&aux == 0 {
		return 0
	}
	return c.to
}

// least is how many words before a speaker are a report of their own where it goes on behind him with token i: a verb there
// has its subject before ("The phone call, she said, had been …").
func (f *finder) least(i int) int {
	if f.toks[i].kind == word && f.toks[i].class&aux != 0 {
		return minClause + 1
	}
	return minClause
}

// silentTo tells whether nobody else speaks from token i to the end of c.
func (f *finder) silentTo(c clause, i int) bool {
	for end := i + moodReach; i < c.to; i++ {
		if i == end || f.toks[i].kind == quoted || f.verb(i) && (f.toks[i].class&anyCue != apart || f.split(c, i, f.lang.split[f.toks[i].low])) {
			return false
		}
	}
	return true
}

// describedBehind tells whether what follows the comma at token i describes the speaker, who stands right before it: "…, a
// dit Paul Vernier, maire de Vaubert". Else a word that joins clauses follows, or a verb form that marks a report.
func (f *finder) describedBehind(c clause, i int, s *said, sure bool) bool {
	if s.subject.from < s.cue || f.toks[s.subject.from].class&(he|she|they) != 0 {
		return false
	}
	next, end := f.toks[i+1].class, min(c.to, i+moodReach)
	if next&(who|role) != 0 || f.lang.articles && next&that != 0 {
		return f.mooded(clause{i + 1, end, c.para}, subjunctive) < 0
	}
	return !sure && next&(conj|that) == 0 && f.mooded(clause{i + 1, end, c.para}, subjunctive) < 0
}

// opener handles a clause that begins with its speaker as an aside: "As the mayor said, the bridge is safe." It tells
// whether the clause is one.
func (f *finder) opener(c clause, fr frame, s *said) bool {
	from := c.from
	if f.lang.nounsUpper && from+1 < c.to && f.toks[from].class&(conj|as) == conj {
		from++ // "Denn wie der Minister sagte, …"
	}
	if from+2 < c.to && !f.lang.nounsUpper && f.toks[from].class&(conj|as) == conj && f.toks[fr.cue].class&cue != 0 {
		if from++; f.toks[from].kind == comma { // "Yet, as the mayor said, …"
			from++
		}
	}
	if f.toks[from].class&as == 0 || fr.start > from+2 {
		return false
	}
	for i := fr.next; i < c.to; i++ {
		if f.toks[i].kind == comma {
			f.note(s, c)
			return f.give(i+1, c.to, s, fr)
		}
	}
	return false
}

// sentenceWords is how many words a quotation has at least that is taken for a sentence where no mark parts it from its
// speaker.
const sentenceWords = 5

// parted tells whether a stretch is set off from the speaker behind it: by a mark inside it, or, in untidy texts, by
// being a sentence. "“Experts” said no" is another thing.
func (r *reading) parted(k int) bool {
	s := &r.stretches[k]
	last, _ := utf8.DecodeLastRuneInString(s.In(r.text))
	return s.dash || s.words >= sentenceWords || strings.ContainsRune(",.!?-…", last)
}

// relative tells a subject that is a relative pronoun.
func (r *reading) relative(p phrase) bool {
	return p.to == p.from+1 && r.toks[p.from].class&who != 0
}

// circumstance tells whether tokens from to to only say when or where: "On the train, she said …".
func (f *finder) circumstance(c clause, from, to int) bool {
	if f.toks[from].class&who != 0 && f.toks[from].class&det == 0 {
		return true
	}
	if first := f.toks[from].class; first&(prep|conj|day|as) == 0 || first&det != 0 && !f.lang.nounsUpper {
		return false
	}
	for i := from; i < to; i++ {
		if f.toks[i].class&(subjunctive|conditional) != 0 && !f.toks[i].upper {
			return false // "Am Montag sei die Brücke sicher, sagte …"
		}
		if f.toks[i].kind == comma {
			return f.lang.nounsUpper && f.toks[from].class&prep != 0 && f.toks[i+1].class&(who|prep) != 0 && f.group(c, from+1).allTo == i
		}
	}
	return true
}

// nothingElse tells whether from token i on nothing stands that could be said, so that what is said stands before.
func (f *finder) nothingElse(c clause, i int) bool {
	for end := i + moodReach; i < c.to; i++ {
		if t := &f.toks[i]; i == end || t.kind == quoted && !(f.lang.nounsUpper && f.bears(&f.stretches[t.stretch])) || t.kind == comma ||
			t.kind == colon || t.kind == dash || t.class&(that|infinitive) != 0 {
			return false
		}
	}
	return true
}

// ends tells whether nothing that a verb could report stands from token i on, only circumstances.
func (f *finder) ends(c clause, i int) bool {
	if i = f.pastAdverbs(c, i); i >= c.to {
		return true
	}
	t := &f.toks[i]
	switch t.kind {
	case stop, comma, dash, dot:
		return !f.opensReport(c, i)
	case word:
		return t.class&(prep|day|conj) != 0 && !f.opensReport(c, i)
	}
	return false
}

// pastAdverbs is the token behind the words in lower case that end a clause where nouns have capitals: "teilte die Stadt
// gestern allgemein mit."
func (f *finder) pastAdverbs(c clause, i int) int {
	for n := 0; f.lang.nounsUpper && i < c.to && f.toks[i].kind == word && n < nounReach &&
		(f.toks[i].class&(aux|day) != 0 || !f.toks[i].upper && f.toks[i].class == 0) && f.toks[i].class&(det|prep) == 0; n++ {
		i++
	}
	return i
}

// opensReport tells whether a reported clause or quotation opens soon behind token i.
func (f *finder) opensReport(c clause, i int) bool {
	for n := 0; i < c.to && n < 8; i, n = i+1, n+1 {
		t := &f.toks[i]
		switch {
		case t.class&that != 0:
			return true
		case !f.lang.free && t.class&prep != 0 && i+1 < c.to && f.toks[i+1].class&day == 0:
			return false // "told him at a school that …"
		case t.kind == colon:
			return i+1 < c.to
		case f.lang.comma && t.kind == comma && i+1 < c.to && f.toks[i+1].class&that != 0 && f.toks[i+1].class&who == 0:
			return true
		case t.kind != word:
			return false
		}
	}
	return false
}

// turned tells whether a frame begins with its verb, an auxiliary or a word like "as" behind the mark at token i, as one does
// that follows what it reports where verbs stand second.
func (f *finder) turned(fr frame, i int) bool {
	t := &f.toks[i+1]
	return i+1 == fr.cue || t.class&(as|perfect|elision) != 0 || t.class&(aux|this) != 0 && i+2 == fr.cue
}

// behindColon is the token of the quotation that the mark at token i closes where a colon parts it from what stands before it
// ("The coach was glad: “…,” she said."), else from.
func (f *finder) behindColon(from, i int) int {
	for k := i; k > from && k > i-3; k-- {
		if f.toks[k].kind == quoted && f.toks[k-1].kind == colon {
			return k
		}
	}
	return from
}
