package model

import (
	"slices"
	"strings"
	"unicode"
)

// usual are the signs that any sentence may have. Others are the article's or none: they make links, tags and markup of
// words, hide them, or turn them around.
const usual = " .,;:!?…'’‘‚\"“”„«»‹›()-–—−/&·、。，：；？！（）「」『』《》〈〉〜・¿¡،؛؟।॥׳״־\u00a0\u202f\u200c\u200d"

// scripts are those whose letters look alike.
var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek}

// foreign tells whether s has a sign, or letters of a look-alike script, that the article has not.
func (e *evidence) foreign(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return false
		case unicode.IsLetter(r):
			return !e.translated && unicode.In(r, scripts...) && !e.writes(r)
		case unicode.IsDigit(r) || unicode.IsMark(r) || r == '%' && e.percent:
			return false
		}
		return !strings.ContainsRune(usual, r) && !strings.ContainsRune(e.text, r)
	})
}

// writes tells whether the article has letters of the script of r.
func (e *evidence) writes(r rune) bool {
	return slices.ContainsFunc(e.scripts, func(script *unicode.RangeTable) bool { return unicode.Is(script, r) })
}

// scriptsOf are the look-alike scripts in s.
func scriptsOf(s string) []*unicode.RangeTable {
	return slices.DeleteFunc(slices.Clone(scripts), func(script *unicode.RangeTable) bool {
		return !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(script, r) })
	})
}
