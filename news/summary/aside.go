package summary

import (
	"strings"

	"herald/news/text"
)

// Some sentences tell nothing: what speaks of the text ("We asked three divers"), and what only says who told what stands before it
// ("This was announced by the council").

// behind is how many words may stand before three words that speak of the text: "Ida Brenner talks to us".
const behind = 2

// mostCredit is how many words a sentence has at most that only says who told it.
const mostCredit = 14

// threes are the asides of three words.
func (l *language) threes() phrases {
	out := phrases{}
	for phrase := range l.aside {
		if strings.Count(phrase, "_") == 2 {
			out[phrase] = true
		}
	}
	return out
}

// announces tells whether s speaks of the text.
func (l *language) announces(s string) bool {
	n, last, pair := 0, "", ""
	for w := range text.Words(s) {
		word := fold(w.In(s))
		if n == 0 && l.aside[word] || n == 1 && l.aside[last+"_"+word] || n > 1 && l.aside[pair+"_"+word] {
			return true
		}
		if n++; n == behind+3 {
			break
		}
		last, pair = word, last+"_"+word
	}
	return false
}

// credits tells whether s only says who told what stands before it.
func (l *language) credits(s *sentence) bool {
	if s.place == 0 || s.words > mostCredit || len(l.source) == 0 || s.quoted > 0 || strings.Contains(s.text, ": ") {
		return false
	}
	n, last, leans := 0, "", false
	for w := range text.Words(s.text) {
		word := fold(w.In(s.text))
		if pair := last + "_" + word; l.source[pair] && (n == 1 || leans) {
			return true
		} else if n == 0 || n == 1 {
			leans = leans || l.lean[word] || l.lean[pair]
		}
		if n++; n == 3 {
			break
		}
		last = word
	}
	return false
}
