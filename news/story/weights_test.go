package story

import (
	"strings"
	"testing"
)

func TestWeights(t *testing.T) {
	w := fitted()
	again, err := parseWeights("# a comment\n\n" + w.String())
	if err != nil || again != w {
		t.Errorf("written and read: got %v, %v, want %v", again, err, w)
	}
	for k, sign := range Signs {
		if w.Event[k]*float64(sign) < 0 {
			t.Errorf("%s has the weight %v", featureNames[k], w.Event[k])
		}
	}
	good := w.String()
	for name, bad := range map[string]string{
		"empty":         "",
		"one short":     good[:strings.LastIndex(good[:len(good)-1], "\n")],
		"one too many":  good + "1 1 one\n",
		"another order": "1 1 all\n",
		"no number":     "x 1 one\n",
		"one number":    "1 one\n",
		"half a number": "1 y one\n",
	} {
		if _, err := parseWeights(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"31,400 saw the 6.1 quake": "31,400|saw|the|6.1|quake",
		"in 2024, 7 men":           "in|2024|7|men",
		"1.2.3":                    "1.2.3",
		"no. 5.Then":               "no|5|Then",
		"":                         "",
		"3.":                       "3",
	} {
		var got []string
		for span := range words(in) {
			got = append(got, span.In(in))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if a, b := stemOf("31,400", "en"), stemOf("31.400", "de"); a != b {
		t.Errorf("got %q and %q for one number", a, b)
	}
}
