package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// stretch is what stands between quotation marks within one paragraph.
type stretch struct {
	news.Span           // inside the marks, trimmed
	outer     news.Span // with the marks
	para      int       // number of the paragraph
	continues bool      // goes on a stretch that the paragraph before left open
	single    bool      // between single marks
	dash      bool      // a line of dialogue after a dash
	turn      bool      // an answer by somebody else than the line before
	makeshift bool      // between two apostrophes each side
	speaks    bool      // is the name of who speaks or is spoken to
	words     int
	tok       int // its token
}

// closing gives for each opening mark the marks that may close it. “ closes in German what „ opened; a straight or
// wrong closing mark is frequent in all languages.
var closing = map[string]string{
	"“": "”", "„": "“”\"", "«": "»", "»": "«", "\"": "\"", "‘": "’", "‚": "‘’", "‹": "›", "「": "」", "『": "』",
	"''": "''", "``": "''\"", "'": "'", "”": "”",
}

// marks finds the quoted stretches of one paragraph after the other.
type marks struct {
	text   string
	out    []stretch
	open   string // the mark that the last paragraph left open, ""
	lang   *language
	paired bool   // marks inside a stretch come in pairs
	dead   string // marks that nothing closes in the rest of the paragraph; keeps hostile text linear
}

// findMarks returns the quoted stretches of the paragraphs, in order. Inside a stretch other marks are its own affair.
// The language tells whether dialogue is written with dashes. Paragraphs that one stretch spans become one.
func findMarks(text string, paras []news.Span, l *language) ([]stretch, []news.Span) {
	m := &marks{text: text, lang: l}
	out := paras[:0]
	for len(paras) > 0 {
		n := m.next(len(out), paras)
		p := news.Span{Start: paras[0].Start, End: paras[n-1].End}
		out, paras = append(out, p), paras[n:]
	}
	return m.out, out
}

// next finds the stretches of the first of the paragraphs, which gets number i, and returns how many it is made of.
func (m *marks) next(i int, paras []news.Span) int {
	p := paras[0]
	if m.lang.dashes && m.dialogue(i, p) {
		m.open = ""
		return 1
	}
	if at := m.later(p); at > 0 {
		m.paragraph(i, news.Span{Start: p.Start, End: at})
		m.dialogue(i, news.Span{Start: at, End: p.End})
		m.open = ""
		return 1
	}
	before, found := m.open, len(m.out)
	m.paragraph(i, p)
	n := m.spanned(paras)
	if n > 1 {
		m.out, m.open, m.paired = m.out[:found], before, true
		m.paragraph(i, news.Span{Start: p.Start, End: paras[n-1].End})
		m.paired = false
	}
	return n
}

// maxSpanned is how many paragraphs a stretch spans at most.
const maxSpanned = 5

// spanned is how many of the paragraphs the stretch spans that the first leaves open: it ends where a mark closes that none
// opened since. Mostly each paragraph begins with a mark again, and then it spans one.
func (m *marks) spanned(paras []news.Span) int {
	if m.open != "„" && m.open != "“" && m.open != "«" {
		return 1
	}
	opener, closers, inner := firstRune(m.open), closing[m.open], 0
	for n := 1; n < min(len(paras), maxSpanned); n++ {
		if strings.ContainsFunc(m.text[paras[n-1].End:paras[n].Start], unicode.IsLetter) {
			break // what is no part of the article stands between them; "[…]" may
		}
		for i, r := range paras[n].In(m.text) {
			switch {
			case r == opener:
				inner++
			case !strings.ContainsRune(closers, r):
			case i == 0:
				return 1 // a mark at the beginning goes on, or is wrong
			case inner == 0:
				return n + 1
			default:
				inner--
			}
		}
	}
	return 1
}

func (m *marks) paragraph(n int, p news.Span) {
	continues := m.open
	m.open, m.dead = "", ""
	for i := p.Start; i < p.End; {
		if !markBytes[m.text[i]] {
			i++
			continue
		}
		mark := markAt(m.text[:p.End], i)
		if mark == "" {
			i++
			continue
		}
		if strings.Contains(m.dead, mark) || !m.opens(p, i, mark) {
			i += len(mark)
			continue
		}
		end, next := m.close(p, i+len(mark), mark)
		if end < 0 {
			if mark == "'" || mark == "‘" && i != p.Start || mark == "»" || mark == "”" && i != p.Start {
				m.dead += mark
				i += len(mark)
				continue
			}
			end, next = p.End, p.End
			m.open = mark
		}
		s := stretch{
			Span: trim(m.text, i+len(mark), end), outer: news.Span{Start: i, End: next}, para: n,
			continues: i == p.Start && continues == mark,
			single:    mark == "'" || mark == "‘" || mark == "‚" || mark == "‹",
		}
		s.makeshift = mark == "''" || mark == "``"
		if s.words = countWords(s.In(m.text)); s.words > 0 && !m.interrupted(s) {
			m.out = append(m.out, s)
		}
		i = next
	}
}

// markBytes are the first bytes of marks.
var markBytes = func() (t [256]bool) {
	for mark := range closing {
		t[mark[0]] = true
	}
	return t
}()

// markAt is the mark at i that may open a stretch, or "".
func markAt(s string, i int) string {
	switch s[i] {
	case '"':
		return "\""
	case '\'', '`':
		if strings.HasPrefix(s[i:], "''") || strings.HasPrefix(s[i:], "``") {
			return s[i : i+2]
		}
		if s[i] == '\'' {
			return "'"
		}
	case 0xc2, 0xe2, 0xe3:
		switch r, n := utf8.DecodeRuneInString(s[i:]); r {
		case '“', '”', '„', '«', '»', '‘', '‚', '‹', '「', '『':
			return s[i : i+n]
		}
	}
	return ""
}

// opens tells whether the mark at i opens a stretch: a word or an inner mark follows at once (French and untidy texts
// put a space between), and no letter or digit stands before it. » opens where a letter follows at once, which is how
// German books use it.
func (m *marks) opens(p news.Span, i int, mark string) bool {
	before, _ := utf8.DecodeLastRuneInString(m.text[p.Start:i])
	after, _ := utf8.DecodeRuneInString(m.text[i+len(mark) : p.End])
	glued := i > p.Start && !m.lang.spaceless && (unicode.IsLetter(before) || unicode.IsDigit(before))
	switch mark {
	case "„", "‚", "「", "『":
		return true
	case "«":
		return !glued || unicode.IsSpace(after)
	case "“", "``":
		return !glued
	case "»", "'", "‘", "‹":
		return !glued && unicode.IsLetter(after)
	case "”": // a wrong mark, or one of a language that opens and closes with it
		return (i == p.Start || unicode.IsSpace(before)) && unicode.IsLetter(after)
	}
	return !glued && before != '=' && !unicode.IsSpace(after) && after != utf8.RuneError // not what is left of markup
}

// close finds the mark that closes the stretch beginning at i: where its words end, and where the text goes on. end is
// -1 where the paragraph has none.
func (m *marks) close(p news.Span, i int, mark string) (end, next int) {
	if mark == "'" || mark == "‘" || mark == "‚" {
		return m.closeSingle(p, i)
	}
	if mark == "„" && !m.paired {
		if end, next := m.around(p, i); end > 0 {
			return end, next
		}
	}
	closers := closing[mark]
	depth := 0
	start := i
	odd := odd{end: -1, next: -1}
	for ; i < p.End; i++ {
		c := m.text[i]
		if c != '"' && c != '\'' && c < 0xc2 {
			continue
		}
		if mark == "''" {
			if strings.HasPrefix(m.text[i:p.End], "''") {
				return i, i + 2
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(m.text[i:p.End])
		here := m.text[i : i+n]
		if here == mark && i > start && m.text[i-1] == ' ' {
			if end, next := m.unclosed(start, i); end > 0 {
				return end, next
			}
		}
		if mixed(mark, here) {
			if before, _ := utf8.DecodeLastRuneInString(m.text[p.Start:i]); odd.look(before, i, here) {
				return i, i + n
			}
		}
		switch {
		case odd.end >= 0 && here == mark && m.opens(p, i, mark):
			return odd.end, odd.next // keeps hostile text linear
		case strings.Contains(closers, here) && n == len(here) && r != utf8.RuneError:
			if depth > 0 {
				depth--
			} else if m.closes(p, i, n, mark) {
				return i, i + n
			}
		case here == mark && (m.paired || mark == "«" || mark == "「" || mark == "『"):
			depth++
		case here == mark && mark == "“" && m.closes(p, i, n, "'"):
			return i, i + n // closed by a second opening mark
		}
		i += n - 1
	}
	return odd.end, odd.next
}

// aroundReach is how many bytes a stretch has at most that holds others in the same marks; keeps hostile text linear.
const aroundReach = 1000

// around is where a stretch from i on ends that holds others in the same marks ("„Das nennt man „Glück“ hier“"): 0 where it holds none,
// or they do not come in pairs.
func (m *marks) around(p news.Span, i int) (end, next int) {
	inner, held := 0, false
	for k, r := range m.text[i:min(p.End, i+aroundReach)] {
		switch {
		case r == '„':
			inner++
			held = true
		case r != '“' && r != '”':
		case inner == 0 && held:
			return i + k, i + k + utf8.RuneLen(r)
		case inner == 0:
			return 0, 0
		default:
			inner--
		}
	}
	return 0, 0
}

// tellsReach is how many bytes the words that say who speaks have at most there.
const tellsReach = 200

// unclosed is where the words of the stretch from i on end that has lost its closing mark, and where the text goes on: where who said
// it is told before the same mark opens again ("“We left, said Reed. “It was late.”"). 0: it has lost none.
func (m *marks) unclosed(i, again int) (end, next int) {
	i = max(i, again-tellsReach)
	before := strings.TrimRight(m.text[i:again], " ")
	last := strings.LastIndexByte(before, ',')
	if last < 0 || !strings.HasSuffix(before, ".") || !m.tells(before[last+1:]) {
		return 0, 0
	}
	end = i + last
	next = end + 1
	for _, wrong := range []string{"'", "’"} {
		if strings.HasPrefix(m.text[next:], wrong) {
			next += len(wrong)
		}
	}
	return end, next
}

// tells tells whether a few words say who speaks.
func (m *marks) tells(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if m.lang.words[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))]&cue != 0 {
			return len(words) <= insertion
		}
	}
	return false
}

// closes tells a nested opening mark from a closing one.
func (m *marks) closes(p news.Span, i, n int, mark string) bool {
	after, _ := utf8.DecodeRuneInString(m.text[i+n : p.End])
	before, _ := utf8.DecodeLastRuneInString(m.text[p.Start:i])
	switch mark {
	case "'", "‹":
		return !unicode.IsLetter(after) && !unicode.IsDigit(after) && !unicode.IsSpace(before)
	case "\"":
		return !unicode.IsSpace(before) || !unicode.IsLetter(after)
	}
	return true
}

// followed tells whether a comma stands at i.
func (m *marks) followed(p news.Span, i int) bool { return i < p.End && m.text[i] == ',' }

// closeSingle is close for single marks, which look like apostrophes: the first behind which no letter follows closes,
// but one behind a comma or full stop is preferred as long as no other stretch opens between them ("‘the boys’ trust,’"), and so is one before a comma.
func (m *marks) closeSingle(p news.Span, i int) (end, next int) {
	end, next = -1, -1
	sure := false
	for ; i < p.End; i++ {
		n := 0
		switch {
		case m.text[i] == '\'':
			n = 1
		case strings.HasPrefix(m.text[i:p.End], "’"), strings.HasPrefix(m.text[i:p.End], "‘"):
			n = len("’")
		default:
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(m.text[p.Start:i])
		switch {
		case !m.closes(p, i, n, "'"):
			if end >= 0 && unicode.IsSpace(before) {
				return end, next
			}
		case strings.ContainsRune(",.!?…", before):
			return i, i + n
		case end < 0, !sure && m.followed(p, i+n):
			end, next, sure = i, i+n, m.followed(p, i+n)
		}
		i += n - 1
	}
	return end, next
}

func trim(s string, start, end int) news.Span {
	part := strings.TrimLeftFunc(s[start:end], unicode.IsSpace)
	start = end - len(part)
	return news.Span{Start: start, End: start + len(strings.TrimRightFunc(part, unicode.IsSpace))}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func countWords(s string) int {
	n, in := 0, false // in: a word that has been counted
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			in = false
		case letter(r):
			n++
		case !in && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			in = true
			n++
		}
	}
	return n
}
