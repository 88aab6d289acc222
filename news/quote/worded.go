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
