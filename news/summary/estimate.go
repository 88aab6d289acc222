package summary

import (
	"math"
	"strings"

	"herald/news/text"
)

// What a person would write about the article is not known, but some words of it are likelier to be there than others:
// those that come early and often, those of the headline, names. Each term, and each pair of neighbours, gets a
// probability by logistic regression over such features; no feature knows which word it is about. The sums of the
// probabilities over a summary are the words and pairs it can be expected to share with a written one.

// Features of a term, in the order of its weights.
func (d *document) termFeatures(t *term) [termFeatures]float64 {
	first := float64(t.first)
	count := ln(t.count)
	untitled := d.headed && !t.title
	return [...]float64{
		1, count, ln(t.sentences), float64(t.count) / math.Sqrt(d.length),
		1 / (1 + first), ln(1 + t.first), first / max(d.length, 1), math.Log(max(d.length, 1)) - 3,
		flag(t.title), flag(t.title) * count, flag(untitled),
		flag(t.name()), flag(t.digit), ln(t.letters),
	}
}

// Features of a pair, in the order of its weights.
func (d *document) pairFeatures(p *pair) [pairFeatures]float64 {
	a, b := &d.terms[p.a], &d.terms[p.b]
	return [...]float64{
		1, ln(p.count), a.odds, b.odds, min(a.odds, b.odds), flag(p.title),
		1 / (1 + float64(p.first)), ln(1 + p.first),
		flag(a.function), flag(b.function), flag(a.function && b.function), flag(a.name() && b.name()),
	}
}

// estimate fills in the probabilities, and what can only be told when the whole text is read.
func (d *document) estimate() {
	if len(d.sentences) == 0 {
		return // nothing is counted
	}
	w := d.weights
	square := 0
	for i := range d.terms {
		t := &d.terms[i]
		weights := w.Content
		if t.function {
			weights = w.Function
		} else {
			square += t.sentences * t.sentences
		}
		x := d.termFeatures(t)
		t.odds = dot(weights, x[:])
		t.p = logistic(t.odds)
	}
	d.breadth = math.Sqrt(float64(square))
	for i := range d.sentences {
		s := &d.sentences[i]
		s.name, s.function, s.central = d.begins(s), d.functionWords(s), d.central(s)
		s.traits, s.priced = traitsOf(s), s.mayCost()
	}
	for i := range d.pairs {
		x := d.pairFeatures(&d.pairs[i])
		d.pairs[i].p = logistic(dot(w.Pair, x[:]))
	}
}

// central is the cosine of the angle between the content of s and that of the whole.
func (d *document) central(s *sentence) float64 {
	sum := 0
	for _, id := range s.content {
		sum += d.terms[id].sentences
	}
	return float64(sum) / math.Sqrt(float64(len(s.content)+1)) / (d.breadth + 1)
}

// begins is the term of the name that a sentence begins with, perhaps behind a word like "Mr", -1: none. A full name introduces
// itself, one from the headline is known, and what
// stands behind a comma or in a bracket says who it is.
func (d *document) begins(s *sentence) int {
	tokens := s.tokens
	if len(tokens) > 1 && s.kinds.is(honorific) && d.reader.language.kinds[fold(d.terms[tokens[0]].written)].is(honorific) {
		tokens = tokens[1:]
	}
	if len(tokens) == 0 || len(tokens) > 1 && d.terms[tokens[1]].name() {
		return none
	}
	if t := &d.terms[tokens[0]]; t.function || t.title || t.digit || !t.name() || apposed(s.text, len(s.tokens)-len(tokens)) {
		return none
	}
	return tokens[0]
}

// apposed tells whether a comma or a bracket stands behind word n of s.
func apposed(s string, n int) bool {
	for w := range text.Words(s) {
		if n == 0 {
			return strings.HasPrefix(s[w.End:], ", ") || strings.HasPrefix(s[w.End:], " (")
		}
		n--
	}
	return false
}

// expected is how many words and pairs the sentences are expected to share with a written summary. A content word or
// a pair counts once, however often it is said.
func (d *document) expected(set []int) (words, pairs float64) {
	d.stamp++
	for _, i := range set {
		w, p := d.gain(&d.sentences[i])
		words, pairs = words+w, pairs+p
		d.say(&d.sentences[i])
	}
	return words, pairs
}

// gain is what s adds to what was said since the stamp last changed.
func (d *document) gain(s *sentence) (words, pairs float64) {
	words = s.function
	for _, id := range s.content {
		if t := &d.terms[id]; t.said != d.stamp {
			words += t.p
		}
	}
	for _, id := range s.pairs {
		if p := &d.pairs[id]; p.said != d.stamp {
			pairs += p.p
		}
	}
	return words, pairs
}

func (d *document) say(s *sentence) {
	for _, id := range s.content {
		d.terms[id].said = d.stamp
	}
	for _, id := range s.pairs {
		d.pairs[id].said = d.stamp
	}
}

// functionWords is how many of the function words of s are expected in a written summary.
func (d *document) functionWords(s *sentence) float64 {
	sum := 0.0
	for _, id := range s.tokens {
		if t := &d.terms[id]; t.function {
			sum += t.p
		}
	}
	return sum
}

// logistic is the probability of odds, by their logarithm: the straight line between the two next in a table, which is right
// to a hundred-thousandth and several times as fast as computing it for every pair of words.
func logistic(x float64) float64 {
	at := (min(max(x, -widest), widest) + widest) * perUnit
	i := max(0, min(int(at), len(logistics)-2))
	return logistics[i] + (at-float64(i))*(logistics[i+1]-logistics[i])
}

const (
	// widest are the odds from which it is all but certain.
	widest = 12
	// perUnit is how many values the table has between two whole numbers.
	perUnit = 32
)

var logistics = func() (table [2*widest*perUnit + 1]float64) {
	for i := range table {
		table[i] = 1 / (1 + math.Exp(widest-float64(i)/perUnit))
	}
	return table
}()

// logs holds the logarithms of small numbers, of which there are several for each word.
var logs = func() (table [1024]float64) {
	for n := 2; n < len(table); n++ {
		table[n] = math.Log(float64(n))
	}
	return table
}()

// ln is the natural logarithm of n, which is taken as 1 at least.
func ln(n int) float64 {
	if n < len(logs) {
		return logs[max(n, 1)]
	}
	return math.Log(float64(n))
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range b {
		sum += a[i] * x
	}
	return sum
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
