package quote

// Verbs whose parts stand apart, and their subjects, in languages where the verb has its place and the subject moves
// around it.

// split tells whether one of the particles that the verb at token i needs follows in its clause, before what it reports.
func (r *reading) split(c clause, i int, particles []string) bool {
	commas := 0
	for k := i + 1; k < c.to && k < i+appositionReach; k++ {
		t := &r.toks[k]
		if t.kind == comma {
			commas++
		}
		if t.kind == colon || commas > 2 {
			return false
		}
		for _, p := range particles {
			if t.kind == word && t.low == p && (k+1 >= c.to || r.toks[k+1].kind != word || r.toks[k+1].class&conj != 0) {
				return true
			}
		}
	}
	return false
}

// fieldOf is the subject of the verb at token i whose auxiliaries begin at end: of an auxiliary that stands away from it,
// else before the verb, else behind it. It moves f.start or f.next over it.
func (r *reading) fieldOf(c clause, i, end int, f *frame) phrase {
	if r.toks[i].class&cueIt != 0 {
		return r.origin(c, i, end, f)
	}
	if p := r.perfect(c, end); p.ok() {
		return p
	}
	if r.toks[i].class&active != 0 {
		return phrase{}
	}
	left := r.before(c, end)
	sure := left.ok() && !(left.to-left.from == 1 && r.toks[left.from].leads && !r.name(left.from) && r.toks[left.from].class&(he|she|they|first|who) == 0) // "Besorgt sagte er"
	if sure && !r.quotedBefore(end) {
		f.start = left.allFrom
		return left
	}
	right := r.fieldAfter(c, i+1)
	if right.ok() && (!left.ok() || r.quotedBefore(end) || r.full(right) || r.toks[right.allFrom].class&(det|pronoun) != 0) {
		f.next = right.allTo
		return right
	}
	if left.ok() {
		f.start = left.allFrom
	}
	return left
}

// origin is where the words come from that a verb with "it" reports ("In dem Brief heißt es", "hieß es aus Aue"): what
// stands behind the preposition before the verb or behind it. The frame is empty where "it" is missing.
func (r *reading) origin(c clause, i, end int, f *frame) phrase {
	at := i + 1
	switch {
	case at < c.to && r.toks[at].class&it != 0:
		at++
	case end > c.from && r.toks[end-1].class&it != 0:
		f.start = end - 1
	default:
		f.weak = true
		return phrase{}
	}
	f.next = at
	if r.toks[c.from].class&prep != 0 && c.from < end {
		if p := r.group(c, c.from+1); p.ok() {
			f.start = c.from
			return p
		}
	}
	for k := end - 1; k >= c.from && k > end-appositionReach && (r.toks[k].kind == word || r.toks[k].kind == quoted); k-- {
		if r.toks[k].class&prep == 0 {
			continue
		}
		if p := r.group(c, k+1); p.ok() {
			f.start = k
			return p
		}
	}
	for k := at; k < c.to && k < at+nounReach && r.toks[k].kind == word; k++ {
		if r.toks[k].class&prep == 0 {
			continue
		}
		if p := r.group(c, k+1); p.ok() {
			f.next = p.allTo
			return p
		}
	}
	return phrase{}
}
