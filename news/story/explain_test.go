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
	if !ok || !e.One || e.Likeness < e.From || e.Mean < e.From || e.Apart != time.Hour || e.Copies || e.YearsApart {
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
	if !ok || e.One || e.Likeness >= e.From || e.Mean >= e.From || slices.Contains(e.Names, "Tunfoss") || !slices.Contains(e.Words, "train") {
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

// TestExplainMean: the mean is over all articles of a story, or of both.
func TestExplainMean(t *testing.T) {
	x := New(0)
	var train, other []Doc
	for i := range 8 {
		d := events["train"][1]
		d.ID, d.Text = int64(i+1), d.Text+[]string{" Buses run.", " Snow fell."}[i%2]
		x.Add(d)
		train = append(train, d)
	}
	for i, d := range events["other train"] {
		d.ID = int64(20 + i)
		x.Add(d)
		other = append(other, d)
	}
	for _, c := range []struct {
		a, b []Doc
	}{{train[:1], train[1:]}, {train, other}} {
		sum := 0.0
		for _, a := range c.a {
			for _, b := range c.b {
				e, _ := x.Explain(a, b)
				sum += e.Likeness
			}
		}
		want := sum / float64(len(c.a)*len(c.b))
		if e, _ := x.Explain(c.a[0], c.b[0]); e.Mean < want-1e-9 || e.Mean > want+1e-9 {
			t.Errorf("got %v of %d and %d articles, want %v", e.Mean, len(c.a), len(c.b), want)
		}
	}
}
