package story

import "time"

// Features is how many numbers describe a pair of articles.
const Features = int(features)

// Example is a pair of articles, by ID, with its features. The command in train learns from them.
type Example struct {
	A, B int64
	X    [Features]float64
}

// Examples are the pairs of articles that an index would compare. Copies are left out: they are known without weights.
func Examples(docs []Doc) []Example {
	x := NewWith(0, Weights{})
	x.Grow(len(docs))
	for _, d := range docs {
		r := read(d)
		r.at = time.Time{}
		x.keep(r)
	}
	s := newScene(x)
	var list []Example
	for _, r := range x.records.list {
		for _, o := range x.candidates(s.view(r)) {
			if !r.sketch.copies(o.sketch) {
				list = append(list, Example{r.id, o.id, compare(s.view(r), s.view(o))})
			}
		}
	}
	return list
}
