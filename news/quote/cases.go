package quote

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Names and offices in languages that decline them.

// declension is an ending and what stands for it in the first case.
type declension struct {
	text, first string
	sex         class // of the names that it is for
}

// ending is an ending of names that tells a sex.
type ending struct {
	text string
	sex  class
}

// pair is the ending of a noun for men, and of the same one for women.
type pair struct{ text, woman string }

// declines tells whether names change by case.
func (l *language) declines() bool { return len(l.declensions) > 0 }

// decline gives every form of the words that the language knows the class of the word, and finds its first form.
func (l *language) decline() {
	sort.SliceStable(l.declensions, func(i, k int) bool { return len(l.declensions[i].text) > len(l.declensions[k].text) })
	known := make([]string, 0, len(l.words))
	for w, c := range l.words {
		if c&(role|body|male|female|title) != 0 && c&function == 0 {
			known = append(known, w)
		}
	}
	sort.Strings(known)
	for _, w := range known {
		for _, d := range l.declensions {
			stem, ok := strings.CutSuffix(w, d.first)
			if !ok || l.words[w]&(male|female) != 0 && l.words[w]&d.sex == 0 || d.first == "" && vowel(w) {
				continue
			}
			form := stem + d.text
			if l.words[form]&l.words[w]&body != 0 && form != w && l.firsts[form] == "" {
				l.firsts[form] = w
			}
			if l.words[form] == 0 {
				l.words[form] = l.words[w] & (role | body | male | female | title | woman | man)
				l.firsts[form] = w
			}
		}
	}
}

// minStem is how many letters a word has at least without its ending.
const minStem = 2

// vowel tells whether a word ends in a letter that no ending is put behind.
func vowel(w string) bool {
	last, _ := utf8.DecodeLastRuneInString(w)
	return strings.ContainsRune("аеёиіїоуыэюяйьєaeiouyąęó", last)
}

// declinedName tells a given name at token i that stands in another case than the first, so that it is no subject.
func (r *reading) declinedName(i int) bool {
	return r.given(i) && r.lang.firsts[r.toks[i].low] != ""
}

// object tells a plain noun that its ending makes an object: "вину отрицает".
func (r *reading) object(p phrase) bool {
	t := &r.toks[p.to-1]
	return len(r.lang.objects) > 0 && p.to == p.from+1 && t.kind == word && !t.upper && t.class == 0 && ends(t.low, r.lang.objects)
}

// tied tells a surname at token i that is tied to the office or kin before it by its case: it ends otherwise than in the first one, or as
// a woman's behind a man.
func (r *reading) tied(i int) bool {
	head, name := &r.toks[i-1], &r.toks[i]
	if head.class&(role|kin) == 0 || r.lang.firsts[head.low] != "" || r.given(i) {
		return false
	}
	return ends(name.low, r.lang.obliques) || r.lang.sexOf(head.low) == male && r.sexOfName([]string{name.low}) == female
}

// another tells that the given name at token i is not of whom the article calls something at token head, before it: by its case, or by
// the noun right before it: "адвокат Павла Орлова".
func (r *reading) another(head, i int) bool {
	if r.ownsNoun(i) {
		return true
	}
	return r.lang.declines() && r.given(i) && (r.lang.firsts[r.toks[head].low] == "") != (r.lang.firsts[r.toks[i].low] == "")
}

// ownsNoun tells a name at token i to which the noun right before it belongs.
func (r *reading) ownsNoun(i int) bool {
	return i > 0 && len(r.lang.of) > 0 && slices.Contains(r.lang.of, r.toks[i-1].low)
}

// ofAnother tells a phrase that begins with what somebody is called and ends in the name of somebody else: "мать Павла Орлова".
func (r *reading) ofAnother(p phrase) bool {
	if r.toks[p.from].class&(role|kin) == 0 {
		return false
	}
	for i := p.from + 1; i < p.to; i++ {
		if r.given(i) {
			return r.another(p.from, i)
		}
	}
	return false
}

// nominativeName tells a phrase of a plain noun and a name that shows by its end that it stands in the first case.
func (r *reading) nominativeName(p phrase) bool {
	last := p.to - 1
	return r.lang.declines() && p.to-p.from > 1 && r.name(last) && !vowel(r.toks[last].low) && !r.toks[p.from].upper && r.toks[p.from].class&(role|body) == 0 &&
		!r.declinedName(last) && !ends(r.toks[last].low, r.lang.obliques)
}

// first is the first case of a word that the language knows, else the word.
func (l *language) first(w string) string {
	if f, ok := l.firsts[w]; ok {
		return f
	}
	return w
}

// forms are the parts of names that w can be a form of, itself first.
func (l *language) forms(w string) []string {
	all := []string{w}
	if f, ok := l.firsts[w]; ok {
		all = append(all, f)
	}
	if l.nounsUpper && len(w) > minPart {
		if bare, ok := strings.CutSuffix(w, "s"); ok { // "Orwicks"
			all = append(all, bare)
		}
	}
	for _, d := range l.declensions {
		if stem, ok := strings.CutSuffix(w, d.text); ok && utf8.RuneCountInString(stem) >= minStem && !(d.first == "" && vowel(stem)) {
			all = append(all, stem+d.first)
		}
	}
	return all
}

// like tells whether the part w of a name can be a form of part.
func (l *language) like(w, part string) bool {
	if w == part || shortens(w, part) || shortens(part, w) {
		return true
	}
	if !l.declines() {
		return false
	}
	for _, f := range l.forms(w) {
		if f == part {
			return true
		}
	}
	return false
}

// nominative is a full name in the first case, and its parts. The given name shows the case: where it is in its first one,
// all are. A surname that the article has in its first case too is known by that.
func (p *people) nominative(start, to int, parts []string) (string, []string) {
	name := p.r.nameOf(start, to)
	first, ok := p.r.lang.firsts[parts[0]]
	if !ok {
		return p.undeclined(name, parts)
	}
	sex := p.r.lang.words[first] & (male | female)
	out := []string{first}
	name = replaced(name, parts[0], first)
	for _, part := range parts[1:] {
		base := p.surname(part, sex)
		name = replaced(name, part, base)
		out = append(out, base)
	}
	return name, out
}

// undeclined is a full name whose given name no list knows, in the first case where the article has its surname in that one
// too: "Гарета Холма", and "Холм" elsewhere.
func (p *people) undeclined(name string, parts []string) (string, []string) {
	l, last := p.r.lang, len(parts)-1
	if last != 1 || l.class(parts[0])&(male|female) != 0 || p.forms[parts[0]] {
		return name, parts
	}
	for _, d := range l.declensions {
		base, ok := d.back(parts[last])
		if !ok || !p.forms[base] || base == parts[last] {
			continue
		}
		for _, g := range l.declensions {
			if first, ok := g.back(parts[0]); ok && g.sex == d.sex {
				return replaced(replaced(name, parts[0], first), parts[last], base), []string{first, base}
			}
		}
	}
	return name, parts
}

// back is the first case of a word that ends as the declension does. Before "й" stands a vowel, before "ь" and nothing none.
func (d *declension) back(w string) (string, bool) {
	stem, ok := strings.CutSuffix(w, d.text)
	return stem + d.first, ok && utf8.RuneCountInString(stem) >= minStem && vowel(stem) == (d.first == "й")
}

// inFirstCase is what somebody without a name is called, whom a preposition has put into another case ("в мэрии").
func (r *reading) inFirstCase(m phrase, mention string, tied bool) string {
	low := r.toks[m.from].low
	if first, ok := r.lang.firsts[low]; ok && (tied || m.from > 0 && r.toks[m.from-1].class&prep != 0) {
		return replaced(mention, low, first)
	}
	return mention
}

// surname is the first case of a surname that stands in another.
func (p *people) surname(w string, sex class) string {
	best := ""
	for _, d := range p.r.lang.declensions {
		stem, ok := strings.CutSuffix(w, d.text)
		if !ok || d.sex&sex == 0 || utf8.RuneCountInString(stem) < minStem || d.first == "" && vowel(stem) {
			continue
		}
		if p.forms[stem+d.first] {
			return stem + d.first
		}
		switch {
		case best != "" || d.fleeting() && vowel(stem): // "Nowaka" is of "Nowak"
		case d.fleeting():
			best = w // "Dudka" may be of "Dudek", "Clarka" is of "Clark"
		default:
			best = stem + d.first
		}
	}
	if best == "" {
		return w
	}
	return best
}

// fleeting tells a declension whose first case has a vowel that this one leaves out: "Dudek", "Dudka".
func (d *declension) fleeting() bool {
	first, _ := utf8.DecodeRuneInString(d.first)
	text, _ := utf8.DecodeRuneInString(d.text)
	return d.first != "" && vowel(string(first)) && !vowel(string(text))
}

// replaced is a name with one of its parts in another form; part and form are in lower case.
func replaced(name, part, form string) string {
	i := strings.Index(strings.ToLower(name), part)
	if i < 0 || i+len(part) > len(name) {
		return name
	}
	same := 0
	for same < len(part) && same < len(form) && part[same] == form[same] {
		same++
	}
	for same > 0 && same < len(form) && !utf8.RuneStart(form[same]) {
		same--
	}
	return name[:i+same] + form[same:] + name[i+len(part):]
}
