package quote

import (
	"strings"
	"unicode/utf8"

	"herald/news"
)

// people knows whom an article names, to give the full name for a short one, a pronoun or an office.
type people struct {
	r        *reading
	all      []*person            // in the order of the text
	byLast   map[string][]*person // by the last part of the name, in lower case
	mentions []mention            // of persons, in the order of the text
}

// person is somebody or some body with a name of at least two parts.
type person struct {
	name  string // the first full form
	role  string // the first office given with the name
	sex   class  // male, female, both or neither known
	human bool   // something shows that it is a person: a given name, a form of address, an office
}

// mention is a place where a person is named.
type mention struct {
	at  int // token
	who *person
}

// people collects the names of the article: the full ones first, then all places where they or a part of them stand.
func (r *reading) people() *people {
	p := &people{r: r, byLast: map[string][]*person{}}
	runs := r.nameRuns()
	for _, run := range runs {
		p.add(run.from, run.to)
	}
	for _, run := range runs {
		who := p.named(run.from, run.to)
		if who == nil {
			continue
		}
		if first := r.toks[run.from]; first.class&title != 0 {
			who.sex |= first.class & (male | female)
			who.human = true
		}
		p.mentions = append(p.mentions, mention{run.from, who})
	}
	return p
}

// speakers notes that those who speak and are no bodies are people.
func (f *finder) speakers(p *people) {
	note := func(s *said) {
		if s == nil || !s.cued() || !s.subject.ok() || !f.name(s.subject.to-1) || f.toks[s.subject.from].class&det != 0 {
			return
		}
		for i := s.subject.from; i < s.subject.to; i++ {
			if f.toks[i].class&body != 0 {
				return
			}
		}
		if who := p.named(s.subject.from, s.subject.to); who != nil && s.subject.to-s.subject.from == 2 {
			who.human = true
		}
	}
	for _, s := range f.claims {
		note(s)
	}
	for i := range f.reports {
		note(&f.reports[i].said)
	}
}

// nameRuns are the runs of names, as ranges of tokens.
func (r *reading) nameRuns() []phrase {
	var runs []phrase
	for i := 0; i < len(r.toks); {
		if !r.name(i) {
			i++
			continue
		}
		end := r.nameEnd(i)
		runs = append(runs, phrase{from: i, to: end})
		i = end
	}
	return runs
}

// nameEnd is the token behind the run of names that begins at i.
func (r *reading) nameEnd(i int) int {
	end := i + 1
	for end < len(r.toks) {
		last, t := &r.toks[end-1], &r.toks[end]
		next := end+1 < len(r.toks) && r.name(end+1)
		switch {
		case last.owner:
			return end
		case r.lang.nounsUpper && r.name(end) && end-2 >= i && r.given(end-2) && !r.given(end-1) && last.kind == word:
			return end // behind a given name and a surname: another noun
		case r.name(end) && !t.leads:
			end++
		case next && t.kind == dot && t.Start == last.End && (last.class&(title|role) != 0 || last.Len() <= 2):
			end += 2
		case next && t.class&particle != 0 && r.toks[end+1].class&role == 0:
			end += 2
		case next && t.class&role != 0 && !t.leads: // "Treasury spokesman Tom Reed"
			end += 2
		default:
			return end
		}
	}
	return end
}

// add remembers the name in the tokens from to to, where it has two to five parts.
func (p *people) add(from, to int) {
	start := p.r.nameStart(from, to)
	if to-start < 2 || to-start > 5 || !p.r.toks[start].upper {
		return
	}
	name := p.r.nameOf(start, to)
	for i := start; i < to; i++ {
		if p.r.toks[i].class&body != 0 {
			return // a body is no person
		}
	}
	who := p.find(p.r.toks[to-1].low, name)
	if who == nil {
		who = &person{name: name}
		p.all = append(p.all, who)
		p.byLast[p.r.toks[to-1].low] = append(p.byLast[p.r.toks[to-1].low], who)
	}
	if given := p.r.toks[start].class & (male | female); given != 0 {
		who.sex |= given
		who.human = true
	}
	if role := p.r.roleBefore(from, start, to); role != "" {
		who.human = true
		who.sex |= p.r.sexOf(role)
		if who.role == "" {
			who.role = role
		}
	}
}

// sexOf is what the form of an office tells, in languages that have one for women.
func (r *reading) sexOf(role string) class {
	for w := range strings.FieldsSeq(strings.ToLower(role)) {
		c := r.lang.words[w]
		if c == 0 && r.lang.nounsUpper {
			c = r.lang.compound(w)
		}
		if c&woman != 0 {
			return female
		}
	}
	return 0
}

// roleBefore is the office that stands before the name from start to to: inside its run of capitals, which begins at
// from, or before it. A word in lower case behind the name makes it an adjective ("the official Aldmoor daily").
func (r *reading) roleBefore(from, start, to int) string {
	last := start - 1
	for last >= from && r.toks[last].kind == dot {
		last--
	}
	if last < from && from > 0 && r.toks[from-1].kind == word && r.toks[from-1].class&role != 0 {
		last = from - 1
		if next := to; next < len(r.toks) && r.toks[next].kind == word && !r.toks[next].upper && r.toks[next].class&(function|anyCue) == 0 {
			return ""
		}
	}
	if last < 0 || last >= start {
		return ""
	}
	first := r.office(from, last)
	if first < 0 {
		return ""
	}
	return news.Span{Start: r.toks[first].Start, End: r.toks[last].End}.In(r.text)
}

// office is where the office begins whose last word is token last, -1 for none. from is where its run of capitals begins.
func (r *reading) office(from, last int) int {
	if r.toks[last].class&role != 0 {
		return r.roleStart(min(from, last))
	}
	for i := last; i >= 0 && i > last-nounReach && r.toks[i].kind == word; i-- { // "ministre des Transports"
		if r.toks[i].class&role != 0 {
			return i
		}
		if !r.toks[i].upper && r.toks[i].class&(prep|det|particle) == 0 {
			break
		}
	}
	if r.lang.nounsUpper && last >= from { // "Verkehrsministerin": compounds are in no list
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

// nameStart is where in a run of names the name itself begins: behind forms of address and offices.
func (r *reading) nameStart(from, to int) int {
	start := from
	for i := from; i < to-1; i++ {
		t := &r.toks[i]
		given := t.class&(male|female) != 0
		if t.class&title != 0 || t.class&(role|body) != 0 && (!given || i == from && to-i > 2) {
			start = i + 1
			if r.toks[start].kind == dot && start+1 < to {
				start++
			}
		}
	}
	for i := start + 1; i < to-1; i++ { // "ministre des Transports Paul Vernier"
		if r.toks[i].class&(male|female) != 0 && r.toks[start].class&(male|female) == 0 && r.toks[i-1].kind == word {
			return i
		}
	}
	return start
}

// nameOf is the text of a name without a possessive.
func (r *reading) nameOf(from, to int) string {
	return r.span(phrase{from, to, from, to}).In(r.text)
}

// find is the person of that full name.
func (p *people) find(last, name string) *person {
	for _, who := range p.byLast[last] {
		if who.name == name {
			return who
		}
	}
	return nil
}

// named is the person that a run of names stands for: of those with its last part, one whose name it ends, else nobody.
// Of several with one surname the one that was named in full last before it is meant.
func (p *people) named(from, to int) *person {
	start := p.r.nameStart(from, to)
	if start >= to {
		return nil
	}
	short := p.r.nameOf(start, to)
	var best *person
	for _, who := range p.byLast[p.r.toks[to-1].low] {
		if !strings.HasSuffix(who.name, short) {
			continue
		}
		if best == nil || who.name == short {
			best = who
		}
	}
	return best
}

// speaker makes a speaker of a subject: the full name of whom it stands for, and the office.
func (p *people) speaker(m phrase) *news.Speaker {
	span := p.r.span(m)
	s := &news.Speaker{Mention: span.In(p.r.text), Span: span}
	s.Name = s.Mention
	if who := p.resolve(m); who != nil {
		s.Name, s.Role = who.name, who.role
	}
	if s.Role == "" {
		s.Role = p.r.description(m)
	}
	return s
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
		if office {
			return news.Span{Start: r.toks[part.from].Start, End: r.toks[end-1].End}.In(r.text)
		}
	}
	return ""
}

// resolve finds whom a mention stands for; nil where the article does not say.
func (p *people) resolve(m phrase) *person {
	first, last := &p.r.toks[m.from], m.to-1
	if m.to-m.from == 1 && first.class&(he|she) != 0 {
		return p.pronoun(m.from)
	}
	if m.to-m.from == 1 && first.class&who != 0 {
		return p.antecedent(m.from)
	}
	if p.r.name(last) && first.class&det == 0 {
		return p.named(m.from, m.to)
	}
	if p.r.toks[last].class&role != 0 {
		return p.officer(m)
	}
	return nil
}

// pronoun is the person named last before token i whose sex is not the other one.
func (p *people) pronoun(i int) *person {
	c := p.r.toks[i].class
	other := female
	if c&she != 0 && c&he == 0 {
		other = male
	}
	for k := len(p.mentions) - 1; k >= 0; k-- {
		if m := p.mentions[k]; m.at < i && m.who.human && (m.who.sex == 0 || m.who.sex != other) {
			return m.who
		}
	}
	return p.alone(i, other)
}

// alone is the one name of two parts that token i's paragraph has before it, though nothing shows that it is a person's: the
// given name is in no list. Where there are several nobody is meant for sure.
func (p *people) alone(i int, other class) *person {
	var only *person
	for k := len(p.mentions) - 1; k >= 0; k-- {
		m := p.mentions[k]
		switch {
		case m.at >= i:
			continue
		case !p.r.sameParagraph(m.at, i):
			return only
		case !strings.Contains(m.who.name, " ") || m.who.sex == other:
			continue
		case only != nil && only != m.who:
			return nil
		}
		only = m.who
	}
	return only
}

// sameParagraph tells whether tokens i and k, i before k, stand in one paragraph.
func (r *reading) sameParagraph(i, k int) bool {
	return !strings.Contains(r.text[r.toks[i].Start:r.toks[k].Start], "\n")
}

// antecedent is the person named right before the relative pronoun at token i.
func (p *people) antecedent(i int) *person {
	for k := len(p.mentions) - 1; k >= 0; k-- {
		if m := p.mentions[k]; m.at < i {
			if i-m.at <= nounReach {
				return m.who
			}
			return nil
		}
	}
	return nil
}

// officer is the one person whose office ends in the word that the mention ends in ("the minister").
func (p *people) officer(m phrase) *person {
	office := p.r.toks[m.to-1].low
	var only *person
	for _, who := range p.all {
		role := strings.ToLower(who.role)
		rest, ok := strings.CutSuffix(role, office)
		if !ok {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(rest); rest != "" && before != ' ' && before != '-' {
			continue
		}
		if only != nil {
			return nil
		}
		only = who
	}
	return only
}
