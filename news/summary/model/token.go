package model

import (
	"strings"
	"unicode/utf8"

	"herald/news/text"
)

// token is a word of a text as the check compares it with those of another.
type token struct {
	word    string // folded
	stem    string
	capital bool
	stop    bool   // a function word
	date    bool   // a month or a day of the week
	count   string // in digits what a number written in letters says; "": it is none
	clause  int    // of the text: no mark parts its words
	phrase  int    // nothing but a space parts its words
	start   int    // its first byte
}

// tokens are the words of s.
func tokens(s, lang string) []token {
	l := tongueOf(lang)
	var out []token
	end, clause, phrase := 0, 0, 0
	for at := range text.Words(s) {
		word, between := at.In(s), s[end:at.Start]
		if strings.Trim(between, " -’'/\u00a0") != "" {
			clause++
		}
		if between != " " {
			phrase++
		}
		lower := strings.ToLower(word)
		out = append(out, token{
			word: fold(word), stem: text.Stem(word, lang), capital: capital(word), stop: text.Stopword(lower, lang),
			date: text.DateWord(word, lang), count: l.counts[fold(word)], clause: clause, phrase: phrase, start: at.Start,
		})
		end = at.End
	}
	return out
}

// content tells whether t says something by itself: no function word and no digits.
func (t *token) content() bool {
	first, _ := utf8.DecodeRuneInString(t.word)
	return !t.stop && digit(first) == first && (first < '0' || first > '9')
}
