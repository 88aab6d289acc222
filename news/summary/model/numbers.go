package model

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	// number is a number with its separators: "1,200", "1 200.50", "12:30", "2026".
	number = regexp.MustCompile(`\p{Nd}+(?:[.,:/’'\x{a0}\x{202f} -]?\p{Nd}+)*`)
	// grouped are the separators between groups of three digits.
	grouped = regexp.MustCompile(`(\d)[.,’'\x{a0}\x{202f} ](\d{3})\b`)
)

// numbersOf are the numbers in s, each written in one way: digits of ASCII, no separators between thousands.
func numbersOf(s string) []string {
	var out []string
	for _, n := range number.FindAllString(s, -1) {
		n = strings.Map(digit, n)
		for grouped.MatchString(n) {
			n = grouped.ReplaceAllString(n, "$1$2")
		}
		for _, part := range strings.FieldsFunc(n, func(r rune) bool { return r != '.' && r != ',' && !unicode.IsDigit(r) }) {
			part = strings.ReplaceAll(strings.Trim(part, ".,"), ",", ".")
			if part = strings.TrimLeft(part, "0"); part == "" {
				part = "0"
			}
			out = append(out, part)
		}
	}
	return out
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
