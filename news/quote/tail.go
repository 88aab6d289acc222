package quote

// Names behind an office and what it is for: "el entrenador del «Marina» Pedro Olmedo", "министр по водным ресурсам Павел
// Орлов".

// tailReach is how many tokens may stand between an office and the name.
const tailReach = 9

// tailed is the name that what the office in p is for leads to, and p where there is none.
func (r *reading) tailed(c clause, p phrase) phrase {
	if !p.ok() || !r.lang.free || r.lang.nounsUpper || r.full(p) || !r.holds(phrase{from: p.allFrom, to: p.allTo}, role) {
		return p
	}
	for i := p.allTo; i < c.to && i-p.allTo < tailReach && r.inTail(i); i++ {
		if !r.name(i) || i == p.allTo {
			continue
		}
		end := min(r.nameEnd(i), c.to)
		name := r.shorten(phrase{r.nameStart(i, end), end, i, end})
		if first := r.officeOfTail(name.from); r.full(name) && first >= p.allFrom && first < p.allTo {
			return phrase{name.from, end, p.allFrom, end}
		}
		i = end - 1
	}
	return p
}

// inTail tells a token that can stand between an office and the name: no verb, and nothing that joins or parts clauses.
func (r *reading) inTail(i int) bool {
	switch t := &r.toks[i]; t.kind {
	case word:
		return t.upper || t.class&(anyCue|conj|that|who|neg|be|day) == 0 || t.class&prep != 0
	case quoted:
		return r.nameInMarks(i)
	case other:
		return true // "№"
	}
	return false
}

// officeOfTail is the office to which the name at token start belongs, though what it is for stands between; -1 for none.
// Where names have cases both must stand in the first one, or neither.
func (r *reading) officeOfTail(start int) int {
	if start < 2 || !r.tiesName(start) {
		return -1
	}
	for i := start - 1; i >= 0 && i >= start-tailReach && r.inTail(i); i-- {
		t := &r.toks[i]
		if t.class&role == 0 || t.upper && !t.leads {
			continue
		}
		if next := &r.toks[i+1]; (r.lang.firsts[t.low] != "") != (r.lang.firsts[r.toks[start].low] != "") || i+1 == start || next.kind == word && next.class&det != 0 && next.class&prep == 0 {
			return -1
		}
		for i > 0 && r.toks[i-1].kind == word && r.toks[i-1].class&role != 0 {
			i-- // "directeur adjoint"
		}
		return i
	}
	return -1
}

// tiesName tells whether the name at token start goes with what stands before it: a given name in the first case without a
// preposition, or any name behind marks or a number.
func (r *reading) tiesName(start int) bool {
	before, t := &r.toks[start-1], &r.toks[start]
	if before.kind == quoted || before.kind == word && r.number(start-1) {
		return true
	}
	return before.kind == word && before.class&(prep|det|role|title|conj) == 0 && r.given(start) && r.lang.firsts[t.low] == ""
}

// circumstanceReach is how many words a circumstance between a verb and its subject has at most.
const circumstanceReach = 5

// pastCircumstance is the subject behind a few words that a preposition at token i opens: "cuenta por teléfono su profesora,
// Lucía Prado". Only an office shows where they end.
func (r *reading) pastCircumstance(c clause, i int) phrase {
	if i >= c.to || r.toks[i].kind != word || r.toks[i].class&prep == 0 || r.toks[i].class&det != 0 {
		return phrase{}
	}
	for k := i + 1; k < c.to && k <= i+circumstanceReach && r.inTail(k) && r.toks[k].kind == word; k++ {
		t, before := &r.toks[k], r.toks[k-1].class
		if t.class&(role|kin) == 0 && !r.lang.agent(t.low) || before&prep != 0 && before&det == 0 || r.lang.firsts[t.low] != "" {
			continue
		}
		if k-1 > i && r.toks[k-1].class&det != 0 {
			if k--; r.toks[k-1].class&prep != 0 {
				return phrase{}
			}
		}
		return r.subjectAfter(c, k)
	}
	return phrase{}
}
