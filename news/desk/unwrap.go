package desk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// The columns that programs and people wrap text at; longer lines are paragraphs, shorter ones verse and lists.
	wrapMin = 50
	wrapMax = 100
	// wrapOver is the share of longer lines that a wrapped text has at most: addresses are not wrapped.
	wrapOver = 0.1
)

// Unwrap makes whole paragraphs of a text that is wrapped at a column: a line break becomes a space where the first word
// of the next line had no room. Every offset stays what it was.
func Unwrap(s string) string {
	width := wrapWidth(s)
	if width < wrapMin {
		return s
	}
	out := []byte(s)
	end := 0 // of the line before, without its line end
	for start := 0; start < len(s); {
		next := strings.IndexByte(s[start:], '\n') + 1 + start
		if next == start {
			next = len(s)
		}
		if start > 0 && joins(s[lineStart(s, end):end], s[start:next], width) {
			for i := end; i < start; i++ {
				out[i] = ' '
			}
		}
		end = start + len(strings.TrimRight(s[start:next], "\r\n"))
		start = next
	}
	return string(out)
}

func lineStart(s string, end int) int { return strings.LastIndexByte(s[:end], '\n') + 1 }

// wrapWidth is the column at which a text is wrapped, 0 where it is not.
func wrapWidth(s string) int {
	width, over, lines := 0, 0, 0
	for line := range strings.Lines(s) {
		switch n := utf8.RuneCountInString(strings.TrimSpace(line)); {
		case n == 0:
			continue
		case n > wrapMax:
			over++
		default:
			width = max(width, n)
		}
		lines++
	}
	if float64(over) > wrapOver*float64(lines) {
		return 0
	}
	return width
}

// joins tells whether a paragraph goes on from one line to the next.
func joins(line, next string, width int) bool {
	word, _, _ := strings.Cut(strings.TrimRight(next, " \r\n"), " ")
	if word == "" || strings.TrimSpace(line) == "" || !unicode.IsLetter(firstRune(word)) && len(word) < 3 { // the mark of a list
		return false
	}
	n := utf8.RuneCountInString(strings.TrimRight(line, " "))
	return n <= wrapMax && n+1+utf8.RuneCountInString(word) > width
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
