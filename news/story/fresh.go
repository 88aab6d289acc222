package story

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// What is worth telling readers who know the story already: a fact at the top of a later article, not another way to say the
// same. Facts are names and numbers.
const (
	freshTop   = 5   // sentences at the top of an article that are looked at
	freshMost  = 2   // of them told at most
	freshShare = 0.4 // of a sentence's words must be in none of the earlier articles
	freshWords = 5   // a sentence has at least; less is a heading
)

// Fresh returns the sentences at the top of a later article that bring a fact which none of the earlier ones has, at most two,
// in the order of the text; nil where it says nothing materially new, or no earlier article is in its language. What somebody
// is quoted with is no fact.
func Fresh(later *news.Article, earlier []*news.Article) []news.Sentence {
	known := map[string]bool{}
	told := false
	for _, a := range earlier {
		if a.Lang == later.Lang {
			told = true
			learn(known, a)
		}
	}
	if !told {
		return nil
	}
	capitals := lettersOf(later)
	var fresh []news.Sentence
	for _, s := range top(later) {
		if len(fresh) < freshMost && isFresh(later, s, known, capitals) {
			fresh = append(fresh, news.Sentence{Text: s.In(later.Text), Span: s})
		}
	}
	return fresh
}

// learn adds the words of an article, folded to their stems.
func learn(known map[string]bool, a *news.Article) {
	for _, s := range []string{a.Title, clip(a.Text)} {
		for span := range text.Words(s) {
			known[stemOf(span.In(s), a.Lang)] = true
		}
	}
}

// letters is how an article uses capitals.
type letters struct {
	small map[string]bool // stems that it has in lower case: they name nobody
	nouns bool            // the language writes every noun with a capital
}

// nounShare is the share of words with a capital that only languages reach which write nouns so.
const nounShare = 0.22

func lettersOf(a *news.Article) letters {
	l := letters{small: map[string]bool{}}
	upper, all := 0, 0
	body := clip(a.Text)
	for span := range text.Words(body) {
		first, _ := utf8.DecodeRuneInString(body[span.Start:])
		switch {
		case unicode.IsLower(first):
			l.small[stemOf(span.In(body), a.Lang)] = true
			all++
		case unicode.IsUpper(first):
			upper++
			all++
		}
	}
	l.nouns = float64(upper) > nounShare*float64(all)
	return l
}

// top are the first sentences of an article that are its own.
func top(a *news.Article) []news.Span {
	var first []news.Span
	for _, s := range text.Sentences(clip(a.Text), a.Lang) {
		if !a.Aside(s) {
			first = append(first, s)
		}
		if len(first) == freshTop {
			break
		}
	}
	return first
}

// isFresh tells whether a sentence brings a new fact, and mostly new words with it.
func isFresh(a *news.Article, s news.Span, known map[string]bool, l letters) bool {
	if quotes(a, s) {
		return false
	}
	words, unknown, numbers, names := 0, 0, 0, 0
	for span := range text.Words(s.In(a.Text)) {
		word := span.In(s.In(a.Text))
		if text.Stopword(strings.ToLower(word), a.Lang) {
			continue
		}
		words++
		stem := stemOf(word, a.Lang)
		if known[stem] {
			continue
		}
		unknown++
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsDigit(first):
			numbers++
		case unicode.IsUpper(first) && span.Start > 0 && !l.small[stem]:
			names++
		}
	}
	if l.nouns { // one new noun is no fact
		names /= 2
	}
	return words >= freshWords && numbers+names > 0 && float64(unknown) >= freshShare*float64(words)
}

// quotes tells whether somebody's words stand in the sentence.
func quotes(a *news.Article, s news.Span) bool {
	return slices.ContainsFunc(a.Quotes, func(q news.Quote) bool {
		return q.Kind != news.Indirect && q.Start < s.End && s.Start < q.End
	})
}
