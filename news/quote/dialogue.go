package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// dialogue cuts a paragraph that begins with a dash into what is said and what is told, where dashes part the two:
// "— Text, — said X. — Text." and "—Text —said X—. Text." It returns whether it did; a paragraph with one dash is left
// alone, because nothing shows where the words end.
func (m *marks) dialogue(n int, p news.Span) bool {
	if dashAt(m.text, p.Start) == 0 {
		return false
	}
	var dashes []news.Span
	for i := p.Start; i < p.End; {
		size := dashAt(m.text, i)
		if size == 0 {
			_, size = utf8.DecodeRuneInString(m.text[i:p.End])
		} else if i == p.Start || m.parts(p, i, size) {
			dashes = append(dashes, news.Span{Start: i, End: i + size})
		}
		i += size
	}
	if len(dashes) < 2 {
		said := trim(m.text, dashes[0].End, p.End)
		return m.lang.insertions && m.remarked(stretch{Span: said, outer: p, para: n})
	}
	if m.text[p.Start] == '-' && !m.attribution(firstWords(m.text[dashes[1].End:p.End])) {
		return false // a list
	}
	told, turn := false, false
	for k, d := range dashes {
		end := p.End
		if k+1 < len(dashes) {
			end = dashes[k+1].Start
		}
		if told {
			m.paragraph(n, news.Span{Start: d.End, End: end}) // quotations in what is told
			m.open, told = "", false
			continue
		}
		m.says(n, d, end, turn)
		if turn = k+1 < len(dashes) && m.begins(p, dashes[k+1]) && !m.attribution(firstWords(m.text[dashes[k+1].End:p.End])); !turn {
			told = true
		}
	}
	return true
}

// says appends what is said from a dash on, up to end. turn tells that somebody else answers there.
func (m *marks) says(n int, dash news.Span, end int, turn bool) {
	said := trim(m.text, dash.End, end)
	said.Start = said.End - len(strings.TrimLeftFunc(said.In(m.text), func(r rune) bool { return unicode.IsPunct(r) && r != '¿' && r != '¡' }))
	said = trim(m.text, said.Start, said.End)
	s := stretch{
		Span: said, outer: news.Span{Start: dash.Start, End: said.End}, para: n, dash: true, turn: turn,
		words: countWords(said.In(m.text)),
	}
	if s.words > 0 && !(m.lang.insertions && m.remarked(s)) {
		m.out = append(m.out, s)
	}
}

// later is where in a paragraph a sentence of dialogue begins with a dash, behind sentences of the writer's: "Она ушла. — Прощай,
// — сказала она." 0: none does.
func (m *marks) later(p news.Span) int {
	if !m.lang.dashes {
		return 0
	}
	open, odd, read := false, false, p.Start // marks that are open; straight ones are where their number is odd
	for from := m.nextDash(p, p.Start); from.Len() > 0; {
		for _, r := range m.text[read:from.Start] {
			switch r {
			case '«', '“', '„':
				open = true
			case '»', '”':
				open = false
			case '"':
				odd = !odd
			}
		}
		read = from.Start
		to := m.nextDash(p, from.End)
		if m.begins(p, from) && !open && !odd {
			if to.Len() > 0 && m.attribution(firstWords(m.text[to.End:p.End])) {
				return from.Start
			}
			end := p.End
			if to.Len() > 0 {
				end = to.Start
			}
			if a, _ := m.remark(news.Span{Start: from.End, End: end}); a.Len() > 0 && m.lang.insertions {
				return from.Start
			}
		}
		from = to
	}
	return 0
}

// begins tells whether a sentence of p begins with the dash.
func (m *marks) begins(p, dash news.Span) bool {
	before := strings.TrimRight(m.text[p.Start:dash.Start], " \u00a0")
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(m.text[dash.End:p.End], " \u00a0"))
	last, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?…", last) && unicode.IsUpper(after)
}

// firstWords are the words of s that attribution looks at.
func firstWords(s string) string {
	words := strings.Fields(s[:min(len(s), 1<<8)])
	return strings.Join(words[:min(len(words), insertion)], " ")
}

func firstWord(s string) string {
	s, _, _ = strings.Cut(s, " ")
	return s
}

// insertion is how many words may stand between the dashes inside a quotation that say who speaks.
const insertion = 9

// interrupted appends a stretch in two parts where dashes inside it part off who says so: "«Text, — said X. — Text»". It
// returns whether it did.
func (m *marks) interrupted(s stretch) bool {
	if !m.lang.dashes {
		return false
	}
	from := m.nextDash(s.Span, s.Start)
	if from.Len() == 0 {
		return m.lang.insertions && m.remarked(s)
	}
	to := m.nextDash(s.Span, from.End)
	if to.Len() == 0 {
		to = news.Span{Start: s.End, End: s.End}
	}
	if !m.attribution(m.text[from.End:to.Start]) {
		return false
	}
	m.part(s, from, to)
	return true
}

// attribution tells whether the words between two marks inside a quotation say who speaks: one of the first is a
// reporting verb, and only auxiliaries, with pronouns at their ends, stand before it ("ha aggiunto lei", "a-t-elle dit").
func (m *marks) attribution(s string) bool {
	words := strings.Fields(s)
	if len(words) > insertion {
		return false
	}
	for _, w := range words {
		w = strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))
		if i, n := apostrophe(w); i > 0 {
			w = w[i+n:] // "s’indigne"
		}
		if m.lang.words[w]&anyCue != 0 {
			return true
		}
		head, tail, _ := strings.Cut(w, "-")
		if m.lang.words[head]&anyCue != 0 && tail != "" {
			return true // "dit-il"
		}
		if m.lang.words[head]&aux == 0 && m.lang.words[w]&aux == 0 {
			return false
		}
	}
	return false
}

// remarked is interrupted where commas part off who says so.
func (m *marks) remarked(s stretch) bool {
	from, to := m.remark(s.Span)
	if from.Len() == 0 {
		return false
	}
	m.part(s, from, to)
	return true
}

// remark is the part of a stretch between commas, or a comma and the end of a sentence, that says who speaks: "« Text,
// a dit X, text. »", "« Text, dit X. Text. »". It returns the two marks; empty where there is none.
func (m *marks) remark(s news.Span) (from, to news.Span) {
	for i := s.Start; i < s.End; {
		k := strings.IndexAny(m.text[i:s.End], ",?!")
		if k < 0 {
			return
		}
		i += k + 1
		asked := m.text[i-1] != ','
		if asked && (i >= s.End || m.text[i] != ' ') {
			continue
		}
		n := strings.IndexAny(m.text[i:s.End], ",.!?")
		if n < 0 {
			n = s.End - i
		}
		if m.attribution(m.text[i:i+n]) && m.turned(m.text[i:i+n]) {
			to = news.Span{Start: i + n, End: min(i+n+1, s.End)}
			if asked { // "Har du sovit? frågar Anna."
				return news.Span{Start: i, End: i + 1}, m.pastOffice(s, to)
			}
			return news.Span{Start: i - 1, End: i}, m.pastOffice(s, to)
		}
	}
	return
}

// pastOffice is the mark that ends the office of the speaker behind the comma to ("…, raconte X, maire de Y. Text"), else
// to.
func (m *marks) pastOffice(s, to news.Span) news.Span {
	k := strings.IndexAny(m.text[to.End:s.End], ",.!?")
	if k < 0 {
		return to
	}
	words := strings.Fields(strings.ToLower(m.text[to.End : to.End+k]))
	if len(words) == 0 || len(words) > insertion || m.lang.words[words[0]]&role == 0 && !(isDigit(words[0][0]) && len(words) <= 2) { // an office or an age
		return to
	}
	return news.Span{Start: to.End + k, End: to.End + k + 1}
}

// turned tells whether such a remark has its verb before its subject: a pronoun tied to a verb by a hyphen, or a name or
// an article behind it.
func (m *marks) turned(s string) bool {
	words := strings.Fields(s)
	for i, w := range words {
		if k := strings.LastIndexByte(w, '-'); k > 0 && m.lang.words[w[k+1:]]&(he|she|they) != 0 {
			return true
		}
		if i == 0 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		low := strings.ToLower(w)
		if k, _ := apostrophe(low); k > 0 {
			low = low[:k] + "'" // "l’avocat"
		}
		if unicode.IsUpper(r) || m.lang.words[low]&(det|he|she|they|role|body) != 0 {
			return true
		}
		if m.lang.words[low] != 0 || i > 2 {
			return false // not "säger att"
		}
	}
	return false
}

// part appends the two parts of a stretch that the marks from and to part.
func (m *marks) part(s stretch, from, to news.Span) {
	first, second := s, s
	first.Span, first.outer.End = trim(m.text, s.Start, from.Start), from.Start
	said := m.text[to.End:s.End]
	skip := len(said) - len(strings.TrimLeftFunc(said, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }))
	second.Span, second.outer.Start = trim(m.text, to.End+skip, s.End), to.End
	for k, part := range []stretch{first, second} {
		if k == 1 && dashAt(m.text, s.outer.Start) > 0 && m.lang.words[strings.ToLower(firstWord(part.In(m.text)))]&(he|she) != 0 {
			break // "– Jag läste här, säger Per. Han köpte boken."
		}
		part.dash, part.words = true, countWords(part.In(m.text))
		if part.words > 0 {
			m.out = append(m.out, part)
		}
	}
}

// nextDash is the first dash in p from i on that stands beside a space, empty where there is none.
func (m *marks) nextDash(p news.Span, i int) news.Span {
	for ; i < p.End; i++ {
		k := strings.IndexByte(m.text[i:p.End], "—"[0])
		before := m.text[i:p.End]
		if k >= 0 {
			before = before[:k]
		}
		if h := strings.Index(before, " - "); h >= 0 {
			k = h + 1
		}
		if k < 0 {
			break
		}
		i += k
		if size := dashAt(m.text[:p.End], i); size > 0 && m.parts(p, i, size) {
			return news.Span{Start: i, End: i + size}
		}
	}
	return news.Span{}
}

// dashAt is the length of a dash at i, or 0: a long one, or a hyphen between spaces.
func dashAt(s string, i int) int {
	if s[i] == '-' && i+1 < len(s) && s[i+1] == ' ' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\n') {
		return 1
	}
	if s[i] != "—"[0] {
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s[i:]); r {
	case '—', '–', '―':
		return n
	}
	return 0
}

// parts tells a dash between said and told from one inside a sentence: on one side at least there is no word close by.
func (m *marks) parts(p news.Span, i, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(m.text[p.Start:i])
	after, _ := utf8.DecodeRuneInString(m.text[i+size : p.End])
	return !unicode.IsDigit(before) && (!unicode.IsLetter(before) || !unicode.IsLetter(after))
}
