package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// term is a stem of the article.
type term struct {
	stem      string
	function  bool // a function word of the language
	title     bool // in the headline
	digit     bool // begins with one
	count     int  // occurrences in the text
	sentences int  // sentences it occurs in
	last      int  // the latest of them
	first     int  // the earliest of them
	inside    int  // occurrences that do not begin a sentence
	capital   int  // those of them in capitals: a name has as many
	letters   int
	odds      float64 // logarithm of the odds of p
	p         float64 // how likely a summary written by a person has it
	said      int     // stamp of the set that says it
}

// name tells whether the term is mostly written with a capital.
func (t *term) name() bool { return t.capital > 0 && t.capital*2 >= t.inside }

// pair is two terms that follow one another.
type pair struct {
	a, b  int
	title bool
	count int
	first int // the earliest sentence it occurs in
	p     float64
	said  int
}

// reader makes a document; it remembers each word it has met, because stemming is the dearest step.
type reader struct {
	d       *document
	heading string         // the headline, folded
	headed  int            // its words
	stems   map[string]int // by stem
	words   map[string]int // by word as written
	pairs   map[uint64]int // by both terms, 32 bits each
}

func newReader(a *news.Article) *reader {
	words := min(len(a.Text), maxBytes) / 16 // about as many different ones as news articles have
	return &reader{
		d: &document{article: a}, heading: fold(a.Title),
		stems: make(map[string]int, words), words: make(map[string]int, words), pairs: make(map[uint64]int, 2*words),
	}
}

// title reads the headline.
func (r *reader) title() {
	last := -1
	for w := range text.Words(r.d.article.Title) {
		id := r.term(w.In(r.d.article.Title))
		r.d.terms[id].title = true
		if last >= 0 {
			r.d.pairs[r.pair(last, id)].title = true
		}
		last = id
		r.headed++
	}
}

func (r *reader) sentence(span news.Span, part string) {
	k := len(r.d.sentences)
	s := sentence{Span: span, runes: utf8.RuneCountInString(part)}
	s.tokens, s.pairs = make([]int, 0, len(part)/5+1), make([]int, 0, len(part)/5+1)
	for w := range text.Words(part) {
		word := w.In(part)
		id := r.term(word)
		t := &r.d.terms[id]
		r.count(t, &s, k, word)
		if t.last != k {
			t.last = k
			t.sentences++
			if !t.function {
				s.content = append(s.content, id)
			}
		}
		if s.words > 0 {
			p := r.pair(s.tokens[s.words-1], id)
			r.countPair(&r.d.pairs[p], k)
			s.pairs = append(s.pairs, p)
		}
		s.tokens = append(s.tokens, id)
		s.words++
	}
	s.leaning = leans(part, r.d.article.Lang)
	s.opens = opensQuoted(part)
	s.quoted = quotedShare(part)
	s.colon, s.bracket = strings.Contains(part, ": "), strings.Contains(part, "(")
	s.usable = usable(part, s.words) && (s.words != r.headed || fold(part) != r.heading)
	r.d.sentences = append(r.d.sentences, s)
}

// count notes an occurrence of t as word in sentence number k.
func (r *reader) count(t *term, s *sentence, k int, word string) {
	if t.count == 0 {
		t.first = k
	}
	t.count++
	s.number = s.number || t.digit
	if s.words == 0 {
		return
	}
	t.inside++
	if c, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(c) {
		t.capital++
		s.capital++
	}
}

func (r *reader) countPair(p *pair, k int) {
	if p.count == 0 {
		p.first = k
	}
	p.count++
}

// term is the number of a word's stem.
func (r *reader) term(word string) int {
	if id, ok := r.words[word]; ok {
		return id
	}
	lower := strings.ToLower(word)
	stem := text.Stem(lower, r.d.article.Lang)
	id, ok := r.stems[stem]
	if !ok {
		id = len(r.d.terms)
		r.stems[stem] = id
		first, n := utf8.DecodeRuneInString(lower)
		digit := unicode.IsDigit(first)
		r.d.terms = append(r.d.terms, term{
			stem:     stem,
			function: text.Stopword(lower, r.d.article.Lang) || n == len(lower) && n == 1 && !digit,
			digit:    digit, letters: utf8.RuneCountInString(lower), last: -1,
		})
	}
	r.words[word] = id
	return id
}

// pair is the number of a pair of terms.
func (r *reader) pair(a, b int) int {
	key := uint64(a)<<32 | uint64(b)
	id, ok := r.pairs[key]
	if !ok {
		id = len(r.d.pairs)
		r.pairs[key] = id
		r.d.pairs = append(r.d.pairs, pair{a: a, b: b})
	}
	return id
}
