package quote

// Names that follow an office: "said the minister of transport, Clara Norden, on Monday".

// appended is the name that a comma ties to the office p, and p where there is none. next, where the text goes on behind
// p, moves over it.
func (r *reading) appended(c clause, p phrase, next *int) phrase {
	if r.full(p) || r.toks[p.from].class&pronoun != 0 && r.toks[p.from].class&det == 0 {
		return p
	}
	at := p.allTo
	for at < c.to && at-p.allTo < nounReach && (r.toks[at].kind == word && r.toks[at].class&(anyCue|conj|who|day) == 0 || r.toks[at].kind == dot && r.toks[at-1].class&title != 0) {
		at++ // "of the fire brigade"
	}
	if at >= c.to || r.toks[at].kind != comma {
		return p
	}
	end := at + 1
	for end < c.to && end-at <= nounReach && (r.toks[end].kind == word || r.toks[end].kind == dot && r.toks[end-1].class&title != 0) {
		if t := &r.toks[end]; t.class&(prep|day|anyCue|conj|who) != 0 && t.class&(det|particle) == 0 && !t.upper {
			break
		}
		end++
	}
	name := r.nounBefore(c, end)
	if !name.ok() || name.allFrom != at+1 || !r.full(name) && !(r.holds(p, kin|role) && r.given(name.from) && r.lang.free) ||
		r.toks[name.from].class&body != 0 || r.lang.nounsUpper && !r.given(name.from) && r.holds(name, det|particle) {
		return p
	}
	*next = end
	return phrase{name.from, name.to, p.allFrom, end}
}

// remarked is appended where a second comma ends the name: "Her sister, the teacher Clara Norden, …".
func (r *reading) remarked(c clause, p phrase) phrase {
	end := 0
	if q := r.appended(c, p, &end); end > 0 && (end >= c.to || r.toks[end].kind == comma || end+1 == c.to && r.toks[end].kind == stop) {
		return q
	}
	return p
}

// full tells whether a phrase is a name of two parts or more.
func (r *reading) full(p phrase) bool {
	if p.to-p.from > 2 && r.toks[p.from].class&title != 0 && !r.toks[p.from].upper {
		p.from++ // "dottor Elio Bassi"
	}
	return p.to-p.from > 1 && r.name(p.to-1) && r.name(p.from) && r.toks[p.from].class&(det|role|body) == 0
}
