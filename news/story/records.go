package story

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// records are the remembered articles in order of arrival, with an inverted index over their words and runs of words.
// The index names a record by its slot, which grows with every record; list[i] has the slot first+i.
type records struct {
	list  []*record
	first uint32
	words map[uint32][]posting
	runs  map[uint64][]uint32

	scores  []float32 // of list, all zero between two calls of similar
	touched []uint32  // slots with a score
}

// posting says that a record has a word, and how much it counts there.
type posting struct {
	slot  uint32
	count float32
}

// Bounds of the work for one article. A word that more than maxPostings recent articles have tells little; of the
// candidates that remain, more than maxCandidates never hold the right one.
const (
	maxPostings   = 256
	maxCandidates = 64
)

func newRecords() records {
	return records{words: map[uint32][]posting{}, runs: map[uint64][]uint32{}}
}

func (s *records) len() int { return len(s.list) }

func (s *records) oldest() *record { return s.list[0] }

func (s *records) newest() *record { return s.list[len(s.list)-1] }

func (s *records) at(slot uint32) *record { return s.list[slot-s.first] }

func (s *records) add(r *record) {
	r.slot = s.first + uint32(len(s.list))
	s.list = append(s.list, r)
	s.scores = append(s.scores, 0)
	length := 0.0
	for _, t := range r.terms {
		length += float64(t.count) * float64(t.count)
	}
	for _, t := range r.terms {
		s.words[t.key] = append(s.words[t.key], posting{r.slot, t.count / float32(math.Sqrt(length))})
	}
	for _, h := range r.sketch.keys() {
		s.runs[h] = append(s.runs[h], r.slot)
	}
}

// removeOldest forgets the oldest record.
func (s *records) removeOldest() {
	r := s.list[0]
	s.unlist(r)
	s.list[0] = nil
	s.list, s.scores, s.first = s.list[1:], s.scores[1:], s.first+1
}

// removeNewest forgets the newest record.
func (s *records) removeNewest() {
	n := len(s.list) - 1
	s.unlist(s.list[n])
	s.list[n] = nil
	s.list, s.scores = s.list[:n], s.scores[:n]
}

// unlist takes a record that is the oldest or the newest out of the inverted index.
func (s *records) unlist(r *record) {
	for _, t := range r.terms {
		drop(s.words, t.key, func(p posting) bool { return p.slot == r.slot })
	}
	for _, h := range r.sketch.keys() {
		drop(s.runs, h, func(slot uint32) bool { return slot == r.slot })
	}
}

// drop takes the first or the last element of a list out, if it is gone, and the list itself when it is empty.
func drop[K comparable, T any](lists map[K][]T, key K, gone func(T) bool) {
	l := lists[key]
	switch {
	case len(l) > 0 && gone(l[0]):
		l = l[1:]
	case len(l) > 0 && gone(l[len(l)-1]):
		l = l[:len(l)-1]
	}
	if len(l) == 0 {
		delete(lists, key)
	} else {
		lists[key] = l
	}
}

// staleRun is how many articles in a row must have moved on before the oldest is forgotten for its age: one wrong date
// in the future must not empty the index.
const staleRun = 16

// stale tells whether the oldest record has left the window.
func (s *records) stale(window time.Duration) bool {
	if len(s.list) <= staleRun || s.list[0].at.IsZero() {
		return false
	}
	limit := s.list[0].at.Add(window)
	return !slices.ContainsFunc(s.list[len(s.list)-staleRun:], func(r *record) bool {
		return r.at.IsZero() || !r.at.After(limit)
	})
}

// candidate is a record with how much it has in common with another.
type candidate struct {
	record *record
	score  float64
}

// similar returns up to maxCandidates records that share words with v, the nearest first.
func (s *records) similar(v *view) []candidate {
	for i, t := range v.terms {
		w := float32(v.weights[i] * v.rare[i])
		list := s.words[t.key]
		for _, p := range list[max(0, len(list)-maxPostings):] {
			score := &s.scores[p.slot-s.first]
			if *score == 0 {
				s.touched = append(s.touched, p.slot)
			}
			*score += w * p.count
		}
	}
	found, least := make([]candidate, 0, 2*maxCandidates), 0.0
	for _, slot := range s.touched {
		score := float64(s.scores[slot-s.first])
		s.scores[slot-s.first] = 0
		if o := s.at(slot); o.id != v.id && score > 0 && score >= least {
			if found = append(found, candidate{o, score}); len(found) == cap(found) { // most share little: they are not sorted
				rank(found)
				found = found[:maxCandidates]
				least = found[maxCandidates-1].score
			}
		}
	}
	s.touched = s.touched[:0]
	rank(found)
	return found[:min(len(found), maxCandidates)]
}

// rank sorts candidates, the best first, the older of two equals first.
func rank(found []candidate) {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.record.slot, b.record.slot))
	})
}
