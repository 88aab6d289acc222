package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

const (
	// leadWords is how many words a sentence has at least before an abbreviation ends it: "In 2021 r. Warsaw" goes on.
	leadWords = 3
	// listRunes is the length of the longest number or Roman numeral that marks an item of a list.
	listRunes = 3
	// pieceLetters is how many letters a piece of an acronym with points has at most: "U.S", "Ph.D".
	pieceLetters = 2
	// partRunes is the length of the longest part of an abbreviation of several: "n. Chr.".
	partRunes = 3
	// shortRunes is the length of the longest word that its lack of vowels shows to be an abbreviation.
	shortRunes = 4
)

// particles are function words that names have too: "A. De Gasperi".
var particles = setOf(strings.Fields("de del della den der di da dos du el la le van von"))

// abbreviated tells whether the full stop at mark belongs to the word before it and ends no sentence; next is where
// what follows begins.
func (c *cutter) abbreviated(mark, next int) bool {
	from := wordBefore(c.s, c.start, mark)
	word := c.s[from:mark]
	if word == "" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(r) {
		return c.ordinal(from, word, next)
	}
	if c.opens(word, next) {
		return true
	}
	whole := c.compound(from, word)
	if kind := c.l.kindOf(whole); kind != noAbbreviation {
		return c.goesBehind(kind, from, next)
	}
	if kind := c.l.kindOf(word); kind != noAbbreviation {
		return c.goesBehind(kind, from, next)
	}
	switch {
	case utf8.RuneCountInString(word) == 1:
		return c.initial(from, word, next)
	case c.l.doubles && doubled(word):
		return !c.starts(next)
	case roman(word):
		return c.l.ordinals && !c.starts(next)
	}
	return (acronym(word) || acronym(whole) || c.shortened(from, word)) && !c.starts(next)
}

// goesBehind tells whether the sentence goes on behind an abbreviation of the kind, which begins at from.
func (c *cutter) goesBehind(kind abbreviation, from, next int) bool {
	switch kind {
	case endsBeforeStop:
		return !c.starts(next)
	case endsBeforeCapital:
		return c.dateAt(next) || c.leading(from)
	case endsButBeforeNumber:
		return numberAt(c.s, next) || c.dateAt(next)
	case endsAfterNumber:
		return !c.numberBefore(from) || c.leading(from)
	}
	return true
}

// kindOf is the kind of abbreviation that a word is. A single letter must be written as it is in the lists; else it is
// an initial.
func (l *language) kindOf(word string) abbreviation {
	kind := l.abbr[word]
	if kind != noAbbreviation || utf8.RuneCountInString(word) == 1 {
		return kind
	}
	var buf [wordBytes]byte
	lower := lowerIn(buf[:0], word)
	if kind := l.abbr[string(lower)]; kind != noAbbreviation {
		return kind
	}
	for _, end := range l.abbrEndings {
		if strings.HasSuffix(string(lower), end) {
			return endsBeforeStop
		}
	}
	return noAbbreviation
}

// opens tells whether word is the first part of an abbreviation that goes on at next: "z." of "z. B.".
func (c *cutter) opens(word string, next int) bool {
	if utf8.RuneCountInString(word) > partRunes {
		return false
	}
	second := firstWord(c.s, next)
	return second.Start == next && strings.HasPrefix(c.s[second.End:], ".") && c.l.kindOf(word+"."+second.In(c.s)) != noAbbreviation
}

// compound joins the word that begins at from with the part of the same abbreviation before it.
func (c *cutter) compound(from int, word string) string {
	before := strings.TrimRightFunc(c.s[c.start:from], blank)
	end := c.start + len(before) - 1
	if end < c.start || c.s[end] != '.' || end+1 == from {
		return word
	}
	first := c.s[wordBefore(c.s, c.start, end):end]
	if first == "" || utf8.RuneCountInString(first) > partRunes {
		return word
	}
	return first + "." + word
}

// ordinal tells whether a number is an ordinal or a part of a date.
func (c *cutter) ordinal(from int, word string, next int) bool {
	if numberAt(c.s, next) && (strings.HasPrefix(strings.TrimLeft(c.s[next:], "0123456789"), ".") || c.pointBefore(from)) {
		return true
	}
	before := c.before(from)
	day := word[strings.LastIndexByte(word, '.')+1:]
	switch {
	case !c.l.ordinals || len(day) > 2 || from > c.start && c.s[from-1] == ':' || strings.HasSuffix(before, ".") && !c.pointBefore(from):
		return false
	case c.dateAt(next):
		return true
	case c.starts(next):
		return false
	}
	return len(c.l.ordinal) == 0 || c.l.ordinal.has(before)
}

// initial tells whether a single letter is the first of a name, and not one that is a name itself ("plan B").
func (c *cutter) initial(from int, letter string, next int) bool {
	r, _ := utf8.DecodeRuneInString(letter)
	switch {
	case ideograph(r) || unicode.Is(unicode.Hangul, r):
		return false
	case unicode.IsLower(r) && (c.numberBefore(from) || from > c.start && c.s[from-1] == '/'): // a unit
		return false
	case c.l.letter.has(c.before(from)):
		return false
	}
	return !c.starts(next) || letter != "I" && particles.has(firstWord(c.s, next).In(c.s))
}

// shortened tells a word without vowels that is no acronym in capitals, such as "Pfr.", in the languages whose
// abbreviations are known: others have such words.
func (c *cutter) shortened(from int, word string) bool {
	n := utf8.RuneCountInString(word)
	if len(c.l.abbr) == 0 || n < 2 || n > shortRunes || strings.ToUpper(word) == word || c.numberBefore(from) {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) || strings.ContainsRune(vowels, unicode.ToLower(r)) }) < 0
}

const vowels = "aeiouyáàâäãåæéèêëíìîïóòôöõøœúùûüýąęıаеёиоуыэюяіїє"

// listMark tells the number or letter of a list's item: at the beginning of a sentence, or the first behind a colon.
func (c *cutter) listMark(m mark) bool {
	from := wordBefore(c.s, c.start, m.at)
	word := c.s[from:m.at]
	if word == "" || m.tail-m.at > 1 || m.full || c.s[m.at] != '.' {
		return false
	}
	if c.hasWord(from) {
		return word == "1" && strings.HasSuffix(strings.TrimRightFunc(c.s[c.start:from], blank), ":")
	}
	number := strings.TrimFunc(word, unicode.IsDigit) == ""
	n := utf8.RuneCountInString(word)
	return n == 1 || n <= listRunes && (number || roman(word))
}

// before is the word before the one that begins at from, "" where none stands directly before it.
func (c *cutter) before(from int) string {
	part := strings.TrimRightFunc(c.s[c.start:from], blank)
	end := c.start + len(part)
	return c.s[wordBefore(c.s, c.start, end):end]
}

// numberBefore tells whether a number stands before the word that begins at from.
func (c *cutter) numberBefore(from int) bool {
	word := c.before(from)
	r, _ := utf8.DecodeLastRuneInString(word)
	return unicode.IsDigit(r) || roman(word) || len(word) == 1 && strings.Contains("IVX", word)
}

// pointBefore tells whether a number with a point stands before the word that begins at from.
func (c *cutter) pointBefore(from int) bool {
	word, ok := strings.CutSuffix(c.before(from), ".")
	return ok && word != "" && unicode.IsDigit(rune(word[0]))
}

// leading tells whether the word that begins at from stands near the beginning of its sentence.
func (c *cutter) leading(from int) bool {
	n := 0
	for range Words(c.s[c.start:from]) {
		if n++; n == leadWords {
			return false
		}
	}
	return true
}

// dateAt tells whether a month or a day of the week begins at i.
func (c *cutter) dateAt(i int) bool { return c.l.date.has(firstWord(c.s, i).In(c.s)) }

// numberAt tells whether a number begins at i.
func numberAt(s string, i int) bool {
	r, _ := decode(s, i)
	return unicode.IsDigit(r) || roman(firstWord(s, i).In(s))
}

// roman tells a Roman numeral of two letters or more.
func roman(word string) bool { return len(word) > 1 && strings.Trim(word, "IVXLC") == "" }

// doubled tells two capitals that are the same and no number: the plural of an abbreviation in Spanish.
func doubled(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return len(word) == 2*n && word[:n] == word[n:] && unicode.IsUpper(r) && r != 'I' && r != 'X'
}

// acronym tells letters with points between them.
func acronym(word string) bool {
	if !strings.Contains(word, ".") {
		return false
	}
	for piece := range strings.SplitSeq(word, ".") {
		letters := 0
		for _, r := range strings.TrimPrefix(piece, "-") {
			switch {
			case unicode.IsLetter(r):
				letters++
			case !unicode.IsMark(r):
				return false
			}
		}
		if letters == 0 || letters > pieceLetters {
			return false
		}
	}
	return true
}

// wordBefore is where the word begins that ends at end, its inner full stops included ("U.S", "z.B").
func wordBefore(s string, start, end int) int {
	from := end
	for from > max(start, end-lookWord) {
		r, n := utf8.DecodeLastRuneInString(s[start:from])
		if !wordRune(r) && r != '.' && r != '°' && r != '-' {
			break
		}
		from -= n
	}
	return from
}

// firstWord is the first word from i on; empty where none follows.
func firstWord(s string, i int) news.Span {
	for limit := min(len(s), i+lookWord); i < limit; {
		r, n := decode(s, i)
		if wordRune(r) {
			return news.Span{Start: i, End: wordEnd(s, i+n, r)}
		}
		i += n
	}
	return news.Span{Start: i, End: i}
}
