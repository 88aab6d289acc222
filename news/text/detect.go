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
)

// Detect returns the two-letter code (ISO 639-1) of the language that s is written in, or "" where it holds no letters.
// The script decides where only one language uses it; else the function words; else, in short or unusual texts, the
// trigrams of whatlanggo. Of a text in several languages the beginning counts.
func Detect(s string) string {
	if len(s) > detectBytes {
		s = strings.ToValidUTF8(s[:detectBytes], "")
	}
	script := scriptOf(s)
	if code, ok := onlyLanguage[script]; ok {
		return code
	}
	scores, words := functionWords(s, script)
	if len(scores) > 0 {
		second := 0.0
		if len(scores) > 1 {
			second = scores[1].weight
		}
		best := scores[0]
		if best.weight >= detectLead*second && best.weight >= detectShare*float64(words) {
			return best.lang
		}
	}
	return byTrigrams(s, scores)
}

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

// functionWords scores the languages by the words of s, best first, and counts the words of the script. A word counts
// for each language that has it; one that several share counts less.
func functionWords(s, script string) (scores []langScore, words int) {
	weights := map[string]float64{}
	index := stopIndex()
	for w := range Words(s) {
		word := strings.ToLower(w.In(s))
		if r, _ := decode(word, 0); scriptOfRune(r) != script {
			continue
		}
		words++
		langs := index[word]
		for _, lang := range langs {
			weights[lang] += 1 / (0.6 + 0.4*float64(len(langs)))
		}
	}
	for _, r := range s {
		if lang := tellingLetters[unicode.ToLower(r)]; lang != "" {
			weights[lang] += 0.5
		}
	}
	for lang, w := range weights {
		scores = append(scores, langScore{lang, w})
	}
	sort.Slice(scores, func(i, j int) bool {
		if scores[i].weight != scores[j].weight {
			return scores[i].weight > scores[j].weight
		}
		return scores[i].lang < scores[j].lang
	})
	return scores, words
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

// twoLetters is the ISO 639-1 code of a language, "" where it has none.
func twoLetters(l whatlanggo.Lang) string {
	code := l.Iso6391()
	if code == "nb" || code == "nn" {
		return "no"
	}
	return code
}
