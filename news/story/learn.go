package story

import "time"

// Signs are those that the weights of features must have; 0: any. More in common never speaks against one event.
var Signs = [Features]int{
	fAll: 1, fNames: 1, fNumbers: 1, fHead: 1, fPairs: 1, fJaccard: 1, fHeavyMin: 1, fHeavyMax: 1, fNamesMin: 1, fNamesMax: 1,
	fNumbersMin: 1, fNumbersMax: 1,
	fHeadNamesMin: 1, fHeadNamesMax: 1, fHeadNumbersMin: 1, fHeadNumbersMax: 1, fNamesApart: -1, fNumbersApart: -1, fYearShared: 1, fYearApart: -1,
}

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
		for _, o := range s.candidates(r) {
			if !r.sketch.copies(o.sketch) {
				list = append(list, Example{r.id, o.id, compare(s.view(r), s.view(o))})
			}
		}
	}
	return list
}
