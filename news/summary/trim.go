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

// counted is among how many first words of a clause a number in letters is what it tells: "two of them children".
const counted = 4

// mostEnds is how many function words are taken off the end of what is cut.
const mostEnds = 4

// maxEnds is how many clauses a sentence loses at its end at most.
const maxEnds = 2

// shorter are the ways to say the sentence s with less, as parts of it: without a conjunction before it, and without what
// follows the last comma where that is a clause of its own. Nothing that makes the rest untrue is left out: no
// condition, no source, no contradiction.
func shorter(s, lang string) []news.Span {
	l := languageOf(lang)
	var out []news.Span
	for _, start := range l.starts(s) {
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

// starts are where s can begin: at 0, and behind what ties it to the sentence before.
func (l *language) starts(s string) []int {
	out := []int{0}
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

// end is where s ends without its last clause, which ends with it; 0: nowhere else. Dashes come in pairs mostly: what begins
// between two of them is not cut where it begins.
func (l *language) end(s string) int {
	body := strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '.' })
	if strings.HasSuffix(body, ")") {
		if i := strings.LastIndexByte(body, '('); i > 0 && whole(body[:i]) && !figure(body[i:]) && !l.suspends(body[i:]) {
			return trimmedEnd(s[:i])
		}
	}
	if i := lastSpaced(body, ';'); i > 0 && whole(body[:i]) && whole(body[i:]) && paired(body[i:]) && l.untied(body[i+2:]) == 0 && !l.suspends(body[i:]) {
		return trimmedEnd(s[:i])
	}
	if at, n := dashes(body); at > 0 && n == 1 {
		if tail := strings.TrimLeft(body[at:], " -–—"); whole(body[:at]) && whole(tail) && l.tails(tail) {
			return trimmedEnd(s[:at])
		}
		return 0
	}
	i := lastSpaced(body, ',')
	if i < 0 || !l.tails(body[i+2:]) || !whole(body[:i]) || !whole(body[i:]) || !paired(body[i:]) {
		return 0
	}
	if l.dependent.begin(body) && !strings.Contains(body[:i], ",") {
		return 0 // the clause before depends on another itself
	}
	return trimmedEnd(s[:i])
}

// Clip is s where it has at most n runes; else its beginning with "…", cut before a last clause that the rest can do without, if
// no more than two fifths are lost by that, else between words as text.Clip does.
func Clip(s, lang string, n int) string {
	s = strings.TrimSpace(s)
	clipped := text.Clip(s, n)
	if clipped == s {
		return s
	}
	l, head := languageOf(lang), strings.TrimSuffix(clipped, "…")
	for at := lastSpaced(head, ','); at > len(head)*3/5; at = lastSpaced(head[:at], ',') {
		if clause := s[at+len(", "):]; (l.tail.begin(clause) || l.participle(clause)) && !l.binds(clause) && whole(head[:at]) {
			return head[:at] + "…"
		}
	}
	return sounding(head, lang) + "…"
}

// sounding is s without the function words that it ends with, a few of them at most: "closed by all of".
func sounding(s, lang string) string {
	for range mostEnds {
		at := strings.LastIndexByte(s, ' ')
		if at < 0 || !text.Stopword(fold(s[at+1:]), lang) {
			break
		}
		s = s[:trimmedEnd(s[:at])]
	}
	return s
}

// lastSpaced is where the mark stands that is the last one with a space behind it, -1: nowhere.
func lastSpaced(s string, mark byte) int {
	for i := len(s) - 2; i >= 0; i-- {
		if s[i] == mark && s[i+1] == ' ' {
			return i
		}
	}
	return -1
}

// figure tells whether a bracket holds a number that says more than an age or a page: "(+12%)".
func figure(s string) bool { return strings.ContainsAny(s, "+%‰€$£¥−") }

// paired tells whether the dashes of s come in pairs, as far as that can be seen.
func paired(s string) bool {
	_, n := dashes(s)
	return n%2 == 0
}

func trimmedEnd(s string) int {
	return len(strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) }))
}

// tails tells whether s is a clause that can be left out behind another; one with a number mostly is the news.
func (l *language) tails(s string) bool {
	return (l.tail.begin(s) || l.participle(s)) && !strings.ContainsFunc(s, unicode.IsDigit) && !l.binds(s)
}

// participle tells whether s begins with a verb of the form that such clauses have.
func (l *language) participle(s string) bool {
	for w := range text.Words(s) {
		word := fold(w.In(s))
		return !l.noTail[word] && slices.ContainsFunc(l.tailEnd, func(end string) bool {
			return len(word) > len(end)+2 && strings.HasSuffix(word, end)
		})
	}
	return false
}

// binds tells whether s has a word that makes it a part of what stands before it.
func (l *language) binds(s string) bool {
	n := 0
	for w := range text.Words(s) {
		word := fold(w.In(s))
		if l.bound[word] || begins(word, l.boundStart) || begins(word, l.suspend) || n < counted && l.count[word] {
			return true
		}
		n++
	}
	return false
}

// suspends tells whether s has a word that takes back a part of what stands before it.
func (l *language) suspends(s string) bool {
	if len(l.suspend) == 0 {
		return false
	}
	for w := range text.Words(s) {
		if begins(fold(w.In(s)), l.suspend) {
			return true
		}
	}
	return false
}

// begins tells whether a word has one of the beginnings.
func begins(word string, all []string) bool {
	return slices.ContainsFunc(all, func(start string) bool { return strings.HasPrefix(word, start) })
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
	for _, span := range shorter(s.text, d.lang) {
		from := countWords(s.text[:span.Start])
		p := d.part(&s, span, from, countWords(span.In(s.text)))
		if p.titles < s.titles {
			continue // what the headline names is the news
		}
		added = append(added, len(d.sentences))
		d.sentences = append(d.sentences, p)
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
	p.capital, p.titles, p.number, p.function = 0, 0, false, 0
	for k, id := range p.tokens {
		p.number = p.number || d.terms[id].digit
		if !d.terms[id].function && !slices.Contains(p.content, id) {
			p.content = append(p.content, id)
			p.titles += int(flag(d.terms[id].title))
		}
		if k > 0 {
			if pair := d.reader.pair(p.tokens[k-1], id); !slices.Contains(p.pairs, pair) {
				p.pairs = append(p.pairs, pair)
			}
		}
	}
	p.function, p.central = d.functionWords(&p), d.central(&p)
	first := true
	for w := range text.Words(p.text) {
		c, _ := utf8.DecodeRuneInString(p.text[w.Start:])
		p.capital += int(flag(!first && unicode.IsUpper(c)))
		first = false
	}
	if span.Start > 0 {
		p.telling = far
	}
	p.look(d.lang)
	p.leaning = p.leaning || span.Start == 0 && s.leaning
	if span.Start > 0 {
		p.given = d.given(&p, d.reader.language)
	}
	p.name = d.begins(&p)
	p.traits, p.priced = traitsOf(&p), p.mayCost()
	return p
}
