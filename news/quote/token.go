package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// kind is what a token is.
type kind uint8

const (
	word   kind = iota
	quoted      // a whole stretch between marks
	comma
	colon // and semicolon
	dash
	bracket
	stop // what ends a sentence
	dot  // a full stop that ends none
	other
)

// token is a word, a mark, or a whole quoted stretch.
type token struct {
	news.Span
	low     string // the word in lower case, apostrophes straight, without a possessive "'s"
	class   class
	stretch int // of a quoted token
	kind    kind
	upper   bool // begins with a capital
	owner   bool // had a possessive "'s"
	leads   bool // first word of its clause
	opens   bool // begins a phrase of its language that names a speaker
	past    bool // says that somebody has an office no more
	human   bool // a surname that the article has behind a given name, where every noun has a capital
}

// tokenBytes is about how long a token is with the space behind it.
const tokenBytes = 5

// clause is a sentence as a range of tokens; quoted stretches count as one token, so that what is quoted cuts nothing.
type clause struct{ from, to, para int }

// reading is an article cut into what the rules work on.
type reading struct {
	text      string
	lang      *language
	paras     []news.Span
	stretches []stretch
	toks      []token
	clauses   []clause
	capital   map[string]bool // words that have a capital inside a clause
	memory    *memory
}

func read(a *news.Article) *reading {
	m := recall(len(a.Text) / tokenBytes)
	m.words.Language(a.Lang)
	r := &reading{text: a.Text, lang: languageOf(a.Lang), toks: m.toks, capital: m.capital, memory: m}
	for _, p := range text.Paragraphs(a.Text) {
		if !a.Aside(p) {
			r.paras = append(r.paras, p)
		}
	}
	r.stretches, r.paras = findMarks(a.Text, r.paras, r.lang)
	starts := text.Sentences(a.Text, a.Lang)
	next := 0
	for i, p := range r.paras {
		first := len(r.toks)
		if next = r.paragraph(i, p, next); r.lang.caseless {
			r.caseless(first)
		}
		for len(starts) > 0 && starts[0].Start < p.Start {
			starts = starts[1:]
		}
		n := 0
		for n < len(starts) && starts[n].Start < p.End {
			n++
		}
		r.cut(i, p, starts[:n])
		starts = starts[n:]
	}
	if r.lang.nounsUpper {
		r.surnames()
	}
	for i := range r.toks {
		if t := &r.toks[i]; t.kind == quoted {
			r.stretches[t.stretch].tok = i
		}
	}
	return r
}

// paragraph appends the tokens of p; next is its first stretch, the result the first one behind it.
func (r *reading) paragraph(n int, p news.Span, next int) int {
	from, first := p.Start, len(r.toks)
	for ; next < len(r.stretches) && r.stretches[next].para == n; next++ {
		s, end := r.stretches[next].outer, r.stretches[next].outer.Start
		if r.lang.nounsUpper && end-2 >= from && r.text[end-1] == '-' && !unicode.IsSpace(rune(r.text[end-2])) && r.stretches[next].words < minWords { // "im HTV-„Frühmagazin“"
			r.stretches[next].speaks = true
			end--
		}
		r.plain(from, end)
		r.toks = append(r.toks, token{Span: s, kind: quoted, stretch: next})
		from = s.End
		if r.lang.nounsUpper && from+1 < p.End && r.text[from] == '-' && !unicode.IsSpace(rune(r.text[from+1])) { // "die „Lupe“-Zeitung"
			r.stretches[next].speaks = true
			from++
		}
	}
	r.plain(from, p.End)
	r.toks = r.toks[:first+len(r.withoutBrackets(r.toks[first:]))]
	return next
}

// bracketWords is how many tokens a remark in brackets has at most that the rules pass over: a party, an age, a short
// name.
const bracketWords = 8

// withoutBrackets leaves out the short remarks in brackets, which stand between a subject and its verb in all places.
func (r *reading) withoutBrackets(toks []token) []token {
	out := toks[:0]
	for i := 0; i < len(toks); i++ {
		if end := r.bracketEnd(toks, i); end > i {
			i = end
			continue
		}
		out = append(out, toks[i])
	}
	return out
}

// bracketEnd is the token that closes the remark which opens with token i, 0 for none.
func (r *reading) bracketEnd(toks []token, i int) int {
	if toks[i].kind != bracket || r.text[toks[i].Start] != '(' && !strings.HasPrefix(r.text[toks[i].Start:], "（") {
		return 0
	}
	for k := i + 1; k < len(toks) && k <= i+1+bracketWords; k++ {
		switch toks[k].kind {
		case bracket:
			return k
		case word, comma, dot, dash, other, colon:
		default:
			return 0
		}
	}
	return 0
}

// marks appends the marks between two words, one token each.
func (r *reading) marks(from, to int) {
	for i := from; i < to; {
		c, n := utf8.DecodeRuneInString(r.text[i:to])
		if !unicode.IsSpace(c) {
			k := markKind(c)
			if (k == colon || k == comma) && to-from == 1 && from > 0 && isDigit(r.text[from-1]) && to < len(r.text) && isDigit(r.text[to]) {
				k = other // 19:30, 2,5
			}
			if r.lang.ordinals && k == dot && i > 0 && isDigit(r.text[i-1]) && to-from > 1 {
				i += n
				continue // "am 22. August"
			}
			r.toks = append(r.toks, token{Span: news.Span{Start: i, End: i + n}, kind: k})
		}
		i += n
	}
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func markKind(c rune) kind {
	switch c {
	case ',', '،', '、', '，':
		return comma
	case ':', ';', '：', '；':
		return colon
	case '-', '–', '—', '―':
		return dash
	case '(', ')', '[', ']', '（', '）':
		return bracket
	case '!', '?', '…', '。', '！', '？', '؟', '।':
		return stop
	case '.':
		return dot
	}
	return other
}

// cut divides the tokens of paragraph n into clauses at the sentences' beginnings. A beginning inside a quoted stretch
// is none; nor is one behind a quoted question or exclamation that is followed by who asked or called it.
func (r *reading) cut(n int, p news.Span, sentences []news.Span) {
	from := len(r.toks)
	for from > 0 && r.toks[from-1].Start >= p.Start {
		from--
	}
	first := from
	for _, s := range sentences {
		i := from
		for i < len(r.toks) && r.toks[i].Start < s.Start {
			i++
		}
		if i == len(r.toks) || i == first || r.toks[i-1].End > s.Start || r.attributes(i) {
			continue
		}
		r.close(first, i, n)
		first = i
		from = i
	}
	r.close(first, len(r.toks), n)
}

func (r *reading) close(from, to, para int) {
	if from == to {
		return
	}
	if to-from > 1 && r.toks[to-1].kind == dot {
		r.toks[to-1].kind = stop
	}
	for i := from + minClause; i+minClause < to; i++ {
		if r.toks[i].kind == colon && r.text[r.toks[i].Start] == ';' {
			r.toks[i].kind = stop // what stands behind it is a sentence of its own
			r.close(from, i+1, para)
			from = i + 1
		}
	}
	r.clauses = append(r.clauses, clause{from, to, para})
	leads := true
	for i := from; i < to; i++ {
		switch t := &r.toks[i]; {
		case t.kind == word && leads:
			t.leads, leads = true, false
		case t.kind == word && t.upper:
			if t.class&aux != 0 && t.class&day == 0 && i+1 < to && r.toks[i+1].upper && r.toks[i+1].class&function == 0 && !r.toks[i-1].upper {
				t.class = male | female // "said Will Reed"
			}
			r.capital[t.low] = true
			if r.lang.declines() && i > from && r.toks[i-1].kind == word && r.toks[i-1].upper {
				for _, form := range r.lang.forms(t.low) { // of a surname that begins a sentence elsewhere
					r.capital[form] = true
				}
			}
			if r.lang.nounsUpper {
				t.class &^= verbal // "das Fest" is no "fest"
			}
		case t.kind == colon:
			leads = true
		}
	}
}
