package main

import (
	"math"
	"slices"

	"herald/news/quote"
)

// row is one observation: features and whether what they are to foretell came true.
type row struct {
	x    []int32
	y    float64
	list int // those with the same number are alternatives, and stand together
}

// How trees are grown. Deeper or more of them learn the articles by heart: these values were chosen by leaving articles
// out.
const (
	trees  = 120
	depth  = 4
	rate   = 0.1
	ridge  = 5.0 // draws the answers of small leaves to nothing
	least  = 20  // rows in a leaf
	levels = 32  // thresholds that are tried of a feature
)

// booster grows trees, each on what the ones before left unexplained (Friedman, 2001), with the second derivative of the
// logistic loss.
type booster struct {
	rows       []row
	cuts       [][]int32 // thresholds by feature
	bins       [][]uint8 // by row and feature: how many thresholds the value is above
	odds       []float64
	grad, hess []float64
}

// boost fits a forest.
func boost(rows []row) *quote.Forest {
	b := &booster{rows: rows, odds: make([]float64, len(rows)), grad: make([]float64, len(rows)), hess: make([]float64, len(rows))}
	b.bin()
	var forest [][]quote.Node
	all := make([]int, len(rows))
	for i := range all {
		all[i] = i
	}
	for range trees {
		b.gradients()
		tree := make([]quote.Node, 1)
		b.grow(&tree, 0, slices.Clone(all), depth)
		forest = append(forest, tree)
	}
	return quote.NewForest(forest)
}

// gradients are the first and second derivatives of the loss of a choice among the rows of each list.
func (b *booster) gradients() {
	for from := 0; from < len(b.rows); {
		to, most, right := from, math.Inf(-1), 0.0
		for ; to < len(b.rows) && b.rows[to].list == b.rows[from].list; to++ {
			most = max(most, b.odds[to])
			right += b.rows[to].y
		}
		sum := 0.0
		for i := from; i < to; i++ {
			sum += math.Exp(b.odds[i] - most)
		}
		for i := from; i < to; i++ {
			p := math.Exp(b.odds[i]-most) / sum
			b.grad[i], b.hess[i] = 0, 0
			if right > 0 {
				b.grad[i], b.hess[i] = b.rows[i].y/right-p, p*(1-p)
			}
		}
		from = to
	}
}

// bin finds the thresholds of every feature: values that rows have, at most levels of them.
func (b *booster) bin() {
	n := len(b.rows[0].x)
	b.cuts = make([][]int32, n)
	for k := range n {
		var values []int32
		for _, r := range b.rows {
			values = append(values, r.x[k])
		}
		slices.Sort(values)
		values = slices.Compact(values)
		step := max(1, (len(values)+levels-1)/levels)
		for i := 0; i+1 < len(values); i += step {
			b.cuts[k] = append(b.cuts[k], values[i])
		}
	}
	b.bins = make([][]uint8, len(b.rows))
	for i, r := range b.rows {
		b.bins[i] = make([]uint8, n)
		for k, v := range r.x {
			at, _ := slices.BinarySearch(b.cuts[k], v)
			b.bins[i][k] = uint8(at)
		}
	}
}

// grow makes node at of the tree for the rows in of it.
func (b *booster) grow(tree *[]quote.Node, at int, of []int, deep int) {
	feature, cut := -1, 0
	if deep > 0 {
		feature, cut = b.split(of)
	}
	if feature < 0 {
		b.answer(tree, at, of)
		return
	}
	var left, right []int
	for _, i := range of {
		if int(b.bins[i][feature]) <= cut {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	next := len(*tree)
	*tree = append(*tree, quote.Node{}, quote.Node{})
	(*tree)[at] = quote.Node{Feature: feature, Value: float64(b.cuts[feature][cut]), Left: next}
	b.grow(tree, next, left, deep-1)
	b.grow(tree, next+1, right, deep-1)
}

func (b *booster) answer(tree *[]quote.Node, at int, of []int) {
	g, h := 0.0, 0.0
	for _, i := range of {
		g += b.grad[i]
		h += b.hess[i]
	}
	v := rate * g / (h + ridge)
	(*tree)[at] = quote.Node{Feature: -1, Value: v}
	for _, i := range of {
		b.odds[i] += v
	}
}

// split is the feature and threshold that part the rows best, -1 where none does.
func (b *booster) split(of []int) (feature, cut int) {
	feature = -1
	best := 1e-6
	for k := range b.cuts {
		var g, h [levels + 1]float64
		var n [levels + 1]int
		for _, i := range of {
			x := b.bins[i][k]
			g[x] += b.grad[i]
			h[x] += b.hess[i]
			n[x]++
		}
		var sumG, sumH float64
		for x := range g {
			sumG += g[x]
			sumH += h[x]
		}
		var lg, lh float64
		ln := 0
		for x := range b.cuts[k] {
			lg += g[x]
			lh += h[x]
			ln += n[x]
			if ln < least || len(of)-ln < least {
				continue
			}
			gain := lg*lg/(lh+ridge) + (sumG-lg)*(sumG-lg)/(sumH-lh+ridge) - sumG*sumG/(sumH+ridge)
			if gain > best {
				best, feature, cut = gain, k, x
			}
		}
	}
	return feature, cut
}
