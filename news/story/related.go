package story

import "slices"

// maxVoices is how many of a story's newest articles are asked for what is related to it.
const maxVoices = 3

// nearby returns the articles of other stories that are like r and of its story, the most alike first.
func (x *Index) nearby(r *record) []candidate {
	scores := map[*record]float64{}
	voices := []*record{r}
	for _, m := range slices.Backward(x.stories[r.story]) {
		if m != r && len(voices) < maxVoices {
			voices = append(voices, m)
		}
	}
	for i, m := range voices {
		v := x.weigh(m)
		for _, c := range x.records.similar(v) {
			if c.record.story == r.story {
				continue
			}
			// The article itself counts as much as all the others of its story.
			if i == 0 {
				scores[c.record] += c.score
			} else {
				scores[c.record] += c.score / float64(len(voices)-1)
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
