package text

import (
	"sort"
	"strings"
	"sync"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

const (
	// detectBytes of a text decide: more change nothing on prose and cost time.
	detectBytes = 2000
	// detectShare is the share of function words that prose of a known language has at least.
	detectShare = 0.18
	// detectLead is by how much the best language must lead the second.
	detectLead = 1.25
	// fewWords is up to where a text is a headline or a sentence, in which chance rules function words and trigrams alone.
	fewWords = 12
	// fewWeight is the least that speaks for the language of a few words: about one function word of its own.
	fewWeight = 0.8
	// trigramWeight is what whatlanggo says at most in a few words, when it is sure of itself.
	trigramWeight = 0.8
	// trigramWords is the least number of words in which trigrams are more than chance.
	trigramWords = 3
)

// Detect returns the two-letter code (ISO 639-1) of the language that s is written in, or "" where nothing decides: s
// holds no letters, or a word or two without a sign of any language.
// The script decides where only one language uses it; else the function words. A text of a few words is of a language
// that has a file in lang/, by its function words, signs and trigrams together; trigrams alone decide only in longer
// texts, and of any language that whatlanggo knows. Of a text in several languages the beginning counts.
func Detect(s string) string {
	if len(s) > detectBytes {
		s = strings.ToValidUTF8(s[:detectBytes], "")
	}
	script := scriptOf(s)
	if code, ok := onlyLanguage[script]; ok {
		return code
	}
	weights, words := functionWords(s, script)
	if words <= fewWords {
		return fewWordsOf(s, script, words, weights)
	}
	for _, r := range s {
		if lang := tellingLetters[unicode.ToLower(r)]; lang != "" {
			weights[lang] += 0.5
		}
	}
	scores := ranked(weights)
	if len(scores) > 0 {
		best := scores[0]
		if best.weight >= detectLead*runnerUp(scores) && best.weight >= detectShare*float64(words) {
			return best.lang
		}
	}
	return byTrigrams(s, scores)
}

// fewWordsOf is the language of a text of a few words, given what its function words say.
func fewWordsOf(s, script string, words int, weights map[string]float64) string {
	if lang, ok := knownAlone[script]; ok {
		if signIndex().foreign(s, lang) {
			return byTrigrams(s, nil)
		}
		return lang
	}
	signIndex().weigh(s, script, weights)
	if words >= trigramWords && len(weights) > 0 {
		info := whatlanggo.DetectWithOptions(s, whatlanggo.Options{Whitelist: knownTrigrams()})
		if code := twoLetters(info.Lang); code != "" {
			weights[code] += trigramWeight * info.Confidence
		}
	}
	scores := ranked(weights)
	if len(scores) == 0 {
		return ""
	}
	// Where letters rule out the others, less speaks for the best.
	if best := scores[0].weight; best < fewWeight && (best < fewWeight/2 || best-runnerUp(scores) < fewWeight) {
		return ""
	}
	return scores[0].lang
}

// knownAlone is for scripts of several languages the likely one of a few words.
var knownAlone = map[string]string{"Arabic": "ar", "Devanagari": "hi", "Hebrew": "he"}

// knownTrigrams are the languages with a file in lang/, for whatlanggo.
var knownTrigrams = sync.OnceValue(func() map[whatlanggo.Lang]bool {
	known := map[whatlanggo.Lang]bool{}
	for l := range whatlanggo.Langs {
		if languages()[twoLetters(l)] != nil {
			known[l] = true
		}
	}
	return known
})

// onlyLanguage are the scripts that settle the language.
var onlyLanguage = map[string]string{
	"": "", "Han": "zh", "Kana": "ja", "Hangul": "ko", "Greek": "el", "Thai": "th", "Georgian": "ka", "Armenian": "hy",
	"Bengali": "bn", "Tamil": "ta", "Telugu": "te", "Gujarati": "gu", "Kannada": "kn", "Malayalam": "ml", "Gurmukhi": "pa",
}

// scriptTables are looked through in order; Latin comes first because it is the most frequent.
var scriptTables = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Latin", unicode.Latin},
	{"Cyrillic", unicode.Cyrillic},
	{"Arabic", unicode.Arabic},
	{"Devanagari", unicode.Devanagari},
	{"Han", unicode.Han},
	{"Kana", unicode.Hiragana},
	{"Kana", unicode.Katakana},
	{"Hangul", unicode.Hangul},
	{"Greek", unicode.Greek},
	{"Hebrew", unicode.Hebrew},
	{"Thai", unicode.Thai},
	{"Georgian", unicode.Georgian},
	{"Armenian", unicode.Armenian},
	{"Bengali", unicode.Bengali},
	{"Tamil", unicode.Tamil},
	{"Telugu", unicode.Telugu},
	{"Gujarati", unicode.Gujarati},
	{"Kannada", unicode.Kannada},
	{"Malayalam", unicode.Malayalam},
	{"Gurmukhi", unicode.Gurmukhi},
}

// scriptOf is the script of most letters of s. A Han letter counts as much as three others, because it says as much;
// some kana make a text Japanese, however many Han letters stand around them.
func scriptOf(s string) string {
	count := map[string]int{}
	for _, r := range s {
		if name := scriptOfRune(r); name != "" {
			count[name]++
		}
	}
	if count["Kana"]*8 > count["Han"] {
		count["Kana"] += count["Han"]
		count["Han"] = 0
	}
	count["Han"] *= 3
	best := ""
	for _, t := range scriptTables {
		if count[t.name] > count[best] {
			best = t.name
		}
	}
	return best
}

func scriptOfRune(r rune) string {
	if r < 0x80 {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return "Latin"
		}
		return ""
	}
	for _, t := range scriptTables {
		if unicode.Is(t.table, r) {
			return t.name
		}
	}
	return ""
}

type langScore struct {
	lang   string
	weight float64
}

// stopIndex is for each function word the languages that have it.
var stopIndex = sync.OnceValue(func() map[string][]string {
	index := map[string][]string{}
	for lang, l := range languages() {
		for w := range l.stop {
			index[w] = append(index[w], lang)
		}
	}
	for _, langs := range index {
		sort.Strings(langs)
	}
	return index
})

// tellingLetters speak for a language wherever they stand; each is worth half a function word.
var tellingLetters = map[rune]string{
	'ß': "de", 'ñ': "es", '¿': "es", '¡': "es", 'œ': "fr", 'ã': "pt", 'õ': "pt", 'ł': "pl", 'ą': "pl", 'ę': "pl",
	'ż': "pl", 'ı': "tr", 'ğ': "tr", 'ş': "tr", 'ы': "ru", 'э': "ru", 'ъ': "ru", 'і': "uk", 'ї': "uk", 'є': "uk", 'ґ': "uk",
}

// functionWords weighs the languages by the words of s and counts the words of the script. A word counts for each
// language that has it; one that several share counts less.
func functionWords(s, script string) (weights map[string]float64, words int) {
	weights = map[string]float64{}
	index := stopIndex()
	for w := range Words(s) {
		word := strings.ToLower(w.In(s))
		if r, _ := decode(word, 0); scriptOfRune(r) != script {
			continue
		}
		words++
		tell(index[word], 1, weights)
	}
	return weights, words
}

// ranked are the languages, best first.
func ranked(weights map[string]float64) []langScore {
	scores := make([]langScore, 0, len(weights))
	for lang, w := range weights {
		scores = append(scores, langScore{lang, w})
	}
	sort.Slice(scores, func(i, j int) bool {
		if scores[i].weight != scores[j].weight {
			return scores[i].weight > scores[j].weight
		}
		return scores[i].lang < scores[j].lang
	})
	return scores
}

// runnerUp is the weight of the second language.
func runnerUp(scores []langScore) float64 {
	if len(scores) < 2 {
		return 0
	}
	return scores[1].weight
}

// byTrigrams asks whatlanggo. Where it is not sure of itself, the best language by function words wins.
func byTrigrams(s string, scores []langScore) string {
	info := whatlanggo.Detect(s)
	code := twoLetters(info.Lang)
	if len(scores) > 0 && (!info.IsReliable() || code == "") {
		return scores[0].lang
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
