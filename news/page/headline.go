package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headlineWithin is how many lines at the beginning are searched for repeated headlines where no title is known.
const headlineWithin = 5

// headline knows the title by its letters and digits, so that marks and case don't matter.
type headline struct {
	key    string
	strict bool // the title was guessed from the text: only equal lines count, and the first one too
}

// newHeadline takes the title, or where there is none a line that stands twice at the very beginning of the text.
func newHeadline(title string, lines []line) headline {
	if key := letters(title); key != "" {
		return headline{key: key}
	}
	if len(lines) < 2 || lines[0].long || letters(lines[0].text) == "" {
		return headline{}
	}
	key := letters(lines[0].text)
	for _, l := range lines[1:min(len(lines), headlineWithin)] {
		if spells(l.text, key) {
			return headline{key: key, strict: true}
		}
	}
	return headline{}
}

// repeated tells whether line i is the headline once more: the same letters, or at the beginning of the text the
// headline with the site's name, or a headline that was cut.
func (h headline) repeated(l *line, i int) bool {
	if h.key == "" || l.long {
		return false
	}
	if spells(l.text, h.key) {
		return true
	}
	if h.strict || i >= headlineWithin {
		return false
	}
	key := letters(l.text)
	if len(key) < 20 || l.ends() {
		return false
	}
	return (strings.HasPrefix(key, h.key) && len(key) <= len(h.key)+30 && strings.ContainsAny(l.text, "|-–—:")) ||
		(strings.HasPrefix(h.key, key) && 2*len(key) > len(h.key))
}

// letters keeps a text's letters and digits in lower case.
func letters(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r = letterOf(r); r > 0 {
			out = utf8.AppendRune(out, r)
		}
	}
	return string(out)
}

// spells tells whether key is the letters of s.
func spells(s, key string) bool {
	for _, r := range s {
		if r = letterOf(r); r == 0 {
			continue
		}
		c, n := utf8.DecodeRuneInString(key)
		if c != r || n == 0 {
			return false
		}
		key = key[n:]
	}
	return key == ""
}

// letterOf is a letter in lower case or a digit; 0 for what is neither.
func letterOf(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return asciiLetters[r]
	case meaning(r):
		return unicode.ToLower(r)
	}
	return 0
}

// asciiLetters is letterOf of ASCII.
var asciiLetters = func() (t [utf8.RuneSelf]rune) {
	for r := range rune(utf8.RuneSelf) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			t[r] = unicode.ToLower(r)
		}
	}
	return t
}()
