package page

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bylineWords is how many words a byline has at most: two or three names with their desks.
const bylineWords = 12

var (
	// dateAlone is a date with nothing else but a time and words that go with dates.
	dateAlone = regexp.MustCompile(`(?i)^(?:\p{L}+,?\s+)?(?:` +
		`\d{1,2}(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+)?\p{L}{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d{2}|` +
		`\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{2}|` +
		`\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}|` +
		`(?:19|20)\d{2}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])` +
		`(?:[\s,|–—/@-]*(?:at|um|à|a las|alle|kl\.?|klo|г\.|в|o godz\.)?\s*\d{1,2}\s?[:.h]\s?\d{0,2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?(?:\s*\p{Lu}{2,5})?)?\s*(?:г\.)?$`)

	// ago is an age in place of a date.
	ago = regexp.MustCompile(`(?i)^(?:updated\s+|published\s+)?(?:\d{1,3}\s+(?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?)\s+ago|` +
		`vor\s+\d{1,3}\s+\p{L}+|il\s+y\s+a\s+\d{1,3}\s+\p{L}+|hace\s+\d{1,3}\s+\p{L}+|\d{1,3}\s+\p{L}+\s+назад)$`)

	// readingTime is how long the article takes to read.
	readingTime = regexp.MustCompile(`(?i)^(?:\p{L}+\s+){0,2}(?:\p{L}+\s?)?(?::\s*)?\d{1,3}[\s-]*min(?:ute[ns]?|uti|utos|\.)?(?:\s+(?:read|reading time|de lecture|lesezeit|de lectura|di lettura))?\.?$`)

	// datelineAlone is a place in capitals with its agency or date, and the dash that the article should follow.
	datelineAlone = regexp.MustCompile(`^\p{Lu}[\p{Lu}\s.,'’-]{2,40}(?:,\s*\p{L}+\.?\s+\d{1,2})?\s*(?:\(\p{L}[\p{L}\s./&-]{1,30}\))?\s*[–—-]$|^\(?(?:AP|AFP|dpa|EFE|ANSA|Reuters|REUTERS|TASS|ТАСС)\)?$`)
)

// byline tells whether a line says only who wrote the article, when, or how long it is.
func (j *judge) byline(i int) bool {
	l := &j.lines[i]
	if !j.nearEdge(i) || l.words() > bylineWords+4 {
		return false
	}
	if when(l.bare) || datelineAlone.MatchString(l.text) {
		return true
	}
	if rest, ok := begins(l, stamps); ok {
		return strings.ContainsFunc(rest, unicode.IsDigit) && !l.ends()
	}
	return j.author(l)
}

// when tells whether a line says when an article was written or how long it is, or both with a mark between.
func when(s string) bool {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("•|·", r) }) {
		part = strings.TrimSpace(part)
		if !dateAlone.MatchString(part) && !ago.MatchString(part) && !readingTime.MatchString(part) {
			return dateAlone.MatchString(s)
		}
	}
	return s != ""
}

// author tells whether a line is a word for "by" and names.
func (j *judge) author(l *line) bool {
	by, rest, found := strings.Cut(l.bare, " ")
	if !found || l.ends() && !strings.HasSuffix(l.text, " Jr.") || l.words() > bylineWords {
		return false
	}
	by = strings.ToLower(strings.TrimRight(by, ":"))
	return (by == "by" || by == byWords[j.lang]) && names(rest)
}

// names tells whether a text is made of capitalised words and what joins them.
func names(s string) bool {
	n := 0
	for word := range strings.FieldsSeq(s) {
		word = strings.Trim(word, ",;/|&-–—()@.")
		r, _ := utf8.DecodeRuneInString(word)
		switch {
		case word == "" || nameParticles[strings.ToLower(word)]:
		case unicode.IsUpper(r), unicode.Is(unicode.Lo, r):
			n++
		default:
			return false
		}
	}
	return n >= 1
}
