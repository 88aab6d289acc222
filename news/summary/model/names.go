package model

import "slices"

// apart is how many words may stand between the parts of a name that a summary shortens: "Mayor Solberg" for "Mayor
// Ingrid Solberg".
const apart = 2

// place is a word with a capital and where it stands in the article.
type place struct {
	name string
	at   int
}

// joined tells whether two names that follow one another in a summary do so in the article: that has no "Ingrid
// Halvorsen" whose Ingrid is called Solberg. What it also writes without a capital is no name.
func (e *evidence) joined(a, b *token) bool {
	if e.lower[a.word] || e.lower[b.word] {
		return true
	}
	known := false
	for i, x := range e.places {
		if !sameName(a.word, x.name) {
			continue
		}
		known = true
		for _, y := range e.places[i+1:] {
			if y.at > x.at+1+apart {
				break
			}
			if sameName(b.word, y.name) {
				return true
			}
		}
	}
	return !known
}

// strange tells whether words join names that the article does not.
func (e *evidence) strange(words []token) bool {
	for i := range words[:max(0, len(words)-1)] {
		a, b := &words[i], &words[i+1]
		names := a.capital && b.capital && a.phrase == b.phrase && !a.stop && !b.stop && !a.date && !b.date
		if names && !e.joined(a, b) {
			return true
		}
	}
	return false
}

// placesOf are the words with a capital.
func placesOf(words []token) []place {
	var out []place
	for i, w := range words {
		if w.capital {
			out = append(out, place{w.word, i})
		}
	}
	return slices.Clip(out)
}
