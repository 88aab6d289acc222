package quote

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

// heard tells whether such a stretch, token i, is the name of who is told something: "sagte der „Warte“, dass …".
func (f *finder) heard(c clause, i int) bool {
	s := &f.stretches[f.toks[i].stretch]
	if !f.addressee(s) {
		return false
	}
	for i++; i+1 < c.to && f.toks[i].kind == word && f.toks[i].class&anyCue == 0; i++ {
	}
	told := i+minClause < c.to && f.toks[i].kind == comma && (f.toks[i+1].class&that != 0 || f.dependent(c, i+1) || f.mainClauseAt(c, i+1))
	s.speaks = s.speaks || told
	return told
}

// addressed tells whether such a name, token i, stands before the verb of a frame that reports something behind it: "Gegenüber
// der „Warte“ sagte er, …".
func (f *finder) addressed(c clause, fr frame, i int) bool {
	s := &f.stretches[f.toks[i].stretch]
	if !f.addressee(s) {
		return false
	}
	at := f.content(c, fr)
	told := at > fr.next && (f.toks[at-1].kind == comma || f.toks[at-1].kind == colon)
	s.speaks = s.speaks || told
	return told
}

// addressee tells whether a stretch is a name behind an article that no subject or object without a preposition has.
func (f *finder) addressee(s *stretch) bool {
	if !f.lang.nounsUpper || s.tok == 0 {
		return false
	}
	t := &f.toks[s.tok-1]
	x := t.class
	return (t.kind == word && t.upper && !t.leads && x&(source|cueNoun|pronoun) == 0 || x&det != 0 && x&(genitive|oblique) != 0 && x&some == 0 ||
		x&prep != 0 && x&(doer|as) == 0) && f.titled(s.In(f.text)) && !f.parted(f.toks[s.tok].stretch)
}
