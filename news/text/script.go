package text

import "unicode"

// onlyLanguage are the scripts that settle the language.
var onlyLanguage = map[string]string{
	"": "", "Han": "zh", "Kana": "ja", "Hangul": "ko", "Greek": "el", "Thai": "th", "Georgian": "ka", "Armenian": "hy",
	"Bengali": "bn", "Tamil": "ta", "Telugu": "te", "Gujarati": "gu", "Kannada": "kn", "Malayalam": "ml", "Gurmukhi": "pa",
}

// scripts are looked through in order, most frequent first. Most letters of a script stand in its block, from low to
// high; only what stands in no block is looked for in Unicode's tables.
var scripts = []struct {
	name      string
	low, high rune
	table     *unicode.RangeTable
}{
	{"Latin", 0xc0, 0x24f, unicode.Latin},
	{"Cyrillic", 0x400, 0x481, unicode.Cyrillic},
	{"Arabic", 0x620, 0x64a, unicode.Arabic},
	{"Devanagari", 0x900, 0x963, unicode.Devanagari},
	{"Han", 0x4e00, 0x9fff, unicode.Han},
	{"Kana", 0x3041, 0x3096, unicode.Hiragana},
	{"Kana", 0x30a1, 0x30fa, unicode.Katakana},
	{"Hangul", 0xac00, 0xd7a3, unicode.Hangul},
	{"Greek", 0x388, 0x3ce, unicode.Greek},
	{"Hebrew", 0x5d0, 0x5ea, unicode.Hebrew},
	{"Thai", 0xe01, 0xe3a, unicode.Thai},
	{"Georgian", 0x10d0, 0x10fa, unicode.Georgian},
	{"Armenian", 0x561, 0x586, unicode.Armenian},
	{"Bengali", 0x985, 0x9b9, unicode.Bengali},
	{"Tamil", 0xb85, 0xbb9, unicode.Tamil},
	{"Telugu", 0xc05, 0xc39, unicode.Telugu},
	{"Gujarati", 0xa85, 0xab9, unicode.Gujarati},
	{"Kannada", 0xc85, 0xcb9, unicode.Kannada},
	{"Malayalam", 0xd05, 0xd39, unicode.Malayalam},
	{"Gurmukhi", 0xa05, 0xa39, unicode.Gurmukhi},
}

// scriptOf is the script of most letters of s. A Han letter counts as much as three others, because it says as much;
// some kana make a text Japanese, however many Han letters stand around them.
func scriptOf(s string) string {
	count := map[string]int{}
	ascii := 0
	for _, r := range s {
		if r < 0x80 {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				ascii++
			}
		} else if name := scriptOfRune(r); name != "" {
			count[name]++
		}
	}
	count["Latin"] += ascii
	if count["Kana"]*8 > count["Han"] {
		count["Kana"] += count["Han"]
		count["Han"] = 0
	}
	count["Han"] *= 3
	best := ""
	for _, t := range scripts {
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
	for i := range scripts {
		if t := &scripts[i]; t.low <= r && r <= t.high {
			return t.name
		}
	}
	if r < 0xc0 || 0x2000 <= r && r < firstHan { // marks
		return ""
	}
	for i := range scripts {
		if unicode.Is(scripts[i].table, r) {
			return scripts[i].name
		}
	}
	return ""
}

// SameScript tells whether most letters of a and b are of one script.
func SameScript(a, b string) bool {
	return scriptOf(part(a, firstBytes)) == scriptOf(part(b, firstBytes))
}
