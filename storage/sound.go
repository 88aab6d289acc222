package storage

import "strings"

// A name is compared as it sounds in Latin letters, so that one person written in several alphabets or by several rules of
// transliteration is one ("Roubela", "Рубела", "Rubela"). Only such differences are evened out as no two people of one
// language differ by: what is left is compared letter for letter.

// latin writes Cyrillic letters, in lower case and without diacritics, in Latin ones (after BGN/PCGN, simplified).
var latin = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "ґ", "g", "д", "d", "е", "e", "є", "ie", "ж", "zh", "з", "z", "и", "i", "і", "i", "к", "k",
	"л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "h", "ц", "ts", "ч", "ch",
	"ш", "sh", "щ", "shch", "ъ", "", "ы", "i", "ь", "", "э", "e", "ю", "iu", "я", "ia",
)

// spelling evens out the rules by which names are written in Latin letters. The longest letters stand first.
var spelling = strings.NewReplacer(
	"tsch", "ch", "tch", "ch", "sch", "sh", "kh", "h", "gue", "ge", "gui", "gi", "ou", "u", "ij", "i", "je", "ie", "ju", "iu", "w", "v",
	"x", "ks", "ph", "f", "y", "i",
)

// givenNames are Ukrainian forms of given names and one other, with the Russian form, as they sound here: papers of both
// languages write a name in their own.
var givenNames = map[string]string{
	"dmitro": "dmitri", "volodimir": "vladimir", "oleksandr": "aleksandr", "aleksander": "aleksandr", "mihailo": "mihail",
	"serhi": "sergei", "sergi": "sergei", "andri": "andrei", "mikola": "nikolai", "oleksi": "aleksei", "pavlo": "pavel", "petro": "petr", "evhen": "evgeni",
}

// sound is a word of a name, in lower case and without diacritics, as it is compared.
func sound(word string) string {
	s := spelling.Replace(latin.Replace(word))
	if stem, ok := strings.CutSuffix(s, "j"); ok {
		s = stem + "i" // Sergej
	}
	var b strings.Builder
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] || s[i] < 'a' || s[i] > 'z' {
			b.WriteByte(s[i])
		}
	}
	s = b.String()
	if strings.HasPrefix(s, "ie") && len(s) > 2 {
		s = s[1:] // Yelena, Jens
	}
	if plain, ok := givenNames[s]; ok {
		return plain
	}
	return s
}

// soundKey is a whole name as it is compared: without articles, initials and patronymics.
func soundKey(words []string) string {
	for len(words) > 1 && articles[words[0]] {
		words = words[1:]
	}
	var kept []string
	for i, w := range words {
		s := sound(w)
		middle := i > 0 && i < len(words)-1
		if middle && (len(s) == 1 || len(words) == 3 && patronymic(s)) {
			continue
		}
		if i == len(words)-1 && i > 0 && strings.HasSuffix(s, "ine") {
			s = strings.TrimSuffix(s, "e") // Poutine
		}
		kept = append(kept, s)
	}
	return strings.Join(kept, " ")
}

func patronymic(s string) bool {
	return strings.HasSuffix(s, "vich") || strings.HasSuffix(s, "vna") || strings.HasSuffix(s, "ichna")
}

// articles stand before names of bodies.
var articles = map[string]bool{"the": true, "der": true, "die": true, "das": true, "dem": true, "les": true, "los": true, "las": true, "il": true}
