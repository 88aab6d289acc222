package quote

import (
	"slices"
	"strings"
)

// maxNamesakes is how many people one part of a name or one office is looked up for: more share none in prose, and hostile
// text stays linear.
const maxNamesakes = 12

// people knows whom an article names, to give the full name for a short one, a pronoun or an office.
type people struct {
	r        *reading
	byPart   map[string][]*person // by each part of the name
	byOffice map[string][]*person // by the words that say what they are
	bodies   map[string][]string  // full names of bodies by their last word
	forms    map[string]bool      // words that stand in names, as they stand there
	mentions []mention            // in the order of the text
	byTitle  map[string]string    // names by the office that they were called by, likewise
	called   []string             // full names of speakers so far, in languages without spaces
}

// person is somebody with a name of at least two parts.
type person struct {
	name    string // the first full form
	parts   []string
	nick    string // what stands in marks inside the name
	role    string // the first office given with the name
	offices []office
	sex     class // male, female, both or neither known
	human   bool  // something shows that it is a person: a given name, a form of address, an office
	named   int   // how often in full
	seen    []int // tokens where it is named
}

// mention is a place where a person is named.
type mention struct {
	at    int // token
	who   *person
	owner bool // only as whose something is: "Dasol's host"
	says  bool // as the subject of a reporting verb
}

// people collects the names of the article: the full ones first, then all places where they or a part of them stand.
func (r *reading) people() *people {
	p := &people{r: r, byPart: map[string][]*person{}, byOffice: map[string][]*person{}, bodies: map[string][]string{}, forms: map[string]bool{}}
	runs := r.nameRuns()
	for _, run := range runs {
		p.forms[r.toks[run.to-1].low] = true
	}
	for i := range r.toks {
		if t := &r.toks[i]; t.leads && t.upper && t.class == 0 && r.lang.declines() {
			p.forms[t.low] = true // perhaps a surname
		}
	}
	var doubtful []phrase
	for _, run := range runs {
		if r.unsure(run.from, run.to) {
			doubtful = append(doubtful, run)
		} else {
			p.add(run.from, run.to)
		}
	}
	for _, run := range doubtful {
		if len(p.byPart[r.toks[run.to-1].low]) == 0 {
			p.add(run.from, run.to)
		}
	}
	for _, run := range runs {
		p.mention(run.from, run.to)
	}
	p.addBodies()
	return p
}

// unsure tells a run whose first word may have its capital for beginning a sentence ("Maybe Orwick").
func (r *reading) unsure(from, to int) bool {
	t := &r.toks[from]
	return t.leads && !r.lang.nounsUpper && to-from == 2 && t.class&(male|female|title|role) == 0 && !r.capital[t.low]
}

// mention notes whom a run of names stands for.
func (p *people) mention(from, to int) {
	who := p.named(from, to, false)
	if who == nil {
		who = p.titled(from, to)
	}
	if who == nil {
		who = p.forename(from, to)
	}
	if who == nil {
		return
	}
	if first := p.r.toks[from]; first.class&title != 0 {
		who.human = true
		if who.sex == 0 && len(p.byPart[who.parts[len(who.parts)-1]]) == 1 {
			who.sex = first.class & (male | female)
		}
	}
	if who.seen = append(who.seen, from); to-from == 1 && len(who.parts) > 1 && (!p.r.lang.nounsUpper || p.r.toks[from].leads) && p.r.toks[from].low == who.parts[len(who.parts)-1] {
		who.human = true // places and bodies are not called by their last word
	}
	last := &p.r.toks[to-1]
	owner := last.owner || p.r.lang.nounsUpper && !slices.Contains(who.parts, last.low) && strings.HasSuffix(last.low, "s")
	owner = owner || p.r.lang.declines() && to-from > 1 && p.r.tied(to-1)
	p.mentions = append(p.mentions, mention{at: from, who: who, owner: owner})
}

// titled is a person of whom the article gives only the surname, with a form of address.
func (p *people) titled(from, to int) *person {
	t := &p.r.toks[from]
	start := p.r.nameStart(from, to)
	if t.class&title == 0 || start == from || start != to-1 || p.r.toks[start].class&(male|female) != 0 {
		return nil
	}
	who := &person{name: p.r.nameOf(start, to), parts: []string{p.r.toks[start].low}, human: true}
	p.index(p.byPart, who.parts[0], who)
	return who
}

// forename is a person of whom the article gives only the given name, and what the person is: "her husband, Alf,".
func (p *people) forename(from, to int) *person {
	start := p.r.nameStart(from, to)
	t := &p.r.toks[start]
	if to-start > 1 || t.kind != word || t.class&^(male|female) != 0 || len(p.byPart[t.low]) > 0 {
		return nil
	}
	offices := p.r.offices(from, start, to)
	ofKin := !t.leads && !p.r.lang.nounsUpper && slices.ContainsFunc(offices, func(o office) bool {
		return slices.ContainsFunc(o.heads, func(h string) bool { return p.r.lang.words[h]&kin != 0 })
	})
	ofKin = ofKin || start > from && p.r.toks[from].class&kin != 0 // "Дружина Гринчука Марія"
	if !ofKin && (!p.r.given(start) || len(offices) == 0 && !p.r.aged(to)) {
		return nil
	}
	who := &person{name: p.r.nameOf(start, to), parts: []string{t.low}, human: true}
	p.index(p.byPart, t.low, who)
	p.look(who, from, start, to)
	return who
}

// add remembers the name in the tokens from from to to, where it has two to five parts.
func (p *people) add(from, to int) {
	start := p.r.nameStart(from, to)
	parts := p.r.parts(start, to)
	if len(parts) < 2 || len(parts) > 5 || !p.r.toks[start].upper || abbreviated(parts[len(parts)-1]) {
		return
	}
	for i := start; i < to; i++ {
		if p.r.toks[i].class&body != 0 {
			return // a body is no person
		}
	}
	name := p.r.nameOf(start, to)
	if p.r.lang.declines() && p.r.toks[start].leads && p.r.mismatched(parts) {
		return
	}
	if p.r.lang.declines() {
		name, parts = p.nominative(start, to, parts)
	}
	who := p.same(parts, p.r.nick(start, to))
	if who == nil {
		who = &person{name: name, parts: parts}
		for _, part := range parts {
			p.index(p.byPart, part, who)
		}
	}
	if abbreviated(who.parts[0]) && !abbreviated(parts[0]) {
		who.name, who.parts = name, parts
		p.index(p.byPart, parts[0], who)
	}
	if nick := p.r.nick(start, to); nick != "" {
		who.nick = nick
		p.index(p.byPart, nick, who)
	}
	p.look(who, from, start, to)
}

// index puts who under a word, once.
func (p *people) index(by map[string][]*person, word string, who *person) {
	if list := by[word]; len(list) < maxNamesakes && !slices.Contains(list, who) {
		by[word] = append(list, who)
	}
}

// look notes what the words in and around a full name tell of the person.
func (p *people) look(who *person, from, start, to int) {
	who.named++
	if who.sex == 0 {
		who.sex = p.r.sexOfName(who.parts)
	}
	given := p.r.toks[start].class&(male|female) != 0
	who.human = who.human || given || abbreviated(who.parts[0]) || p.r.aged(to)
	for i := from; i < start; i++ {
		if p.r.toks[i].class&title != 0 {
			who.human = true
			if who.sex == 0 {
				who.sex = p.r.toks[i].class & (male | female)
			}
		}
	}
	for _, o := range p.r.offices(from, start, to) {
		who.human = true
		if who.sex == 0 {
			who.sex = o.sex
		}
		if who.role == "" && o.shown {
			who.role = o.text
		}
		p.employ(who, o)
	}
}

// aged tells whether an age stands behind the name that ends before token i: "Reed, 84,", "Ulloa, de 84 años,".
func (r *reading) aged(i int) bool {
	if i++; i >= len(r.toks) || r.toks[i-1].kind != comma {
		return false
	}
	if r.toks[i].class&prep != 0 && i+1 < len(r.toks) {
		i++
	}
	return r.number(i) && r.toks[i].Len() <= 2 && (i+1 == len(r.toks) || r.toks[i+1].kind != word || r.toks[i+1].class&day != 0)
}

// employ remembers that the article calls who by an office.
func (p *people) employ(who *person, o office) {
	if len(who.offices) == maxNamesakes {
		return
	}
	who.offices = append(who.offices, o)
	for _, h := range o.heads {
		p.index(p.byOffice, h, who)
		if last := p.r.lang.lastPart(h); last != "" {
			p.index(p.byOffice, last, who)
		}
	}
}

// same is the person that goes by the first and the last of the parts, or by a nickname and the last.
func (p *people) same(parts []string, nick string) *person {
	first, last := parts[0], parts[len(parts)-1]
	for _, who := range p.byPart[last] {
		if who.parts[len(who.parts)-1] != last {
			continue
		}
		if other := who.parts[0]; first == other || first == who.nick || nick != "" && nick == other || shortens(first, other) || shortens(other, first) {
			return who
		}
	}
	return nil
}

// named is the person that a run of names stands for: whose surname it is before whose given name it is. Of several with one
// surname the one is meant that was named in the paragraph or the one before. tied tells that the name is tied to a noun or
// preposition, so that in languages with cases it stands in another than the first.
func (p *people) named(from, to int, tied bool) *person {
	start := p.r.nameStart(from, to)
	parts := p.r.parts(start, to)
	if len(parts) == 0 || len(parts) > 5 {
		return nil
	}
	sex := class(0)
	for i := from; i < start; i++ {
		if p.r.toks[i].class&title != 0 {
			sex |= p.r.toks[i].class & (male | female)
		}
	}
	best, most := []*person(nil), 0
	for _, form := range p.r.lang.forms(parts[len(parts)-1]) {
		for _, who := range p.byPart[form] {
			n := p.fits(who, parts, form, tied)
			if n == 0 || sex != 0 && who.sex != 0 && who.sex&sex == 0 {
				continue
			}
			if n *= 2; sex != 0 && who.sex == sex {
				n++
			}
			if n < most {
				continue
			}
			if n > most {
				best, most = best[:0], n
			}
			if !slices.Contains(best, who) {
				best = append(best, who)
			}
		}
	}
	return p.meant(best, from)
}

// How well a name fits a person, the best last.
const (
	byGiven = iota + 1
	byMiddle
	bySurname
	asItStands
)

// fits tells how well parts of a name, of which the last has this form, stand for who; 0: not at all.
func (p *people) fits(who *person, parts []string, form string, tied bool) int {
	n, last := len(parts)-1, len(who.parts)-1
	at := slices.Index(who.parts, form)
	if at < 0 && form == who.nick {
		at = 0
	}
	if at < n && at < last || at < last && !who.human || 0 < at && at < last && !p.r.lang.free {
		return 0
	}
	for k := range n { // the parts before it, from the right
		if i := at - n + k; (i < 0 || !p.r.lang.like(parts[k], who.parts[i])) && !p.r.lang.like(parts[k], who.parts[0]) && parts[k] != who.nick {
			return 0
		}
	}
	switch {
	case at == last && (form == parts[n]) != tied:
		return asItStands
	case at == last:
		return bySurname
	case at > 0:
		return byMiddle
	}
	return byGiven
}

// meant is the one of those who fit a name at token i: the only one named before, the one named twice as often as any
// other, the one named last if that is near, or the one named most.
func (p *people) meant(those []*person, i int) *person {
	if len(those) <= 1 {
		return append(those, nil)[0]
	}
	var last, most *person
	latest, known, count, second := -1, 0, 0, 0
	for _, who := range those {
		k, _ := slices.BinarySearch(who.seen, i)
		if k == 0 {
			continue
		}
		if known++; who.seen[k-1] > latest {
			last, latest = who, who.seen[k-1]
		}
		if n := who.named + k; n > count {
			most, count, second = who, n, count
		} else {
			second = max(second, n)
		}
	}
	switch {
	case known > 1 && count >= 2*second && count > second+1:
		return most
	case known == 1 || known > 1 && p.r.paragraphsBetween(latest, i) <= 1:
		return last
	case count > second:
		return most
	}
	return nil
}

// nameOf is the text of a name without a possessive.
func (r *reading) nameOf(from, to int) string {
	return r.span(phrase{from, to, from, to}).In(r.text)
}
