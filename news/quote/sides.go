package quote

import "slices"

// The two sides of a verb: what stands there and can be its subject.

// leftOf is the subject before the verb whose auxiliaries begin at token end.
func (r *reading) leftOf(c clause, end int) phrase {
	left := r.before(c, end)
	if r.lang.verbLast && left.ok() && !r.agentive(left) {
		return phrase{} // what is said, and not who says it
	}
	if t := &r.toks[max(end-1, c.from)]; r.lang.articles && left.ok() && left.from == end-1 && left.to == end && !t.upper && t.class == 0 && r.quotedBefore(left.from) {
		return phrase{} // "…”, quiso aclarar el alcalde"
	}
	return left
}

// rightOf is the subject behind the verb at token i whose auxiliaries begin at end; left is what stands before it.
func (r *reading) rightOf(c clause, i, end int, left phrase) phrase {
	at, quote := i+1, r.quotedBefore(end)
	if at < c.to && slices.Contains(r.lang.split[r.toks[i].low], r.toks[at].low) {
		at++ // "ha fatto sapere il comune", "shot back Reed"
	}
	if r.lang.free {
		at = r.pastMeanwhile(c, at)
	}
	right := r.subjectAfter(c, at)
	if !right.ok() && r.lang.free && quote {
		right = r.pastCircumstance(c, at)
	}
	switch {
	case !right.ok(),
		r.lang.verbLast && !(quote && r.person(right) && r.name(right.from)),
		r.lang.free && r.unturned(c, end, right, quote),
		!r.lang.free && r.saidRather(c, i, left, right, quote):
		return phrase{}
	}
	return right
}

// unturned tells, where the order is free, that what stands behind a verb is rather its object. quote tells that a quotation stands
// before the verb.
func (r *reading) unturned(c clause, end int, right phrase, quote bool) bool {
	switch first := &r.toks[right.from]; {
	case !quote && end > c.from && r.toks[end-1].class&conj != 0 && r.toks[end-1].class&as == 0 && !r.person(right): // "y señala uno"
	case r.lang.articles && !r.agentive(right) && !r.number(right.from) && !first.upper && first.class&(det|pronoun|pronominal) == 0: // "se disent inquiets"
	case !quote && r.inanimate(right): // "a annoncé sa retraite"
	default:
		return false
	}
	return true
}

// saidRather tells, where the order is fixed, that what stands behind the verb at token i is what is said, or whom it is said to.
func (r *reading) saidRather(c clause, i int, left, right phrase, quote bool) bool {
	switch {
	case !quote && r.toks[right.from].class&pronoun != 0: // "called it"
	case (left.ok() || !quote) && right.allTo < c.to && r.auxiliary(c, right.allTo) && r.toks[right.allTo].class&(prep|him|her) == 0: // ", said his father had left"
	case !quote && !r.person(right) && !r.holds(right, kin|pronoun): // ", said the mood was grim"
	case left.ok() && r.toks[i].class&tell != 0: // "Reed, author of “…”, told reporters"
	default:
		return false
	}
	return true
}

// beforeVerbLast is the subject of the verb at token i where verbs stand last and a quotation before it.
func (r *reading) beforeVerbLast(c clause, i, end int, f *frame) phrase {
	if !r.lang.verbLast || !r.quotedBefore(end) {
		return phrase{}
	}
	if r.toks[i].class&cite != 0 { // "“…” diyen Aydın"
		if p := r.after(c, i+1); p.ok() && r.person(p) {
			f.next = p.allTo
			return p
		}
	}
	return r.beforeQuotation(c, end)
}

// beforeQuotation is the subject before the quotation that ends before token end, where verbs stand last: "X, “…” said". A name with
// an ending is whom it is said to or where: the subject may stand in front of it.
func (r *reading) beforeQuotation(c clause, end int) phrase {
	for end > c.from && r.toks[end-1].kind != quoted {
		end--
	}
	for end--; end > c.from; {
		if r.toks[end-1].kind == comma || r.toks[end-1].class&aux != 0 {
			end--
			continue
		}
		p := r.nounEnding(c, end)
		if p.ok() && r.suffixed(p) {
			if p.allFrom == c.from || r.toks[p.allFrom-1].kind != comma {
				break
			}
			end = p.allFrom
			continue
		}
		if p.ok() && r.person(p) {
			return p
		}
		break
	}
	return phrase{}
}

// suffixed tells a phrase in a name with an ending that an apostrophe parts from it, so that it is no subject.
func (r *reading) suffixed(p phrase) bool {
	last := p.to - 1
	for r.lang.suffixes && !r.toks[last].owner && last+1 < len(r.toks) && r.name(last) && r.name(last+1) {
		last++
	}
	return r.lang.suffixes && r.toks[last].owner
}
