package quote

import "slices"

// Verbs whose parts stand apart, and their subjects, in languages where the verb has its place and the subject moves
// around it.

// split tells whether one of the particles that the verb at token i needs follows in its clause, before what it reports.
func (r *reading) split(c clause, i int, particles []string) bool {
	if i > c.from && slices.Contains(particles, r.toks[i-1].low) {
		return true // "wie sie bekannt gab"
	}
	if !r.lang.free && !r.lang.nounsUpper {
		return i+1 < c.to && slices.Contains(particles, r.toks[i+1].low) // "shot back"
	}
	commas := 0
	for k := i + 1; k < c.to && k < i+appositionReach; k++ {
		t := &r.toks[k]
		if t.kind == comma {
			commas++
		}
		if t.kind == colon || commas > 2 {
			return false
		}
		if t.kind == word && (k == i+1 && !r.lang.nounsUpper || k+1 >= c.to || r.toks[k+1].kind != word || r.toks[k+1].class&conj != 0) && slices.Contains(particles, t.low) {
			return true
		}
	}
	return false
}

// pastParticle is the token behind the frame and the particle of its verb.
func (r *reading) pastParticle(fr frame) int {
	if fr.next < len(r.toks) && r.lang.nounsUpper && slices.Contains(r.lang.split[r.toks[fr.cue].low], r.toks[fr.next].low) {
		return fr.next + 1
	}
	return fr.next
}

// passive tells whether the verb at token i, whose auxiliaries begin at end, is a participle that a form of "werden" makes
// a passive: before it in its clause, or right behind it.
func (r *reading) passive(c clause, i, end int) bool {
	if !r.participle(i) {
		return false
	}
	if i+1 < c.to && r.toks[i+1].class&be != 0 && r.toks[i+1].class&perfect == 0 {
		return true
	}
	if i+1 < c.to && r.toks[i+1].kind == word && r.toks[i+1].class&(conj|that|prep) == 0 {
		return false
	}
	for k := i - 1; k >= c.from && k > end-perfectReach; k-- {
		t := &r.toks[k]
		if t.class&perfect != 0 && t.class&be == 0 {
			return false
		}
		if t.class&be != 0 && t.class&perfect == 0 {
			return true
		}
		if t.kind != word && t.kind != quoted {
			return false
		}
	}
	return false
}

// undergone completes a passive frame: its speaker is whom a preposition names ("von der Stadt", "in einem Bericht"),
// or, of a verb that cites, its subject; where there is none the report is nobody's.
func (r *reading) undergone(c clause, f frame) (frame, bool) {
	if r.toks[f.cue].class&cite != 0 {
		if f.subject = r.patient(c, f.cue); f.subject.ok() {
			f.start = min(f.start, f.subject.allFrom)
			return f, true
		}
	}
	f.weak = r.toks[f.cue].class&(cue|cueThat|apart) == 0
	if f.subject = r.doer(c, f.cue); !f.subject.ok() && r.toks[c.from].class&prep != 0 && r.toks[c.from].class&doer == 0 {
		if p := r.group(c, c.from+1); p.ok() && r.toks[p.to-1].class&source != 0 {
			f.subject = p // "In einer Mitteilung, die …, wurde verkündet, dass …"
		}
	}
	f.unnamed = !f.subject.ok()
	if f.start = f.cue; f.subject.ok() && !(r.toks[f.cue-1].kind == quoted && f.subject.allTo < f.cue) { // not "wurde von der Stadt „…“ genannt"
		f.start = f.subject.allFrom
	}
	return f, true
}

// patient is the subject of the passive verb at token i, beside its form of "werden".
func (r *reading) patient(c clause, i int) phrase {
	for k := i - 1; k > c.from && k > i-appositionReach; k-- {
		if t := &r.toks[k]; t.class&be == 0 || t.class&perfect != 0 {
			continue
		}
		if p := r.before(c, k); p.ok() && r.nominative(p) {
			return p
		}
		return r.fieldAfter(c, k+1)
	}
	return phrase{}
}

// doer is who does what the passive verb at token i says.
func (r *reading) doer(c clause, i int) phrase {
	var place phrase
	for k := i - 1; k >= c.from && k > i-appositionReach; k-- {
		t := &r.toks[k]
		if t.kind != word && t.kind != quoted || r.calls(i-1) && t.class&conj != 0 && t.class&prep == 0 && k > c.from && !r.toks[k-1].upper {
			break // "von der Stadt ausgeht und als „…“ bezeichnet wird"
		}
		if t.class&(doer|prep) == 0 {
			continue
		}
		p := r.group(c, k+1)
		if !p.ok() {
			continue
		}
		if t.class&doer != 0 && t.class&at == 0 {
			return p
		}
		if r.speaks(p) || t.class&at != 0 && r.holds(p, cueNoun) {
			place = p
		}
	}
	return place
}

// agentive tells whether a phrase is for somebody who can speak: by a pronoun, a name, an office or a body.
func (r *reading) agentive(p phrase) bool {
	if r.full(p) {
		return true
	}
	for i := p.allFrom; i < p.to; i++ {
		if r.toks[i].human || r.toks[i].class&(he|she|they|role|body|title|male|female) != 0 {
			return true
		}
	}
	return false
}

// speaks tells whether a phrase is for an office, a body, or what somebody wrote or said.
func (r *reading) speaks(p phrase) bool {
	for i := p.from; i < p.to; i++ {
		if r.toks[i].class&(role|body|source|title) != 0 {
			return true
		}
	}
	return false
}

// cited is whom the verb at token i cites, where its subject ends at token from or stands behind it as p: the phrase
// behind the two.
func (r *reading) cited(c clause, i int, p phrase) phrase {
	at := i + 1
	if t := r.token(at); t.kind == word && (t.class&him != 0 || t.class&she != 0 && p.ok() && p.to <= i) {
		return phrase{at, at + 1, at, max(at+1, p.allTo)} // "zitierte ihn die Zeitung", "die Zeitung zitierte sie"
	}
	if p.from > i {
		at = p.allTo
	}
	for at < c.to && r.toks[at].kind == word && r.toks[at].class&aux != 0 && r.toks[at].class&det == 0 {
		at++ // "zitiert dazu den Minister"
	}
	if at >= c.to || r.toks[at].class&prep != 0 {
		return phrase{}
	}
	return r.group(c, at)
}

// fieldOf is the subject of the verb at token i whose auxiliaries begin at end: of an auxiliary that stands away from it,
// else before the verb, else behind it. It moves f.start or f.next over it.
func (r *reading) fieldOf(c clause, i, end int, f *frame) phrase {
	if r.toks[i].class&cueIt != 0 {
		return r.origin(c, i, end, f)
	}
	if p, aux := r.perfect(c, end); p.ok() {
		if p.from > aux && aux > c.from && r.toks[aux-1].kind != word {
			f.start = aux // "…, hat der Minister gesagt"
		}
		return p
	}
	if r.toks[i].class&active != 0 {
		return phrase{}
	}
	if end > c.from && r.toks[end-1].class&conj != 0 && r.toks[end-1].class&(sub|that) == 0 {
		return phrase{} // "… und forderte die Stadt auf": the subject of the verb before
	}
	left := r.before(c, end)
	sure := left.ok() && !(left.to-left.from == 1 && r.toks[left.from].leads && !r.name(left.from) && r.toks[left.from].class&(he|she|they|first|who|pronominal) == 0) // "Besorgt sagte er"
	if t := r.token(i + 1); t.kind == word && t.class&he != 0 && t.class&det == 0 {
		sure = false // "Die Bürger forderte er auf": he can't be the object
	}
	right := r.fieldAfter(c, i+1)
	if right.ok() && left.ok() && left.to == left.from+1 && r.toks[left.from].class&this != 0 && r.toks[right.from].class&(it|him|her) == 0 {
		sure = false // "…, das teilte die Stadt mit"
	}
	if left.ok() && right.ok() && (r.hisOwn(right.from) || !sure && r.objectTo(c, left, right)) {
		sure = true // "Roth lobte seine Spieler"
	}
	if sure && !r.quotedBefore(end) && (r.agentive(left) || r.surely(c, left, end) || !r.agentive(right) || r.hisOwn(right.from)) {
		f.start = left.allFrom
		return left
	}
	if right.ok() {
		f.next = right.allTo
		return right
	}
	if !left.ok() || r.toks[left.from].class&this != 0 {
		if p := r.whence(c, i); p.ok() {
			f.start, f.next = min(f.start, p.allFrom-1), max(f.next, p.allTo)
			return p
		}
	}
	if left.ok() && !(left.to < end-1 && left.from > c.from && r.calls(end-1) && !r.relative(left)) { // not "den die Stadt als „…“ bezeichnete"
		f.start = left.allFrom
	}
	return left
}

// objectTo tells that right, behind the verb, is its object, and left its subject, of one word that the text does not know as a name:
// "Roth äußerte die Hoffnung, dass …", "Roth begründete dies damit, dass …".
func (r *reading) objectTo(c clause, left, right phrase) bool {
	if left.to != left.from+1 || r.toks[left.from].class != 0 {
		return false
	}
	if t := &r.toks[right.from]; right.to == right.from+1 && t.class&(this|it) != 0 {
		p := r.fieldAfter(c, right.allTo)
		return !p.ok() || !r.agentive(p)
	}
	t := &r.toks[right.to-1]
	return !r.agentive(right) && t.upper && t.class&(cueNoun|source) != 0 && right.allTo < c.to && r.toks[right.allTo].kind == comma
}

// within tells a token that parts no clause and joins none.
func (r *reading) within(i int) bool {
	t := &r.toks[i]
	return t.kind == quoted || t.kind == word && (t.class&conj == 0 || t.class&(prep|as) != 0)
}

// surely tells a subject that begins its clause and can't be the object of the verb at token end: a name without an article,
// or "der" with a noun that its ending shows to be no feminine.
func (r *reading) surely(c clause, p phrase, end int) bool {
	t := &r.toks[c.from]
	if p.allFrom != c.from {
		return false
	}
	if t.class&det == 0 {
		return p.from == c.from && p.to == end && r.capital[t.low]
	}
	return t.class&(masculine|feminine|some) == masculine && !r.lang.abstract(r.toks[p.to-1].low)
}

// whence is what a preposition ties to the verb at token i as the origin of a report: "aus dem Bericht geht hervor",
// "wie aus Polizeikreisen verlautete".
func (r *reading) whence(c clause, i int) phrase {
	from, to := i, i
	for from > c.from && i-from < appositionReach && r.within(from-1) {
		from--
	}
	if from > c.from && r.toks[from-1].class&conj != 0 && r.toks[from-1].class&(sub|that) == 0 {
		return phrase{} // "… und verwies auf Zahlen aus dem Bericht": the subject of the verb before
	}
	for to+1 < c.to && to-i < nounReach && r.within(to+1) {
		to++
	}
	for k := from; k < to; k++ {
		if r.toks[k].class&doer == 0 {
			continue
		}
		if p := r.group(c, k+1); p.ok() && (r.speaks(p) || r.toks[c.from].class&as != 0) && (p.allTo <= i || k > i) {
			return p
		}
	}
	return phrase{}
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
	case at+1 < c.to && r.toks[at].kind == comma && r.toks[at+1].class&that != 0 && r.toks[c.from].class&prep != 0 && r.holds(r.group(c, c.from+1), source|cueNoun):
		// "In einem Bericht steht, dass …"
	case at+1 < c.to && r.toks[at].kind == colon && r.toks[at+1].kind == quoted && r.toks[c.from].class&prep != 0 && r.group(c, c.from+1).allTo == end:
		// "Auf dem Plakat stand: „…“"
	default:
		f.weak = true
		return phrase{}
	}
	f.next = at
	if r.toks[c.from].class&prep != 0 && c.from < end && !r.quotedBefore(end) {
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
			if f.next = p.allTo; p.allTo == k+2 && !r.speaks(p) && !r.agentive(p) {
				break // "hieß es in Aue": where, but not who
			}
			return p
		}
	}
	f.unnamed = true
	return phrase{}
}
