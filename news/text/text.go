// Package text cuts plain text into paragraphs, sentences and words, and knows their language.
//
// It is pure functions over strings: no I/O, no state but what saves repeating work, safe for concurrent use, linear time. Every span is a half-open
// byte range into the string it was given, not empty, trimmed of white space, in order, without overlap, and on UTF-8
// boundaries where the string is valid UTF-8. A text of a language that it has no data for is cut by punctuation alone.
//
// A language is a file in lang/ (function words, abbreviations, endings); nothing else in the package names one, except
// stem.go, which knows for which of them a Snowball stemmer exists.
package text

import (
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// Paragraphs returns the lines of s, trimmed, without the empty ones.
func Paragraphs(s string) []news.Span {
	var out []news.Span
	for from := 0; from <= len(s); {
		end, next := lineEnd(s, from)
		if p := trim(s, from, end); p.Len() > 0 {
			out = append(out, p)
		}
		from = next
	}
	return out
}

// lineEnd is where the line that begins at i ends, and where the next one begins. Unicode's line and paragraph
// separators (U+2028 and U+2029) end one too.
func lineEnd(s string, i int) (end, next int) {
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\n' || c == '\r':
			return i, i + 1
		case c == 0xe2 && (strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029")):
			return i, i + len("\u2028")
		}
	}
	return len(s), len(s) + 1
}

// trim is the span from start to end without white space at its edges.
func trim(s string, start, end int) news.Span {
	if start < end && graphic(s[start]) && graphic(s[end-1]) {
		return news.Span{Start: start, End: end}
	}
	part := strings.TrimLeftFunc(s[start:end], blank)
	start = end - len(part)
	return news.Span{Start: start, End: start + len(strings.TrimRightFunc(part, blank))}
}

// graphic tells the visible characters of ASCII.
func graphic(c byte) bool { return ' ' < c && c < 0x7f }

// blank tells white space, and the marks without width that web pages leave behind.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f'
}

// Words are the runs of letters, digits and combining marks. An apostrophe between letters belongs to the word
// ("don't", "l’eau"); a hyphen parts words; each Han character is a word of its own.
func Words(s string) iter.Seq[news.Span] {
	return func(yield func(news.Span) bool) {
		for i := 0; i < len(s); {
			r, n := decode(s, i)
			if !wordRune(r) {
				i += n
				continue
			}
			end := wordEnd(s, i+n, r)
			if !yield(news.Span{Start: i, End: end}) {
				return
			}
			i = end
		}
	}
}

// wordEnd is where the word ends that has its first rune, r, before i.
func wordEnd(s string, i int, r rune) int {
	if r >= firstHan && unicode.Is(unicode.Han, r) {
		return i
	}
	for i < len(s) {
		if asciiWord[s[i]] {
			i++
			continue
		}
		c, n := decode(s, i)
		switch {
		case wordRune(c):
			if c >= firstHan && unicode.Is(unicode.Han, c) {
				return i
			}
		case c == '\'' || c == '’' || c == 'ʼ':
			if next, _ := decode(s, i+n); !unicode.IsLetter(next) {
				return i
			}
		default:
			return i
		}
		i += n
	}
	return i
}

func decode(s string, i int) (rune, int) {
	if i >= len(s) {
		return utf8.RuneError, 0
	}
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// firstHan is a rune before which there are no Han letters.
const firstHan = 0x2e80

// asciiWord are the letters and digits of ASCII.
var asciiWord = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
	}
	return t
}()

// wordRune tells what words are made of. The letters of Latin and Cyrillic are told without a look into Unicode's tables.
func wordRune(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return asciiWord[byte(r)]
	case 0xc0 <= r && r < 0x250:
		return r != '×' && r != '÷'
	case 0x400 <= r && r < 0x482:
		return true
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// Stopword tells whether word, in lower case, is a function word of the language.
func Stopword(word, lang string) bool {
	return languageOf(lang).stop[word]
}

// Clip is s where it has at most n runes; else its beginning, cut between words, with "…" as the nth rune at the latest.
// White space at the edges is left out.
func Clip(s string, n int) string {
	s = strings.TrimFunc(s, blank)
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	if n <= 0 {
		return ""
	}
	limit, seen := len(s), 0
	for i := range s {
		if seen == n-1 {
			limit = i
			break
		}
		seen++
	}
	cut := limit
	if !strings.HasPrefix(s[limit:], " ") {
		if i := strings.LastIndexFunc(s[:limit], unicode.IsSpace); i > limit/2 { // else one long word: cut inside it
			cut = i
		}
	}
	return strings.TrimRightFunc(s[:cut], func(r rune) bool { return blank(r) || strings.ContainsRune(",;:–—-", r) }) + "…"
}

// NounsUpper tells whether every noun of the language begins with a capital, so that capitals tell no names.
func NounsUpper(lang string) bool { return languageOf(lang).nounsUpper }

// DateWord tells whether word is a form of a month or of a day of the week in the language, or stands in its dates.
func DateWord(word, lang string) bool {
	return dateStems()[lang][Stem(word, lang)]
}

// dateStems are by language the stems of the words in dates.
var dateStems = sync.OnceValue(func() map[string]words {
	all := map[string]words{}
	for lang, l := range languages() {
		stems := words{}
		for w := range l.date {
			stems[Stem(w, lang)] = true
		}
		all[lang] = stems
	}
	return all
})
