package quote

import (
	"embed"
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"
)

// Forest foretells from features whether something is so: the sum of small trees, as log odds. It is safe for concurrent
// use, and its answer takes the same time whatever the features are.
type Forest struct {
	trees [][]Node
	// The trees again, each filled up to the same depth: a row of questions, level by level, and a row of answers.
	depth     int
	questions []question
	answers   []float64
}

// Node is a question to a feature, or an answer. Nodes of a tree stand in one slice, the root first.
type Node struct {
	Feature int     // what is asked; negative: Value is the answer
	Value   float64 // the left branch is taken where the feature is at most this
	Left    int     // index of the left branch; the right one is behind it
}

// question asks whether a feature is above a whole number. It is small, so that a forest stays in the nearest cache.
type question struct{ feature, above int16 }

// maxDepth is how deep a tree is at most.
const maxDepth = 8

// NewForest makes a forest of trees that are at most maxDepth deep.
func NewForest(trees [][]Node) *Forest {
	f := &Forest{trees: trees}
	for _, tree := range trees {
		f.depth = max(f.depth, depthOf(tree, 0, maxDepth+1))
	}
	for _, tree := range trees {
		q, a := make([]question, 1<<f.depth-1), make([]float64, 1<<f.depth)
		f.fill(tree, 0, 0, q, a)
		f.questions, f.answers = append(f.questions, q...), append(f.answers, a...)
	}
	return f
}

// depthOf is how deep a tree is below node i, most at the most.
func depthOf(tree []Node, i, most int) int {
	if tree[i].Feature < 0 || most == 0 {
		return 0
	}
	return 1 + max(depthOf(tree, tree[i].Left, most-1), depthOf(tree, tree[i].Left+1, most-1))
}

// fill sets node i of a tree at the place that it has in a full one; below an answer all answers are the same.
func (f *Forest) fill(tree []Node, i, place int, q []question, a []float64) {
	n := &tree[i]
	left := i
	switch {
	case place >= len(q):
		a[place-len(q)] = n.Value
		return
	case n.Feature >= 0:
		q[place] = question{int16(n.Feature), int16(max(math.MinInt16, min(math.MaxInt16, math.Floor(n.Value))))}
		left = n.Left
	}
	f.fill(tree, left, 2*place+1, q, a)
	if n.Feature >= 0 {
		left++
	}
	f.fill(tree, left, 2*place+2, q, a)
}

// Odds are the log odds for the features x.
func (f *Forest) Odds(x []int32) float64 {
	sum := 0.0
	q, a := f.questions, f.answers
	for size := 1<<f.depth - 1; len(a) > size; q, a = q[size:], a[size+1:] {
		i := 0
		for range f.depth {
			i = 2*i + 1 + int(uint32(int32(q[i].above)-x[q[i].feature])>>31) // the right branch where x is above, without a jump
		}
		sum += a[i-size]
	}
	return sum
}

// String writes a line per tree: a node is "feature:value:left", an answer ":value".
func (f *Forest) String() string {
	var b strings.Builder
	for _, tree := range f.trees {
		for i, n := range tree {
			if i > 0 {
				b.WriteByte(' ')
			}
			if n.Feature >= 0 {
				fmt.Fprintf(&b, "%d:%s:%d", n.Feature, number(n.Value), n.Left)
			} else {
				fmt.Fprintf(&b, ":%s", number(n.Value))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

// ParseForest reads what String writes; features is how many features there are.
func ParseForest(s string, features int) (*Forest, error) {
	var trees [][]Node
	for line := range strings.Lines(s) {
		if line[0] == '#' {
			continue
		}
		var tree []Node
		for i, field := range strings.Fields(line) {
			n, err := parseNode(field)
			if err != nil || n.Feature >= features || n.Feature >= 0 && n.Left <= i {
				return nil, fmt.Errorf("forest: tree %d: bad node %q", len(trees)+1, field)
			}
			tree = append(tree, n)
		}
		for _, n := range tree {
			if n.Feature >= 0 && n.Left+1 >= len(tree) {
				return nil, fmt.Errorf("forest: tree %d: a branch is missing", len(trees)+1)
			}
		}
		if tree != nil {
			if depthOf(tree, 0, maxDepth+1) > maxDepth {
				return nil, fmt.Errorf("forest: tree %d: deeper than %d", len(trees)+1, maxDepth)
			}
			trees = append(trees, tree)
		}
	}
	return NewForest(trees), nil
}

func parseNode(s string) (Node, error) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 {
		return Node{}, strconv.ErrSyntax
	}
	n := Node{Feature: -1}
	var err error
	if n.Value, err = strconv.ParseFloat(parts[1], 64); err != nil || parts[0] == "" {
		return n, err
	}
	if len(parts) != 3 {
		return n, strconv.ErrSyntax
	}
	feature, err := strconv.ParseUint(parts[0], 10, 16)
	if err != nil {
		return n, err
	}
	left, err := strconv.ParseUint(parts[2], 10, 16)
	n.Feature, n.Left = int(feature), int(left)
	return n, err
}

// The forests are written by the command in train: a directory per language.
//
//go:embed forest
var forestFiles embed.FS

// speakerForest is what was learned of a language, nil for nothing. The file is part of the program, so a broken one is a
// programming error.
func speakerForest(lang string) *Forest {
	data, err := forestFiles.ReadFile(path.Join("forest", lang, "speaker.txt"))
	if err != nil {
		return nil
	}
	f, err := ParseForest(string(data), speakerFeatures)
	if err != nil {
		panic(err)
	}
	return f
}
