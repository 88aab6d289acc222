package quote

import (
	"strings"
	"unicode"
)

// odd looks for marks of the other kind that close a stretch, where a text mixes curly and straight ones.
type odd struct {
	inner     int // stretches in marks of the other kind that are open
	end, next int // where such a mark may close, if no right one comes; -1: nowhere
}

// mixed tells whether a mark is of the other kind than the one that opened the stretch.
func mixed(opened, mark string) bool {
	return opened == "“" && mark == "\"" || opened == "\"" && (mark == "“" || mark == "”")
}

// look looks at such a mark, which stands at i, and tells whether it closes for certain: behind a comma or the end of a sentence.
func (o *odd) look(before rune, i int, mark string) bool {
	follows := unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune(",.;:!?…)]’'", before)
	switch {
	case mark == "“" || mark == "\"" && !follows:
		o.inner++
	case o.inner > 0:
		o.inner--
	case strings.ContainsRune(",.!?…", before):
		return true
	case o.end < 0:
		o.end, o.next = i, i+len(mark)
	}
	return false
}
