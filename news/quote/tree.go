package quote

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// Forest foretells from features whether something is so: the sum of small trees, as log odds. The zero value knows
// nothing and says even odds. It is safe for concurrent use as long as nobody changes it.
type Forest struct{ Trees [][]Node }

// Node is a question to a feature, or an answer. Nodes of a tree stand in one slice, the root first.
type Node struct {
	Feature int     // what is asked; negative: Value is the answer
	Value   float64 // the left branch is taken where the feature is at most this
	Left    int     // index of the left branch; the right one is behind it
}

// Odds are the log odds for the features x.
func (f *Forest) Odds(x []float64) float64 {
	sum := 0.0
	for _, tree := range f.Trees {
		i := 0
		for tree[i].Feature >= 0 {
			n := &tree[i]
			i = n.Left
			if x[n.Feature] > n.Value {
				i++
			}
		}
		sum += tree[i].Value
	}
	return sum
}

// String writes a line per tree: a node is "feature:value:left", an answer ":value".
func (f *Forest) String() string {
	var b strings.Builder
	for _, tree := range f.Trees {
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
	f := &Forest{}
	for line := range strings.Lines(s) {
		if line[0] == '#' {
			continue
		}
		var tree []Node
		for i, field := range strings.Fields(line) {
			n, err := parseNode(field)
			if err != nil || n.Feature >= features || n.Feature >= 0 && n.Left <= i {
				return nil, fmt.Errorf("forest: tree %d: bad node %q", len(f.Trees)+1, field)
			}
			tree = append(tree, n)
		}
		for _, n := range tree {
			if n.Feature >= 0 && n.Left+1 >= len(tree) {
				return nil, fmt.Errorf("forest: tree %d: a branch is missing", len(f.Trees)+1)
			}
		}
		if tree != nil {
			f.Trees = append(f.Trees, tree)
		}
	}
	return f, nil
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
