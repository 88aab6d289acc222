package story

import (
	"cmp"
	"slices"
)

// What is related to a story is found in two steps, by its articles together: which other stories have something in common
// with some of them, and how likely the articles of both report on one topic. One article alone says too little of that.
const (
	maxVoices    = 5  // articles that speak for a story: the one that is asked about and the newest of the others
	maxRelatives = 16 // stories that are looked at closely

	// relatedAt is how likely a story must be of the same topic to be worth reading beside another.
	relatedAt = .1
)

// relative is a story beside another.
type relative struct {
	story int64
	score float64
}

// relatives are the stories beside the one of an article, the likeliest first.
func (x *Index) relatives(s *scene, r *record) []relative {
	voices := x.voices(r)
	var found []relative
	for _, id := range x.beside(s, voices) {
		members := x.stories[id]
		others := x.voices(members[len(members)-1])
		sum := 0.0
		for _, a := range voices {
			for _, b := range others {
				sum += x.weights.topic(compare(s.view(a), s.view(b)))
			}
		}
		if mean := sum / float64(len(voices)*len(others)); mean >= relatedAt {
			found = append(found, relative{id, mean})
		}
	}
	slices.SortFunc(found, byScore)
	return found
}

func byScore(a, b relative) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.story, b.story))
}

// voices are the articles that speak for the story of r, r first.
func (x *Index) voices(r *record) []*record {
	list := []*record{r}
	for _, m := range slices.Backward(x.stories[r.story]) {
		if m != r && len(list) < maxVoices {
			list = append(list, m)
		}
	}
	return list
}

// beside are the stories of the articles that have most in common with those of one story.
func (x *Index) beside(s *scene, voices []*record) []int64 {
	scores := map[*record]float64{}
	for i, v := range voices {
		for _, c := range s.similar(v) {
			switch {
			case c.record.story == v.story:
			case i == 0: // the article itself counts as much as all the others
				scores[c.record] += c.score
			default:
				scores[c.record] += c.score / float64(len(voices)-1)
			}
		}
	}
	found := make([]candidate, 0, len(scores))
	for o, score := range scores {
		found = append(found, candidate{o, score})
	}
	rank(found)
	var ids []int64
	for _, c := range found {
		if len(ids) == maxRelatives {
			break
		}
		if !slices.Contains(ids, c.record.story) {
			ids = append(ids, c.record.story)
		}
	}
	return ids
}

// related returns the stories beside the one of an article.
func (x *Index) related(s *scene, r *record) []int64 {
	var ids []int64
	for _, o := range x.relatives(s, r) {
		if len(ids) < MaxRelated {
			ids = append(ids, o.story)
		}
	}
	return ids
}

// neighbors returns the articles of the stories beside the one of an article: of each those that are likeliest of its topic first.
func (x *Index) neighbors(r *record) []int64 {
	s := newScene(x)
	var ids []int64
	for _, o := range x.relatives(s, r) {
		var list []candidate
		for _, m := range x.stories[o.story] {
			list = append(list, candidate{m, x.weights.topic(compare(s.view(r), s.view(m)))})
		}
		rank(list)
		for _, c := range list {
			if ids = append(ids, c.record.id); len(ids) == MaxRelated {
				return ids
			}
		}
	}
	return ids
}
