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
	kinds    kind
}

// kind is what a word tells by itself; of a sentence, what its words tell.
type kind uint16

const (
	pronoun   kind = 1 << iota // stands for people
	reported                   // has a form that words have which somebody else said
	self                       // somebody speaks of himself by it
	label                      // may speak of the text
	claim                      // may say what is to be done
	denial                     // may take back what somebody said
	untruth                    // calls what somebody said untrue
	negation                   // denies, with little else
	honorific                  // stands before a name
	dated                      // stands in dates
)

// kinds are those that a section of the language file lists.
var kinds = map[string]kind{"pronoun": pronoun, "reported": reported, "self": self, "label": label, "claim": claim, "deny": denial, "false": untruth, "not": negation, "honorific": honorific}

// is tells whether a word of k is of the kind.
func (k kind) is(o kind) bool { return k&o != 0 }

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
	w.telling, w.kinds = l.telling[plain], l.kinds[plain]
	if w.capital {
		w.kinds &^= reported
	}
	if text.DateWord(lower, lang) {
		w.kinds |= dated
	}
	w.function = text.Stopword(lower, lang) || n == len(lower) && n == 1 && !w.digit
	return w
}
