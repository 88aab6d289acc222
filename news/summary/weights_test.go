package summary

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWeightsRoundTrip(t *testing.T) {
	got, err := ParseWeights("# a comment\n\n" + standard().String())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(standard(), got); diff != "" {
		t.Errorf("ParseWeights(String()) (-want +got):\n%s", diff)
	}
}

func TestParseWeightsRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":      "",
		"unknown name": "colour 1 2 3\n",
		"no number":    "pair 1 two\n",
		"too few":      standard().String()[:200],
		"too many":     standard().String() + "set 1\n",
	} {
		t.Run(name, func(t *testing.T) {
			if w, err := ParseWeights(s); err == nil {
				t.Errorf("got %v, want an error", w)
			}
		})
	}
}
