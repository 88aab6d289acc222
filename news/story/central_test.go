package story

import (
	"slices"
	"testing"
)

// TestCentral: the article that says what all the others say leads, whenever it came; of equals the oldest; none without a title
// as long as another has one.
func TestCentral(t *testing.T) {
	stub := Doc{ID: 1, Lang: "en", Title: "Trains", Text: `A train derailed near Tunfoss. Olav Rennick spoke of 23 hurt.`}
	short := Doc{ID: 2, Lang: "en", Title: "Switch at Tunfoss had been repaired", Text: `Inspectors look at a switch repaired in January
after the express to Bergmere derailed at Tunfoss.`}
	whole := events["train"][1]
	whole.ID = 3
	french := events["train"][2]
	french.ID = 4
	for _, c := range []struct {
		name string
		docs []Doc
		want int64
	}{
		{"of two the first", []Doc{short, whole}, 2},
		{"of three the one between", []Doc{short, french, whole}, 3},
		{"whenever it came", []Doc{whole, stub, short, french}, 3},
		{"of two without titles the first", []Doc{untitled(whole), untitled(short)}, 3},
		{"the only title", []Doc{untitled(whole), stub, untitled(french)}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := New(0)
			var last Placement
			for _, d := range c.docs {
				last = x.Add(d)
			}
			if len(last.Central) != len(c.docs) || last.Central[0] != c.want {
				t.Errorf("got %v of story %d, want %d first", last.Central, last.Story, c.want)
			}
		})
	}
}

func untitled(d Doc) Doc {
	d.Title = ""
	return d
}

// TestCentralOfChanged: every story that an article changes is told anew, and no other.
func TestCentralOfChanged(t *testing.T) {
	x := New(0)
	stories := map[int64]int64{}
	for _, r := range reports(t) {
		before := map[int64]int{}
		for id, members := range x.stories {
			before[id] = len(members)
		}
		p := x.Add(r.doc)
		stories[r.doc.ID] = p.Story
		changed := map[int64]bool{p.Story: true}
		for _, m := range p.Moved {
			stories[m.Article], changed[m.From], changed[m.To] = m.To, true, true
		}
		told := map[int64]int{}
		for _, id := range p.Central {
			if !changed[stories[id]] {
				t.Errorf("%q: story %d of article %d has not changed", r.doc.Title, stories[id], id)
			}
			told[stories[id]]++
		}
		for id := range changed {
			if n := len(x.stories[id]); (n > 1 || before[id] > 1) && told[id] != min(n, maxLoose) {
				t.Errorf("%q: %d of the %d articles of story %d", r.doc.Title, told[id], n, id)
			}
		}
		if !slices.Contains(p.Central, r.doc.ID) && len(x.stories[p.Story]) > 1 {
			t.Errorf("%q is not among %v", r.doc.Title, p.Central)
		}
	}
}
