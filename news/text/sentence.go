package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// Sentences cuts s into sentences. A line break always ends one; else a full stop, question or exclamation mark or
// ellipsis does, with the closing marks behind it, where what follows can begin a sentence. What cannot: a letter in
// lower case, a dash (Spanish, French and Russian attributions), anything after an abbreviation, an initial, or, where
// the language writes ordinals so, a short number.
func Sentences(s, lang string) []news.Span {
	l := languageOf(lang)
	out := make([]news.Span, 0, len(s)/120+1)
	for _, p := range Paragraphs(s) {
		out = appendSentences(out, s, p, l)
	}
	return out
}

func appendSentences(out []news.Span, s string, p news.Span, l *language) []news.Span {
	text := s[:p.End]
	start := p.Start
	for i := p.Start; i < p.End; {
		n := stopLen(text, i)
		if n == 0 {
			i++
			continue
		}
		mark := i
		for n > 0 { // "?!", "..."
			i += n
			n = stopLen(text, i)
		}
		end := closers(text, i)
		if !ends(text, start, mark, i, end, l) {
			i = end
			continue
		}
		if x := trim(s, start, end); x.Len() > 0 {
			out = append(out, x)
		}
		start, i = end, end
	}
	if x := trim(s, start, p.End); x.Len() > 0 {
		out = append(out, x)
	}
	return out
}

// stopLen is the length of the sentence mark at i, or 0.
func stopLen(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	switch s[i] {
	case '.', '!', '?':
		return 1
	case 0xd8: // Arabic question mark
		if strings.HasPrefix(s[i:], "؟") {
			return 2
		}
	case 0xe0, 0xe2, 0xe3, 0xef:
		for _, m := range [...]string{"…", "。", "！", "？", "｡", "।"} {
			if strings.HasPrefix(s[i:], m) {
				return len(m)
			}
		}
	}
	return 0
}

// closers is where the closing marks end that follow a sentence's end. A straight mark closes where no letter follows;
// a space before "»" is French.
func closers(s string, i int) int {
	for i < len(s) {
		r, n := decode(s, i)
		switch {
		case r == '"' || r == '\'':
			if next, _ := decode(s, i+n); wordRune(next) {
				return i
			}
		case r == '\u00a0' || r == '\u202f' || r == ' ':
			next, m := decode(s, i+n)
			if next != '»' {
				return i
			}
			n += m
		case !strings.ContainsRune("”’»)]」』）›“‘", r):
			return i
		case r == '“' || r == '‘' || r == '»': // closes in German, opens in English
			if next, _ := decode(s, i+n); wordRune(next) {
				return i
			}
		}
		i += n
	}
	return i
}

// ends tells whether the mark at mark, which with its repetitions reaches to tail and with its closing marks to end,
// ends the sentence that began at start.
func ends(s string, start, mark, tail, end int, l *language) bool {
	if wide(s[mark:]) {
		return true
	}
	next := end
	for next < len(s) {
		r, n := decode(s, next)
		if !blank(r) {
			break
		}
		next += n
	}
	if next >= len(s) {
		return true
	}
	if next == end {
		return end == tail && glued(s, start, mark, afterMark(s, tail))
	}
	if !begins(s, next) {
		return false
	}
	if s[mark] != '.' || tail-mark > 1 || end > tail {
		return true
	}
	return !abbreviated(s, start, mark, next, l)
}

// wide tells a mark of Chinese and Japanese, which needs no space behind it.
func wide(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '。' || r == '！' || r == '？' || r == '｡'
}

// begins tells whether a sentence can begin at i: with opening marks and then anything but a letter in lower case, or a
// bullet or dash that is not followed by one.
func begins(s string, i int) bool {
	for i < len(s) {
		r, n := decode(s, i)
		switch {
		case unicode.IsLower(r):
			return false
		case wordRune(r):
			return true
		case r == ',' || r == ';' || r == ':' || r == ')' || r == '.':
			return false
		}
		i += n
	}
	return true
}

// afterMark is i, or where the word begins behind an opening quotation mark there.
func afterMark(s string, i int) int {
	if r, n := decode(s, i); strings.ContainsRune("\"“«„", r) {
		return i + n
	}
	return i
}

// glued finds a sentence that begins without a space ("… in the port.Witnesses say"): two letters in lower case before
// the mark, a capital and a letter in lower case from next on. Names of sites and files don't look so.
func glued(s string, start, mark, next int) bool {
	first, n := decode(s, next)
	second, _ := decode(s, next+n)
	if !unicode.IsUpper(first) || !unicode.IsLower(second) {
		return false
	}
	for i := 0; i < 2; i++ {
		r, n := utf8.DecodeLastRuneInString(s[start:mark])
		if !unicode.IsLower(r) {
			return false
		}
		mark -= n
	}
	return true
}

// abbreviated tells whether the full stop at mark belongs to the word before it and ends no sentence; next is where the
// following word or its opening mark begins.
func abbreviated(s string, start, mark, next int, l *language) bool {
	from := wordBefore(s, start, mark)
	word := s[from:mark]
	if word == "" {
		return false
	}
	follower := strings.ToLower(firstWord(s, next))
	if unicode.IsDigit(rune(word[0])) {
		return l.ordinals && len(word) <= 2 && !l.stop[follower]
	}
	if r, n := utf8.DecodeRuneInString(word); n == len(word) && unicode.IsUpper(r) { // an initial
		return !l.stop[follower] || word != "I"
	}
	lower := strings.ToLower(word)
	switch {
	case l.abbrEnd[lower]:
		return !l.stop[follower]
	case l.abbr[lower]:
		return true
	}
	return strings.Contains(lower, ".") && len(lower) <= 5 && !l.stop[follower] // an acronym with points
}

// wordBefore is where the word begins that ends at mark, its inner full stops included ("U.S", "z.B").
func wordBefore(s string, start, mark int) int {
	from := mark
	for from > start {
		r, n := utf8.DecodeLastRuneInString(s[start:from])
		if !wordRune(r) && r != '.' && r != '°' && r != '-' {
			break
		}
		from -= n
	}
	return from
}

func firstWord(s string, i int) string {
	for w := range Words(s[i:]) {
		return w.In(s[i:])
	}
	return ""
}
