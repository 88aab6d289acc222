package story

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// words are the words of s, and numbers whole: "31,400" and "6.1" are one.
func words(s string) iter.Seq[news.Span] {
	return func(yield func(news.Span) bool) {
		last := news.Span{Start: -1}
		for span := range text.Words(s) {
			switch {
			case last.Start < 0:
				last = span
			case continues(s, last, span):
				last.End = span.End
			case !yield(last):
				return
			default:
				last = span
			}
		}
		if last.Start >= 0 {
			yield(last)
		}
	}
}

// continues tells whether a word is the rest of the number before it.
func continues(s string, number, rest news.Span) bool {
	return rest.Start-number.End == 1 && strings.IndexByte(".,", s[number.End]) >= 0 && digits(number.In(s)) && digits(rest.In(s))
}

func digits(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(first) && unicode.IsDigit(last)
}

// stemOf is what a word counts as. Languages part numbers differently: only their digits count.
func stemOf(word, lang string) string {
	if digits(word) {
		word = strings.NewReplacer(".", "", ",", "").Replace(word)
	}
	return fold(text.Stem(word, lang))
}
