package main

import (
	"math"
	"slices"
)

// row is one observation: features and what came of it, from 0 to 1.
type row struct {
	x      []float64
	y      float64
	weight float64
}

// ridge draws weights that were fitted twice to where they were after the first time.
const ridge = 0.01

// Adam's usual constants (Kingma and Ba, 2015, algorithm 1), with a step that suits features of about 1.
const (
	step, beta1, beta2, tiny = 0.1, 0.9, 0.99, 1e-8
)

// adam walks th down a gradient, which grad adds up; ridge draws the weights to nothing.
func adam(th []float64, steps int, ridge float64, grad func(g []float64)) {
	m, v := make([]float64, len(th)), make([]float64, len(th))
	for e := 1; e <= steps; e++ {
		g := make([]float64, len(th))
		grad(g)
		for k := range g {
			g[k] += ridge * th[k]
			m[k] = beta1*m[k] + (1-beta1)*g[k]
			v[k] = beta2*v[k] + (1-beta2)*g[k]*g[k]
			mean, spread := m[k]/(1-math.Pow(beta1, float64(e))), v[k]/(1-math.Pow(beta2, float64(e)))
			th[k] -= step * mean / (math.Sqrt(spread) + tiny)
		}
	}
}

// logistic fits the probability of y; nil where there is nothing to fit.
func logistic(rows []row) []float64 {
	if len(rows) == 0 {
		return nil
	}
	total := 0.0
	for _, r := range rows {
		total += r.weight
	}
	th := make([]float64, len(rows[0].x))
	adam(th, 80, 1e-4, func(g []float64) {
		for _, r := range rows {
			off := (1/(1+math.Exp(-dot(th, r.x))) - r.y) * r.weight / total
			for k, x := range r.x {
				g[k] += off * x
			}
		}
	})
	return th
}

// list is what can be chosen from for one article.
type list struct {
	x      [][]float64
	losses []float64 // of worth, whatever the weights are
	scores []float64
	weight float64
}

func (l *list) add(x []float64, loss, score float64) {
	l.x, l.losses, l.scores = append(l.x, x), append(l.losses, loss), append(l.scores, score)
}

const (
	// warmth is the difference of two choices, in points of ROUGE, that makes one deserve e times the trust of the other.
	// Small values look at the best choices only, which chance picks; large ones want all of them ranked.
	warmth = 8
	// zeal is how much more surely than by their worth choices are made when the weights are judged by what is chosen.
	zeal = 4
)

// ranking fits weights in two steps: first by which choices get the trust they deserve (ListNet: Cao and others, 2007),
// which is easy to follow from anywhere; then by the score to be expected of what is chosen, which is what counts. nil
// where there is nothing to fit.
func ranking(lists []list) []float64 {
	if len(lists) == 0 {
		return nil
	}
	th := make([]float64, len(lists[0].x[0]))
	adam(th, 100, 0.003, func(g []float64) {
		descend(g, th, lists, 1, func(l list, p []float64) []float64 {
			off := softmax(l.scores, warmth)
			for i := range off {
				off[i] = p[i] - off[i]
			}
			return off
		})
	})
	start := slices.Clone(th)
	adam(th, 120, 0, func(g []float64) {
		for k := range g {
			g[k] += ridge * (th[k] - start[k])
		}
		descend(g, th, lists, zeal, func(l list, p []float64) []float64 {
			expected, off := dot(p, l.scores), make([]float64, len(p))
			for i := range off {
				off[i] = p[i] * (expected - l.scores[i]) / warmth
			}
			return off
		})
	})
	return th
}

// descend adds up the gradient of a loss: off tells for the choices of a list, made with the probabilities p, how much
// less of each there should be.
func descend(g, th []float64, lists []list, zeal float64, off func(l list, p []float64) []float64) {
	total := 0.0
	for _, l := range lists {
		total += l.weight
	}
	for _, l := range lists {
		z := make([]float64, len(l.x))
		for i, x := range l.x {
			z[i] = zeal * (dot(th, x) - l.losses[i])
		}
		for i, o := range off(l, softmax(z, 1)) {
			o *= zeal * l.weight / total
			for k, x := range l.x[i] {
				g[k] += o * x
			}
		}
	}
}

func softmax(z []float64, warmth float64) []float64 {
	most := math.Inf(-1)
	for _, x := range z {
		most = max(most, x)
	}
	out, sum := make([]float64, len(z)), 0.0
	for i, x := range z {
		out[i] = math.Exp((x - most) / warmth)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range b {
		sum += a[i] * x
	}
	return sum
}
