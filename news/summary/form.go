package summary

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	// leastQuestions is the number of paragraphs that end in a question from which a text is an interview.
	leastQuestions = 2
	// allQuestions is the number from which nothing behind the first is the writer's: what the interviewer says is no
	// question always.
	allQuestions = 3
)

// questions is how many paragraphs of a text end in a question, counted no further than allQuestions. What stands in
// a text of questions and answers is mostly somebody's words without marks.
func questions(body string) int {
	n := 0
	for line := range strings.Lines(body) {
		if asks(line) {
			if n++; n == allQuestions {
				break
			}
		}
	}
	return n
}

// inQuestion tells whether the paragraph asks that the part of body up to end belongs to.
func inQuestion(body string, end int) bool {
	if at := strings.IndexByte(body[end:], '\n'); at >= 0 {
		return asks(body[:end+at])
	}
	return asks(body)
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
