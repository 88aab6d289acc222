package story

import (
	"slices"
	"strings"
	"testing"
)

// TestCopies: a copy is known whatever else is different, and a text that only sounds like it is none.
func TestCopies(t *testing.T) {
	words := strings.Fields(wire)
	for _, c := range []struct {
		name, title, text string
		want              bool
	}{
		{"the same", "23 hurt as train derails near Tunfoss", wire, true},
		{"another title", "What we know so far", wire, true},
		{"the first half", "", strings.Join(words[:len(words)/2], " "), true},
		{"the second half", "", strings.Join(words[len(words)/2:], " "), true},
		{"in a longer text", "Monday in brief", "The weather stays cold in the north of the country. " + wire + " Mushroom prices rose again.", true},
		{"other typography", "", strings.ToUpper(wire), true},
		{"every tenth word lost", "", without(words, 10), true},
		{"the words in another order", "", reversed(words), false},
		{"another text", "", strings.Repeat("Nothing of this stands in the other text at all. ", 12), false},
		{"too short to tell", "", strings.Join(words[:8], " "), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sketchOf(wire).copies(sketchOf(c.text)); got != c.want {
				t.Errorf("got copy %v, want %v", got, c.want)
			}
			x := New(0)
			x.Add(Doc{ID: 1, Title: "23 hurt as train derails near Tunfoss", Text: wire})
			if got := x.Add(Doc{ID: 2, Title: c.title, Text: c.text}).Story; c.want && got != 1 {
				t.Errorf("got story %d for a copy of 1", got)
			}
		})
	}
}

func without(words []string, nth int) string {
	var kept []string
	for i, w := range words {
		if i%nth != nth-1 {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

func reversed(words []string) string {
	words = slices.Clone(words)
	slices.Reverse(words)
	return strings.Join(words, " ")
}
