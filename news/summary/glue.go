package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// gluedAfter is how many letters or digits stand before a full stop at least that ends a sentence without a space behind it: "M.Dupont"
// and "U.S.A" are none.
const gluedAfter = 3

// unglued cuts a sentence where the space between two is missing, as between paragraphs whose breaks were lost.
func unglued(body string, s news.Span) []news.Span {
	var out []news.Span
	for i := s.Start; i < s.End; i++ {
		if c := body[i]; c != '.' && c != '!' && c != '?' {
			continue
		}
		if end := glued(body[s.Start:s.End], i-s.Start); end > 0 {
			out = append(out, news.Span{Start: s.Start, End: s.Start + end})
			s.Start += end
			i = s.Start
		}
	}
	return append(out, s)
}

// glued is where the next sentence begins in s if it does behind the mark at i; else 0.
func glued(s string, i int) int {
	before := strings.TrimRight(s[:i], "\"”»")
	if n := len(before) - len(strings.TrimRightFunc(before, lowerOrDigit)); n < gluedAfter {
		return 0
	}
	end := i + 1
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if r != '”' && r != '»' && (r != '"' || strings.Count(s[:end], `"`)%2 == 0) {
			break
		}
		end += n
	}
	first, n := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], "\"“«"))
	if !unicode.IsUpper(first) {
		return 0
	}
	rest := strings.TrimLeft(s[end:], "\"“«")[n:]
	if second, _ := utf8.DecodeRuneInString(rest); !unicode.IsLower(second) && second != ' ' && second != '\'' && second != '’' {
		return 0
	}
	return end
}

func lowerOrDigit(r rune) bool { return unicode.IsLower(r) || unicode.IsDigit(r) }
