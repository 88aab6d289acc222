package story

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold writes a word so that a name looks the same in most languages: without diacritics, Cyrillic in Latin letters.
func fold(word string) string {
	if isASCII(word) {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		latin, cyrillic := latinOf[r]
		switch {
		case cyrillic:
			b.WriteString(latin)
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// latinOf writes Cyrillic as newspapers do (close to BGN/PCGN), after decomposition: й is и and ё is е with a mark. A few
// Latin letters that do not decompose are here too.
var latinOf = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'є': "ye", 'ж': "zh", 'з': "z", 'и': "i",
	'і': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e",
	'ю': "yu", 'я': "ya", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i", 'ß': "ss", 'æ': "ae", 'œ': "oe",
}
