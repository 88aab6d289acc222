package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// Names in the text: where they begin and end, and their parts.

// surnames marks the surnames that stand behind a given name somewhere in the article.
func (r *reading) surnames() {
	known := map[string]bool{}
	for i := 1; i < len(r.toks); i++ {
		if t := &r.toks[i]; t.kind == word && r.given(i-1) && r.toks[i-1].upper && r.name(i) && t.class == 0 {
			known[t.low] = true
		}
	}
	if len(known) == 0 {
		return
	}
	for i := range r.toks {
		t := &r.toks[i]
		t.human = t.upper && t.class == 0 && known[t.low]
	}
}

// caseless marks the names from token i on where no capital shows them: given names and the word behind them.
func (r *reading) caseless(i int) {
	for ; i < len(r.toks); i++ {
		t := &r.toks[i]
		if t.kind != word || !r.given(i) {
			continue
		}
		t.upper = true
		if i > 0 && r.toks[i-1].kind == word && r.toks[i-1].class&particle != 0 {
			r.toks[i-1].upper = true // أم محمد
		}
		end := i + 1
		for end < len(r.toks) && r.toks[end].kind == word && r.toks[end].class&(male|female|particle) != 0 {
			end++
		}
		if next := end; next < len(r.toks) && r.toks[next].kind == word && r.toks[next].class&(function|anyCue|day|neg|aux) == 0 {
			end++
		}
		for ; i+1 < end; i++ {
			r.toks[i+1].upper = true
		}
	}
}

// nameRuns are the runs of names, as ranges of tokens.
func (r *reading) nameRuns() []phrase {
	var runs []phrase
	for i := 0; i < len(r.toks); {
		if !r.name(i) && !r.initial(i) {
			i++
			continue
		}
		end := r.nameEnd(i)
		runs = append(runs, phrase{from: i, to: end})
		i = end
	}
	return runs
}

// initial tells a capital with a full stop before a name.
func (r *reading) initial(i int) bool {
	return i+2 < len(r.toks) && r.toks[i].kind == word && r.toks[i].upper && utf8.RuneCountInString(r.toks[i].low) == 1 &&
		r.toks[i+1].kind == dot && r.toks[i+2].kind == word && r.toks[i+2].upper &&
		(r.toks[i+2].class&function == 0 || r.initial(i+2))
}

// nameEnd is the token behind the run of names that begins at i.
func (r *reading) nameEnd(i int) int {
	end := i + 1
	for end < len(r.toks) {
		last, t := &r.toks[end-1], &r.toks[end]
		next := end+1 < len(r.toks) && (r.name(end+1) || r.initial(end+1))
		switch {
		case last.owner:
			return end
		case r.lang.nounsUpper && r.name(end) && end-2 >= i && r.given(end-2) && !r.given(end-1) && last.kind == word:
			return end // behind a given name and a surname: another noun
		case (r.name(end) || r.initial(end)) && !t.leads:
			end++
		case next && t.kind == dot && t.Start == last.End && (last.class&(title|role) != 0 || last.Len() <= 2 || r.initial(end-1)):
			end += 2
		case t.class&particle != 0 && t.kind == word && r.afterParticles(end) > 0:
			end = r.afterParticles(end)
		case next && t.class&role != 0 && !t.leads: // "Treasury spokesman Tom Reed"
			end += 2
		case next && t.kind == quoted && last.kind == word && last.class&(role|body|namer) == 0 && r.stretches[t.stretch].words == 1: // Tom “Red” Reed
			end += 2
		default:
			return end
		}
	}
	return end
}

// afterParticles is the token behind the small words at i and the name that they lead to; 0 where they lead to none.
func (r *reading) afterParticles(i int) int {
	if r.toks[i].class&function != 0 && r.lang.nounsUpper && r.toks[i-1].class&(male|female|title) == 0 {
		return 0 // "Jost Falk von Seenot"
	}
	given := r.given(i-1) && !r.lang.nounsUpper // "Pim de Boer"
	for n := 0; i < len(r.toks) && r.toks[i].kind == word && r.toks[i].class&particle != 0 && n < 3; i, n = i+1, n+1 {
		if i+1 < len(r.toks) && r.name(i+1) && (r.toks[i+1].class&(role|body) == 0 || given) {
			return i + 2
		}
	}
	return 0
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
	if start == from && from > 1 && r.toks[from-1].class&(prep|at) != 0 && r.toks[from-2].class&role != 0 && to-from > 2 && !r.given(from) && !r.lang.free {
		start++ // "secretary of Trade Anna Brill"
	}
	for i := start; i < to-1; i++ {
		if r.callsWhat(from, i, to) {
			start = i + 1
		}
	}
	if last := to - 1; r.lang.declines() && last > start && r.toks[from].leads && r.toks[from].class&kin != 0 && r.given(last) && r.lang.firsts[r.toks[last].low] == "" {
		return last // "Дружина Гринчука Марія"
	}
	for i := start + 1; i < to-1; i++ { // "ministre des Transports Paul Vernier"
		if r.toks[i].class&(male|female) != 0 && r.toks[start].class&(male|female) == 0 && r.toks[i-1].kind == word && len(r.toks[start].low) > 1 {
			return i
		}
	}
	return start
}

// callsWhat tells a noun with a capital that says by its ending what the person is whose name follows it.
func (r *reading) callsWhat(from, i, to int) bool {
	t := &r.toks[i]
	if !r.lang.nounsUpper && !t.leads || t.class&(male|female) != 0 || r.toks[i+1].kind != word || !r.toks[i+1].upper {
		return false
	}
	if !r.lang.agent(t.low) && t.class&kin == 0 {
		return false
	}
	article := i > 0 && i == from && r.toks[i-1].kind == word && r.toks[i-1].class&det != 0
	return article && r.lang.nounsUpper || len(r.parts(i, to)) > 2
}

// parts are the words of a name in lower case, without particles and what stands in marks.
func (r *reading) parts(from, to int) []string {
	var parts []string
	for i := from; i < to; i++ {
		t := &r.toks[i]
		if t.kind != word || t.class&particle != 0 && (t.class&(male|female) == 0 || i > from) {
			continue
		}
		parts = append(parts, t.low)
	}
	return parts
}

// nick is the nickname in marks inside a name, in lower case.
func (r *reading) nick(from, to int) string {
	for i := from + 1; i < to-1; i++ {
		if t := &r.toks[i]; t.kind == quoted {
			return strings.ToLower(r.stretches[t.stretch].In(r.text))
		}
	}
	return ""
}

// abbreviated tells an initial.
func abbreviated(part string) bool { return utf8.RuneCountInString(part) == 1 }

// shortens tells whether a is the initial of b.
func shortens(a, b string) bool { return abbreviated(a) && strings.HasPrefix(b, a) }

// sexOfName is what the parts of a name tell.
func (r *reading) sexOfName(parts []string) class {
	for i, part := range parts {
		if abbreviated(part) {
			continue
		}
		if given := r.lang.class(part) & (male | female); given != 0 && given != male|female && (i == 0 || i+1 < len(parts) || r.lang.words[part] != 0) {
			return given
		}
		for _, e := range r.lang.endings {
			if strings.HasSuffix(part, e.text) && len(part) > len(e.text)+2 {
				return e.sex
			}
		}
	}
	return 0
}

// acronym tells a word in capitals.
func (r *reading) acronym(i int) bool {
	t := &r.toks[i]
	first, _ := utf8.DecodeRuneInString(t.In(r.text))
	return t.kind == word && unicode.IsUpper(first) && utf8.RuneCountInString(t.low) > 1 && strings.IndexFunc(t.In(r.text), unicode.IsLower) < 0
}

// mismatched tells a word that only looks like the given name to a surname for the other sex: "Роман Горова написала" is about
// a novel.
func (r *reading) mismatched(parts []string) bool {
	given, surname := r.lang.class(parts[0])&(male|female), r.sexOfName(parts[len(parts)-1:])
	return given != 0 && surname != 0 && given&surname == 0
}

// body is the full name of the body that a mention stands for by its last word ("the ministry"); "" where there is none or
// more than one.
func (p *people) body(m phrase) string {
	last := &p.r.toks[m.to-1]
	if last.class&body == 0 || m.to-m.from > 3 || p.r.toks[m.from].class&det == 0 || p.r.toks[m.from].class&some != 0 {
		return ""
	}
	full := p.bodies[last.low]
	if len(full) != 1 || m.to-m.from > 1 && !strings.HasSuffix(strings.ToLower(full[0]), news.Span{Start: p.r.toks[m.from+1].Start, End: last.End}.In(strings.ToLower(p.r.text))) {
		return ""
	}
	return full[0]
}

// addBodies remembers bodies that have a name of their own before the word for what they are ("the Kordian general staff").
func (p *people) addBodies() {
	for i := range p.r.toks {
		t := &p.r.toks[i]
		if t.kind != word || t.class&body == 0 || p.r.lang.nounsUpper || p.r.lang.free {
			continue
		}
		from := i
		for n := 0; from > 0 && n < 4; n++ {
			b := &p.r.toks[from-1]
			if b.kind != word || b.class&(function|day|anyCue) != 0 || b.owner || b.End+1 != p.r.toks[from].Start || !b.upper && b.class&(role|body) == 0 {
				break
			}
			from--
		}
		if from == i || !p.r.toks[from].upper || p.r.toks[from].leads {
			continue
		}
		name := news.Span{Start: p.r.toks[from].Start, End: t.End}.In(p.r.text)
		if list := p.bodies[t.low]; len(list) < maxNamesakes && !slices.Contains(list, name) {
			p.bodies[t.low] = append(list, name)
		}
	}
}

// nameInMarks tells whether token i, a quotation, can be a name: it is short and begins with no small letter.
func (r *reading) nameInMarks(i int) bool {
	s := &r.stretches[r.toks[i].stretch]
	first, _ := utf8.DecodeRuneInString(s.In(r.text))
	return !s.dash && s.words <= nounReach && (!unicode.IsLower(first) || address(s.In(r.text)))
}
