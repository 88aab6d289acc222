package quote

import (
	"strings"

	"herald/news"
)

// people knows the persons and bodies that an article names, to give the full name for a short one.
type people struct {
	r    *reading
	full map[string][]person // by the last part of the name, in lower case; in the order of the text
	all  []person            // in the order of the text
}

// person is one full naming of somebody.
type person struct {
	name, role string
	at         int // token
	sex        class
}

// people collects the full names of the article.
func (r *reading) people() *people {
	p := &people{r: r, full: map[string][]person{}}
	for i := 0; i < len(r.toks); {
		if !r.name(i) {
			i++
			continue
		}
		end := r.nameEnd(i)
		p.add(i, end)
		i = end
	}
	return p
}

// nameEnd is the token behind the run of names that begins at i.
func (r *reading) nameEnd(i int) int {
	end := i + 1
	for end < len(r.toks) {
		switch {
		case r.toks[end-1].owner:
			return end
		case r.name(end):
			end++
		case r.toks[end].kind == dot && r.toks[end].Start == r.toks[end-1].End && end+1 < len(r.toks) && r.name(end+1) && (r.toks[end-1].class&(title|role) != 0 || r.toks[end-1].Len() <= 2):
			end += 2
		case r.toks[end].class&particle != 0 && end+1 < len(r.toks) && r.name(end+1) && r.toks[end+1].class&role == 0:
			end += 2
		default:
			return end
		}
	}
	return end
}

// add remembers the tokens from to to where they hold a name of at least two parts.
func (p *people) add(from, to int) {
	start, sex := p.r.nameStart(from, to)
	if to-start < 2 || to-start > 5 {
		return
	}
	x := person{name: p.r.nameOf(start, to), at: from, sex: sex}
	if p.r.toks[start].class&(male|female) != 0 {
		x.sex = p.r.toks[start].class & (male | female)
	}
	if start > from {
		x.role = news.Span{Start: p.r.toks[p.r.roleStart(from)].Start, End: p.r.toks[start-1].End}.In(p.r.text)
	} else if from > 0 && p.r.toks[from-1].class&role != 0 {
		x.role = news.Span{Start: p.r.toks[p.r.roleStart(from-1)].Start, End: p.r.toks[from-1].End}.In(p.r.text)
	}
	key := p.r.toks[to-1].low
	p.full[key] = append(p.full[key], x)
	p.all = append(p.all, x)
}

// roleStart goes left over the words that belong to an office ("White House spokesperson").
func (r *reading) roleStart(i int) int {
	for n := 0; i > 0 && n < 5; n++ {
		t := &r.toks[i-1]
		if t.kind != word || t.End+1 != r.toks[i].Start || t.class&(function|day|anyCue) != 0 || !t.upper && t.class&role == 0 || t.owner {
			break
		}
		i--
	}
	return i
}

// nameStart is where in a run of capitals the name itself begins: behind forms of address and offices.
func (r *reading) nameStart(from, to int) (start int, sex class) {
	start = from
	for i := from; i < to-1; i++ {
		t := &r.toks[i]
		if t.class&(title|role|body) != 0 && (t.class&(male|female) == 0 || i == from && t.class&role != 0 && to-i > 2) {
			start = i + 1
			if start < to && r.toks[start].kind == dot {
				start++
			}
		}
	}
	return start, 0
}

// nameOf is the text of a name without a possessive.
func (r *reading) nameOf(from, to int) string {
	return r.span(phrase{from, to, from, to}).In(r.text)
}

// speaker makes a speaker of a mention: the full name of whom it stands for, and the office.
func (p *people) speaker(m phrase) *news.Speaker {
	span := p.r.span(m)
	s := &news.Speaker{Mention: span.In(p.r.text), Span: span}
	s.Name = s.Mention
	if x := p.resolve(m); x != nil {
		s.Name, s.Role = x.name, x.role
	}
	return s
}

// resolve finds whom a mention stands for; nil where the article does not say.
func (p *people) resolve(m phrase) *person {
	t := &p.r.toks[m.from]
	if m.to-m.from == 1 && t.class&(he|she) != 0 {
		return p.pronoun(m)
	}
	if !p.r.name(m.to - 1) {
		return nil
	}
	start, _ := p.r.nameStart(m.from, m.to)
	key := p.r.toks[m.to-1].low
	var best *person
	for i := range p.full[key] {
		x := &p.full[key][i]
		if m.to-start > 1 && !strings.HasSuffix(x.name, p.r.nameOf(start, m.to)) {
			continue
		}
		if best == nil || best.role == "" && (x.role != "" || x.at < m.from) && x.name == best.name {
			best = x
		}
	}
	return best
}

// pronoun is the last person named before it whose sex is not the other one.
func (p *people) pronoun(m phrase) *person {
	t := p.r.toks[m.from].class
	other := female
	if t&she != 0 {
		other = male
	}
	for i := len(p.all) - 1; i >= 0; i-- {
		if x := &p.all[i]; x.at < m.from && x.sex&other == 0 {
			return x
		}
	}
	return nil
}
