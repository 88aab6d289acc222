package summary

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

const (
	// leastQuestions is the number of paragraphs that end in a question from which a text is an interview.
	leastQuestions = 2
	// allQuestions is the number from which nothing behind the first is the writer's, even if nobody is spoken to: what the
	// interviewer says is no question always.
	allQuestions = 3
	// longQuestion is how many bytes a question has at most: a writer's own may stand at the end of a long paragraph.
	longQuestion = 300
	// leastAnswer is how many bytes the writer of questions and answers has for each of them; people answer shorter.
	leastAnswer = 160
)

// interview tells whether body has questions and answers, and from where on it has nothing else, its length: nowhere. What
// stands in such a text is mostly somebody's words without marks.
func (l *language) interview(body string) (found bool, talk int) {
	n, turns, addressed, apart := 0, 0, false, false
	for line := range strings.Lines(body) {
		if len(line) <= longQuestion && asks(line) {
			n, turns, addressed, apart = n+1, turns+int(flag(apart)), addressed || l.speaks(line), false
		} else if len(line) > len("\r\n") {
			apart = true
		}
		if n >= allQuestions || turns >= leastQuestions && addressed {
			return true, l.talk(body)
		}
	}
	if turns >= leastQuestions && brief(body) && l.speaks(body) {
		return true, l.talk(body)
	}
	return n >= leastQuestions, len(body)
}

// brief tells whether the paragraphs of body are short, as people talk.
func brief(body string) bool {
	n := 0
	for line := range strings.Lines(body) {
		n += int(flag(len(line) > len("\r\n")))
	}
	return len(body) < n*leastAnswer
}

// explains tells whether the questions of body are its writer's own, who answers them at some length: nobody in it speaks to another
// or, but as its reader would ask ("May I park here?"), of himself.
func (l *language) explains(body string) bool {
	if len(l.address) == 0 {
		return false
	}
	n := 0
	for line := range strings.Lines(body) {
		question := asks(line)
		n += int(flag(question))
		if l.says(line, !question) {
			return false
		}
	}
	return n >= allQuestions && len(body) >= n*leastAnswer
}

// talk is where the first paragraph begins in which somebody asks, speaks to another or of himself. The first of a text is an
// introduction.
func (l *language) talk(body string) int {
	at := 0
	for line := range strings.Lines(body) {
		if asks(line) || at > 0 && l.speaks(line) {
			break
		}
		at += len(line)
	}
	return at
}

// speaks tells whether somebody who is not quoted speaks to another or of himself in s.
func (l *language) speaks(s string) bool { return l.says(s, true) }

// says is speaks, where he may speak of himself or not.
func (l *language) says(s string, himself bool) bool {
	outside := speechOf(s, false).outside
	for w := range text.Words(outside) {
		if word := w.In(outside); l.address[strings.ReplaceAll(word, "’", "'")] && (himself || !l.self[fold(word)]) {
			return true
		}
	}
	return false
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

const (
	// leastHeadings is the number of headings from which on a text is a list under headings, where few sentences follow each.
	leastHeadings, mostUnder = 3, 6
	// headingWords and headingBytes are how long a heading is at most.
	headingWords, headingBytes = 8, 100
)

// headings are where the headings of a list begin, whose parts mean nothing without them: "Parking", and below what changes.
// The text has n sentences; where it explains, questions are headings. A line before the first sentence is a caption or the like,
// and in a live report those below the times of day say what the sentence behind them does.
func headings(body string, n int, explains bool, l *language) map[int]bool {
	var out map[int]bool
	at, last, begun, times := 0, -1, false, 0 // last: a line that may be one
	for line := range strings.Lines(body) {
		if last < 0 && len(line) > headingBytes {
			at, begun = at+len(line), true
			continue
		}
		if bare := strings.TrimSpace(line); l.time(bare) || l.clock(bare[l.hourBefore(bare):]) > 0 {
			times++
		} else if bare != "" {
			if last >= 0 && ended(bare) {
				if out == nil {
					out = map[int]bool{}
				}
				out[last] = true
			}
			last = -1
			begun = begun || ended(bare)
			if begun && (heads(bare) || explains && asks(bare) && len(bare) <= headingBytes) {
				last = at + strings.Index(line, bare)
			}
		}
		at += len(line)
	}
	if len(out) < leastHeadings || n > (1+mostUnder)*len(out) || times >= leastClocks {
		return nil
	}
	return out
}

// heads tells whether a line can be a heading.
func heads(line string) bool {
	if len(line) > headingBytes || strings.ContainsAny(line, ":|/@") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	return !unicode.IsLower(first) && (unicode.IsLetter(first) || unicode.IsDigit(first)) &&
		(unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')') && countWords(line) <= headingWords
}

// leastPersonal is the number of sentences from which on a text in which its writer speaks of himself is an essay.
const leastPersonal = 2

// personal tells whether the text is one, and no talk.
func (d *document) personal() bool {
	n := 0
	for i := range d.sentences {
		s := &d.sentences[i]
		if s.spoken() {
			return false
		}
		n += int(flag(s.personal && !s.inside))
	}
	return n >= leastPersonal
}

// demands tells whether the writer says in s what is to be done.
func (s *sentence) demands() bool {
	return s.kinds.is(claim) && s.quoted == 0 && !singly(s.text)
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
