package quote

// Sentences that tell what somebody said without a clause or marks for it: "Die Ministerin warnte vor hohen Kosten."

// acts tells whether a frame that reports nothing is the main clause of c and says what somebody did by speaking.
func (f *finder) acts(c clause, fr frame) bool {
	p, v := fr.subject, &f.toks[fr.cue]
	if v.class&act == 0 || fr.cue > c.from+appositionReach || fr.denied || !p.ok() || f.toks[p.from].class&(first|who) != 0 && f.toks[p.from].class&det == 0 || !f.human(p) && !f.speaks(p) {
		return false
	}
	if f.toks[c.from].class&(sub|as|that) != 0 || f.toks[c.from].class&(who|conj) == who|conj || f.attributive(c, fr.cue) || v.class&apart != 0 && fr.weak && !f.speaksOf(c, fr.cue) {
		return false
	}
	for i := c.from; i < min(p.allFrom, fr.cue); i++ {
		if k := f.toks[i].kind; k == comma || k == colon || k == quoted {
			return false
		}
	}
	return true
}

// speaksOf tells whether a preposition for what is spoken of follows token i in its clause ("sprach von einem Unfall").
func (f *finder) speaksOf(c clause, i int) bool {
	for k := i + 1; k < c.to && k < i+appositionReach && f.toks[k].kind == word; k++ {
		if f.toks[k].class&doer != 0 {
			return true
		}
	}
	return false
}

// attributive tells whether the verb form at token i stands between an article and its noun ("eine oft beklagte Lücke").
func (f *finder) attributive(c clause, i int) bool {
	if i+1 >= c.to || !f.toks[i+1].upper || !f.declined(i) {
		return false
	}
	for k := i - 1; k >= c.from && k > i-nounReach && f.toks[k].kind == word; k-- {
		if x := f.toks[k].class; x&det != 0 && x&pronoun&^who == 0 || f.toks[k].upper {
			return x&det != 0
		}
	}
	return false
}

// told records c as what the subject of the frame said.
func (f *finder) told(c clause, fr frame) {
	s := fr.said()
	if fr.weak = false; f.give(c.from, c.to, s, fr) {
		f.note(s, c)
	}
}

// A few words in marks are read with what they are said of: "wies den Vorwurf als „haltlos“ zurück".

// worded tells whether token i is such a stretch behind words from token from on.
func (f *finder) worded(from, i int) bool {
	t := &f.toks[i]
	return f.lang.nounsUpper && i > from && t.kind == quoted && f.toks[i-1].kind == word && f.stretches[t.stretch].words < minWords
}

// object is the token behind the auxiliary that token i can be.
func (f *finder) object(i int) int {
	if f.toks[i].class&perfect != 0 {
		return i + 1
	}
	return i
}

// fronted tells whether such a stretch, token i, ends the part of its sentence before the verb: "Von einer „Farce“ sprach …".
func (f *finder) fronted(c clause, begin, i int) bool {
	t := &f.toks[i]
	return f.lang.nounsUpper && begin == c.from && f.toks[begin].class&prep != 0 && t.kind == quoted && i > begin && !f.parted(t.stretch)
}
