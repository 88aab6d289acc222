package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// A place line says before the first sentence where and for whom it was written: "LONDON, March 4 (News) - ", "(NEWS) ",
// "Lindenrode, 3. Juni 2026 – ". It is no part of the sentence.

const (
	maxPlace   = 120 // bytes up to its end
	maxAgency  = 30  // characters between its brackets
	mostNames  = 7   // words before the brackets or the dash
	plainNames = 3   // as many where nothing but capitals tells them from the beginning of a sentence
	particle   = 3   // bytes of a small word in the name of a place: "Rio de Janeiro"
)

// placeless is s without the place line before it. Only before the first sentence is that a name alone: later "The dead — Ivan" says who is.
func placeless(body string, s news.Span, lang string, first bool) news.Span {
	return news.Span{Start: s.Start + placed(s.In(body), lang, first), End: s.End}
}

// placed is where s, the first sentence or not, begins behind a place line; 0: there is none.
func placed(s, lang string, first bool) int {
	head := within(s, maxPlace)
	place, behind, _ := strings.Cut(head, "(")
	agency, _, closed := strings.Cut(behind, ")")
	at := len(place) + len(agency) + len("()")
	dash, _ := dashes(head)
	if !closed || dash > 0 && dash < len(place) || utf8.RuneCountInString(agency) > maxAgency || !strings.ContainsFunc(agency, unicode.IsUpper) && !strings.ContainsFunc(agency, unicode.IsLower) {
		agency = ""
		at = dash
		if at < 0 || paired(s) && strings.ToUpper(head[:at]) != head[:at] {
			return 0 // two dashes are a pair
		}
		place = head[:at]
	}
	bare := strings.TrimLeft(s[at:], " .-–—―:\u00a0")
	dashed := strings.ContainsAny(s[at:len(s)-len(bare)], "-–—―:")
	begin, _ := utf8.DecodeRuneInString(bare)
	alone := strings.TrimSpace(place) == "" && strings.ToUpper(agency) == agency // "(NEWS) "
	if len(bare) == len(s)-at || !alone && (!dashed || !names(place, agency != "", first, lang)) ||
		unicode.IsLower(begin) || !unicode.IsLetter(begin) && !unicode.IsDigit(begin) && !opensQuoted(bare) {
		return 0
	}
	return len(s) - len(bare)
}

// dashes are where the first dash stands that parts words from words, -1 where there is none, and how many dashes there are: one
// that s begins with, as dialogue does, is counted too.
func dashes(s string) (first, n int) {
	first = -1
	for i := range len(s) {
		if s[i] != '-' && s[i] != "—"[0] {
			continue
		}
		at := i
		if i > 0 && s[i-1] == ' ' {
			at--
		}
		spaced := at < i && (strings.HasPrefix(s[i:], "- ") || strings.HasPrefix(s[i:], "-- ") || strings.HasPrefix(s[i:], "– "))
		if !spaced && !strings.HasPrefix(s[i:], "—") && !strings.HasPrefix(s[i:], "―") {
			continue
		}
		n++
		if first < 0 && at > 0 {
			first = at
		}
	}
	return first, n
}

// names tells whether s is the name of a place, and perhaps a date, and no words of a sentence. Before an agency it may
// have small words, and behind a comma, where a date has them: "le 3 juin". Where it is plain, a name alone will do.
func names(s string, agency, plain bool, lang string) bool {
	words, capital, dated, small := 0, false, false, false
	comma := strings.IndexByte(s, ',')
	for at := range text.Words(s) {
		word := at.In(s)
		first, _ := utf8.DecodeRuneInString(word)
		date := unicode.IsDigit(first) || text.DateWord(word, lang)
		if !unicode.IsUpper(first) && !date && !(agency && len(word) <= particle) {
			if comma < 0 || at.Start < comma || len(word) > particle || !text.Stopword(word, lang) {
				return false
			}
			small = true
		}
		capital, dated = capital || unicode.IsUpper(first), dated || date
		words++
	}
	return capital && words <= mostNames && (dated || !small) && (agency || dated || plain && words <= plainNames || strings.ToUpper(s) == s)
}
