package summary

import (
	"herald/news"
	"herald/news/text"
)

// Trial is an article as the training command sees it: with features, for which weights are sought. Not safe for
// concurrent use.
type Trial struct {
	d *document
	n int
}

// Sample is something a written summary has or has not, with the features that are to foretell it.
type Sample struct {
	Terms    []string // one stem, or two neighbours
	Function bool     // a function word
	X        []float64
}

// Selection is a possible summary.
type Selection struct {
	Sentences []string
	X         []float64
	Loss      float64 // what no weight is sought for: by what readers mind
}

// NewTrial reads an article of which n sentences are wanted.
func NewTrial(a *news.Article, n int, w *Weights) *Trial { return &Trial{d: read(w, a), n: n} }

// Terms are the terms of the text; Weights are not needed for them.
func (t *Trial) Terms() []Sample {
	var out []Sample
	for i := range t.d.terms {
		if x := &t.d.terms[i]; x.count > 0 {
			f := t.d.termFeatures(x)
			out = append(out, Sample{Terms: []string{t.stem(i)}, Function: x.function, X: f[:]})
		}
	}
	return out
}

// Pairs are the pairs of neighbours in the text; their features need Weights.Content and Weights.Function.
func (t *Trial) Pairs() []Sample {
	var out []Sample
	for i := range t.d.pairs {
		if x := &t.d.pairs[i]; x.count > 0 {
			terms := []string{t.stem(x.a), t.stem(x.b)}
			f := t.d.pairFeatures(x)
			out = append(out, Sample{Terms: terms, X: f[:]})
		}
	}
	return out
}

func (t *Trial) stem(term int) string { return text.Stem(t.d.terms[term].written, t.d.lang) }

// Selections are all sets of up to n of the sentences worth trying; which those are, and the features, needs Weights.
func (t *Trial) Selections() []Selection {
	var out []Selection
	for _, set := range t.sets() {
		f := t.d.features(set, t.n)
		loss := dot(t.d.weights.sets(t.n), f[:]) - t.d.weigh(set, t.n).worth
		out = append(out, Selection{Sentences: t.texts(set), X: f[:], Loss: loss})
	}
	return out
}

// sets are the sets of sentences, each in the order of the text.
func (t *Trial) sets() [][]int {
	var out [][]int
	tried := t.d.tried(t.n)
	var grow func(from int, set []int)
	grow = func(from int, set []int) {
		if len(set) > 0 {
			out = append(out, set)
		}
		if len(set) == t.n {
			return
		}
		for k := from; k < len(tried); k++ {
			if !t.d.has(set, tried[k]) {
				grow(k+1, t.d.with(nil, set, tried[k]))
			}
		}
	}
	grow(0, nil)
	return out
}

func (t *Trial) texts(set []int) []string {
	var out []string
	for _, i := range set {
		out = append(out, t.d.sentences[i].text)
	}
	return out
}

// Choose is the summary by w.
func (t *Trial) Choose() []string { return t.texts(t.d.choose(room{sentences: t.n}, none)) }

// Lead is the first n sentences.
func (t *Trial) Lead() []string {
	var out []int
	for i := range t.d.sentences {
		if len(out) < t.n && !t.d.sentences[i].part {
			out = append(out, i)
		}
	}
	return t.texts(out)
}
