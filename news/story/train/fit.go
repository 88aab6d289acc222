package main

import (
	"math"

	"herald/news/story"
)

const (
	ridge = 1.0 // draws weights to nothing, all but the first: few articles must not make great ones
	steps = 12  // of Newton's method, which needs about 8
)

// vector is a weight for each feature.
type vector = [story.Features]float64

// fit finds the weights for one event and, among those that report different ones, for one topic.
func fit(list []observation) (w story.Weights, err error) {
	if w.Event, err = logistic(list, func(o *observation) bool { return o.event }); err != nil {
		return w, err
	}
	var apart []observation
	for _, o := range list {
		if !o.event {
			apart = append(apart, o)
		}
	}
	w.Topic, err = logistic(apart, func(o *observation) bool { return o.topics[0] == o.topics[1] })
	return w, err
}

// logistic finds the weights of the likeliest logistic regression whose weights have the signs that story.Signs asks for:
// a feature whose weight has the wrong one explains away chance and is left out.
func logistic(list []observation, is func(*observation) bool) (w vector, err error) {
	n := 0
	for i := range list {
		if is(&list[i]) {
			n++
		}
	}
	if n == 0 || n == len(list) {
		return w, errPoor
	}
	var out [story.Features]bool
	for {
		w = vector{}
		for range steps {
			g, h := slope(list, is, &w)
			leave(out, g, h)
			for k, d := range solve(h, g) {
				w[k] -= d
			}
		}
		worst := -1
		for k, sign := range story.Signs {
			if w[k]*float64(sign) < 0 && (worst < 0 || math.Abs(w[k]) > math.Abs(w[worst])) {
				worst = k
			}
		}
		if worst < 0 {
			return w, nil
		}
		out[worst] = true
	}
}

// leave keeps the weights of features that are left out where they are, at 0.
func leave(out [story.Features]bool, g []float64, h [][]float64) {
	for k := range h {
		for l := range h {
			if k != l && (out[k] || out[l]) {
				h[k][l] = 0
			}
		}
		if out[k] {
			g[k], h[k][k] = 0, 1
		}
	}
}

// slope is the gradient and the second derivatives of the loss.
func slope(list []observation, is func(*observation) bool, w *vector) (g []float64, h [][]float64) {
	n := len(w)
	g, h = make([]float64, n), make([][]float64, n)
	for k := range h {
		h[k] = make([]float64, n)
		if k > 0 {
			g[k], h[k][k] = ridge*w[k], ridge
		}
	}
	for i := range list {
		o := &list[i]
		z := 0.0
		for k, x := range o.x {
			z += w[k] * x
		}
		p := 1 / (1 + math.Exp(-z))
		off := p
		if is(o) {
			off--
		}
		for k, x := range o.x {
			if x == 0 {
				continue
			}
			g[k] += off * x
			for l := range k + 1 {
				h[k][l] += p * (1 - p) * x * o.x[l]
			}
		}
	}
	for k := range h {
		h[k][k] += 1e-9
		for l := range k {
			h[l][k] = h[k][l]
		}
	}
	return g, h
}

// solve solves h·d = g for a positive definite h by Gauss's elimination.
func solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	for i := range n {
		for k := i + 1; k < n; k++ {
			f := h[k][i] / h[i][i]
			for l := i; l < n; l++ {
				h[k][l] -= f * h[i][l]
			}
			g[k] -= f * g[i]
		}
	}
	d := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		d[i] = g[i]
		for l := i + 1; l < n; l++ {
			d[i] -= h[i][l] * d[l]
		}
		d[i] /= h[i][i]
	}
	return d
}
