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
		return false
	}
	for k := 0; k < len(dashes); k += 2 {
		end := p.End
		if k+1 < len(dashes) {
			end = dashes[k+1].Start
		}
		said := trim(m.text, dashes[k].End, end)
		said.Start = said.End - len(strings.TrimLeftFunc(said.In(m.text), unicode.IsPunct))
		if said = trim(m.text, said.Start, said.End); countWords(said.In(m.text)) > 0 {
			m.out = append(m.out, stretch{
				Span: said, outer: news.Span{Start: dashes[k].Start, End: said.End}, para: n, dash: true,
				words: countWords(said.In(m.text)),
			})
		}
	}
	return true
}

// insertion is how many words may stand between the dashes inside a quotation that say who speaks.
const insertion = 9

// interrupted appends a stretch in two parts where dashes inside it part off who says so: "«Text, — said X. — Text»". It
// returns whether it did.
func (m *marks) interrupted(s stretch) bool {
	if m.cue == nil {
		return false
	}
	from := m.nextDash(s.Span, s.Start)
	if from.Len() == 0 {
		return false
	}
	to := m.nextDash(s.Span, from.End)
	if to.Len() == 0 {
		to = news.Span{Start: s.End, End: s.End}
	}
	words := strings.Fields(m.text[from.End:to.Start])
	if len(words) == 0 || len(words) > insertion || !m.cue(strings.ToLower(strings.TrimFunc(words[0], unicode.IsPunct))) {
		return false
	}
	first, second := s, s
	first.Span, first.outer.End = trim(m.text, s.Start, from.Start), from.Start
	said := m.text[to.End:s.End]
	skip := len(said) - len(strings.TrimLeftFunc(said, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }))
	second.Span, second.outer.Start = trim(m.text, to.End+skip, s.End), to.End
	for _, part := range []stretch{first, second} {
		part.dash, part.words = true, countWords(part.In(m.text))
		if part.words > 0 {
			m.out = append(m.out, part)
		}
	}
	return true
}

// nextDash is the first dash in p from i on that stands beside a space, empty where there is none.
func (m *marks) nextDash(p news.Span, i int) news.Span {
	for ; i < p.End; i++ {
		if size := dashAt(m.text[:p.End], i); size > 0 && m.parts(p, i, size) {
			return news.Span{Start: i, End: i + size}
		}
	}
	return news.Span{}
}

// dashAt is the length of a long dash at i, or 0.
func dashAt(s string, i int) int {
	for _, d := range [...]string{"—", "–", "―"} {
		if strings.HasPrefix(s[i:], d) {
			return len(d)
		}
	}
	return 0
}

// parts tells a dash between said and told from one inside a sentence: on one side at least there is no word close by.
func (m *marks) parts(p news.Span, i, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(m.text[p.Start:i])
	after, _ := utf8.DecodeRuneInString(m.text[i+size : p.End])
	return !unicode.IsDigit(before) && (!unicode.IsLetter(before) || !unicode.IsLetter(after))
}
