package summary

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// How many features there are of a term, a pair and a set.
const (
	termFeatures = 14
	pairFeatures = 12
	setFeatures  = 20
)

// Weights say how the features of terms, pairs and sets of sentences count. The zero value is not usable.
type Weights struct {
	Content  []float64 // of a content word, for its probability
	Function []float64 // of a function word, likewise
	Pair     []float64 // of two neighbours, likewise
	Set      []float64 // of a set of sentences, for its worth
	Wide     []float64 // likewise, where many sentences are asked for
}

// weightsFile is written by the command in train. A line is a name of Weights in lower case and its numbers.
//
//go:embed weights.txt
var weightsFile string

// standard reads the weights once; they are part of the program, so broken ones are a programming error.
var standard = sync.OnceValue(func() *Weights {
	w, err := ParseWeights(weightsFile)
	if err != nil {
		panic(err)
	}
	return w
})

func (w *Weights) parts() map[string]*[]float64 {
	return map[string]*[]float64{"content": &w.Content, "function": &w.Function, "pair": &w.Pair, "set": &w.Set, "wide": &w.Wide}
}

// ParseWeights reads what String writes.
func ParseWeights(s string) (*Weights, error) {
	w := &Weights{}
	parts := w.parts()
	for line := range strings.Lines(s) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		part := parts[fields[0]]
		if part == nil {
			return nil, fmt.Errorf("weights: unknown name %q", fields[0])
		}
		for _, f := range fields[1:] {
			x, err := strconv.ParseFloat(f, 64)
			if err != nil {
				return nil, fmt.Errorf("weights: %s: %w", fields[0], err)
			}
			*part = append(*part, x)
		}
	}
	return w, w.check()
}

// check tells whether there is a weight for each feature.
func (w *Weights) check() error {
	want := map[string]int{"content": termFeatures, "function": termFeatures, "pair": pairFeatures, "set": setFeatures, "wide": setFeatures}
	for name, part := range w.parts() {
		if len(*part) != want[name] {
			return fmt.Errorf("weights: %d for %s, want %d", len(*part), name, want[name])
		}
	}
	return nil
}

// String writes the weights as ParseWeights reads them.
func (w *Weights) String() string {
	var b strings.Builder
	for _, name := range []string{"content", "function", "pair", "set", "wide"} {
		b.WriteString(name)
		for _, x := range *w.parts()[name] {
			b.WriteString(" " + strconv.FormatFloat(x, 'f', 4, 64))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Many is the number of sentences asked for from which on sets are valued by Wide: longer summaries have another manner.
const Many = 3

// sets are the weights of sets for n sentences.
func (w *Weights) sets(n int) []float64 {
	if n >= Many {
		return w.Wide
	}
	return w.Set
}

// Start returns the weights that training starts from: those of sets prefer what is expected to be said, early on.
func Start() *Weights {
	w := &Weights{
		Content: make([]float64, termFeatures), Function: make([]float64, termFeatures),
		Pair: make([]float64, pairFeatures), Set: make([]float64, setFeatures),
	}
	w.Set[0], w.Set[1], w.Set[6] = 1, 1, -0.3
	w.Wide = slices.Clone(w.Set)
	return w
}
