package story

import "math"

// statistics knows how common words are: in how many of the articles read so far each one stands. Old articles fade.
type statistics struct {
	docs   int
	having map[uint64]int32
}

func newStatistics() statistics { return statistics{having: map[uint64]int32{}} }

// fadeAfter is when all counts are halved: it bounds the memory, and a word that was rare last year is judged by this
// year's news.
const fadeAfter = 100_000

// The rarity of words before anything was read: as if priorDocs articles had been, of which a word that is not yet
// known stands in priorShare.
const (
	priorDocs  = 100
	priorShare = .002
)

// add counts an article's words.
func (s *statistics) add(terms []term) {
	s.docs++
	for _, t := range terms {
		s.having[t.key]++
	}
	if s.docs >= fadeAfter {
		s.fade()
	}
}

func (s *statistics) fade() {
	s.docs /= 2
	for k, n := range s.having {
		if n /= 2; n == 0 {
			delete(s.having, k)
		} else {
			s.having[k] = n
		}
	}
}

// rarity is the logarithm of how many articles there are to one that has the word, at least 0.
func (s *statistics) rarity(key uint64) float32 {
	all, having := float64(s.docs+priorDocs), float64(s.having[key])+1+priorDocs*priorShare
	return float32(max(0, math.Log(all/having)))
}
