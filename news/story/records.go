package story

import (
	"slices"
	"time"
)

// records are the remembered articles in order of arrival, with an inverted index over their words and runs of words.
type records struct {
	list  []*record // list[0] is the oldest
	next  int       // slot of the next one
	words map[uint64][]posting
	runs  map[uint64][]*record
}

// posting says that a record has a word, and how much it weighs there.
type posting struct {
	record *record
	weight float32
}

// Bounds of the work for one article. A word that more than maxPostings recent articles have tells little; of the
// candidates that remain, more than maxCandidates never hold the right one.
const (
	maxPostings   = 400
	maxCandidates = 64
)

func newRecords() records {
	return records{words: map[uint64][]posting{}, runs: map[uint64][]*record{}}
}

func (s *records) len() int { return len(s.list) }

func (s *records) oldest() *record { return s.list[0] }

func (s *records) add(r *record) {
	r.slot = s.next
	s.next++
	s.list = append(s.list, r)
	for _, t := range r.terms {
		s.words[t.key] = append(s.words[t.key], posting{r, t.weight})
	}
	for _, h := range r.sketch.keys() {
		s.runs[h] = append(s.runs[h], r)
	}
}

// remove forgets the oldest record.
func (s *records) remove(r *record) {
	s.list[0] = nil
	s.list = s.list[1:]
	for _, t := range r.terms {
		drop(s.words, t.key, func(p posting) bool { return p.record == r })
	}
	for _, h := range r.sketch.keys() {
		drop(s.runs, h, func(o *record) bool { return o == r })
	}
}

// drop takes the first element of a list out, if it is gone, and the list itself when it is empty.
func drop[T any](lists map[uint64][]T, key uint64, gone func(T) bool) {
	l := lists[key]
	if len(l) == 0 || !gone(l[0]) {
		return
	}
	if len(l) == 1 {
		delete(lists, key)
		return
	}
	var zero T
	l[0] = zero
	lists[key] = l[1:]
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
	score  float32
}

// similar returns up to maxCandidates records that share words with r, the nearest first.
func (s *records) similar(r *record) []candidate {
	scores := map[*record]float32{}
	for _, t := range r.terms {
		list := s.words[t.key]
		for _, p := range list[max(0, len(list)-maxPostings):] {
			if p.record != r {
				scores[p.record] += t.weight * p.weight
			}
		}
	}
	found := ranked(scores)
	return found[:min(len(found), maxCandidates)]
}
