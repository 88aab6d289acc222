package text

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// snowballs are the stemmers of https://snowballstem.org, compiled to Go by their own compiler.
var snowballs = map[string]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "da": danish.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem,
	"fr": french.Stem, "hu": hungarian.Stem, "it": italian.Stem, "nl": dutch.Stem, "no": norwegian.Stem,
	"pt": portuguese.Stem, "ro": romanian.Stem, "ru": russian.Stem, "sv": swedish.Stem, "tr": turkish.Stem,
}

const (
	// stemMin is how many runes the light stemmer leaves at least: shorter stems bring unrelated words together.
	stemMin = 4
	// stemMax is the longest word in bytes that is stemmed; no word of prose is longer, and hostile text may be.
	stemMax = 100
)

// Stem is the stem of a word in lower case; two forms of one word mostly share it. Elided articles ("l’", "d’") and a
// possessive "’s" are taken off. A language without stemmer and endings gives the word in lower case.
func Stem(word, lang string) string {
	word = strings.ToLower(word)
	if len(word) > stemMax {
		return word
	}
	slot := &stemmed[maphash.String(stemSeed, word)%uint64(len(stemmed))]
	if known := slot.Load(); known != nil && known.word == word && known.lang == lang {
		return known.stem
	}
	found := &stemming{word: strings.Clone(word), lang: lang}
	found.stem = stem(found.word, lang)
	slot.Store(found)
	return found.stem
}

// stemming is a word of a language and its stem.
type stemming struct{ word, lang, stem string }

// stemmed are stems found lately: most words of a text are few, and finding a stem takes a thousand times as long as
// looking it up. Each word has one slot; what comes last stays, two megabytes at the most.
var (
	stemmed  [1 << 13]atomic.Pointer[stemming]
	stemSeed = maphash.MakeSeed()
)

// stem finds the stem of a word in lower case.
func stem(word, lang string) string {
	if !utf8.ValidString(word) {
		return word
	}
	word = withoutApostrophe(word)
	if find := snowballs[lang]; find != nil {
		env := snowballstem.NewEnv(word)
		find(env)
		return env.Current()
	}
	return lightStem(word, languageOf(lang).suffix)
}

// withoutApostrophe keeps the longer side of an apostrophe: "putin's" → "putin", "l’eau" → "eau".
func withoutApostrophe(word string) string {
	i := strings.IndexAny(word, "'’ʼ")
	if i < 0 {
		return word
	}
	_, n := utf8.DecodeRuneInString(word[i:])
	if before, after := word[:i], word[i+n:]; len(after) > len(before) {
		return after
	} else if len(after) <= 2 {
		return before
	}
	return word
}

// lightStem takes off the first ending that leaves enough of the word.
func lightStem(word string, suffixes []string) string {
	for _, s := range suffixes {
		if rest, ok := strings.CutSuffix(word, s); ok && utf8.RuneCountInString(rest) >= stemMin {
			return rest
		}
	}
	return word
}
