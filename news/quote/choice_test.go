package quote

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestChoicesHaveAllFeatures(t *testing.T) {
	a := &news.Article{Lang: "en", Text: "“Go,” he said. Tom Reed met Ida Brenner.\n\n“The bridge is old.”\n\nThe mayor wrote of “a long night” in May."}
	choices := Choices(a)
	if len(choices) == 0 {
		t.Fatal("no choices")
	}
	for _, c := range choices {
		for i, o := range c.Options {
			if len(o.X) != speakerFeatures {
				t.Errorf("%q: %d features, want %d", o.In(a.Text), len(o.X), speakerFeatures)
			}
			if o.Ruled && i > 0 {
				t.Errorf("%q: what the rules chose comes at place %d", o.In(a.Text), i)
			}
		}
	}
}

func TestForestIsReadAsWritten(t *testing.T) {
	f := &Forest{Trees: [][]Node{{{Feature: 1, Value: 2.5, Left: 1}, {Feature: -1, Value: -0.5}, {Feature: -1, Value: 0.25}}}}
	got, err := ParseForest(f.String(), 2)
	if diff := cmp.Diff(f, got); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
	if l, r := got.Odds([]float64{0, 2.5}), got.Odds([]float64{0, 3}); l != -0.5 || r != 0.25 {
		t.Errorf("odds %v and %v, want -0.5 and 0.25", l, r)
	}
}

func TestForestRefuses(t *testing.T) {
	for _, s := range []string{"1", "a:1:1 :1 :1", "9:1:1 :1 :1", "0:1:0 :1 :1", "0:1:1 :1", "0:1:1:1 :1 :1", ":x"} {
		if _, err := ParseForest(s, 2); err == nil || !strings.HasPrefix(err.Error(), "forest: tree 1") {
			t.Errorf("%q: got %v, want an error that names the tree", s, err)
		}
	}
}
