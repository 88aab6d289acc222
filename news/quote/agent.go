package quote

// Who can speak, where every noun has a capital and a verb's nearest noun may be a thing.

// lifeless tells a subject that cannot speak: its noun names a quality, an act or a thing by its ending, and is neither an
// office or a body nor a word for what somebody wrote or said.
func (f *finder) lifeless(p phrase) bool {
	if !p.ok() || f.agentive(p) {
		return false
	}
	if f.hisOwn(p.allFrom) && !f.own(p.allFrom) && !f.holds(p, kin) && f.toks[max(p.allFrom-1, 0)].class&by == 0 && f.token(p.allTo).class&(by|post) == 0 {
		return true // "Seine Zuversicht", but not "nach seiner Ansicht"
	}
	if f.speaks(p) {
		return false
	}
	last := &f.toks[p.to-1]
	return last.kind == word && last.upper && last.class == 0 && f.lang.abstract(last.low)
}

// animated is s with somebody who can speak in place of a thing, where the clause in hand has one before token i: the first,
// unless a preposition ties it to something else. Else, or where token i is further in than any sentence of prose goes, it is who
// spoke last in the same paragraph.
func (f *finder) animated(s *said, i int) *said {
	c := f.clauses[f.n]
	for k := c.from; k < min(i, c.to) && i-c.from <= maxReport; k++ {
		p := f.group(c, k)
		if !p.ok() {
			continue
		}
		if p.allTo <= i && f.agentive(p) && f.nominative(p) && (k == c.from || f.toks[k-1].class&prep == 0) {
			return &said{subject: p, cue: s.cue, cueTo: s.cueTo}
		}
		k = p.allTo - 1
	}
	if f.last != nil && f.at.para == c.para && f.at != c && f.agentive(f.last.subject) {
		return &said{subject: f.last.subject, cue: s.cue, cueTo: s.cueTo}
	}
	return s
}
