package story

import (
	"slices"
	"testing"
)

func TestRelated(t *testing.T) {
	x := New(0)
	for i, k := range []string{"train", "launch", "other train"} {
		for j, d := range events[k] {
			d.ID = int64(10*(i+1) + j)
			x.Add(d)
		}
	}
	if got := x.Related(10); len(got) == 0 || got[0] != 30 {
		t.Errorf("got %v related to one derailment, want the other, 30, first", got)
	}
	if got := x.Neighbors(30); len(got) == 0 || slices.Contains(got, 31) || got[0] < 10 || got[0] > 12 {
		t.Errorf("got neighbours %v, want articles of the other derailment first and none of the same", got)
	}
	if got := append(x.Related(99), x.Neighbors(99)...); got != nil {
		t.Errorf("got %v for what is not there", got)
	}
}
