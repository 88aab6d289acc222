package text

import (
	"sync"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

const (
	// firstBytes of a text decide where they are plain prose; detectBytes where they are not. More change nothing and
	// cost time.
	firstBytes  = 600
	detectBytes = 2000
	// detectShare is the share of function words that prose of a known language has at least.
	detectShare = 0.18
	// detectLead is by how much the best language must lead the second, and clearLead by how much in the first bytes.
	detectLead = 1.25
	clearLead  = 2
	// fewWords is up to where a text is a headline or a sentence, in which chance rules function words and trigrams alone.
	fewWords = 12
	// fewWeight is the least that speaks for the language of a few words: about one function word of its own.
	fewWeight = 0.8
	// trigramWeight is what whatlanggo says at most in a few words, when it is sure of itself.
	trigramWeight = 0.8
	// trigramWords is the least number of words in which trigrams are more than chance.
	trigramWords = 3
	// letterWeight is what a telling letter says, against a function word's 1.
	letterWeight = 0.5
)

// Detect returns the two-letter code (ISO 639-1) of the language that s is written in, or "" where nothing decides: s
// holds no letters, or a word or two without a sign of any language.
// The script decides where only one language uses it; else the function words. A text of a few words is of a language
// that has a file in lang/, by its function words, signs and trigrams together; trigrams alone decide only in longer
// texts, and of any language that whatlanggo knows. Of a text in several languages the beginning counts.
func Detect(s string) string {
	if len(s) > 2*firstBytes {
		first := part(s, firstBytes)
		script := scriptOf(first)
		if code, ok := onlyLanguage[script]; ok && code != "" {
			return code
		}
		var t tally
		words := t.functionWords(first, script)
		if best, second := t.best(); words > fewWords && t.decides(best, second, words) && t.of(best) >= clearLead*t.of(second) {
			return codes()[best]
		}
	}
	return detect(part(s, detectBytes))
}

// part is the beginning of s of n bytes, without a rune cut in two.
func part(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}

// detect is Detect of all of s.
func detect(s string) string {
	script := scriptOf(s)
	if code, ok := onlyLanguage[script]; ok {
		return code
	}
	var t tally
	words := t.functionWords(s, script)
	if words <= fewWords {
		return t.ofFew(s, script, words)
	}
	t.letters(s)
	best, second := t.best()
	if t.decides(best, second, words) {
		return codes()[best]
	}
	return t.byTrigrams(s)
}

// decides tells whether the function words of a longer text settle its language.
func (t *tally) decides(best, second, words int) bool {
	return t.of(best) >= detectLead*t.of(second) && t.of(best) >= detectShare*float64(words)
}

// ofFew is the language of a text of a few words, whose function words are counted.
func (t *tally) ofFew(s, script string, words int) string {
	signIndex().weigh(s, script, t)
	best, second := t.best()
	// Where one leads so far that trigrams can't change it they are not asked: they cost most.
	if words >= trigramWords && best >= 0 && t.of(best) < max(t.of(second), fewWeight)+trigramWeight {
		t.addTrigrams(s, languages()[codes()[best]].foreign)
		best, second = t.best()
	}
	// Where letters rule out the others, less speaks for the best.
	if w := t.of(best); w >= fewWeight || w >= fewWeight/2 && w-t.of(second) >= fewWeight {
		return codes()[best]
	}
	return likely[script]
}

// addTrigrams adds what whatlanggo says of a few words, among the languages that Herald reads or among all with a file.
func (t *tally) addTrigrams(s string, all bool) {
	known := readTrigrams()
	if all {
		known = knownTrigrams()
	}
	info := whatlanggo.DetectWithOptions(s, whatlanggo.Options{Whitelist: known})
	if i, ok := numberOf(twoLetters(info.Lang)); ok {
		t[i] += trigramWeight * info.Confidence
	}
}

// likely is for scripts of several languages the likely one of a few words without a sign.
var likely = map[string]string{"Arabic": "ar", "Devanagari": "hi", "Hebrew": "he"}

// knownTrigrams are the languages with a file in lang/, for whatlanggo, and readTrigrams those that are not foreign.
var (
	knownTrigrams = sync.OnceValue(func() map[whatlanggo.Lang]bool { return trigramsOf(func(*language) bool { return true }) })
	readTrigrams  = sync.OnceValue(func() map[whatlanggo.Lang]bool { return trigramsOf(func(l *language) bool { return !l.foreign }) })
)

func trigramsOf(include func(*language) bool) map[whatlanggo.Lang]bool {
	known := map[whatlanggo.Lang]bool{}
	for lang := range whatlanggo.Langs {
		if l := languages()[twoLetters(lang)]; l != nil && include(l) {
			known[lang] = true
		}
	}
	return known
}

// telling are letters that speak for a language wherever they stand.
var telling = map[string]string{
	"de": "ß", "es": "ñ¿¡", "fr": "œ", "pt": "ãõ", "pl": "łąęż", "tr": "ığş", "ru": "ыэ", "uk": "їєґ", "bg": "ъ", "sr": "јљњћђџ",
	"be": "ў", "da": "æø", "no": "æø", "sv": "äå", "hu": "őű", "ro": "țăș", "cs": "řěů", "hr": "đ", "fa": "پچگ", "ur": "ٹڈڑںے",
}

// tellingLetters are the languages of each telling letter.
var tellingLetters = sync.OnceValue(func() map[rune][]int {
	index := map[rune][]int{}
	for lang, letters := range telling {
		i, _ := numberOf(lang)
		for _, r := range letters {
			index[r] = append(index[r], i)
		}
	}
	return index
})

// letters adds what the letters of s say.
func (t *tally) letters(s string) {
	index := tellingLetters()
	for _, r := range s {
		if r < 0x80 {
			continue
		}
		for _, lang := range index[unicode.ToLower(r)] {
			t[lang] += letterWeight
		}
	}
}

// functionWords adds the function words of s and counts its words in the script.
func (t *tally) functionWords(s, script string) (words int) {
	index := stopIndex()
	var buf [wordBytes]byte
	for w := range Words(s) {
		word := w.In(s)
		if r, _ := decode(word, 0); scriptOfRune(r) != script {
			continue
		}
		words++
		t.add(index[string(lowerIn(buf[:0], word))], 1)
	}
	return words
}

// stopIndex is for each function word the languages that have it.
var stopIndex = sync.OnceValue(func() map[string][]vote {
	index := map[string][]int{}
	for i, lang := range codes() {
		for w := range languages()[lang].stop {
			index[w] = append(index[w], i)
		}
	}
	return votes(index)
})

// byTrigrams asks whatlanggo. Where it is not sure of itself, the best language by function words wins.
func (t *tally) byTrigrams(s string) string {
	info := whatlanggo.Detect(s)
	code := twoLetters(info.Lang)
	if best, _ := t.best(); t.of(best) > 0 && (!info.IsReliable() || code == "") {
		return codes()[best]
	}
	return code
}

// twoLetters is the ISO 639-1 code of a language, "" where it has none. whatlanggo has Iranian Persian by its ISO 639-3
// code alone, and the two Norwegian written forms apart.
func twoLetters(l whatlanggo.Lang) string {
	switch code := l.Iso6391(); {
	case l == whatlanggo.Pes:
		return "fa"
	case code == "nb" || code == "nn":
		return "no"
	default:
		return code
	}
}
