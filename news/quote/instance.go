package quote

// What is reported in other words may end in a quotation: "forderte, man müsse sparen: „…“".

// giveInstance claims the quotation at token n that ends what is said from token from on. It tells whether that is all there is: "Laut der
// Warte sagte Tom Roth: „…“".
func (f *finder) giveInstance(from, n int, s *said, fr frame) bool {
	by, k := s, f.toks[n].stretch
	if p := f.field(f.clauses[f.n]); f.toks[fr.cue].class&cueNoun != 0 && p.ok() {
		by = &said{subject: p} // "Er wies den Vorwurf zurück, …: „…“"
	} else if fr.subject.ok() {
		by = fr.said()
	}
	own := f.saysItself(from, n)
	if own != nil {
		by = own
	}
	if old := f.claims[k]; old == nil || !old.cued() {
		f.claims[k] = nil
		f.claim(k, by)
	}
	return own != nil && (f.verb(from) || own.subject.allFrom == from)
}

// quotesAnother tells whether what is said from token from on, where the order is fixed, is that somebody else says the quotation at token n:
// "According to the Post, Tom Reed said: “…”".
func (f *finder) quotesAnother(from, n int) bool {
	if f.lang.free || f.lang.nounsUpper || n-2 <= from || f.toks[n].kind != quoted || f.toks[n-1].kind != colon && f.toks[n-1].kind != comma {
		return false
	}
	own := f.saysItself(from, n)
	return own != nil && own.subject.allFrom == from && own.cueTo+remarkReach >= n
}

// saysItself is who is said to speak in the words from token from on before the colon of the quotation at token n, where they begin with a verb:
// "Laut der Warte sagte Tom Roth am Montag: „…“". nil: nobody is.
func (f *finder) saysItself(from, n int) *said {
	c := clause{from, n, f.clauses[f.n].para}
	for v := n - 2; v >= from && v > n-appositionReach; v-- {
		if !f.verb(v) || f.toks[v].class&mood != 0 {
			continue
		}
		if fr, ok := f.frameAt(c, v, phrase{}); ok && fr.subject.ok() && (f.agentive(fr.subject) || f.holds(fr.subject, kin)) && !fr.denied {
			return fr.said()
		}
		return nil
	}
	return nil
}

// instance is the quotation with which what is said in other words from token from to to ends behind a colon: "forderte, man müsse
// sparen: „…“". 0: none does.
func (f *finder) instance(from, to int) int {
	n := to - 1
	for n > from && f.toks[n].kind == stop {
		n--
	}
	if !f.lang.nounsUpper || n-1-from < minClause || f.toks[n].kind != quoted || f.toks[n-1].kind != colon || f.stretches[f.toks[n].stretch].words < minWords && !f.parted(f.toks[n].stretch) {
		return 0
	}
	return n
}
