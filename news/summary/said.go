package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

// speech is which part of a sentence is somebody's words.
type speech struct {
	share   float64 // of its bytes that stand in quotation marks
	begins  bool    // its beginning does
	ends    bool    // and its end, so that the next sentence goes on with it
	outside string  // what stands outside of them
}

// speechOf reads s, which begins inside quotation marks that an earlier sentence opened or not.
func speechOf(s string, inside bool) speech {
	sp := speech{begins: inside}
	if !inside && !marked(s) {
		sp.outside = s
		return sp
	}
	var outside strings.Builder
	from, before := 0, ' '
	for i, r := range s {
		opens, closes := quotation(r, before, after(s, i))
		switch {
		case opens && !inside:
			outside.WriteString(s[from:i])
			outside.WriteByte(' ')
			inside, from = true, i
		case closes && inside:
			end := i + utf8.RuneLen(r)
			sp.share += float64(end - from)
			inside, from = false, end
		}
		before = r
	}
	if inside {
		sp.share += float64(len(s) - from)
	} else {
		outside.WriteString(s[from:])
	}
	sp.share /= float64(max(len(s), 1))
	sp.ends, sp.outside = inside, outside.String()
	return sp
}

// marked tells whether s may have quotation marks. All but the straight one begin with one of two bytes in UTF-8.
func marked(s string) bool {
	for i := range len(s) {
		if c := s[i]; c == '"' || c == 0xc2 || c == 0xe2 {
			return true
		}
	}
	return false
}

// after is s behind its rune at i.
func after(s string, i int) string {
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[i+n:]
}

// quotation tells whether the mark r opens or closes somebody's words; a straight one, and “, which does either in
// different languages, shows by its neighbours.
func quotation(r, before rune, after string) (opens, closes bool) {
	switch r {
	case '«', '„':
		return true, false
	case '»', '”':
		return false, true
	case '"', '“':
		next, _ := utf8.DecodeRuneInString(after)
		word := unicode.IsLetter(next) || unicode.IsDigit(next)
		opens = word && !unicode.IsLetter(before) && !unicode.IsPunct(before) || unicode.IsSpace(before) || strings.ContainsRune("([-–—", before)
		return opens, !opens
	}
	return false, false
}

// hanging tells whether somebody's words come without who said them: the rest of the sentence is next to nothing, or
// names nobody but with a pronoun.
func (sp *speech) hanging(l *language) bool {
	if sp.share == 0 {
		return false
	}
	words, pronoun := 0, false
	for w := range text.Words(sp.outside) {
		word := w.In(sp.outside)
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) && w.Start > 0 {
			return false
		}
		words++
		pronoun = pronoun || l.pronoun[fold(word)]
	}
	return words <= 1 || pronoun && sp.share > few
}

// few is the share of quoted words up to which a sentence is its writer's own.
const few = 0.3

// wholly tells whether s stands in one pair of quotation marks.
func wholly(s string) bool {
	last, n := utf8.DecodeLastRuneInString(s)
	if !opensQuoted(s) || !strings.ContainsRune("\"'”“«»’‘」』", last) {
		return false
	}
	_, first := utf8.DecodeRuneInString(s)
	return first < len(s) && (last == '\'' || last == '’' || !strings.ContainsRune(s[first:len(s)-n], last))
}
