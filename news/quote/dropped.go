package quote

// Sentences that leave their subject out, in languages whose verbs show it: "Marta cuida el faro. Sube dos veces al día. Dijo
// que …".

// droppedReach is how many such sentences are passed over on the way back to the one that has the subject.
const droppedReach = 3

// about is the subject of clause n, or, where that leaves it out, of one before it in its paragraph.
func (f *finder) about(n int) *said {
	para := f.clauses[n].para
	for k := n; k >= 0 && k > n-droppedReach && f.clauses[k].para == para; k-- {
		c := f.clauses[k]
		p, first := f.clauseSubject(c), &f.toks[c.from]
		unknown := first.kind == word && first.class == 0 && !f.name(c.from)
		if f.lang.articles && k > 0 && p.ok() && f.holds(p, body) {
			continue // nobody who tells
		}
		if !f.lang.articles || !f.subjectless(p) && (p.ok() || !unknown) {
			return f.bySubject(c)
		}
	}
	return nil
}

// subjectless tells a phrase at the beginning of a sentence that is rather its verb: it has no article, and nothing shows that it
// is for people.
func (f *finder) subjectless(p phrase) bool {
	if !p.ok() || !f.lang.free || f.lang.nounsUpper || !f.toks[p.allFrom].leads || f.person(p) {
		return false
	}
	first := &f.toks[p.allFrom]
	return first.class&(det|pronoun) == 0 && !f.number(p.allFrom)
}

// inanimate tells a phrase with an article of which nothing shows that it is for people.
func (r *reading) inanimate(p phrase) bool {
	if !r.lang.articles || r.lang.nounsUpper || r.person(p) {
		return false
	}
	for i := p.allFrom; i < p.allTo; i++ {
		if t := &r.toks[i]; t.kind == quoted || t.class&(pronoun|kin|man|woman) != 0 && t.class&det == 0 || r.lang.agent(t.low) {
			return false
		}
	}
	return true
}
