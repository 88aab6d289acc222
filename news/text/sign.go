package text

import (
	"math/bits"
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
	word, begin, end, inner map[string][]vote
	alphabet                map[rune]uint64 // the languages that have the letter, as bits
	alphabets               uint64          // the languages whose alphabet is known
	usual                   map[int]string  // the letters of which few headlines of the language have none
}

// signIndex reads the signs of all languages: "said" is a word, "-ung" an ending, "sch-" a beginning, "-ij-" a group
// anywhere.
var signIndex = sync.OnceValue(func() *signs {
	word, begin, end, inner := map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string][]int{}
	x := &signs{alphabet: map[rune]uint64{}, usual: map[int]string{}}
	for i, lang := range codes() {
		l := languages()[lang]
		for _, r := range l.letters {
			x.alphabet[r] |= 1 << i
			x.alphabets |= 1 << i
		}
		if l.usual != "" {
			x.usual[i] = l.usual
		}
		for sign := range l.sign {
			key := strings.Trim(sign, "-")
			first, last := sign[0] == '-', sign[len(sign)-1] == '-'
			switch {
			case first && last:
				inner[key] = append(inner[key], i)
			case first:
				end[key] = append(end[key], i)
			case last:
				begin[key] = append(begin[key], i)
			default:
				word[key] = append(word[key], i)
			}
		}
	}
	x.word, x.begin, x.end, x.inner = votes(word), votes(begin), votes(end), votes(inner)
	return x
})

// weigh adds to t what the words of s say. Words in capitals among others are abbreviations and say nothing.
func (x *signs) weigh(s, script string, t *tally) {
	x.unusual(s, t)
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
		x.weighWord(word, share, t)
		if !upper || shouting { // else it may be a name
			x.alien(word, t)
		}
	}
}

// alien takes from the languages that do not have the letters of word in their alphabets.
func (x *signs) alien(word string, t *tally) {
	for _, r := range word {
		if !unicode.IsLetter(r) {
			continue
		}
		for without := x.alphabets &^ x.alphabet[r]; without != 0; without &= without - 1 {
			t[bits.TrailingZeros64(without)] -= alienWeight
		}
	}
}

// unusual takes from the languages whose usual letters s lacks.
func (x *signs) unusual(s string, t *tally) {
	if utf8.RuneCountInString(s) < usualRunes {
		return
	}
	lower := strings.ToLower(s)
	for lang, letters := range x.usual {
		if !strings.ContainsAny(lower, letters) {
			t[lang] -= unusualWeight
		}
	}
}

// lowerWord is w in lower case with the plain apostrophe.
func lowerWord(w string) string {
	return strings.ReplaceAll(strings.ToLower(w), "’", "'")
}

// weighWord adds what one word says: itself, or what follows its apostrophe, counts as a word, and its letters by share.
func (x *signs) weighWord(word string, share float64, t *tally) {
	t.add(x.word[word], 1)
	if _, rest, ok := strings.Cut(word, "'"); ok {
		t.add(x.word[rest], 1)
	}
	for i, n := 0, 0; n < signRunes && i < len(word); n++ {
		_, size := utf8.DecodeRuneInString(word[i:])
		i += size
		t.add(x.begin[word[:i]], share*edgeWeight)
	}
	for i, n := len(word), 0; n < signRunes && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(word[:i])
		i -= size
		t.add(x.end[word[i:]], share*edgeWeight)
	}
	for i := range word {
		for j, n := i, 0; n < signRunes && j < len(word); n++ {
			_, size := utf8.DecodeRuneInString(word[j:])
			j += size
			t.add(x.inner[word[i:j]], share*innerWeight)
		}
	}
}
