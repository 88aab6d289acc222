package story

import "slices"

// central are the articles of a story, the most central first: the one that is most like all the others, the older of two equals.
// Those whose title says nothing come last. Of a story with many articles they are those that grouping compares.
func (s *scene) central(c *cluster) []int64 {
	voices := slices.SortedFunc(slices.Values(c.voices), bySlot) // so that sums are the same however the story was put together
	found := make([]candidate, len(voices))
	for i, a := range voices {
		found[i].record = a
		if len(a.heading.words) == 0 {
			found[i].score = -float64(len(voices))
		}
		for _, b := range voices {
			if a != b {
				found[i].score += s.likeness(a, b)
			}
		}
	}
	rank(found)
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.record.id
	}
	return ids
}
