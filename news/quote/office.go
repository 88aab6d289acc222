package quote

import (
	"slices"
	"strings"

	"herald/news"
)

// What the article calls a person: offices and other nouns before the name, and remarks beside it.

// office is what a person is called besides the name.
type office struct {
	text  string
	heads []string // the words that a mention can take up, in lower case
	words []string // all words, in lower case
	sex   class    // that its form or its article tells
	shown bool     // says enough to stand beside the name
	past  bool     // that it is one no more: "the former mayor"
}

// officeReach is how many tokens an office has at most.
const officeReach = 10

// offices are those that stand in the run of capitals from from to to before the name at start, or beside it.
func (r *reading) offices(from, start, to int) []office {
	var all []office
	if first, last := r.roleBefore(from, start, to); last >= first && first >= 0 {
		all = append(all, r.officeOf(first, last+1, true))
	} else if first, last := r.nounBeforeName(from, start); last >= first && first >= 0 {
		all = append(all, r.officeOf(first, last+1, true))
	}
	if i := from - 1; len(all) == 0 && from == start && i >= 0 && r.lang.free && !r.lang.nounsUpper && !r.lang.articles && r.given(start) && to-start > 1 &&
		r.toks[i].kind == word && !r.toks[i].upper && r.toks[i].class == 0 {
		all = append(all, r.officeOf(i, from, false)) // a noun that no list knows
	}
	if end := r.remarkBefore(from, to); end > 0 {
		first := r.remarkStart(end)
		if o := r.officeOf(first, end, false); len(o.heads) > 0 && (o.shown || r.toks[first].class&det != 0) {
			all = append(all, o)
		}
	}
	if first, end := r.remarkAfter(to); end > first {
		if o := r.officeOf(first, end, false); len(o.heads) > 0 && (o.shown || r.toks[first].class&det != 0) {
			all = append(all, o)
		}
	}
	return all
}

// officeOf reads the office in tokens from to to.
func (r *reading) officeOf(from, to int, shown bool) office {
	o := office{shown: shown}
	at := from
	for at < to && r.toks[at].kind == word && r.toks[at].class&det != 0 && !r.toks[at].upper || at < to && r.toks[at].leads && r.toks[at].class&det != 0 {
		at++
	}
	if from > 0 && at == from && r.toks[from-1].class&det != 0 {
		from--
	}
	head := -1
	for i := at; i < to && r.toks[i].kind == word; i++ {
		t := &r.toks[i]
		if t.class&prep != 0 && i > at {
			break
		}
		if t.class&role == 0 && (!r.lang.agent(t.low) || !r.lang.nounsUpper) || head >= 0 && r.lang.firsts[t.low] != "" {
			continue // "пресс-секретарь губернатора": what it is tied to is none of its own
		}
		o.heads = append(o.heads, r.lang.first(t.low))
		o.shown = true
		head = i
	}
	if head < 0 {
		head = r.headOf(at, to)
		if head >= 0 {
			o.heads = append(o.heads, r.lang.first(r.toks[head].low))
		}
	}
	first := at
	if at > 0 && r.toks[at-1].past {
		first--
	}
	for i := first; i < to; i++ {
		if t := &r.toks[i]; t.kind == word {
			o.words = append(o.words, r.lang.first(t.low))
			o.past = o.past || t.past
		}
	}
	if head >= 0 {
		o.text = news.Span{Start: r.toks[at].Start, End: r.toks[to-1].End}.In(r.text)
		o.sex = r.sexOf(head, from)
	}
	return o
}

// headOf is the noun of a phrase without an office: the last word before a preposition, or the first one in languages that
// set what describes a noun behind it.
func (r *reading) headOf(from, to int) int {
	head := -1
	for i := from; i < to && r.toks[i].kind == word; i++ {
		if r.toks[i].class&(function|day) != 0 {
			break
		}
		head = i
		if r.lang.free && !r.lang.nounsUpper {
			break
		}
	}
	return head
}

// sexOf is what the form of the office at token i tells, or its article between from and i.
func (r *reading) sexOf(i, from int) class {
	switch c := r.lang.sexOf(r.lang.first(r.toks[i].low)); {
	case c != 0:
		return c
	case r.toks[from].class&masculine != 0 && r.toks[from].class&feminine == 0:
		return male
	case r.toks[from].class&feminine != 0 && r.toks[from].class&masculine == 0:
		return female
	}
	return 0
}

// roleBefore is the office that stands before the name from start to to: inside its run of capitals, which begins at
// from, or before it. A word in lower case behind the name makes it an adjective ("the official Aldmoor daily").
func (r *reading) roleBefore(from, start, to int) (first, last int) {
	last = start - 1
	for last >= from && (r.toks[last].kind == dot || r.toks[last].class&title != 0 && r.toks[last].class&role == 0) {
		last--
	}
	if first = r.officeOfTail(start); last < from && first >= 0 && r.lang.free && !r.lang.nounsUpper {
		return first, start - 1
	}
	if last < from && r.lang.declines() {
		if first, last = r.roleWithin(from); first >= 0 && r.another(first, start) {
			return -1, -2
		}
		return first, last
	}
	if last < from && from > 0 && r.toks[from-1].kind == word && r.toks[from-1].class&role != 0 {
		last = from - 1
		if next := to; next < len(r.toks) && r.toks[next].kind == word && !r.toks[next].upper && r.toks[next].class&(function|anyCue) == 0 {
			return -1, -2
		}
	}
	if last < 0 || last >= start {
		return -1, -2
	}
	if first = r.office(from, last); first < 0 || r.another(first, start) {
		return -1, -2
	}
	return first, last
}

// roleWithin is the office before token end in languages with cases, where nouns may follow its first word: "министр обороны".
func (r *reading) roleWithin(end int) (first, last int) {
	first = -1
	for i := end - 1; i >= 0 && i > end-nounReach && r.toks[i].kind == word; i-- {
		switch c := r.toks[i].class; {
		case c&(role|kin) != 0:
			first = i
		case c&(function|anyCue|day) != 0 && !r.toks[i].upper:
			return first, end - 1
		}
	}
	return first, end - 1
}

// office is where the office begins whose last word is token last, -1 for none. from is where its run of capitals begins.
func (r *reading) office(from, last int) int {
	if r.toks[last].class&role != 0 {
		return r.roleStart(min(from, last))
	}
	if t := &r.toks[last]; t.class&prep != 0 && !t.upper && last < from {
		return -1 // "the lawyer of Tom Reed"
	}
	for i := last; i >= 0 && i > last-nounReach && r.toks[i].kind == word; i-- { // "ministre des Transports"
		if r.toks[i].class&role != 0 {
			return i
		}
		if !r.toks[i].upper && r.toks[i].class&(prep|det|particle) == 0 {
			break
		}
	}
	if last >= from && (r.lang.nounsUpper || r.lang.agent(r.toks[last].low)) { // "Verkehrsministerin": compounds are in no list
		return last
	}
	return -1
}

// roleStart goes left over the words that belong to an office ("White House spokesperson").
func (r *reading) roleStart(i int) int {
	for n := 0; i > 0 && n < 5; n++ {
		t := &r.toks[i-1]
		if t.kind != word || t.End+1 != r.toks[i].Start || t.class&(function|day|anyCue) != 0 || t.owner || !t.upper && t.class&role == 0 {
			break
		}
		i--
	}
	return i
}

// nounBeforeName is the noun right before a name that says by its ending what the person is.
func (r *reading) nounBeforeName(from, start int) (first, last int) {
	i := from - 1
	if from != start || i < 0 || r.lang.nounsUpper {
		return -1, -2
	}
	t := &r.toks[i]
	if t.kind == word && t.class&kin != 0 && t.class&function == 0 && !r.ownsNoun(start) {
		return i, i
	}
	if t.kind != word || t.upper && !t.leads || t.class&^(male|female) != 0 || t.owner || !r.lang.agent(t.low) {
		return -1, -2
	}
	return i, i
}

// remarkBefore is the comma before the name from from to to that ties it to the phrase before ("the mayor, Lena Orwick, "); 0
// where there is none.
func (r *reading) remarkBefore(from, to int) int {
	for from > 2 && r.toks[from-1].class&title != 0 {
		from--
	}
	if from < 2 || r.toks[from-1].kind != comma || r.toks[from-2].kind != word {
		return 0
	}
	if to < len(r.toks) && r.toks[to].kind == word && r.toks[to].class&anyCue == 0 {
		return 0
	}
	if from > 2 && r.toks[from-2].upper && r.toks[from-3].class&at != 0 {
		return 0 // a place: "in Hollis, North Mercia"
	}
	return from - 1
}

// remarkStart is where the phrase begins that ends before token end: at its article, its owner, or where its clause does.
func (r *reading) remarkStart(end int) int {
	first := end
	for first > 0 && end-first < officeReach {
		t := &r.toks[first-1]
		if t.kind != word || t.class&(anyCue|conj|that|day) != 0 && !t.upper {
			break
		}
		first--
		if t.class&det != 0 && (first == 0 || r.toks[first-1].kind != word || r.toks[first-1].class&(prep|particle) == 0) || t.leads {
			break
		}
	}
	for first < end-1 && (r.toks[first].owner || r.toks[first].class&prep != 0 && r.toks[first].class&det == 0) {
		first++
	}
	return first
}

// remarkAfter is the phrase behind a name that says what the person is: "Lena Orwick, the mayor,", "Lena Orwick was mayor".
func (r *reading) remarkAfter(to int) (first, end int) {
	if to+1 >= len(r.toks) || r.toks[to].kind != comma && r.toks[to].class&be == 0 {
		return 0, 0
	}
	first = to + 1
	if r.toks[first].kind == word && '0' <= r.toks[first].low[0] && r.toks[first].low[0] <= '9' && first+2 < len(r.toks) && r.toks[first+1].kind == comma {
		first += 2 // an age
	}
	t := &r.toks[first]
	if t.kind != word || t.class&(det|role) == 0 && !t.owner || t.class&(who|conj) != 0 && t.class&det == 0 {
		return 0, 0
	}
	for end = first; end < len(r.toks) && end-first < officeReach && r.toks[end].kind == word && r.toks[end].class&conj == 0; end++ {
		if c := r.toks[end].class; c&who != 0 && c&det == 0 || c&anyCue != 0 && c&role == 0 {
			break
		}
	}
	for first < end-1 && r.toks[first].owner {
		first++
	}
	return first, end
}

// description is the office that a remark beside the subject gives ("Tom Reed, the mayor, said").
func (r *reading) description(m phrase) string {
	for _, part := range []phrase{{from: m.allFrom, to: m.from}, {from: m.to, to: m.allTo}} {
		for part.from < part.to && (r.toks[part.from].kind != word || r.toks[part.from].class&det != 0) {
			part.from++
		}
		end := part.from
		office := false
		for end < part.to && r.toks[end].kind == word && end-part.from < nounReach && r.toks[end].class&who == 0 {
			office = office || r.toks[end].class&role != 0
			end++
		}
		beside := part.to == m.from && r.token(m.from-1).kind == comma || part.from > m.to && r.token(m.to).kind == comma
		if office || beside && r.full(m) && r.calling(part.from, end) {
			return news.Span{Start: r.toks[part.from].Start, End: r.toks[end-1].End}.In(r.text)
		}
	}
	return ""
}

// calling tells whether tokens from from to to are a noun behind an article that can say what somebody is, where the order is fixed:
// "the forecaster on duty", "a keen rower".
func (r *reading) calling(from, to int) bool {
	if r.lang.free || r.lang.nounsUpper || from == 0 || from == to || r.toks[from-1].class&det == 0 || r.toks[from-1].class&pronominal != 0 {
		return false
	}
	for i := from; i < to; i++ {
		if t := &r.toks[i]; t.class&^(prep|det) != 0 || r.number(i) {
			return false
		}
	}
	head := r.headOf(from, to)
	return head >= from && !r.toks[head].upper && (head+1 == to || r.toks[head+1].class&prep != 0)
}

// matches tells whether a mention of these words, of which head says what the person is, can stand for the office.
func (o *office) matches(head string, words []string, past bool) bool {
	if !slices.ContainsFunc(o.heads, func(h string) bool { return h == head || strings.HasSuffix(h, head) }) {
		return false
	}
	if o.past && !past {
		return false // "the former mayor, Tom Reed" is not "the mayor"
	}
	if len(o.words) == len(o.heads) {
		return true // nothing that could contradict
	}
	for _, w := range words {
		if !slices.Contains(o.words, w) && w != head {
			return false
		}
	}
	return true
}
