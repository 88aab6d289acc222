package text

import (
	"embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// The language files: "[section]" lines, words separated by white space, "#" starts a comment line. All words are in
// lower case; an abbreviation that is one only with a capital is written with it.
//
//	stop        function words
//	abbr        abbreviations that never end a sentence: titles, "e.g."; parts are joined ("z.b" is "z. B." too)
//	abbr-end    those that end one where a function word with a capital follows: "Inc.", "U.S."; "-str" is an ending
//	abbr-last   those that end one where any capital follows, but at its beginning: "etc.", "p.m."
//	abbr-num    abbreviations only before a number or a date: "No. 4", "fig. 2", "Sept. 5"
//	abbr-unit   after a number as abbr-last, else as abbr: "1950 г.", "г. Тула"
//	date        months and days of the week
//	ordinal     the words before a number with a point that make it an ordinal: "am 3. Mai"
//	letter      words that a letter follows as a name: "plan B", "vitamin C"
//	on          how a sentence goes on behind a quotation, in scripts without capitals
//	said        how a clause ends that tells who said the quotation before it, in the same scripts
//	sign        what speaks for the language in a headline, see signIndex
//	letters     its alphabet
//	usual       those of its own that few headlines lack
//	suffix      endings the light stemmer takes off, longest first
//	rule        names of switches, see language
//
//go:embed lang/*.txt
var files embed.FS

// words is a set of words in lower case.
type words map[string]bool

// abbreviation says when the full stop behind an abbreviation ends a sentence.
type abbreviation uint8

const (
	noAbbreviation abbreviation = iota
	endsNever
	endsBeforeStop
	endsBeforeCapital
	endsButBeforeNumber
	endsAfterNumber
)

// abbreviations are the sections of the kinds. A word of several is of the last.
var abbreviations = []struct {
	section string
	kind    abbreviation
}{
	{"abbr", endsNever},
	{"abbr-end", endsBeforeStop},
	{"abbr-last", endsBeforeCapital},
	{"abbr-unit", endsAfterNumber},
	{"abbr-num", endsButBeforeNumber},
}

// language is what this package knows of one language; the zero value is a language it knows nothing of.
type language struct {
	stop                  words
	abbr                  map[string]abbreviation // some with a capital
	abbrEndings           []string                // of abbreviations that end before a function word
	date, ordinal, letter words
	on, said              []string
	sign                  words
	letters, usual        string
	suffix                []string
	ordinals, doubles     bool // "3." is the third; "RR. HH." is a plural
	nounsUpper            bool // every noun begins with a capital
	foreign               bool // only known so as not to be taken for another
}

// languages reads the language files once; they are part of the program, so a broken one is a programming error.
var languages = sync.OnceValue(func() map[string]*language {
	all := map[string]*language{}
	for lang, data := range LanguageFiles(files) {
		all[lang] = readLanguage(data)
	}
	return all
})

var unknown language

func languageOf(lang string) *language {
	if l := languages()[lang]; l != nil {
		return l
	}
	return &unknown
}

func readLanguage(data string) *language {
	sections := Sections(data)
	rules := setOf(sections["rule"])
	l := &language{
		stop:     setOf(sections["stop"]),
		abbr:     map[string]abbreviation{},
		date:     setOf(sections["date"]),
		ordinal:  setOf(sections["ordinal"]),
		letter:   setOf(sections["letter"]),
		on:       sections["on"],
		said:     sections["said"],
		sign:     setOf(sections["sign"]),
		letters:  strings.Join(sections["letters"], ""),
		usual:    strings.Join(sections["usual"], ""),
		suffix:   sections["suffix"],
		ordinals: rules["ordinals"], nounsUpper: rules["nouns-upper"],
		doubles: rules["doubles"],
		foreign: rules["foreign"],
	}
	for _, a := range abbreviations {
		for _, w := range sections[a.section] {
			if end, ok := strings.CutPrefix(w, "-"); ok {
				l.abbrEndings = append(l.abbrEndings, end)
			} else {
				l.abbr[w] = a.kind
			}
		}
	}
	return l
}

func setOf(list []string) words {
	m := make(words, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}

// wordBytes is room for the words that sets hold.
const wordBytes = 48

// has tells whether the set has word in lower case.
func (w words) has(word string) bool {
	var buf [wordBytes]byte
	return w[string(lowerIn(buf[:0], word))]
}

// lowerIn is word in lower case, in buf where it is of ASCII and there is room.
func lowerIn(buf []byte, word string) []byte {
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return append(buf[:0], strings.ToLower(word)...)
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf = append(buf, c)
	}
	return buf
}
