package summary

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

const (
	// remembered is how many pairs of words are. With all that hangs on them they take up to 8 MB.
	remembered = 1 << 15
	// longestRemembered is the length of a word in bytes up to which it is.
	longestRemembered = 48
)

// word is a word of a language as written.
type word struct {
	written, lang string
	stem          string
	stemHash      uint64
	function      bool
	digit         bool
	capital       bool
	letters       int
}

// vocabulary remembers words from article to article, because stemming is the dearest step of reading and most words come
// again. What is remembered follows from the word alone, so that no article changes how another is read.
// Of the words that share a place the last two stay.
var vocabulary [remembered][2]atomic.Pointer[word]

// wordSeed makes which words push out which differ from run to run: nobody can write a text that makes reading slow.
var wordSeed = maphash.MakeSeed()

func wordOf(written, lang string) *word {
	if len(written) > longestRemembered {
		return learn(strings.Clone(written), lang)
	}
	place := &vocabulary[maphash.String(wordSeed, written)%remembered]
	last := place[0].Load()
	if last.is(written, lang) {
		return last
	}
	if w := place[1].Load(); w.is(written, lang) {
		return w
	}
	w := learn(strings.Clone(written), lang) // not to hold the article
	place[0].Store(w)
	place[1].Store(last)
	return w
}

func (w *word) is(written, lang string) bool {
	return w != nil && w.written == written && w.lang == lang
}

func learn(written, lang string) *word {
	lower := strings.ToLower(written)
	first, n := utf8.DecodeRuneInString(lower)
	capital, _ := utf8.DecodeRuneInString(written)
	w := &word{
		written: written, lang: lang, stem: text.Stem(lower, lang),
		digit: unicode.IsDigit(first), capital: unicode.IsUpper(capital), letters: utf8.RuneCountInString(lower),
	}
	w.function = text.Stopword(lower, lang) || n == len(lower) && n == 1 && !w.digit
	w.stemHash = maphash.String(wordSeed, w.stem)
	return w
}
