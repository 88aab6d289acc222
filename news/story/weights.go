package story

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Weights are those of a logistic regression over the features of a pair of articles, in their order.
type Weights [features]float64

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
var featureNames = [features]string{
	"one", "all", "names", "numbers", "plain", "head", "pairs", "jaccard", "heavy min", "heavy max", "heavy names min",
	"heavy names max", "heavy numbers min", "heavy numbers max", "names apart", "numbers apart", "year shared", "years apart", "shorter", "longer",
}

// parseWeights reads lines of a number, a space and a feature's name; "#" starts a comment line.
func parseWeights(s string) (Weights, error) {
	var w Weights
	n := 0
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		value, name, _ := strings.Cut(line, " ")
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return w, err
		}
		if n >= int(features) || name != featureNames[n] {
			return w, fmt.Errorf("%q is not the feature number %d", name, n+1)
		}
		w[n] = x
		n++
	}
	if n < int(features) {
		return w, fmt.Errorf("%d features, want %d", n, features)
	}
	return w, nil
}

// String writes weights as weights.txt holds them.
func (w Weights) String() string {
	var b strings.Builder
	for i, x := range w {
		fmt.Fprintf(&b, "%.4f %s\n", x, featureNames[i])
	}
	return b.String()
}

func (w *Weights) probability(f [features]float64) float64 {
	z := 0.0
	for i, x := range f {
		z += w[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}
