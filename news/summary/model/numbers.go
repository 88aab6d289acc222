package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// number is a number with its separators: "1,200", "1 200.50", "12:30", "2026".
	number = regexp.MustCompile(`\p{Nd}+(?:[.,:/’'\x{a0}\x{202f} -]?\p{Nd}+)*`)
	// grouped are the separators between groups of three digits.
	grouped = regexp.MustCompile(`(\d)[.,’'\x{a0}\x{202f} ](\d{3})\b`)
)

// figure is a number and where it stands.
type figure struct {
	value      string // in one way: digits of ASCII, no separators between thousands
	start, end int    // of all that is written with it
}

// figuresOf are the numbers in digits in s.
func figuresOf(s string) []figure {
	var out []figure
	for _, at := range number.FindAllStringIndex(s, -1) {
		n := strings.Map(digit, s[at[0]:at[1]])
		for grouped.MatchString(n) {
			n = grouped.ReplaceAllString(n, "$1$2")
		}
		for _, part := range strings.FieldsFunc(n, func(r rune) bool { return r != '.' && r != ',' && !unicode.IsDigit(r) }) {
			part = strings.ReplaceAll(strings.Trim(part, ".,"), ",", ".")
			if part = strings.TrimLeft(part, "0"); part == "" {
				part = "0"
			}
			out = append(out, figure{part, at[0], at[1]})
		}
	}
	return out
}

const (
	around  = 6 // words on either side of a number in the article that tell what it counts
	beside  = 2 // words on either side of it that make a date with it
	counted = 4 // words behind a number in a summary among which is what it counts
)

// numbered is what stands around a number of the article.
type numbered struct {
	near  map[string]bool // stems
	dated map[string]bool // stems of dates
	sign  bool            // or something that is written with it says what it counts: "£40", "12ft"
}

// number notes the numbers of the article, in digits and in letters.
func (e *evidence) number(s string, words []token) {
	for _, f := range figuresOf(s) {
		before, behind := split(words, f)
		n := e.note(f.value, words, before, behind)
		n.sign = n.sign || signed(s, f)
	}
	for i, w := range words {
		if w.count != "" {
			e.note(w.count, words, i, i+1)
		}
	}
}

// signed tells whether something is written with a number.
func signed(s string, f figure) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:f.start])
	behind, _ := utf8.DecodeRuneInString(s[f.end:])
	return unicode.Is(unicode.Sc, before) || unicode.IsLetter(behind) || unicode.Is(unicode.Sc, behind)
}

// split are the numbers of words before a figure, and up to its end.
func split(words []token, f figure) (before, behind int) {
	at := func(byte int) int {
		i, _ := slices.BinarySearchFunc(words, byte, func(w token, at int) int { return w.start - at })
		return i
	}
	return at(f.start), at(f.end)
}

// note notes a number whose words end before behind.
func (e *evidence) note(value string, words []token, before, behind int) *numbered {
	n := e.numbers[value]
	if n == nil {
		n = &numbered{near: map[string]bool{}, dated: map[string]bool{}}
		e.numbers[value] = n
	}
	for i := max(0, before-around); i < min(len(words), behind+around); i++ {
		w := &words[i]
		n.near[w.stem] = true
		if w.date && i >= before-beside && i < behind+beside {
			n.dated[w.stem] = true
		}
	}
	return n
}

// miscounted tells why the article does not bear out a number of a summary whose words are these; nil: it does. In a
// translation only the number itself can be compared.
func (e *evidence) miscounted(s string, words []token) error {
	for _, f := range figuresOf(s) {
		before, behind := split(words, f)
		if err := e.miscount(f.value, words, before, behind); err != nil {
			return err
		}
	}
	for i := range words {
		w := &words[i]
		if w.count == "" || !e.translated && e.stems[w.stem] && e.numbers[w.count] == nil {
			continue
		}
		if err := e.miscount(w.count, words, i, i+1); err != nil {
			return err
		}
	}
	return nil
}

func (e *evidence) miscount(value string, words []token, before, behind int) error {
	n := e.numbers[value]
	switch {
	case n == nil:
		return refusal("a number that the article does not have")
	case e.translated:
		return nil
	}
	for _, i := range []int{before - 1, behind} {
		if i >= 0 && i < len(words) && words[i].date && !n.dated[words[i].stem] {
			return refusal("a date that the article does not have")
		}
	}
	things := 0
	for i := behind; i > 0 && i < min(len(words), behind+counted) && words[i].clause == words[i-1].clause; i++ {
		if w := &words[i]; n.near[w.stem] && !w.stop {
			return nil
		} else if w.content() && !w.capital {
			things++
		}
	}
	if things > 0 && words[behind].content() && !n.sign {
		return refusal("a number of something else")
	}
	return nil
}

// digit is a decimal digit of any script as one of ASCII. In Unicode the ten of a script stand together, from 0 up.
func digit(r rune) rune {
	if r < 0x80 || !unicode.IsDigit(r) {
		return r
	}
	value := rune(0)
	for value < 9 && unicode.IsDigit(r-value-1) {
		value++
	}
	return '0' + value
}
