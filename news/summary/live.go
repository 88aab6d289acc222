package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

// A live report is told by the times of day before its entries.

// leastClocks is the number of times of day from which on a text is a live report.
const leastClocks = 3

// clock is where s begins behind the time of day before it, as in live reports: "14:32 The pier fell.", "14h32 – ", "14.32 Uhr: ".
func (l *language) clock(s string) int {
	n := timeOfDay(s)
	if n == 0 {
		return 0
	}
	point := s[n-len(".32")] == '.' // may be a number
	rest := strings.TrimLeft(s[n:], " \u00a0")
	for w := range text.Words(rest) {
		if w.Start == 0 && l.hour[fold(w.In(rest))] {
			rest, point = rest[w.End:], false
		}
		break
	}
	bare := strings.TrimLeft(rest, " \u00a0–—-|:")
	if point && len(bare) == len(rest) || len(s) == n+len(bare) {
		return 0
	}
	if first, _ := utf8.DecodeRuneInString(bare); !unicode.IsLetter(first) && !opensQuoted(bare) || unicode.IsLower(first) ||
		unicode.Is(unicode.Lo, first) && len(bare) == len(rest) { // without capitals only a mark parts the time from a sentence
		return 0
	}
	return len(s) - len(bare)
}

// hourBefore is how many bytes a word takes that stands before the time of day which s begins with: "Ore 14.32"; 0: none.
func (l *language) hourBefore(s string) int {
	word, rest, found := strings.Cut(within(s, longestTime), " ")
	if !found || rest == "" || rest[0] < '0' || rest[0] > '9' || !l.hour[fold(word)] {
		return 0
	}
	return len(word) + 1
}

// time tells whether a line is nothing but a time of day: "14.32 Uhr".
func (l *language) time(line string) bool {
	n := timeOfDay(line)
	if n == 0 || len(line) > longestTime {
		return false
	}
	unit := strings.ReplaceAll(strings.Trim(line[n:], " \u00a0–—-|:"), ".", "") // "p.m."
	return unit == "" || l.hour[fold(unit)]
}

// longestTime is how many bytes the line of a time of day has at most.
const longestTime = 20

// timeOfDay is how many bytes the hour and minute take that s begins with; 0: none.
func timeOfDay(s string) int {
	digits := strings.TrimLeft(s[:min(2, len(s))], "0123456789")
	n := min(2, len(s)) - len(digits)
	if n == 0 || len(s) < n+len(":32") || !strings.ContainsRune(":.hH", rune(s[n])) || !number(s[n+1:n+3]) {
		return 0
	}
	return n + len(":32")
}

// number tells whether s is one or two digits.
func number(s string) bool {
	return s != "" && len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}

// leastPoints is how many lines, a heading among them, stand before a live report that says there what has happened.
const leastPoints = 3

// point tells whether s is a line that says what has happened, before a live report.
func (r *reader) point(s *sentence) bool {
	p := &r.progress[s.source]
	return p.live && s.Start < p.points && s.words > minWords && s.words <= maxWords && !strings.HasSuffix(s.text, ":")
}
