package summary

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

// word is what is known of a word as written.
type word struct {
	stem     uint64 // its hash
	letters  int32
	function bool
	digit    bool
	capital  bool
	telling  int8 // see language.telling
	pronoun  bool // one that stands for people
	reported bool // a form that words have which somebody else said
	self     bool // by which somebody speaks of himself
	label    bool // see language.label
	claim    bool // see language.claim
	dated    bool // stands in dates
}

// wordSeed makes the hashes of stems differ from run to run: nobody can write a text that makes reading slow.
var wordSeed = maphash.MakeSeed()

// word is what is known of a word; it is good until the next one. Stemming is the dearest step of reading, and most words
// were met before.
func (r *reader) word(written string) *word {
	w, known := r.words.Of(written)
	if !known {
		*w = r.language.learn(written, r.d.lang)
	}
	return w
}

func (l *language) learn(written, lang string) word {
	lower := strings.ToLower(written)
	first, n := utf8.DecodeRuneInString(lower)
	capital, _ := utf8.DecodeRuneInString(written)
	w := word{
		stem: maphash.String(wordSeed, text.Stem(lower, lang)), letters: int32(utf8.RuneCountInString(lower)), //nolint:gosec // no text is that long
		digit: unicode.IsDigit(first), capital: unicode.IsUpper(capital),
	}
	plain := fold(lower)
	w.telling, w.reported, w.self, w.label, w.claim, w.pronoun = l.telling[plain], l.reported[plain] && !w.capital, l.self[plain], l.label[plain], l.claim[plain], l.pronoun[plain]
	w.dated = text.DateWord(lower, lang)
	w.function = text.Stopword(lower, lang) || n == len(lower) && n == 1 && !w.digit
	return w
}
