package story

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Weights are those of two logistic regressions over the features of a pair of articles, in their order: for reporting one
// event, and for reporting two events of one topic.
type Weights struct{ Event, Topic [Features]float64 }

//go:embed weights.txt
var weightsText string

// fitted are the weights that the command in train wrote.
var fitted = sync.OnceValue(func() Weights {
	w, err := parseWeights(weightsText)
	if err != nil {
		panic("story: weights.txt: " + err.Error())
	}
	return w
})

// featureNames are how weights.txt names the features.
var featureNames = [Features]string{
	"one", "all", "names", "numbers", "plain", "head", "pairs", "jaccard", "heavy min", "heavy max", "heavy names min",
	"heavy names max", "heavy numbers min", "heavy numbers max", "head names min", "head names max", "head numbers min", "head numbers max", "names apart", "numbers apart", "year shared", "years apart", "shorter", "longer",
}

// parseWeights reads lines of two numbers and a feature's name; "#" starts a comment line.
func parseWeights(s string) (Weights, error) {
	var w Weights
	n := 0
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.SplitN(line, " ", 3)
		if n >= Features || len(fields) != 3 || fields[2] != featureNames[n] {
			return w, fmt.Errorf("%q is not the feature number %d", line, n+1)
		}
		var err error
		if w.Event[n], err = strconv.ParseFloat(fields[0], 64); err != nil {
			return w, err
		}
		if w.Topic[n], err = strconv.ParseFloat(fields[1], 64); err != nil {
			return w, err
		}
		n++
	}
	if n < Features {
		return w, fmt.Errorf("%d features, want %d", n, Features)
	}
	return w, nil
}

// String writes weights as weights.txt holds them.
func (w Weights) String() string {
	var b strings.Builder
	for i, name := range featureNames {
		fmt.Fprintf(&b, "%.4f %.4f %s\n", w.Event[i], w.Topic[i], name)
	}
	return b.String()
}

// event is the probability that two articles report one event.
func (w *Weights) event(f [Features]float64) float64 { return probability(&w.Event, &f) }

// topic is the probability that two articles, which do not report one event, are of one topic.
func (w *Weights) topic(f [Features]float64) float64 { return probability(&w.Topic, &f) }

func probability(w, f *[Features]float64) float64 {
	z := 0.0
	for i, x := range f {
		z += w[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}
