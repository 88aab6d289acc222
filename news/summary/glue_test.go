package summary

import (
	"slices"
	"testing"

	"herald/news"
)

func TestUnglued(t *testing.T) {
	for _, tt := range []struct {
		s    string
		want []string
	}{
		{"The pier fell.Nobody was hurt.", []string{"The pier fell.", "Nobody was hurt."}},
		{`He said "it fell".Nobody was hurt.`, []string{`He said "it fell".`, "Nobody was hurt."}},
		{`He said "it fell."Nobody was hurt.`, []string{`He said "it fell."`, "Nobody was hurt."}},
		{`The pier fell."Nobody was hurt", he said.`, []string{"The pier fell.", `"Nobody was hurt", he said.`}},
		{"« Le quai tient. »Il a plu.", []string{"« Le quai tient. »Il a plu."}},
		{"Le quai tient.L'eau monte.A midi, il pleut.", []string{"Le quai tient.", "L'eau monte.", "A midi, il pleut."}},
		{"Ask M.Dupont of the U.S.Senate at harbour.example or version 2.0.", []string{"Ask M.Dupont of the U.S.Senate at harbour.example or version 2.0."}},
		{"", []string{""}},
	} {
		var got []string
		for _, s := range unglued(tt.s, news.Span{Start: 0, End: len(tt.s)}) {
			got = append(got, s.In(tt.s))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("unglued(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
}
