package story

import (
	"slices"
	"testing"
	"time"
)

func TestExplain(t *testing.T) {
	x := New(0)
	var docs []Doc
	for i, k := range []string{"train", "other train", "verdict", "other verdict"} {
		for j, d := range events[k] {
			d.ID, d.Time = int64(10*(i+1)+j), monday.Add(time.Duration(j)*time.Hour)
			x.Add(d)
			docs = append(docs, d)
		}
	}
	by := func(id int64) Doc { return docs[slices.IndexFunc(docs, func(d Doc) bool { return d.ID == id })] }
	e, ok := x.Explain(by(10), by(11))
	if !ok || !e.One || e.Likeness < JoinAt || e.Mean < JoinAt || e.Apart != time.Hour || e.Copies || e.YearsApart {
		t.Errorf("got %+v, %t for one event", e, ok)
	}
	for _, w := range []struct {
		in   []string
		want string
	}{{e.Names, "Tunfoss"}, {e.Names, "Rennick"}, {e.Numbers, "23"}, {e.Words, "switch"}} {
		if !slices.Contains(w.in, w.want) {
			t.Errorf("%q is not among %q", w.want, w.in)
		}
	}
	e, ok = x.Explain(by(10), by(20))
	if !ok || e.One || e.Likeness >= JoinAt || e.Mean >= JoinAt || slices.Contains(e.Names, "Tunfoss") || !slices.Contains(e.Words, "train") {
		t.Errorf("got %+v, %t for two events", e, ok)
	}
	copied := by(10)
	copied.ID = 99
	x.Add(copied)
	if e, ok = x.Explain(copied, by(10)); !ok || !e.Copies || e.Likeness != 1 {
		t.Errorf("got %+v, %t for a copy", e, ok)
	}
	if _, ok = x.Explain(by(10), Doc{ID: 1000}); ok {
		t.Error("explained what it does not know")
	}
}
