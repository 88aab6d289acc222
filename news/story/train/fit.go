package main

import (
	"math"

	"herald/news/story"
)

const (
	ridge = 1.0 // draws weights to nothing, all but the first: few articles must not make great ones
	steps = 12  // of Newton's method, which needs about 8
)

// fit finds the weights of the likeliest logistic regression by Newton's method.
func fit(list []observation) (story.Weights, error) {
	var w story.Weights
	any := false
	for _, o := range list {
		any = any || o.same
	}
	if !any {
		return w, errPoor
	}
	for range steps {
		g, h := slope(list, w)
		d := solve(h, g)
		for k := range w {
			w[k] -= d[k]
		}
	}
	return w, nil
}

// slope is the gradient and the second derivatives of the loss.
func slope(list []observation, w story.Weights) (g []float64, h [][]float64) {
	n := len(w)
	g, h = make([]float64, n), make([][]float64, n)
	for k := range h {
		h[k] = make([]float64, n)
		if k > 0 {
			g[k], h[k][k] = ridge*w[k], ridge
		}
	}
	for _, o := range list {
		z := 0.0
		for k, x := range o.x {
			z += w[k] * x
		}
		p := 1 / (1 + math.Exp(-z))
		off := p
		if o.same {
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
