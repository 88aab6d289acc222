package quote

import "strings"

// The subject of a reporting verb is found from the verb outwards, by the classes of words alone: what stands before it
// in English, on either side in languages that turn the order round.

const (
	// nounReach is how many words a noun phrase may have before its article is missed.
	nounReach = 7
	// appositionReach is how many tokens may stand between two commas that part a subject from its verb.
	appositionReach = 30
)

// name tells a word that can be part of a name: a capital, and no function word or day. The first word of a clause has a
// capital in any case: it counts where it has one elsewhere too, is a given name, or stands before another name.
func (r *reading) name(i int) bool {
	t := &r.toks[i]
	if t.kind != word || !t.upper || t.class&function != 0 || t.class&day != 0 && r.dated(i) {
		return false
	}
	if !t.leads || t.class&(male|female|title|role|body) != 0 || r.capital[t.low] {
		return true
	}
	if t.class&anyCue != 0 && !r.lang.nounsUpper {
		return false // "Says Orwick"
	}
	return i+1 < len(r.toks) && r.toks[i+1].kind == word && r.toks[i+1].upper && r.toks[i+1].class&(day|function) == 0
}

// dated tells a word for a day, which is no surname behind a given name ("Wesley Dias").
func (r *reading) dated(i int) bool {
	t := &r.toks[i]
	return t.class&day != 0 && !(t.upper && i > 0 && r.given(i-1) && r.toks[i-1].upper && r.lang.free && !r.lang.nounsUpper)
}

// before finds the noun phrase that ends right before token end, inside c.
func (r *reading) before(c clause, end int) phrase {
	i := end - 1
	if i < c.from {
		return phrase{}
	}
	if t := &r.toks[i]; t.kind == comma || t.kind == dash || t.kind == bracket {
		return r.acrossApposition(c, i)
	}
	if r.lang.nounsUpper {
		if p := r.fieldBefore(c, end); p.ok() {
			return p
		}
		if k := r.circumstanceBefore(c, end); k > c.from+1 && k < end {
			return r.acrossApposition(c, k-1)
		}
		return phrase{}
	}
	if t := &r.toks[i]; i-1 > c.from && t.kind == word && !t.upper && t.class == 0 && r.toks[i-1].kind == comma {
		if p := r.acrossApposition(c, i-1); p.ok() { // "Tom Reed, the mayor, angrily said"
			return p
		}
	}
	if p := r.relativeHead(c, end); p.ok() {
		return p
	}
	return r.nounBefore(c, end)
}

// nounBefore is the noun phrase whose last word is the one before end.
func (r *reading) nounBefore(c clause, end int) phrase {
	if p := r.nounEnding(c, end); !p.ok() || !r.suffixed(p) {
		return p
	}
	return phrase{} // whom it is said to, or where
}

// nounEnding is the same in any case.
func (r *reading) nounEnding(c clause, end int) phrase {
	i := end - 1
	if i > c.from && r.toks[i].kind == quoted && r.toks[i-1].class&(namer|body|role) != 0 && r.nameInMarks(i) { // "the company “Mill & Sons” said"
		from := r.phraseStart(c, i-1)
		return phrase{from, end, from, end}
	}
	if i < c.from || r.toks[i].kind != word {
		return phrase{}
	}
	t := &r.toks[i]
	if t.class&pronoun != 0 && (t.class&det == 0 || t.class&who == 0) && !(t.class&det != 0 && t.class&(he|she|they|it) == 0) {
		if r.governed(c, i) {
			return phrase{}
		}
		if t.class&he != 0 && t.class&him != 0 && i > c.from && r.toks[i-1].kind == word && r.toks[i-1].class&(function&^pronoun) == 0 {
			return r.nounBefore(c, i) // "le chef lui a dit"
		}
		return phrase{i, end, i, end}
	}
	if r.surname(c, i) {
		if r.given(i - 1) {
			return phrase{i - 1, end, i - 1, end}
		}
		return phrase{i, end, i, end}
	}
	if t.class&(function|day) != 0 && !r.name(i) || r.dated(i) || t.class&anyCue != 0 && t.class&(homonym|role|body) == 0 && !t.upper && !r.lang.free &&
		i > c.from && r.toks[i-1].class&det == 0 {
		return phrase{}
	}
	if i > c.from && !t.upper && r.toks[i-1].class&(he|she|they|it|first) != 0 && r.toks[i-1].class&(det|prep) == 0 {
		return phrase{i - 1, i, i - 1, i} // "she angrily said"
	}
	from := r.phraseStart(c, i)
	p := phrase{from, end, from, end}
	// "a spokesman for the mayor": the head stands before the preposition
	if from > c.from && r.toks[from-1].class&sub != 0 {
		return r.shorten(p)
	}
	if from > c.from && r.toks[from-1].class&prep != 0 && r.nominativeName(p) {
		return r.shorten(p) // "на вопрос о выборах Орлов ответил"
	}
	if from-2 >= c.from && r.toks[from-1].class&prep != 0 && r.toks[from-2].kind == word && r.toks[from-2].class&(function|day) == 0 {
		head, to := r.phraseStart(c, from-2), from-1
		for n := 0; n < 2 && r.lang.free && !r.lang.nounsUpper && head-2 >= c.from && r.toks[head-1].class&prep != 0 && r.toks[head-2].kind == word &&
			r.toks[head-2].class&(function|day) == 0; n++ {
			head, to = r.phraseStart(c, head-2), head-1 // "министр на вопрос о ценах ответил"
		}
		p = phrase{head, to, head, end}
	} else if from > c.from && r.toks[from-1].class&prep != 0 && r.toks[from-1].class&as == 0 {
		return phrase{} // "in Berlin"
	}
	return r.shorten(p)
}

// governed tells a pronoun at token i behind a preposition, where the order is free: "про це повідомив мер".
func (r *reading) governed(c clause, i int) bool {
	return r.lang.free && !r.lang.nounsUpper && i > c.from && r.toks[i-1].class&prep != 0 && r.toks[i-1].class&(conj|that|as|det) == 0
}

// surname tells an auxiliary that is a name by its capital ("Will said", "Theresa May said").
func (r *reading) surname(c clause, i int) bool {
	t := &r.toks[i]
	return i > c.from && t.upper && !t.leads && t.class&aux != 0 && t.class&(det|pronoun|be) == 0 && !r.lang.free && r.toks[i-1].kind == word
}

// phraseStart goes left from the last word i of a noun phrase to its first: to its article, or as far as names and plain
// words go.
func (r *reading) phraseStart(c clause, i int) int {
	from := i
	for from > c.from && i-from < nounReach {
		t := &r.toks[from-1]
		switch {
		case t.kind == dot && from-2 >= c.from && r.toks[from-2].kind == word && r.toks[from-2].End == t.Start && r.toks[from-2].upper:
			from -= 2
			continue
		case t.kind != word:
			return from
		case t.class&particle != 0 && from-2 >= c.from && r.name(from) && r.toks[from-2].class&particle != 0 && r.toks[from-2].upper:
			return from - 2 // "Von der Aue"
		case t.class&det != 0 && t.class&particle != 0 && from-2 >= c.from && r.given(from-2) && r.toks[from-2].upper && r.name(from): // "Hendrik de Wit"
			from--
			continue
		case t.class&det != 0 && t.class&prep != 0 && r.lang.free && from-2 >= c.from && r.toks[from-2].kind == word && r.toks[from-2].class&(function|day|anyCue) == 0:
			return from // "la porte-parole du parquet"
		case t.class&that != 0 && r.name(from) && !r.lang.nounsUpper: // "that Reed said"
			return from
		case t.class&det != 0:
			if r.lang.nounsUpper && from-2 >= c.from && r.toks[from-2].upper && r.toks[from-2].class&(function|day) == 0 {
				from -= 2 // "der Sprecher der Polizei"
				continue
			}
			return from - 1
		case t.class&particle != 0 && from-2 >= c.from && r.name(from-2) && r.name(from):
		case t.class&(function|day) != 0 || t.class&anyCue != 0 && !t.upper:
			return from
		}
		from--
	}
	return from
}

// acrossApposition finds the subject that a remark between two commas, dashes or brackets parts from its verb:
// "Tom Reed, the mayor, said", "the mayor, Tom Reed, said", "Tom Reed (left) said". last is the second mark.
func (r *reading) acrossApposition(c clause, last int) phrase {
	mark := r.toks[last].kind
	for i := last - 1; i > c.from && i > last-appositionReach; i-- {
		t := &r.toks[i]
		if t.kind != mark {
			if t.kind == colon || t.kind == quoted && r.stretches[t.stretch].words > nounReach {
				return phrase{}
			}
			continue
		}
		if r.lang.nounsUpper && r.toks[i+1].class&perfect != 0 {
			return phrase{} // another verb: "Ein Tief, das …, habe das Land erreicht, meldet"
		}
		p := r.described(c, i)
		if !p.ok() || p.to == p.from+1 && r.number(p.from) { // an age
			continue
		}
		if p = r.firstPart(c, p); !p.ok() {
			continue
		}
		inner := clause{i + 1, last, c.para}
		if named := r.nounBefore(inner, last); named.ok() && named.allFrom == i+1 && r.name(named.from) && (!r.name(p.to-1) || named.to-named.from > 1 || r.given(named.from)) &&
			!(r.lang.nounsUpper && r.full(p) && (r.given(p.from) || r.toks[named.from].class&role != 0) && !r.holds(named, male|female)) { // "Tom Roth, Sprecher der Stadt, sagte"
			return phrase{named.from, named.to, p.allFrom, last}
		}
		if !r.describes(i+1) && !r.foremost(c, p) && !(mark == dash && r.person(p)) && !(r.lang.articles && !r.lang.nounsUpper && r.full(p) && last-i <= nounReach) {
			continue
		}
		p.allTo = last
		return p
	}
	return phrase{}
}

// firstPart is the first part of a phrase of which p may be the last ("a spokesman for the mayor of Aue"), where the order is fixed.
// Nothing where a preposition or a verb stands before it ("during a meeting in Aue, Texas,"), or where it is an insertion ("meanwhile").
func (r *reading) firstPart(c clause, p phrase) phrase {
	if r.lang.free || r.lang.nounsUpper {
		return p
	}
	for i := p.allFrom - 1; i > c.from && r.toks[i].kind == word && r.toks[i].class&prep != 0 && r.toks[i-1].kind == word && r.toks[i-1].class&(function|day) == 0; i = p.allFrom - 1 {
		from := r.phraseStart(c, i-1)
		p = phrase{from, i, from, p.allTo}
	}
	if p.allFrom == c.from {
		return p
	}
	switch t := &r.toks[p.allFrom-1]; {
	case t.kind == comma && p.to == p.from+1 && !r.toks[p.from].upper && r.toks[p.from].class == 0,
		t.kind == word && t.class&(conj|that|sub|as|day) == 0 && (t.class&(prep|be) != 0 || t.class&aux == 0):
		return phrase{}
	}
	return p
}

// foremost tells a full name that begins its clause or follows a quotation: whatever stands between commas behind it
// describes it.
func (r *reading) foremost(c clause, p phrase) bool {
	return (r.full(p) || r.lang.free && !r.lang.nounsUpper && r.speaks(p) || r.name(p.from) && r.toks[p.to].kind == comma && !r.lang.free) && (p.allFrom == c.from || r.quotedBefore(p.allFrom))
}

// described is the noun phrase that ends before the mark at token i, a remark in brackets left out.
func (r *reading) described(c clause, i int) phrase {
	if i-1 > c.from && r.toks[i-1].kind == bracket {
		for k := i - 2; k > c.from && k > i-groupReach; k-- {
			if r.toks[k].kind == bracket {
				i = k
				break
			}
		}
	}
	if !r.lang.nounsUpper {
		return r.nounBefore(c, i)
	}
	if p := r.opening(c, i); p.ok() {
		return p
	}
	if p := r.nounBefore(c, i); p.ok() && r.nominative(p) {
		return p
	}
	return phrase{}
}

// given tells a given name.
func (r *reading) given(i int) bool { return r.toks[i].class&(male|female) != 0 }

// describes tells whether a remark that begins with token i can describe somebody: an article, an age, an office, "who".
func (r *reading) describes(i int) bool {
	t := &r.toks[i]
	if t.kind != word {
		return false
	}
	return t.class&(det|who|role|prep) != 0 || t.upper || r.number(i) || !r.lang.free && t.class&function == 0 && strings.HasSuffix(t.low, "ing")
}

// number tells a word that begins with a digit.
func (r *reading) number(i int) bool { return r.toks[i].kind == word && isDigit(r.toks[i].low[0]) }

// after finds the noun phrase that begins with token i: the subject of a verb before it.
func (r *reading) after(c clause, i int) phrase { return r.tailed(c, r.nounAfter(c, i)) }

// nounAfter is after without a name that stands behind what an office is for.
func (r *reading) nounAfter(c clause, i int) phrase {
	if i >= c.to || r.toks[i].kind != word && !(r.lang.nounsUpper && r.toks[i].kind == quoted) {
		return phrase{}
	}
	if end := r.oneOf(c, i); end > i {
		return phrase{i, end, i, end}
	}
	t := &r.toks[i]
	if t.class&pronoun != 0 && t.class&det == 0 {
		if t.class&(who|that) != 0 {
			return phrase{}
		}
		return phrase{i, i + 1, i, i + 1}
	}
	if r.lang.nounsUpper {
		return r.group(c, i)
	}
	to := i
	if t.class&det != 0 {
		to++
	} else if t.class&(function|day) != 0 {
		return phrase{}
	}
	named := false
	for to < c.to && to-i <= nounReach {
		t := &r.toks[to]
		switch {
		case t.kind == dot && to > i && r.toks[to-1].End == t.Start && to+1 < c.to && r.toks[to+1].upper && r.toks[to-1].upper:
		case t.kind == quoted && to == i+1 && r.nameInMarks(to): // the "Morning Post"
			return r.finish(i, to+1)
		case t.kind != word || r.dated(to):
			return r.finish(i, to)
		case t.class&particle != 0 && to+1 < c.to && r.name(to+1) && named:
		case t.class&function != 0 || t.class&anyCue != 0 && !t.upper && to > i+1:
			return r.finish(i, to)
		case named && t.class&role != 0 && to+1 < c.to && r.name(to+1): // "Treasury spokesman Tom Reed"
		case named && !t.upper && !(t.class == 0 && to+1 < c.to && r.given(to+1) && !r.lang.free):
			return r.finish(i, to)
		}
		named = (named || t.upper && t.kind == word && !r.lang.nounsUpper) && !(r.possessive(to) && r.owns(c, to+1)) // "Reed's lawyer"
		to++
	}
	return r.finish(i, to)
}

// possessive tells a name that says whose something is.
func (r *reading) possessive(i int) bool {
	t := &r.toks[i]
	return t.owner || r.lang.ownerS && t.upper && strings.HasSuffix(t.low, "s")
}

// owns tells whether an office, a body or kin stands behind an owner, from token i on.
func (r *reading) owns(c clause, i int) bool {
	for n := 0; n < 3 && i < c.to && r.toks[i].kind == word && !r.toks[i].upper && r.toks[i].class&(function|anyCue) == 0; i, n = i+1, n+1 {
		if r.toks[i].class&(role|body|kin) != 0 {
			return true
		}
	}
	return false
}

// subjectAfter is the noun phrase that begins with token i and is complete: what follows its names in lower case belongs
// to it where it reaches to a mark or a preposition ("the Aldmoor general staff,").
func (r *reading) subjectAfter(c clause, i int) phrase {
	p := r.after(c, i)
	if !p.ok() || r.toks[i].class&det == 0 || r.lang.nounsUpper {
		return p
	}
	to := p.allTo
	for to < c.to && to-i <= nounReach && r.toks[to].kind == word && !r.toks[to].upper && r.toks[to].class&(function|anyCue|day) == 0 {
		to++
	}
	if to > p.allTo && (to == c.to || r.toks[to].kind != word || r.toks[to].class&prep != 0) {
		return phrase{i, to, i, to}
	}
	return p
}
