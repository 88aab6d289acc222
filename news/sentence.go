package news

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is a sentence of an article, with the heading over it where it means nothing without, or a part of one that can stand
// alone; Text is the article's text at the span,
// byte for byte.
type Sentence struct {
	Text string `json:"text"`
	Span
}

// Plain is the sentence as people read it by itself: without line breaks, with a colon behind the heading that it begins with, with
// a capital first and a full stop last where the part taken out of the article has none.
func (s Sentence) Plain() string {
	plain := strings.Join(strings.Fields(s.Text), " ")
	if heading, rest, broken := strings.Cut(s.Text, "\n"); broken {
		heading, rest = strings.Join(strings.Fields(heading), " "), strings.Join(strings.Fields(rest), " ")
		if first, _ := utf8.DecodeRuneInString(rest); heading != "" && rest != "" && !unicode.IsLower(first) {
			plain = heading + " " + rest
			if end, _ := utf8.DecodeLastRuneInString(heading); !unicode.IsPunct(end) || unicode.In(end, unicode.Pe) {
				plain = heading + ": " + rest
			}
		}
	}
	first, n := utf8.DecodeRuneInString(plain)
	if second, _ := utf8.DecodeRuneInString(plain[n:]); unicode.IsLower(first) && !unicode.IsUpper(second) { // not iPhone
		plain = string(unicode.ToTitle(first)) + plain[n:]
	}
	words := strings.TrimRight(plain, "\"”»)")
	if last, _ := utf8.DecodeLastRuneInString(words); unicode.In(last, unicode.Latin, unicode.Cyrillic, unicode.Nd) {
		plain += "."
	}
	return plain
}
