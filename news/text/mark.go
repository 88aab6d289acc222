package text

import (
	"strings"
	"unicode/utf8"
)

// mark is a sentence mark with its repetitions ("?!", "...") and what closes behind it.
type mark struct {
	at, tail int  // from its first byte to its last
	end      int  // where the closing marks and notes behind it end
	full     bool // needs no space behind it: 。 or ।
	spaced   bool // an ellipsis of three points with spaces between, which leaves words out
}

// markBytes are the first bytes of sentence marks.
var markBytes = func() (t [256]bool) {
	for _, c := range "\x2e\x21\x3f" {
		t[c] = true
	}
	for _, c := range []byte{0xd6, 0xd8, 0xdb, 0xe0, 0xe1, 0xe2, 0xe3, 0xef} {
		t[c] = true
	}
	return t
}()

// nextMark is where the next sentence mark stands from i on, or -1.
func nextMark(s string, i int) int {
	for ; i < len(s); i++ {
		if markBytes[s[i]] {
			if n, _ := markLen(s, i); n > 0 {
				return i
			}
		}
	}
	return -1
}

// markLen is the length of the sentence mark at i, or 0, and whether it needs no space behind it.
func markLen(s string, i int) (n int, full bool) {
	if i >= len(s) {
		return 0, false
	}
	switch s[i] {
	case '.', '!', '?':
		return 1, false
	case 0xd6, 0xd8, 0xdb, 0xe0, 0xe1, 0xe2, 0xe3, 0xef:
	default:
		return 0, false
	}
	switch r, n := utf8.DecodeRuneInString(s[i:]); r {
	case '…', '؟', '‼', '⁇', '⁈', '⁉':
		return n, false
	case '。', '！', '？', '｡', '．', '।', '॥', '۔', '։', '።', '။', '។':
		return n, true
	}
	return 0, false
}

// markAt reads the mark that begins at i.
func (c *cutter) markAt(i int) mark {
	m := mark{at: i, tail: i}
	for {
		n, full := markLen(c.s, m.tail)
		if n == 0 {
			break
		}
		m.tail += n
		m.full = m.full || full
	}
	points := 1
	if c.s[i] == '.' && m.tail == i+1 {
		for strings.HasPrefix(c.s[m.tail+2*(points-1):], " .") {
			points++
		}
	}
	if points > 2 {
		m.tail += 2 * (points - 1)
		m.spaced = points == 3
	}
	m.end = c.closers(notes(c.s, m.tail), m.at)
	return m
}

// bracketed tells an ellipsis alone in brackets: "[...]".
func (m mark) bracketed(s string) bool {
	return m.at > 0 && m.end > m.tail && (s[m.at-1] == '[' || s[m.at-1] == '(')
}

// notes is where the marks of notes end that begin at i: "[3][4]".
func notes(s string, i int) int {
	for i < len(s) && s[i] == '[' {
		end := i + 1
		for end < len(s) && '0' <= s[end] && s[end] <= '9' {
			end++
		}
		if end == i+1 || end == len(s) || s[end] != ']' {
			break
		}
		i = end + 1
	}
	return i
}

// closers is where the closing marks end that follow a sentence's mark, which stands at mark. A straight mark closes
// where no letter follows; a space before "»" is French.
func (c *cutter) closers(i, mark int) int {
	for i < len(c.s) {
		r, n := decode(c.s, i)
		switch r {
		case '”', '’', ')', ']', '」', '』', '）', '›', '》', '〉', '】', '｣':
		case '"', '\'', '“', '‘', '»': // “, ‘ and » close in German, open in English
			if wordAt(c.s, i+n) {
				return i
			}
		case '«', '‹':
			if !strings.HasPrefix(lastAngle(c.s[c.start:mark]), "»") {
				return i
			}
		case '\u00a0', '\u202f', ' ':
			if !strings.HasPrefix(c.s[i+n:], "»") {
				return i
			}
			if n += len("»"); wordAt(c.s, i+n) {
				return i
			}
		default:
			return i
		}
		i += n
	}
	return i
}

// lastAngle is s from the last angle mark on, which German may open with "»".
func lastAngle(s string) string {
	if i := strings.LastIndexAny(s, "«»‹›"); i >= 0 {
		return strings.NewReplacer("›", "»").Replace(s[i:])
	}
	return ""
}
