package story

import "math"

// statistics knows how common words are: in how many of the remembered articles each one stands. It depends on these
// alone, so that an index filled anew weighs as the one that placed them.
type statistics struct {
	docs   int
	having map[uint32]int32
}

func newStatistics() statistics { return statistics{having: map[uint32]int32{}} }

// The rarity of words before anything was read: as if priorDocs articles had been, of which a word that is not yet known
// stands in priorShare. Most plain words of an article are common ones, most names and numbers are not.
const priorDocs = 100

var priorShare = [kinds]float64{plain: .03, name: .002, number: .002}

// add counts an article's words.
func (s *statistics) add(terms []term) {
	s.docs++
	for _, t := range terms {
		s.having[t.key]++
	}
}

// remove takes back what add counted.
func (s *statistics) remove(terms []term) {
	s.docs--
	for _, t := range terms {
		if s.having[t.key]--; s.having[t.key] <= 0 {
			delete(s.having, t.key)
		}
	}
}

// rarity is the logarithm of how many articles there are to one that has the word, at least 0.
func (s *statistics) rarity(t *term) float64 {
	all, having := float64(s.docs+priorDocs), float64(s.having[t.key])+1+priorDocs*priorShare[t.kind]
	return max(0, math.Log(all/having))
}
