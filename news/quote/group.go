package quote

import "strings"

// Noun phrases of languages that write nouns with a capital. There a phrase can be read from its first word to its last:
// article, words in lower case, nouns, and further phrases that an article in the genitive ties on.

// groupReach is how many tokens such a phrase has at most.
const groupReach = 16

// group is the noun phrase that begins with token i. The mention is its first part ("der Sprecher" of "der Sprecher der
// Polizei"), or the person that it ends in.
func (r *reading) group(c clause, i int) phrase {
	head := r.part(c, i)
	if head == i && i < c.to && r.toks[i].class&pronominal != 0 {
		end := i + 1
		if end < c.to && r.toks[end].class&genitive != 0 { // "einer der Anwohner"
			end = max(end, r.part(c, end))
		}
		return phrase{i, end, i, end}
	}
	if head == i {
		return phrase{}
	}
	end := head
	for end < c.to && end-i < groupReach {
		next := r.part(c, end)
		if !(r.toks[end].class&genitive != 0 || r.ownerless(end)) || r.toks[end].upper || next == end {
			break
		}
		end = next
	}
	if k := r.lastGiven(head, end); k > 0 {
		return phrase{k, end, i, end}
	}
	p := r.shorten(phrase{i, head, i, head})
	p.allFrom, p.allTo = i, end
	return p
}

// part is the token behind the article, words in lower case and nouns that begin at i; i where no noun follows.
func (r *reading) part(c clause, i int) int {
	end, noun := r.attribute(c, i), false
	for ; end < c.to && end-i < groupReach; end++ {
		t := &r.toks[end]
		switch {
		case t.kind == quoted && (r.nameInMarks(end) && (noun || end == i || r.toks[end-1].class&det != 0) || end == i && i > c.from && r.toks[i-1].class&as != 0):
			noun = true
		case t.kind == dot && noun && r.toks[end-1].End == t.Start && end+1 < c.to && r.name(end+1) && (r.toks[end-1].Len() <= 2 || r.toks[end-1].class&title != 0):
		case end > i && r.toks[end-1].class&det != 0 && r.when(end): // "einer gestern verbreiteten Erklärung"
		case t.kind != word || t.class&day != 0 && !noun:
			return r.partEnd(i, end, noun)
		case end == i+1 && t.class&det != 0 && t.class&(who|genitive) == 0 && r.toks[i].class&det != 0: // "die beiden"
		case t.class&det != 0 && (end == i || noun && t.upper && end+1 < c.to && r.toks[end+1].upper): // "das Blatt Der Morgen"
		case t.class&particle != 0 && noun && (r.given(end-1) || r.toks[end-1].class&(title|particle) != 0) && end+1 < c.to && (r.name(end+1) || r.toks[end+1].class&particle != 0):
		case end == i && t.class == 0 && !t.upper && r.conjugated(t.low): // "erwirtschaftet Schätzungen zufolge"
			return i
		case t.class&(function|conditional|hearsay|perfect) != 0 && !t.upper || t.class&function != 0 || t.class&day != 0 || t.class&anyCue != 0 && !t.upper && (noun || end == i):
			return r.partEnd(i, end, noun)
		case t.upper || '0' <= t.low[0] && t.low[0] <= '9' && t.Len() > minPart: // "der 81-jährige"
			noun = true
		case noun:
			return end
		case end == i+1 && t.class == 0 && r.toks[i].class&det != 0 && (i == c.from || r.toks[i-1].kind == word) && end+1 < c.to &&
			r.toks[end+1].class&(cue|cueThat) != 0 && !r.toks[end+1].upper && !r.token(end+2).upper: // "die lupe berichtet"
			return end + 1
		}
	}
	return r.partEnd(i, end, noun)
}

// when tells a word in lower case that only says when or how.
func (r *reading) when(i int) bool {
	t := &r.toks[i]
	return t.kind == word && !t.upper && t.class&(day|aux) != 0 && t.class&(pronoun|det|prep|conj|that|be|perfect) == 0
}

// attribute is the token behind what an article and a preposition put before their noun ("die am Freitag in Aue gewählte"):
// its last word, which describes the noun; i where nothing of the kind stands there.
func (r *reading) attribute(c clause, i int) int {
	end := i + 1
	if end >= c.to || r.toks[i].kind != word || r.toks[i].class&det == 0 {
		return i
	}
	for end < c.to && end-i < groupReach && r.toks[end].kind == word && r.toks[end].class&prep != 0 {
		next := end + 1
		for next < c.to && next-end < nounReach && r.toks[next].kind == word && (r.toks[next].upper || r.toks[next].class&(det|day) != 0) {
			next++
		}
		if next == end+1 {
			return i
		}
		end = next
	}
	if end == i+1 || end+1 >= c.to || !r.toks[end+1].upper {
		return i
	}
	if t := &r.toks[end]; t.kind != word || t.upper || t.class&function != 0 || !r.declined(end) {
		return i
	}
	return end
}

func (r *reading) partEnd(from, end int, noun bool) int {
	if !noun {
		return from
	}
	for end > from && r.toks[end-1].kind == dot {
		end--
	}
	return end
}

// lastGiven is the token of the given name with which the tokens from from to to end as a person's name, 0 for none.
func (r *reading) lastGiven(from, to int) int {
	for k := to - 2; k > from && r.name(k) && r.name(k+1); k-- {
		if r.given(k) && r.toks[k].class&role == 0 {
			return k
		}
	}
	return 0
}

// nominative tells whether a phrase can be a subject by its article.
func (r *reading) nominative(p phrase) bool {
	t := &r.toks[p.allFrom]
	if t.class&genitive != 0 && t.class&who != 0 && p.allFrom+1 < p.allTo {
		next := &r.toks[p.allFrom+1]
		return next.upper || next.class != 0 || !strings.HasSuffix(next.low, "en") // "der neuen Zeitung"
	}
	return t.class&oblique == 0
}

// fieldBefore is the subject in front of the verb that begins at token end: the phrase that the part of the clause
// before it begins with, where only prepositions and adverbs follow.
func (r *reading) fieldBefore(c clause, end int) phrase {
	from := end
	if end-1 == c.from && r.toks[c.from].kind == quoted && !r.parted(r.toks[c.from].stretch) {
		return phrase{c.from, end, c.from, end} // „Morgenblatt“ schrieb
	}
	for from > c.from && r.toks[from-1].kind == word && r.toks[from-1].class&conj == 0 && end-from < appositionReach ||
		from > c.from+1 && r.toks[from-1].kind == quoted && r.toks[from-2].kind == word {
		from--
	}
	if from > c.from && (r.toks[from-1].kind == dot || r.toks[from-1].kind == bracket || end-from >= appositionReach) {
		return phrase{}
	}
	start := from
	for from < end && r.toks[from].class&aux != 0 && r.toks[from].class&(det|pronoun|prep) == 0 {
		from++
	}
	if from > c.from && from+2 < end && r.toks[from-1].kind == comma && r.toks[from].class&prep != 0 && r.toks[from+1].class&who != 0 && !r.toks[from+2].upper {
		from += 2 // "bei dem sie sagte"
	}
	if from > c.from && from+1 < end && r.toks[from-1].kind == comma && r.toks[from].class&who != 0 && r.toks[from].class&oblique != 0 && (!r.group(c, from).ok() || r.given(from+1)) {
		start = c.from // "denen der Minister vorwirft"
		if from = r.pastCircumstances(c, from+1); from < end && r.toks[from].class&prep != 0 {
			from += 2 // "unter anderem"
		}
		if from >= end {
			return phrase{}
		}
	}
	if from > c.from && r.toks[from-1].kind == comma && r.toks[from].class&prep != 0 {
		if k := r.pastCircumstances(c, from); k < end {
			from = k // "in dessen Folge das Gericht feststellte"
		}
	}
	if from == end {
		return phrase{}
	}
	if x := r.toks[from].class; x&pronoun != 0 && x&det == 0 {
		return phrase{from, from + 1, from, end}
	}
	if r.noble(from, end) {
		return phrase{from, end, from, end}
	}
	p := r.group(c, from)
	if p.ok() && p.allTo <= end && r.nominative(p) &&
		(p.allTo == end || r.toks[p.allTo].class&(prep|aux|day|conj) != 0 || r.toks[p.allTo].class&oblique != 0 && r.group(c, p.allTo).allTo == end || r.plainWords(p.allTo, end)) {
		p.allTo = end
		return p
	}
	if start > c.from && r.toks[start-1].kind == comma && r.toks[start].class&who != 0 && (start+1 == end || !p.ok()) {
		return phrase{start, start + 1, start, end}
	}
	return phrase{}
}

// circumstanceBefore is the token behind the comma before token end where only a place or time stands between ("Roth, die
// Leiterin, in Aue mitteilte"), else end.
func (r *reading) circumstanceBefore(c clause, end int) int {
	k := end
	for k > c.from && end-k < groupReach && r.toks[k-1].kind == word && r.toks[k-1].class&conj == 0 {
		k--
	}
	if k == c.from || k == end || r.toks[k-1].kind != comma || r.toks[k].class&(prep|day) == 0 {
		return end
	}
	return k
}

// noble tells whether tokens from from to to are a family name that begins with particles and its sentence ("Von der Aue"):
// the word behind them is no office and no body.
func (r *reading) noble(from, to int) bool {
	if to-from < 2 || to-from > 3 || !r.toks[from].upper || r.toks[to-1].class&(role|body|source|day|function) != 0 || !r.toks[to-1].upper {
		return false
	}
	for i := from; i < to-1; i++ {
		if r.toks[i].class&particle == 0 {
			return false
		}
	}
	return r.toks[from].class&doer != 0
}

// plainWords tells whether a word or two in lower case that no list knows stand from token from to to ("des Senders n-tv").
func (r *reading) plainWords(from, to int) bool {
	for i := from; i < to; i++ {
		if r.toks[i].kind != word || r.toks[i].class&^aux != 0 {
			return false
		}
	}
	return to-from <= 2
}

// opening is the subject that c begins with and that ends before token end, with what a preposition ties to it.
func (r *reading) opening(c clause, end int) phrase {
	i := c.from
	if end-i > 2*appositionReach {
		return phrase{}
	}
	for i < end && r.toks[i].kind == word && r.toks[i].class&(aux|conj) != 0 && r.toks[i].class&(det|pronoun|prep) == 0 {
		i++
	}
	p := r.group(c, i)
	if !p.ok() || p.allTo > end || !r.nominative(p) {
		return phrase{}
	}
	for k := p.allTo; k < end; k++ {
		if t := &r.toks[k]; k == p.allTo && t.class&prep == 0 && t.kind != bracket || t.class&(aux|anyCue) != 0 && !t.upper {
			return phrase{}
		}
	}
	p.allTo = end
	return p
}

// fieldAfter is the subject behind a verb, from token i on: adverbs, phrases after a preposition and those that are no
// subject by their article are passed over.
func (r *reading) fieldAfter(c clause, i int) phrase {
	for start := i; i < c.to && i-start < appositionReach; {
		t := &r.toks[i]
		switch {
		case t.kind != word && t.kind != quoted:
			return phrase{}
		case t.class&prep != 0:
			p := r.group(c, i+1)
			if !p.ok() {
				for i++; i < c.to && r.toks[i].kind == word && r.toks[i].class&day != 0; i++ {
				}
				continue
			}
			i = p.allTo
		case t.class&(him|her) != 0 && t.class&(det|she|they) == 0: // "nannte ihn der Minister"
			i++
		case t.class&it != 0 && r.agentive(r.group(c, i+1)): // "hält es der Minister für möglich"
			i++
		case t.class&pronoun != 0 && t.class&det == 0 && t.class&(who|that) == 0:
			return phrase{i, i + 1, i, i + 1}
		case t.class&(aux|day) != 0 && t.class&det == 0:
			i++
		default:
			p := r.group(c, i)
			if !p.ok() || r.nominative(p) {
				return p
			}
			i = p.allTo
		}
	}
	return phrase{}
}

// field is the subject of a whole sentence: what it begins with, or what stands behind its verb.
func (r *reading) field(c clause) phrase {
	i := c.from
	for i < c.to && r.toks[i].kind == word && r.toks[i].class&(aux|conj) != 0 && r.toks[i].class&(det|pronoun|prep) == 0 {
		i++
	}
	if i >= c.to || r.toks[i].kind != word {
		return phrase{}
	}
	if x := r.toks[i].class; x&pronoun != 0 && x&det == 0 {
		if x&this != 0 && i+2 < c.to { // "Dies wollte die Stadt nicht"
			if p := r.fieldAfter(c, i+2); p.ok() && r.agentive(p) {
				return p
			}
		}
		return phrase{i, i + 1, i, i + 1}
	}
	if p := r.group(c, i); p.ok() && r.toks[i].class&prep == 0 {
		at := max(p.allTo, r.second(c)) + 1
		if right := r.fieldAfter(c, at); r.nominative(p) && (r.agentive(p) || !r.agentive(right)) {
			return p // not "Jede Schuld an dem Unglück weist der Minister von sich"
		}
		i = p.allTo
	}
	i = r.pastCircumstances(c, i)
	if k := i + 1; k < c.to && r.toks[i].kind == word && r.toks[i].class&prep != 0 {
		for k < c.to && r.toks[k].kind == word && (r.number(k) || r.toks[k].class&day != 0) {
			k++
		}
		if k > i+1 {
			i = k // "Am 15. Mai"
		}
	}
	if i+1 < c.to && r.toks[i].kind == word {
		if r.toks[i].class&(function|day) == 0 {
			i++
		}
		return r.fieldAfter(c, i)
	}
	return phrase{}
}

// pastCircumstances is the token behind the phrases that prepositions open from token i on ("Mit Kritik an den Plänen und
// am Zeitpunkt …"), of no more tokens than a sentence of prose has.
func (r *reading) pastCircumstances(c clause, i int) int {
	for end := min(c.to, i+maxReport); i+1 < end && r.toks[i].kind == word && r.toks[i].class&(prep|conj) != 0; {
		at := i + 1
		if r.toks[at].class&prep != 0 {
			at++
		}
		p := r.group(c, at)
		if !p.ok() {
			return i
		}
		i = p.allTo
	}
	return i
}
