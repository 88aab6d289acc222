package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	// signRunes is the length of the longest ending, beginning or inner group that the language files hold.
	signRunes = 5
	// An ending says more than a group that may stand anywhere; both say less than a whole word, which counts 1.
	edgeWeight  = 0.35
	innerWeight = 0.25
	// nameShare of the weight is left to the letters of a capitalised word, which is often a foreign name.
	nameShare = 0.5
	// alienWeight is what a letter outside the alphabet of a language takes from it.
	alienWeight = 1
	// unusualWeight is what a text of usualRunes letters or more takes from a language by having none of its usual ones.
	unusualWeight = 0.8
	usualRunes    = 12
)

// signs are what speaks for a language in a few words: for each sign the languages that have it.
type signs struct {
	word, begin, end, inner map[string][]string
	letters                 map[string]string // of each language, its alphabet in lower case
	usual                   map[string]string // the letters of which few headlines of the language have none
}

// signIndex reads the signs of all languages: "said" is a word, "-ung" an ending, "sch-" a beginning, "-ij-" a group
// anywhere.
var signIndex = sync.OnceValue(func() *signs {
	x := &signs{
		word: map[string][]string{}, begin: map[string][]string{}, end: map[string][]string{}, inner: map[string][]string{},
		letters: map[string]string{}, usual: map[string]string{},
	}
	for lang, l := range languages() {
		if l.letters != "" {
			x.letters[lang] = l.letters
		}
		if l.usual != "" {
			x.usual[lang] = l.usual
		}
		for sign := range l.sign {
			x.add(sign, lang)
		}
	}
	return x
})

func (x *signs) add(sign, lang string) {
	key := strings.Trim(sign, "-")
	first, last := sign[0] == '-', sign[len(sign)-1] == '-'
	switch {
	case first && last:
		x.inner[key] = append(x.inner[key], lang)
	case first:
		x.end[key] = append(x.end[key], lang)
	case last:
		x.begin[key] = append(x.begin[key], lang)
	default:
		x.word[key] = append(x.word[key], lang)
	}
}

// weigh adds to weights what the words of s say. Words in capitals among others are abbreviations and say nothing.
func (x *signs) weigh(s, script string, weights map[string]float64) {
	x.unusual(s, weights)
	shouting := strings.ToUpper(s) == s
	for w := range Words(s) {
		written := w.In(s)
		r, n := decode(written, 0)
		if scriptOfRune(r) != script {
			continue
		}
		upper := unicode.IsUpper(r)
		if upper && !shouting && n < len(written) && strings.ToUpper(written) == written {
			continue
		}
		share := 1.0
		if upper && !shouting && w.Start > 0 {
			share = nameShare
		}
		word := lowerWord(written)
		x.weighWord(word, share, weights)
		if !upper || shouting { // else it may be a name
			x.alien(word, weights)
		}
	}
}

// alien takes from the languages that do not have the letters of word in their alphabets.
func (x *signs) alien(word string, weights map[string]float64) {
	for _, r := range word {
		if !unicode.IsLetter(r) {
			continue
		}
		for lang, letters := range x.letters {
			if !strings.ContainsRune(letters, r) {
				weights[lang] -= alienWeight
			}
		}
	}
}

// foreign tells whether s has several letters that the alphabet of lang lacks; one may be in a foreign name.
func (x *signs) foreign(s, lang string) bool {
	letters, n := x.letters[lang], 0
	if letters == "" {
		return false
	}
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) && !strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n > 1
}

// unusual takes from the languages whose usual letters s lacks.
func (x *signs) unusual(s string, weights map[string]float64) {
	if utf8.RuneCountInString(s) < usualRunes {
		return
	}
	lower := strings.ToLower(s)
	for lang, letters := range x.usual {
		if !strings.ContainsAny(lower, letters) {
			weights[lang] -= unusualWeight
		}
	}
}

// lowerWord is w in lower case with the plain apostrophe.
func lowerWord(w string) string {
	return strings.ReplaceAll(strings.ToLower(w), "’", "'")
}

// weighWord adds what one word says: itself, or what follows its apostrophe, counts as a word, and its letters by share.
func (x *signs) weighWord(word string, share float64, weights map[string]float64) {
	tell(x.word[word], 1, weights)
	if _, rest, ok := strings.Cut(word, "'"); ok {
		tell(x.word[rest], 1, weights)
	}
	for i, n := 0, 0; n < signRunes && i < len(word); n++ {
		_, size := utf8.DecodeRuneInString(word[i:])
		i += size
		tell(x.begin[word[:i]], share*edgeWeight, weights)
	}
	for i, n := len(word), 0; n < signRunes && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(word[:i])
		i -= size
		tell(x.end[word[i:]], share*edgeWeight, weights)
	}
	for i := range word {
		for j, n := i, 0; n < signRunes && j < len(word); n++ {
			_, size := utf8.DecodeRuneInString(word[j:])
			j += size
			tell(x.inner[word[i:j]], share*innerWeight, weights)
		}
	}
}

// tell adds weight to each of langs, less where there are several.
func tell(langs []string, weight float64, weights map[string]float64) {
	for _, lang := range langs {
		weights[lang] += shared(weight, len(langs))
	}
}

// shared is what a sign of n languages says for each of them.
func shared(weight float64, n int) float64 {
	return weight / (0.6 + 0.4*float64(n))
}
