package quote

import (
	"slices"
	"strings"

	"herald/news"
)

// Speakers: what the article tells of those whom it quotes.

// speakers notes that those who speak and are no bodies are people: those with a name, and those that the article leaves
// without one ("a neighbour"), for whom a pronoun may stand.
func (p *people) speakers(found []found) {
	says := map[int]bool{}
	for _, x := range found {
		if x.by == nil || !x.by.cued() || !x.by.subject.ok() || p.r.holds(x.by.subject, body) {
			continue
		}
		m := x.by.subject
		behindArticle := m.from > 0 && p.r.toks[m.from-1].kind == word && p.r.toks[m.from-1].class&det != 0
		who := p.stranger(m)
		if who == nil {
			who = p.unnamed(m)
		}
		if who == nil && p.r.lang.declines() && m.to-m.from > 1 && p.r.tied(m.to-1) { // "соседка Зайцевой"
			who = &person{name: p.r.nameOf(m.from, m.to), sex: p.r.lang.sexOf(p.r.toks[m.to-2].low), human: true}
		}
		if who != nil {
			p.mentions = append(p.mentions, mention{at: m.from, who: who})
		} else if who := p.named(m.from, m.to, false); who != nil && p.r.full(m) && !behindArticle {
			who.human = true
		}
		says[m.from] = true
	}
	p.openers()
	slices.SortStableFunc(p.mentions, func(a, b mention) int { return a.at - b.at })
	for i := range p.mentions {
		p.mentions[i].says = says[p.mentions[i].at]
	}
}

// stranger is the person for whom a mention with an indefinite article stands.
func (p *people) stranger(m phrase) *person {
	first := &p.r.toks[m.from]
	if m.to-m.from < 2 || first.class&some == 0 || p.r.name(m.to-1) && !p.r.lang.nounsUpper {
		return nil
	}
	o := p.r.officeOf(m.from, m.to, false)
	if !o.shown && (len(o.heads) == 0 || p.r.lang.words[o.heads[0]]&(kin|man|woman) == 0) {
		return nil
	}
	text := p.r.nameOf(m.from, m.to)
	return &person{name: strings.ToLower(text[:first.Len()]) + text[first.Len():], sex: o.sex, human: true}
}

// openers notes the strangers with whom a sentence begins, for whom a pronoun in the next one may stand.
func (p *people) openers() {
	for _, c := range p.r.clauses {
		i := c.from
		if i+1 < c.to && p.r.toks[i].kind == word && p.r.toks[i].class&conj != 0 && p.r.toks[i].class&some == 0 {
			i++
		} else if p.r.toks[i].kind == word && p.r.toks[i].class&prep != 0 && p.r.toks[i].class&some == 0 { // "At the dock, a tourist …"
			if end := p.r.opened(i, c.to); end < c.to {
				i = end
			}
		}
		if p.r.toks[i].kind != word || p.r.toks[i].class&(some|det) == 0 && !p.r.toks[i].owner {
			continue
		}
		if end := p.r.oneOf(c, i); end > i && (p.r.personal(end-1) || p.r.lang.declines()) { // "One of the paramedics"
			text := p.r.nameOf(i, end)
			n := p.r.toks[i].Len()
			p.mentions = append(p.mentions, mention{at: i, who: &person{name: strings.ToLower(text[:n]) + text[n:], human: true}})
			continue
		}
		k := i + 1
		for k < c.to && k < i+nounReach && p.r.toks[k].kind == word && p.r.toks[k].class&(function|anyCue|role|kin|man|woman) == 0 {
			k++
		}
		if k+1 >= c.to || p.r.toks[k].class&(role|kin|man|woman) == 0 || p.r.name(k+1) || p.r.toks[k].class&function != 0 {
			continue
		}
		m, next := phrase{i, k + 1, i, k + 1}, 0
		if p.r.appended(c, m, &next) != m || p.r.identified(c, k+1) {
			continue // the name follows
		}
		who := p.stranger(m)
		if who == nil && p.belongs(m) { // "their daughter", "the couple's neighbour"; "the player" may be somebody with a name
			who = p.unnamed(m)
		}
		if who != nil {
			p.mentions = append(p.mentions, mention{at: i, who: who})
		}
	}
}

// belongs tells a mention that says whose somebody is, and so cannot be somebody named before.
func (p *people) belongs(m phrase) bool {
	for i := m.from; i < m.to; i++ {
		if t := &p.r.toks[i]; t.owner || t.class&kin != 0 || t.class&(him|her) != 0 && t.class&det != 0 {
			return true
		}
	}
	return false
}

// identified tells whether the words from token i on say what the name is: "Its landlord for now is Danny Croft".
func (r *reading) identified(c clause, i int) bool {
	for end := i + nounReach; i+1 < c.to && i < end && r.toks[i].kind == word; i++ {
		if r.toks[i].class&be != 0 {
			return r.name(i + 1)
		}
	}
	return false
}

// unnamed is the person for whom an office with an article stands that the article gives nobody a name for ("the secretary").
func (p *people) unnamed(m phrase) *person {
	first := &p.r.toks[m.from]
	if m.to-m.from < 2 || first.class&det == 0 && !first.owner || first.class&(some|he|she|they|it) != 0 ||
		p.r.lang.nounsUpper && first.class&(him|her) != 0 || p.r.name(m.to-1) && !p.r.lang.nounsUpper {
		return nil
	}
	o := p.r.officeOf(m.from, m.to, false)
	if !o.shown && (len(o.heads) == 0 || p.r.lang.words[o.heads[0]]&kin == 0) || p.resolve(m, false) != nil {
		return nil
	}
	text := p.r.nameOf(m.from, m.to)
	if first.owner && first.class&det == 0 {
		return &person{name: text, sex: o.sex, human: true} // "Bello's husband"
	}
	return &person{name: strings.ToLower(text[:first.Len()]) + text[first.Len():], sex: o.sex, human: true}
}

// holds tells whether a token of the mention is of a class.
func (r *reading) holds(m phrase, c class) bool {
	for i := m.from; i < m.to; i++ {
		if r.toks[i].class&c != 0 {
			return true
		}
	}
	return false
}

// speaker makes a speaker of a subject: the full name of whom it stands for, and the office.
func (p *people) speaker(m phrase, tied bool) *news.Speaker {
	span := p.r.span(m)
	s := &news.Speaker{Mention: span.In(p.r.text), Span: span}
	if stranger := p.stranger(m); stranger != nil {
		s.Name, s.Vague = stranger.name, true
	} else if who := p.resolve(m, tied); who != nil {
		s.Name, s.Role, s.Vague = who.name, who.role, len(who.parts) == 0
	} else if p.r.lang.spaceless {
		s.Name, s.Vague = p.calledBy(s.Mention)
	} else if body := p.body(m); body != "" {
		s.Name = body
	} else {
		s.Name, s.Vague = p.asMentioned(m, s.Mention)
		s.Name = p.r.inFirstCase(m, s.Name, tied)
	}
	if s.Role == "" {
		s.Role = p.r.description(m)
	}
	return s
}

// calledBy is the name of a speaker in a language without spaces; a surname stands for the full name that began with it.
func (p *people) calledBy(mention string) (name string, vague bool) {
	if p.r.lang.words[mention]&(he|she) != 0 {
		return "", true
	}
	if name = p.r.lang.calledName(mention); name == "" {
		if who := p.byTitle[mention]; who != "" {
			return who, false
		}
		return mention, true
	}
	for _, full := range p.called {
		if strings.HasPrefix(full, name) || strings.HasSuffix(full, "・"+name) || strings.HasSuffix(full, "·"+name) {
			return full, false
		}
	}
	if p.called = append(p.called, name); p.byTitle == nil {
		p.byTitle = map[string]string{}
	}
	if w := p.r.lang.endingOf(mention); w != "" {
		p.byTitle[w] = name
	}
	if head, _, ok := strings.Cut(mention, "の"); ok {
		p.byTitle[head] = name // 市長の山田氏
	}
	if head, ok := strings.CutSuffix(mention, name); ok && head != "" {
		p.byTitle[p.r.lang.endingOf(head)] = name // 市长李明
	}
	return name, false
}

// asMentioned is the name of a speaker of whom nothing more is known than the mention: a surname without its form of
// address, "" for a pronoun. vague tells that it only describes.
func (p *people) asMentioned(m phrase, mention string) (name string, vague bool) {
	first := &p.r.toks[m.from]
	start := p.r.nameStart(m.from, m.to)
	switch {
	case m.to-m.from == 1 && first.class&(pronoun|him|her|thus) != 0 && first.class&(det|some) == 0 && !p.r.name(m.from):
		return "", true
	case m.to-m.from == 2 && p.r.toks[m.from+1].class&source != 0 && p.r.hisOwn(m.from):
		return "", true // "ihren Angaben nach"
	case start > m.from && first.class&title != 0 && p.r.toks[start].class&(male|female) == 0:
		return p.r.nameOf(start, m.to), false
	}
	return mention, !p.r.named(m)
}

// named tells whether a mention has a word that is the name of somebody or of a body, more than what it is.
func (r *reading) named(m phrase) bool {
	for i := m.from; i < m.to; i++ {
		if c := r.toks[i].class; r.name(i) && c&(role|kin|source) == 0 && !(r.lang.nounsUpper && (c&body != 0 || r.lang.agent(r.toks[i].low))) || r.toks[i].kind == quoted {
			return true
		}
	}
	return r.toks[m.to-1].class&body != 0 && !r.lang.nounsUpper
}
