package quote

// Nouns for what somebody says, where all nouns have a capital: "die Forderung der Stadt, …", "eine Umfrage, wonach …", and where
// what they report ends.

// nounFrame reads a noun at token i that reports the clause behind it ("ist der Meinung, dass …", "die Forderung der Stadt,
// …"); the speaker is whom a genitive or "von" ties to the noun, else the subject of the sentence.
func (f *finder) nounFrame(c clause, i int) (frame, bool) {
	if f.toks[i].class&cueNoun == 0 || !f.lang.nounsUpper {
		return frame{}, false
	}
	if to := f.cameOut(c, i); to > 0 {
		return frame{cue: i, cueTo: i + 1, start: c.from, next: to, unnamed: true}, true
	}
	owner, at := f.owner(c, i+1)
	for !f.toks[i].upper && at < c.to && f.toks[at].class&be != 0 && !f.toks[at].upper {
		at++ // "war bekannt geworden, dass"
	}
	if at+1+minClause > c.to || f.toks[at].kind != comma {
		return frame{}, false
	}
	if x := f.toks[at+1].class; x&by != 0 || x&that == 0 && (f.opensRelative(c, at+1) || !f.dependent(c, at+1)) {
		return frame{}, false
	}
	fr := frame{subject: owner, cue: i, cueTo: i + 1, start: i, next: at + 1}
	if !owner.ok() {
		fr.subject = f.field(c)
		switch sure := fr.subject.ok() && fr.subject.allTo <= i && !f.lifeless(fr.subject) && f.toks[fr.subject.from].class&it == 0; {
		case !f.toks[i].upper && (!sure || f.commaBetween(fr.subject.allTo, i)): // "es wurde bekannt, dass"
			fr.subject, fr.unnamed = phrase{}, f.toks[at+1].class&that != 0 && f.token(i-1).class&neg == 0
		case f.toks[at+1].class&whether != 0 && (!sure || f.token(fr.subject.allTo).class&be != 0):
			return frame{}, false // "Offen ist die Frage, ob …": nobody asks it
		case !sure: // "Die Versammlung schloss mit dem Appell, …"
			if owner = f.whence(c, i); !owner.ok() || owner.allTo > i {
				from := f.phraseStart(c, i)
				owner = phrase{from, i + 1, from, i + 1}
			}
			fr.subject = owner
		}
	}
	return fr, fr.unnamed || fr.subject.ok() && fr.subject.allTo <= at && (owner.ok() || fr.subject.allTo <= i)
}

// cameOut is the token behind a clause that tells of what its sentence says only that it is known: "Wie heute bekannt wurde, …". 0: token
// i is in none.
func (f *finder) cameOut(c clause, i int) int {
	if f.toks[c.from].class&as == 0 || f.toks[i].upper || i-c.from > nounReach || f.commaBetween(c.from, i) {
		return 0
	}
	for i++; i < c.to && f.toks[i].class&(be|perfect) != 0; i++ {
	}
	if i+minClause < c.to && f.toks[i].kind == comma {
		return i + 1
	}
	return 0
}

// owner is whom a genitive or "von" from token i on ties to the noun before, and the token behind what belongs to the noun.
func (r *reading) owner(c clause, i int) (phrase, int) {
	var owner phrase
	for n := 0; n < 3 && i+1 < c.to && r.toks[i].kind == word && !r.toks[i].upper; n++ {
		x, from := r.toks[i].class, i
		if r.ownerless(i) {
			x |= genitive
		}
		if x&genitive == 0 {
			if x&(prep|doer) == 0 {
				break
			}
			from++
		}
		p := r.group(c, from)
		if !p.ok() {
			break
		}
		if !owner.ok() && x&(genitive|doer) != 0 && (x&at == 0 || r.speaks(p)) {
			owner = p
		}
		i = p.allTo
	}
	return owner, i
}

// owned is who says what stands from token from on where the object of the verb before is a noun for it and names somebody else:
// "wies den Vorwurf der Stadt zurück, er …". nil where it does not.
func (f *finder) owned(c clause, fr frame, from int) *said {
	if !f.lang.nounsUpper || f.toks[from-1].kind != comma || f.toks[from].class&who != 0 && f.toks[from].class&det == 0 {
		return nil
	}
	for k := from - 2; k > fr.cue && k > from-groupReach; k-- {
		if f.toks[k].class&cueNoun == 0 || !f.toks[k].upper {
			continue
		}
		at := f.phraseStart(c, k) - 1
		if p, end := f.owner(c, k+1); p.ok() && from-1-end <= 1 && f.toks[at].class&prep == 0 {
			return &said{subject: p, cue: k, cueTo: k + 1}
		}
		return nil
	}
	return nil
}

// beforeVerb is the token where what a noun reports that its clause begins with ends before the verb of that clause ("Auf die
// Bitte, …, folgte nichts"), else end.
func (f *finder) beforeVerb(c clause, fr frame, end int) int {
	if fr.subject.to != fr.cueTo || fr.subject.from-c.from > groupReach {
		return end
	}
	for i := c.from; i < fr.subject.from; i++ {
		if f.toks[i].class&function == 0 || f.toks[i].kind != word {
			return end
		}
	}
	return min(end, f.mainClause(c, fr.next))
}

// describedFrom takes a clause that tells what the source before it says: "eine Umfrage, nach der jeder Dritte …", "Berichte,
// wonach …". It returns the token behind it, 0 where token i opens none.
func (f *finder) describedFrom(c clause, i int) int {
	k := f.describedSource(c, i)
	if k < 0 {
		return 0
	}
	from := i + 1
	if f.toks[i].class&that == 0 {
		from++
	}
	p := phrase{f.phraseStart(c, k), k + 1, k, k + 1}
	s, to := &said{subject: p, cue: i, cueTo: i + 1}, f.mainClause(c, from)
	if from == i+2 {
		s.behind, s.subject = p, phrase{i + 1, from, i + 1, from}
	}
	if f.give(from, to, s, frame{}) {
		f.note(s, c)
		return to
	}
	return 0
}

// describedSource is the token of the source that such a clause describes, -1 where token i opens none.
func (f *finder) describedSource(c clause, i int) int {
	if f.toks[i].class&by == 0 || i < c.from+2 || f.toks[i-1].kind != comma {
		return -1
	}
	if f.toks[i].class&that == 0 && (i+2 >= c.to || f.toks[i+1].class&who == 0 || f.group(c, i+1).ok()) {
		return -1
	}
	for k := i - 2; k >= c.from && k > i-groupReach; k-- {
		if f.toks[k].class&(source|cueNoun) != 0 && f.toks[k].upper {
			return k
		}
	}
	return -1
}

// opensRelative tells whether token i opens a clause that describes the noun before it: a relative pronoun, behind a preposition too.
func (f *finder) opensRelative(c clause, i int) bool {
	x := f.toks[i].class
	if x&prep != 0 && x&det == 0 {
		x = f.token(i + 1).class
		return x&who != 0 && !f.group(c, i+1).ok()
	}
	return x&who != 0 && (x&det == 0 || !f.group(c, i).ok())
}

// mainClause is the token of the comma behind which the clause that holds token i goes on with its verb, else its end.
func (r *reading) mainClause(c clause, i int) int {
	for end := min(c.to, i+maxReport) - 1; i < end; i++ {
		if t := &r.toks[i+1]; r.toks[i].kind == comma && t.kind == word && !t.upper && t.class&(det|pronoun|prep|conj|that|as) == 0 && (t.class != 0 || r.finite(i+1)) {
			return i
		}
	}
	return c.to
}

// toVerb is the token of the verb that stands behind a speaker with what describes him, from token i on: "Laut Tom Roth, dem
// Leiter der Klinik, ist …", "nach Angaben der Stadt in Aue ist …". from where none is found.
func (f *finder) toVerb(c clause, i, from int) int {
	for start := i; i < c.to && i-start < 2*groupReach; {
		t := &f.toks[i]
		switch {
		case t.kind == comma:
			if i = f.mainClause(c, i) + 1; i > c.to {
				return from
			}
		case t.kind == quoted || t.class&day != 0 || t.kind == word && (t.class&(prep|conj) != 0 && t.class&(sub|that) == 0 || t.class&genitive != 0):
			if p := f.group(c, i+1); p.ok() && t.kind == word {
				i = p.allTo
			} else {
				i++
			}
		case t.kind == word && !t.upper && t.class&(det|pronoun|that|sub) == 0 && (t.class != 0 || f.finite(i)):
			return i
		default:
			return from
		}
	}
	return from
}

// commaBetween tells whether a comma stands between the tokens from and to.
func (r *reading) commaBetween(from, to int) bool {
	for ; from < to; from++ {
		if r.toks[from].kind == comma || to-from > maxReport {
			return true
		}
	}
	return false
}

// remarkReach is how many words may stand between whose remark it is and the noun, and between that and its clause.
const remarkReach = 3

// remark reads a noun at token i for what its owner said, where the order is fixed and marks are in its clause: "after her March remark
// that “…”", "Reed's claim that there were “…”".
func (f *finder) remark(c clause, i int) (frame, bool) {
	if f.lang.free || f.lang.nounsUpper || f.toks[i].class&cueNoun == 0 || f.toks[i].upper {
		return frame{}, false
	}
	next := i + 1
	for next < c.to && next-i < remarkReach && f.toks[next].kind == word && f.toks[next].class&(day|prep) != 0 && f.toks[next].class&that == 0 {
		next++ // "on Monday"
	}
	if next+1 >= c.to || f.toks[next].class&that == 0 {
		return frame{}, false
	}
	k := i - 1
	for k > c.from && i-k < remarkReach && f.toks[k].kind == word && !f.toks[k].owner && f.toks[k].class&(function&^det|him|her) == 0 && f.toks[k].class&det == 0 {
		k--
	}
	if k < c.from || k > c.from && f.toks[k-1].class&at != 0 || !f.toks[k].owner && (f.toks[k].class&(him|her) == 0 || f.toks[k].class&det == 0) {
		return frame{}, false
	}
	p := phrase{k, k + 1, k, k + 1}
	if f.toks[k].owner {
		from := f.phraseStart(c, k)
		p = f.shorten(phrase{from, k + 1, from, k + 1})
	}
	return frame{subject: p, cue: i, cueTo: i + 1, start: p.allFrom, next: next, weak: true, sure: true}, true
}
