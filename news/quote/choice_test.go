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
	const deep = "0:0:1 1:2:3 :1 :-0.5 :0.25\n1:7:1 :0 :2\n"
	got, err := ParseForest(deep, 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(deep, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, tt := range []struct {
		x    []int32
		want float64
	}{{[]int32{0, 2}, -0.5}, {[]int32{-1, 3}, 0.25}, {[]int32{1, 0}, 1}, {[]int32{1, 8}, 3}, {[]int32{0, 8}, 2.25}} {
		if got := got.Odds(tt.x); got != tt.want {
			t.Errorf("odds of %v: %v, want %v", tt.x, got, tt.want)
		}
	}
}

// deepLine is a tree of ten levels.
const deepLine = "0:1:1 0:1:3 :1 0:1:5 :1 0:1:7 :1 0:1:9 :1 0:1:11 :1 0:1:13 :1 0:1:15 :1 0:1:17 :1 0:1:19 :1 :1 :1"

func TestForestRefuses(t *testing.T) {
	for _, s := range []string{"1", "a:1:1 :1 :1", "9:1:1 :1 :1", "0:1:0 :1 :1", "0:1:1 :1", "0:1:1:1 :1 :1", ":x", deepLine} {
		if _, err := ParseForest(s, 2); err == nil || !strings.HasPrefix(err.Error(), "forest: tree 1") {
			t.Errorf("%q: got %v, want an error that names the tree", s, err)
		}
	}
}
