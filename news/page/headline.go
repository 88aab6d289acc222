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
		if letters(l.text) == key {
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
	key := letters(l.text)
	if key == h.key {
		return true
	}
	if h.strict || i >= headlineWithin || len(key) < 20 || l.ends() {
		return false
	}
	return (strings.HasPrefix(key, h.key) && len(key) <= len(h.key)+30 && strings.ContainsAny(l.text, "|-–—:")) ||
		(strings.HasPrefix(h.key, key) && 2*len(key) > len(h.key))
}

// letters keeps a text's letters and digits in lower case.
func letters(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r >= utf8.RuneSelf:
			if meaning(r) {
				out = utf8.AppendRune(out, unicode.ToLower(r))
			}
		case letter(byte(r)):
			out = append(out, byte(r)|0x20)
		case r >= '0' && r <= '9':
			out = append(out, byte(r))
		}
	}
	return string(out)
}
