package story

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

// Some entries are made after one pattern: results, notices, "Part 2". Others have a body that is about none of them, such as a
// wall of consent. Their texts look like copies of each other, and only their titles tell them apart.

// heading is what a title says.
type heading struct {
	words  []uint32 // that say something, in order, at most maxHeading
	own    []uint32 // of them, those that may tell which one of a series it is: they stand in the text as well
	serial []uint32 // numbers that do, as in "Part 14"
	mute   bool     // the text has none of the words
	borne  bool     // the text has all of the words
}

const (
	maxHeading   = 32 // words of a heading
	shortHeading = 3  // words of one that is nothing but a name and a number
)

// headingOf reads a title; lang is the article's language, told what stands in its text.
func headingOf(title, lang string, told map[uint32]bool) heading {
	var h heading
	count := uint32(0)   // the last word, where it is a number that may count what the next word names
	named := false       // the last word begins with a capital
	small := false       // some word does not
	var behind []uint32  // numbers behind a capital
	var numbers []uint32 // all
	own := func(key uint32) {
		if key != 0 && told[key] {
			h.own = append(h.own, key)
		}
	}
	for span := range words(title) {
		word := span.In(title)
		first, _ := utf8.DecodeRuneInString(word)
		if text.Stopword(strings.ToLower(word), lang) {
			own(count)
			count, named = 0, false
			continue
		}
		if len(h.words) == maxHeading {
			break
		}
		key := hash(stemOf(word, lang))
		h.words = append(h.words, key)
		digit := unicode.IsDigit(first)
		if digit {
			numbers = append(numbers, key)
		}
		if digit && named {
			behind = append(behind, key)
		}
		// "kills 14 people" counts, and counts change; "Part 14", "Flight 14 lost" and "14" do not.
		if digit && !named {
			count = key
			continue
		}
		own(key)
		count, named = 0, unicode.IsUpper(first)
		small = small || unicode.IsLower(first)
	}
	own(count)
	switch {
	case len(h.words) <= shortHeading:
		h.serial = numbers
	case small: // else every word has a capital
		h.serial = behind
	}
	h.mute = len(h.words) > 0 && !slices.ContainsFunc(h.words, func(k uint32) bool { return told[k] })
	h.borne = !slices.ContainsFunc(h.words, func(k uint32) bool { return !told[k] })
	return h
}

// series tells whether two articles with mostly the same text are about different things all the same.
func series(a, b *record) bool {
	alike, longer := headings(a, b)
	switch {
	case longer == 0:
		return false
	case a.heading.mute && b.heading.mute:
		return alike < longer
	}
	return b.lacks(a.heading.own) && a.lacks(b.heading.own)
}

// numbered tells whether two articles, whatever their texts, are different parts of a series.
func numbered(a, b *record) bool {
	alike, longer := headings(a, b)
	return longer > 0 && 2*alike >= longer && b.lacks(a.heading.serial) && a.lacks(b.heading.serial)
}

// strangers tells whether two articles, however alike the rest of their texts, are about different things: each says all that its own
// title says and nothing of what the other's does.
func strangers(a, b *record) bool {
	return a.lang == b.lang && a.heading.borne && b.heading.borne && min(len(a.heading.words), len(b.heading.words)) > shortHeading &&
		!b.hasAny(a.heading.words) && !a.hasAny(b.heading.words)
}

// headings are how many words two titles share, and how many the longer one has; 0 where one has none.
func headings(a, b *record) (alike, longer int) {
	for _, k := range a.heading.words {
		if slices.Contains(b.heading.words, k) {
			alike++
		}
	}
	if min(len(a.heading.words), len(b.heading.words)) == 0 {
		return 0, 0
	}
	return alike, max(len(a.heading.words), len(b.heading.words))
}

// lacks tells whether the article has one of the words nowhere.
func (r *record) lacks(words []uint32) bool {
	return slices.ContainsFunc(words, func(k uint32) bool {
		_, has := find(r.terms, k)
		return !has
	})
}

// hasAny tells whether the article has one of the words somewhere.
func (r *record) hasAny(words []uint32) bool {
	return slices.ContainsFunc(words, func(k uint32) bool {
		_, has := find(r.terms, k)
		return has
	})
}
