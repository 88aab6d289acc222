package summary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// leftWords is how many words a shortened sentence has at least.
const leftWords = 7

// maxEnds is how many clauses a sentence loses at its end at most.
const maxEnds = 2

// shorter are the ways to say the sentence s with less, as parts of it: without a place line or a conjunction before
// it, and without what follows the last comma where that is a clause of its own. Nothing that makes
// the rest untrue is left out: no condition, no source, no contradiction. first: it is the first of its text.
func shorter(s, lang string, first bool) []news.Span {
	l := languageOf(lang)
	var out []news.Span
	for _, start := range l.starts(s, first) {
		end := len(s)
		for range maxEnds + 1 {
			p := news.Span{Start: start, End: end}
			if p.Len() < len(s) && countWords(p.In(s)) >= leftWords {
				out = append(out, p)
			}
			n := l.end(p.In(s))
			if n == 0 {
				break
			}
			end = start + n
		}
	}
	return out
}

// starts are where s can begin: at 0, and behind a place line or what ties it to the sentence before.
func (l *language) starts(s string, first bool) []int {
	out := []int{0}
	if i := placed(s); i > 0 && first {
		return append(out, i)
	}
	if i := l.untied(s); i > 0 {
		out = append(out, i)
	}
	return out
}

func countWords(s string) int {
	n := 0
	for range text.Words(s) {
		n++
	}
	return n
}

// untied is where s begins without the word that only ties it to the sentence before; 0: with it.
func (l *language) untied(s string) int {
	for w := range text.Words(s) {
		word := fold(w.In(s))
		rest := s[w.End:]
		bare := strings.TrimLeft(rest, ", \u00a0")
		ties := l.tie[word] || l.tieComma[word] && strings.HasPrefix(rest, ",")
		next, _ := utf8.DecodeRuneInString(bare)
		if w.Start > 0 || !ties || bare == rest || !unicode.IsLetter(next) && !unicode.IsDigit(next) {
			return 0
		}
		return len(s) - len(bare)
	}
	return 0
}

// How far into a text a place line goes, and how long the name of the agency in it is, in bytes.
const maxPlace, maxAgency = 60, 30

// placed is where s begins behind a place line, such as "LONDON (News) - " or "(NEWS) "; 0: there is none.
func placed(s string) int {
	place, rest, ok := strings.Cut(s[:min(len(s), maxPlace)], "(")
	agency, rest, closed := strings.Cut(rest, ")")
	if !ok || !closed || agency == "" || len(agency) > maxAgency || strings.Count(place, " ") > 3 {
		return 0
	}
	at := len(place) + len(agency) + len("()")
	bare := strings.TrimLeft(rest, " -–—:\u00a0")
	dash := strings.ContainsAny(rest[:len(rest)-len(bare)], "-–—:")
	if bare == "" || bare == rest || !dash && (place != "" || strings.ToUpper(agency) != agency) {
		return 0
	}
	return at + len(rest) - len(bare)
}

// end is where s ends without its last clause; 0: nowhere else.
func (l *language) end(s string) int {
	body := strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '.' })
	if strings.HasSuffix(body, ")") {
		if i := strings.LastIndexByte(body, '('); i > 0 && whole(body[:i]) {
			return trimmedEnd(s[:i])
		}
	}
	if i := strings.LastIndex(body, "; "); i > 0 && whole(body[:i]) && whole(body[i:]) {
		return trimmedEnd(s[:i])
	}
	if i := dashed(body); i > 0 && whole(body[:i]) && whole(body[i:]) {
		return trimmedEnd(s[:i])
	}
	i := strings.LastIndex(body, ", ")
	if i < 0 || !whole(body[:i]) || !whole(body[i:]) || !l.tails(body[i+2:]) {
		return 0
	}
	if l.dependent.begin(body) && !strings.Contains(body[:i], ",") {
		return 0 // the clause before depends on another itself
	}
	return trimmedEnd(s[:i])
}

// dashed is where s has its one dash between words; -1: none, or several, which come in pairs.
func dashed(s string) int {
	at := -1
	for _, dash := range []string{" –", " —", " -"} {
		i := strings.Index(s, dash)
		if i < 0 {
			continue
		}
		if at >= 0 && i >= 0 || strings.Contains(s[i+len(dash):], dash) || !strings.HasPrefix(s[i+len(dash):], " ") {
			return -1
		}
		at = i
	}
	return at
}

func trimmedEnd(s string) int {
	return len(strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) }))
}

// tails tells whether s is a clause that can be left out behind another.
func (l *language) tails(s string) bool {
	if l.tail.begin(s) {
		return true
	}
	for w := range text.Words(s) {
		word := fold(w.In(s))
		return !l.noTail[word] && slices.ContainsFunc(l.tailEnd, func(end string) bool {
			return len(word) > len(end)+2 && strings.HasSuffix(word, end)
		})
	}
	return false
}

// whole tells whether brackets and quotation marks in s are closed.
func whole(s string) bool {
	depth, straight, quotes, low := 0, 0, 0, 0
	for i, r := range s {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '"':
			straight++
		case '„':
			low++
		case '“':
			if low > 0 { // closes in German
				low--
			} else {
				quotes++
			}
		case '«':
			quotes++
		case '”', '»':
			quotes--
		case '\'', '‘':
			if i == 0 || s[i-1] == ' ' {
				return false
			}
		}
	}
	return depth == 0 && straight%2 == 0 && quotes == 0 && low == 0
}

// shorten adds the shorter forms of sentence k, and returns their numbers.
func (d *document) shorten(k int) []int {
	s := d.sentences[k]
	if s.inside {
		return nil // what is left out may hold the end of what somebody says
	}
	var added []int
	for _, span := range shorter(s.text, d.lang, s.place == 0) {
		from := countWords(s.text[:span.Start])
		added = append(added, len(d.sentences))
		d.sentences = append(d.sentences, d.part(&s, span, from, countWords(span.In(s.text))))
	}
	return added
}

// part is the part of s at span, which has n words from the one numbered from.
func (d *document) part(s *sentence, span news.Span, from, n int) sentence {
	p := *s
	p.part, p.words = true, n
	p.text = span.In(s.text)
	p.Span = news.Span{Start: s.Start + span.Start, End: s.Start + span.End}
	p.tokens, p.pairs, p.content = s.tokens[from:from+n], nil, nil
	p.capital, p.number, p.function = 0, false, 0
	for k, id := range p.tokens {
		p.number = p.number || d.terms[id].digit
		if !d.terms[id].function && !slices.Contains(p.content, id) {
			p.content = append(p.content, id)
		}
		if k > 0 {
			if pair := d.reader.pair(p.tokens[k-1], id); !slices.Contains(p.pairs, pair) {
				p.pairs = append(p.pairs, pair)
			}
		}
	}
	p.function = d.functionWords(&p)
	first := true
	for w := range text.Words(p.text) {
		c, _ := utf8.DecodeRuneInString(p.text[w.Start:])
		p.capital += int(flag(!first && unicode.IsUpper(c)))
		first = false
	}
	p.look(d.lang)
	p.name = d.begins(&p)
	return p
}
