package summary

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// leastQuestions is the number of paragraphs that end in a question from which a text is an interview.
const leastQuestions = 2

// interview tells whether a text is made of questions and answers. What stands in it is mostly somebody's words without marks.
func interview(body string) bool {
	n := 0
	for line := range strings.Lines(body) {
		if asks(line) {
			if n++; n == leastQuestions {
				return true
			}
		}
	}
	return false
}

// asks tells whether s ends as a question does.
func asks(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \t\r\n\u00a0"))
	return strings.ContainsRune("?？؟", last)
}

// marker is the number before an item of a list.
var marker = regexp.MustCompile(`^\d{1,2}[.)][ \t]+`)

// lists tells whether a text has a list, by its first two numbers.
func lists(body string) bool {
	for _, end := range []string{". ", ") "} {
		if (strings.HasPrefix(body, "1"+end) || strings.Contains(body, "\n1"+end)) && strings.Contains(body, "\n2"+end) {
			return true
		}
	}
	return false
}
