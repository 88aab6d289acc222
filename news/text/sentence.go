package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// Sentences cuts s into sentences. A line break always ends one; else a full stop, question or exclamation mark or
// ellipsis does, with the closing marks and notes behind it, where what follows can begin a sentence. What cannot: a
// letter in lower case, a dash before one (Spanish, French and Russian attributions), what follows an abbreviation, an
// initial, the mark of a list or, where the language writes ordinals so, a short number. A sentence has a word.
func Sentences(s, lang string) []news.Span {
	l := languageOf(lang)
	out := make([]news.Span, 0, len(s)/100+1)
	for from := 0; from <= len(s); {
		end, next := lineEnd(s, from)
		if p := trim(s, from, end); p.Len() > 0 {
			c := cutter{s: s[:p.End], start: p.Start, blank: p.Start, l: l}
			out = c.cut(out)
		}
		from = next
	}
	return out
}

// cutter cuts a line into sentences.
type cutter struct {
	s     string // up to the line's end
	start int    // where the sentence at hand begins
	blank int    // up to where it has no word, as far as is known
	l     *language
}

// How far around a mark is looked, in bytes, so that a hostile text takes time in proportion to its length only.
const (
	lookWord  = 64  // a word, or what stands before it
	lookQuote = 600 // a quotation
)

// cut appends the sentences from start on.
func (c *cutter) cut(out []news.Span) []news.Span {
	for i := c.start; ; {
		mark := nextMark(c.s, i)
		if mark < 0 {
			break
		}
		m := c.markAt(mark)
		if c.ends(m) {
			if x := trim(c.s, c.start, m.end); x.Len() > 0 {
				out = append(out, x)
			}
			c.start, c.blank = m.end, m.end
		}
		i = m.end
	}
	if x := trim(c.s, c.start, len(c.s)); x.Len() > 0 {
		out = append(out, x)
	}
	return out
}

// ends tells whether a mark ends the sentence at hand.
func (c *cutter) ends(m mark) bool {
	next := skipBlank(c.s, m.end)
	switch {
	case next >= len(c.s):
		return true
	case !c.hasWord(m.at) || c.listMark(m):
		return false
	case m.full:
		return !c.goesOn(m) && !c.inside(m)
	case next == m.end:
		return m.end == m.tail && c.glued(m)
	case m.spaced, !begins(c.s, next):
		return false
	case m.bracketed(c.s):
		return c.starts(next)
	case c.s[m.at] != '.' || m.tail-m.at > 1 || m.end > m.tail && c.s[m.tail] != ')' && c.s[m.tail] != ']':
		return true
	}
	return !c.abbreviated(m.at, next)
}

// goesOn tells whether the sentence goes on behind a mark of a script without capitals, because it ended no more than a
// quotation or a title in it: 「…。」と言った, “…。”他说, 《…。》.
func (c *cutter) goesOn(m mark) bool {
	last, _ := utf8.DecodeLastRuneInString(c.s[m.tail:m.end])
	if m.end == m.tail || !strings.ContainsRune("」』”》〉\"", last) {
		return false
	}
	if last == '》' || last == '〉' {
		return true
	}
	if c.onAt(m.end) {
		return true
	}
	clause := c.s[m.end:]
	if i := strings.IndexFunc(clause, unicode.IsPunct); i >= 0 {
		clause = clause[:i]
	}
	for _, w := range c.l.said {
		if strings.HasSuffix(clause, w) && utf8.RuneCountInString(clause) <= saidRunes {
			return true
		}
	}
	return false
}

// inside tells a mark in a quotation behind which the sentence around it goes on: 「…。…。」と言った.
func (c *cutter) inside(m mark) bool {
	if len(c.l.on) == 0 {
		return false
	}
	before := c.s[max(c.start, m.end-lookQuote):m.end]
	rest := c.s[m.end:min(len(c.s), m.end+lookQuote)]
	open := strings.LastIndexAny(before, "「」『』")
	end := strings.IndexAny(rest, "「」『』")
	if open < 0 || end < 0 || !isOpen(before[open:]) || isOpen(rest[end:]) {
		return false
	}
	return c.onAt(m.end + end + len("」"))
}

func isOpen(s string) bool { return strings.HasPrefix(s, "「") || strings.HasPrefix(s, "『") }

// onAt tells whether the sentence around a quotation goes on at i.
func (c *cutter) onAt(i int) bool {
	for _, w := range c.l.on {
		if strings.HasPrefix(c.s[i:], w) {
			return true
		}
	}
	return false
}

// saidRunes is the longest clause that is taken for an attribution, in Han letters.
const saidRunes = 14

// glued finds a sentence that begins without a space. "… in the port.Witnesses say": two letters in lower case before
// the mark, a capital and a letter in lower case behind it. Names of sites and files don't look so, addresses may.
func (c *cutter) glued(m mark) bool {
	next := m.tail
	if r, n := decode(c.s, next); strings.ContainsRune("\"“«„", r) {
		next = skipBlank(c.s, next+n)
	}
	first, n := decode(c.s, next)
	second, _ := decode(c.s, next+n)
	before := c.s[max(c.start, m.at-lookQuote):m.at]
	last, size := utf8.DecodeLastRuneInString(before)
	if ideograph(last) && ideograph(first) {
		return c.s[m.at] < utf8.RuneSelf
	}
	last2, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return unicode.IsUpper(first) && unicode.IsLower(second) && unicode.IsLower(last) && unicode.IsLower(last2) &&
		!strings.ContainsAny(before[strings.LastIndexByte(before, ' ')+1:], "/@")
}

// begins tells whether a sentence can begin at i: with opening marks and then anything but a letter in lower case. Some
// do begin with one: "iPhones", "’s Avonds", "b. The second part".
func begins(s string, i int) bool {
	for limit := min(len(s), i+lookWord); i < limit; {
		r, n := decode(s, i)
		switch {
		case r == '.' && strings.HasPrefix(s[i:], "..."):
			n = len("...")
		case unicode.IsLower(r):
			next, m := decode(s, i+n)
			after, _ := decode(s, skipBlank(s, i+n+m))
			return unicode.IsUpper(next) || (next == '.' || next == ')' || apostrophe(s, i) && next == ' ') && unicode.IsUpper(after)
		case wordRune(r):
			return true
		case r == ',' || r == ';' || r == ':' || r == ')' || r == '.':
			return false
		}
		i += n
	}
	return true
}

// apostrophe tells whether one stands before i.
func apostrophe(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r == '\'' || r == '’'
}

// starts tells whether the word at i, behind opening marks, begins a sentence rather than a name: a function word with a
// capital that is no initial.
func (c *cutter) starts(i int) bool {
	x := firstWord(c.s, i)
	word := x.In(c.s)
	r, n := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(r) || n == len(word) && strings.HasPrefix(c.s[x.End:], ".") {
		return false
	}
	return c.l.stop.has(word)
}

// skipBlank is where the white space that begins at i ends.
func skipBlank(s string, i int) int {
	for i < len(s) {
		r, n := decode(s, i)
		if !blank(r) {
			return i
		}
		i += n
	}
	return i
}

// wordAt tells whether a letter or digit stands at i.
func wordAt(s string, i int) bool {
	r, _ := decode(s, i)
	return wordRune(r)
}

// hasWord tells whether the sentence at hand has a word before end.
func (c *cutter) hasWord(end int) bool {
	for c.blank < end {
		r, n := decode(c.s, c.blank)
		if wordRune(r) {
			return true
		}
		c.blank += n
	}
	return false
}

// ideograph tells the letters of scripts that write no spaces between sentences.
func ideograph(r rune) bool {
	return r >= firstHan && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
