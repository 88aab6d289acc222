package story

import (
	"cmp"
	"math"
	"slices"
)

// joinAt is the likeness from which on an article belongs to a story. Between .45 and .6 little changes.
const joinAt = .48

// bestShare is the part of the nearest member in an article's likeness to a story; all members share the rest. The
// nearest alone would chain different events together, the mean alone would split what is told in two ways.
const bestShare = .8

// The weights of a logistic regression for "these two articles report one event", over the square roots of cosines: of
// all words, of numbers, of plain words. Plain words count against: what is alike must be more than the kind of event.
const (
	biasWeight   = -7.6
	allWeight    = 18.5
	numberWeight = 2.9
	plainWeight  = -6.0
)

// maxMembers bounds how many members of a story an article is compared with: the first, which made the story, and the
// newest.
const maxMembers = 24

// find returns the story that an article belongs to.
func (x *Index) find(r *record) (int64, bool) {
	if s, ok := x.copied(r); ok {
		return s, true
	}
	var best int64
	score, found := joinAt, false
	seen := map[int64]bool{}
	for _, c := range x.records.similar(r) {
		s := c.record.story
		if seen[s] || !x.near(r, c.record) {
			continue
		}
		seen[s] = true
		if l := x.likeness(r, s); l > score {
			best, score, found = s, l, true
		}
	}
	return best, found
}

// copied returns the story of an article that has the same runs of words, the oldest where there are several.
func (x *Index) copied(r *record) (int64, bool) {
	var of *record
	for _, h := range r.sketch.keys() {
		for _, slot := range x.records.runs[h] {
			o := x.records.at(slot)
			if (of == nil || o.slot < of.slot) && x.near(r, o) && r.sketch.copies(o.sketch) {
				of = o
			}
		}
	}
	if of == nil {
		return 0, false
	}
	return of.story, true
}

// near tells whether two articles are within the window of each other.
func (x *Index) near(a, b *record) bool {
	return a.at.IsZero() || b.at.IsZero() || a.at.Sub(b.at).Abs() <= x.window
}

// likeness is how much an article is like a story, 0 to 1.
func (x *Index) likeness(r *record, story int64) float64 {
	members := x.stories[story]
	if n := len(members); n > maxMembers {
		members = append(slices.Clone(members[:maxMembers/3]), members[n-maxMembers*2/3:]...)
	}
	var best, sum float64
	for _, m := range members {
		l := r.likeness(m)
		best, sum = max(best, l), sum+l
	}
	return bestShare*best + (1-bestShare)*sum/float64(len(members))
}

// likeness is the probability that two articles report one event.
func (r *record) likeness(o *record) float64 {
	var all float64
	var shared [kinds]float64
	for i, j := 0, 0; i < len(r.terms) && j < len(o.terms); {
		switch a, b := r.terms[i], o.terms[j]; cmp.Compare(a.key, b.key) {
		case -1:
			i++
		case 1:
			j++
		default:
			w := float64(a.weight) * float64(b.weight)
			if all += w; a.kind == b.kind {
				shared[a.kind] += w
			}
			i, j = i+1, j+1
		}
	}
	cosine := func(k kind) float64 {
		if l := float64(r.lengths[k]) * float64(o.lengths[k]); l > 0 {
			return math.Sqrt(shared[k] / l)
		}
		return 0
	}
	z := biasWeight + allWeight*math.Sqrt(all) +
		numberWeight*cosine(number) + plainWeight*cosine(plain)
	return 1 / (1 + math.Exp(-z))
}

// relatedAt is the cosine from which on an article is worth reading beside another. Two of one event have twice that.
const relatedAt = .06

// maxVoices is how many of a story's newest articles are asked for what is related to it.
const maxVoices = 3

// nearby returns the articles of other stories that are like r and of its story, the most alike first.
func (x *Index) nearby(r *record) []candidate {
	scores := map[*record]float32{}
	voices := []*record{r}
	for _, m := range slices.Backward(x.stories[r.story]) {
		if m != r && len(voices) < maxVoices {
			voices = append(voices, m)
		}
	}
	for i, v := range voices {
		for _, c := range x.records.similar(v) {
			if c.record.story == r.story {
				continue
			}
			// The article itself counts as much as all the others of its story.
			if i == 0 {
				scores[c.record] += c.score
			} else {
				scores[c.record] += c.score / float32(len(voices)-1)
			}
		}
	}
	found := make([]candidate, 0, len(scores))
	for o, score := range scores {
		found = append(found, candidate{o, score})
	}
	rank(found)
	return found
}

// related returns the stories of the articles near to a story's newest one.
func (x *Index) related(story int64) []int64 {
	members := x.stories[story]
	if len(members) == 0 {
		return nil
	}
	var ids []int64
	for _, c := range x.nearby(members[len(members)-1]) {
		if !slices.Contains(ids, c.record.story) {
			ids = append(ids, c.record.story)
		}
		if len(ids) == MaxRelated {
			break
		}
	}
	return ids
}
