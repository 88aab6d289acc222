package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

const (
	// remembered is how many words are, about; then all are forgotten. It takes a few megabytes.
	remembered = 1 << 15
	// longestRemembered is the length of a word in bytes up to which it is.
	longestRemembered = 48
)

// vocabulary remembers the words of a language from article to article, because stemming is the dearest step of reading
// and most words come again. What is remembered follows from the word alone, so that no article changes how another is
// read.
type vocabulary struct {
	lang  string
	words map[string]word
	stems map[string]*stem
}

// word is a word as written.
type word struct {
	stem     *stem
	function bool
	digit    bool
	capital  bool
	letters  int
}

// stem is what the forms of a word have in common.
type stem struct {
	text    string
	article int // number of the latest article that has it
	term    int // its number there
}

func newVocabulary(lang string) *vocabulary {
	return &vocabulary{lang: lang, words: map[string]word{}, stems: map[string]*stem{}}
}

func (v *vocabulary) word(written string) word {
	w, ok := v.words[written]
	if !ok {
		written = strings.Clone(written) // not to hold the article
		w = v.learn(written)
		if len(written) <= longestRemembered {
			v.words[written] = w
		}
	}
	return w
}

func (v *vocabulary) learn(written string) word {
	lower := strings.ToLower(written)
	first, n := utf8.DecodeRuneInString(lower)
	capital, _ := utf8.DecodeRuneInString(written)
	w := word{
		digit: unicode.IsDigit(first), capital: unicode.IsUpper(capital), letters: utf8.RuneCountInString(lower),
	}
	w.function = text.Stopword(lower, v.lang) || n == len(lower) && n == 1 && !w.digit
	key := text.Stem(lower, v.lang)
	if w.stem = v.stems[key]; w.stem == nil {
		w.stem = &stem{text: key}
		v.stems[key] = w.stem
	}
	return w
}
