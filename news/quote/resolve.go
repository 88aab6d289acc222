package quote

import (
	"slices"
	"strings"
)

// Whom a mention stands for.

// mentionReach is how many mentions back, and how many paragraphs, a pronoun looks for whom it stands for.
const (
	mentionReach   = 200
	paragraphReach = 8
)

// resolve finds whom a mention stands for; nil where the article does not say.
func (p *people) resolve(m phrase, tied bool) *person {
	first, last := &p.r.toks[m.from], m.to-1
	switch {
	case m.to-m.from == 1 && first.class&(he|she|him|her) != 0:
		return p.pronoun(m.from)
	case p.r.toks[last].class&latter != 0:
		return p.latest(m.from)
	case m.to-m.from == 1 && first.class&who != 0:
		if who := p.antecedent(m.from); who != nil {
			return who
		}
		return p.unknown(m.from)
	case p.r.lang.nounsUpper && p.r.toks[last].class&(source|cueNoun) != 0 && m.to-m.from == 2 && p.r.hisOwn(m.from):
		if strings.HasPrefix(first.low, "s") {
			return p.pronoun(m.from) // "seiner Meinung nach", "seine Antwort:"
		}
		return nil // her, their, its
	case p.r.lang.nounsUpper && m.to-m.from == 2 && (p.r.toks[last].class&source != 0 || p.r.toks[last].class&cueNoun != 0 && first.class&(det|prep) == 0 && strings.HasSuffix(first.low, "s")):
		return p.named(m.from, last, true) // "nach Orwicks Worten", "Orwicks Antwort:"
	case m.to-m.from == 2 && first.class&(him|her) != 0 && first.class&det != 0 && p.r.toks[last].class&(cue|cueQuote|cueNoun) != 0:
		return p.pronoun(m.from) // "“…” was his answer"
	case last > m.from && (p.r.lang.declines() && p.r.tied(last) || p.r.ofAnother(m)):
		return nil // "соседка Зайцевой"
	case p.r.name(last) && (first.class&det == 0 || first.class&particle != 0 && first.upper && !p.r.lang.nounsUpper): // "De Graaf"
		if who := p.named(m.from, m.to, tied); who != nil || p.r.toks[last].class&role == 0 && !p.r.lang.nounsUpper {
			return who
		}
	case p.r.lang.declines() && m.to-m.from > 1 && first.class&det != 0 && p.r.name(last): // "сам Орлов"
		if who := p.named(m.from+1, m.to, tied); who != nil {
			return who
		}
	}
	return p.officer(m)
}

// pronoun is whom he or she at token i stands for: in the nearest clause that names somebody it can be, the first, who is
// the subject more often than not.
func (p *people) pronoun(i int) *person {
	c := p.r.toks[i].class
	other := female
	if c&(she|her) != 0 && c&(he|him) == 0 {
		other = male
	}
	end := p.before(i)
	if in := p.r.clauses[p.r.clauseOf(i)]; p.r.answers(in) {
		end = p.before(in.from) // "Asked about Reed, he said"
	}
	for end > 0 && p.before(i)-end < mentionReach {
		begin := end - 1
		for begin > 0 && p.r.sameClause(p.mentions[begin-1].at, p.mentions[end-1].at) {
			begin--
		}
		if who := p.subject(p.mentions[begin:end], other); who != nil {
			return who
		}
		end = begin
	}
	if c&they != 0 {
		return nil // "sie" may be several
	}
	return p.alone(i, other)
}

// before is how many mentions stand before token i.
func (p *people) before(i int) int {
	lo, hi := 0, len(p.mentions)
	for lo < hi {
		if mid := (lo + hi) / 2; p.mentions[mid].at < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// subject is the one of a clause's mentions that a pronoun stands for whose sex is not the other one.
func (p *people) subject(clause []mention, other class) *person {
	var best *person
	worth := 0
	for _, m := range clause {
		if !m.who.human || m.who.sex == other {
			continue
		}
		n := 1
		if m.who.sex != 0 {
			n++
		}
		if !m.owner {
			n += 2
		}
		if m.says {
			n += 4
		}
		if n > worth {
			best, worth = m.who, n
		}
	}
	return best
}

// sameClause tells whether tokens i and k, i before k, stand in one clause.
func (r *reading) sameClause(i, k int) bool {
	return r.clauseOf(i) == r.clauseOf(k)
}

// clauseOf is the number of the clause that token i stands in.
func (r *reading) clauseOf(i int) int {
	lo, hi := 0, len(r.clauses)
	for lo < hi {
		if mid := (lo + hi) / 2; r.clauses[mid].to <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// paragraphsBetween is how many paragraphs end between tokens i and k.
func (r *reading) paragraphsBetween(i, k int) int { return r.paragraphOf(k) - r.paragraphOf(i) }

// paragraphOf is the number of the paragraph that token i stands in.
func (r *reading) paragraphOf(i int) int { return r.clauses[r.clauseOf(i)].para }

// alone is the one name that the nearest paragraph with a name has before token i, though nothing shows that it is a
// person's: the given name is in no list. Where there are several nobody is meant for sure.
func (p *people) alone(i int, other class) *person {
	var only *person
	at := i
	for k := p.before(i) - 1; k >= 0 && k > p.before(i)-mentionReach; k-- {
		m := p.mentions[k]
		switch {
		case only != nil && p.r.paragraphsBetween(m.at, at) > 0:
			return only
		case p.r.paragraphsBetween(m.at, i) > paragraphReach:
			return only
		case m.who.sex == other || p.r.thing(m.at):
			continue
		case only != nil && only != m.who:
			return nil
		}
		only, at = m.who, m.at
	}
	return only
}

// thing tells a name behind an article or a preposition of places.
func (r *reading) thing(i int) bool {
	return i > 0 && r.toks[i-1].kind == word && r.toks[i-1].class&(at|det) != 0
}

// latest is the person named last before token i.
func (p *people) latest(i int) *person {
	if n := p.before(i); n > 0 {
		return p.mentions[n-1].who
	}
	return nil
}

// antecedent is the person named right before the relative pronoun at token i, or before the one that it goes on ("who ran
// the port and who said").
func (p *people) antecedent(i int) *person {
	if i > 0 && p.r.toks[i-1].class&conj != 0 {
		for k := i - 2; k > 0 && k > i-appositionReach && p.r.toks[k].kind != stop; k-- {
			if p.r.toks[k].class&who != 0 && p.r.toks[k-1].kind == comma {
				i = k
				break
			}
		}
	}
	if n := p.before(i); n > 0 && i-p.mentions[n-1].at <= nounReach {
		return p.mentions[n-1].who
	}
	return nil
}

// unknown is the person without a name whom the relative pronoun at token i stands for: "a man who shouted".
func (p *people) unknown(i int) *person {
	c := p.r.clauses[p.r.clauseOf(i)]
	if i > c.from && p.r.toks[i-1].kind == comma {
		i--
	}
	m := p.r.nounBefore(c, i)
	if !m.ok() || p.r.toks[m.from].class&(pronoun&^they) != 0 && p.r.toks[m.from].class&det == 0 {
		return nil
	}
	if who := p.stranger(m); who != nil {
		return who
	}
	return p.unnamed(m)
}

// officer is the person whom the article calls what the mention says ("the minister"). Of several the one is meant that was
// named in the paragraph or the one before.
func (p *people) officer(m phrase) *person {
	words := p.describing(m)
	if len(words) == 0 || p.r.toks[m.from].class&some != 0 || p.r.toks[m.to-1].class&body != 0 {
		return nil
	}
	heads := words
	if !p.r.lang.free || p.r.lang.nounsUpper {
		heads = words[:1] // elsewhere an adjective may follow
	}
	past := slices.ContainsFunc(words, p.r.lang.past)
	var fit []*person
	for _, head := range heads {
		for _, key := range []string{head, p.r.lang.lastPart(head)} {
			for _, who := range p.byOffice[key] {
				if key != "" && len(fit) < maxNamesakes && who.is(key, head, words, past) {
					fit = append(fit, who)
				}
			}
		}
		if len(fit) > 0 {
			return p.meant(unique(fit), m.from)
		}
	}
	if who := p.relative(m, words); who != nil {
		return who
	}
	if who := p.epithet(m, words[len(words)-1]); who != p.served(m) {
		return who
	}
	return nil
}

// served is whose office a mention is for: "the lawyer of Tom Reed".
func (p *people) served(m phrase) *person {
	i := m.to
	if i < len(p.r.toks) && p.r.toks[i].kind == word && p.r.toks[i].class&prep != 0 {
		i++
	}
	if i >= len(p.r.toks) || !p.r.name(i) {
		return nil
	}
	return p.named(i, p.r.nameEnd(i), true)
}

// is tells whether one of the person's offices matches; key is head or, where nothing goes by that, the last part of it.
func (who *person) is(key, head string, words []string, past bool) bool {
	for i := range who.offices {
		if o := &who.offices[i]; o.matches(key, words, past) && (key == head || len(o.words) == 1) {
			return true
		}
	}
	return false
}

func unique(list []*person) []*person {
	var out []*person
	seen := map[*person]bool{}
	for _, who := range list {
		if !seen[who] {
			seen[who] = true
			out = append(out, who)
		}
	}
	return out
}

// describing are the words of a mention in lower case that can say what somebody is: those before a preposition, without
// the article, the last first.
func (p *people) describing(m phrase) []string {
	var words []string
	for i := m.from; i < m.to && len(words) < officeReach; i++ {
		t := &p.r.toks[i]
		if t.kind != word || i > m.from && t.class&(prep|det) != 0 {
			break
		}
		if t.class&det == 0 {
			words = append([]string{p.r.lang.first(t.low)}, words...)
		}
	}
	return words
}

// relative is the one person who shares the surname with whom "her" in "her husband" stands for.
func (p *people) relative(m phrase, words []string) *person {
	if p.r.lang.words[words[0]]&kin == 0 || p.r.toks[m.from].class&det == 0 {
		return nil
	}
	of := p.latest(m.from)
	if of == nil || len(of.parts) == 0 {
		return nil
	}
	sex := p.r.lang.sexOf(words[0])
	var only *person
	for _, who := range p.byPart[of.parts[len(of.parts)-1]] {
		if who == of || sex != 0 && who.sex != 0 && who.sex != sex {
			continue
		}
		if only != nil {
			return nil
		}
		only = who
	}
	return only
}

// epithet is the one person named in the paragraph before whom a noun of that sex can take up ("la romancière"), if the
// article gives no office that contradicts it.
func (p *people) epithet(m phrase, head string) *person {
	sex := p.r.lang.sexOf(head)
	if sex == 0 && p.r.toks[m.from].class&(masculine|feminine) != 0 && p.r.toks[m.from].class&(masculine|feminine) != masculine|feminine {
		sex = male
		if p.r.toks[m.from].class&feminine != 0 {
			sex = female
		}
	}
	if sex == 0 || p.r.lang.words[head]&(body|kin) != 0 {
		return nil
	}
	who := p.alone(m.from, male|female&^sex)
	if who == nil || who.sex != sex || !who.human || len(who.parts) == 0 && p.r.lang.nounsUpper && p.r.lang.words[head]&role != 0 || p.r.paragraphsBetween(p.latestAt(m.from), m.from) > 0 {
		return nil
	}
	for _, o := range who.offices {
		if o.shown && p.r.lang.words[head]&role != 0 && p.r.lang.words[o.heads[0]]&role != 0 {
			return nil
		}
	}
	return who
}

func (p *people) latestAt(i int) int {
	if n := p.before(i); n > 0 {
		return p.mentions[n-1].at
	}
	return 0
}

// sexOf is what the form of a noun for people tells, in languages that have one for women.
func (l *language) sexOf(w string) class {
	c := l.words[w]
	if c&(role|kin|woman|man) == 0 && l.nounsUpper {
		c = l.compound(w)
	}
	switch {
	case c&woman != 0:
		return female
	case c&man != 0 || l.womanOf(w):
		return male
	}
	return 0
}

// womanOf tells whether a noun has another form for women.
func (l *language) womanOf(w string) bool {
	for _, ending := range l.womanly {
		stem, ok := strings.CutSuffix(w, ending.text)
		if c := l.words[stem+ending.woman]; ok && (c&woman != 0 || c == 0 && l.nounsUpper && l.compound(stem+ending.woman)&woman != 0) {
			return true
		}
	}
	return false
}
