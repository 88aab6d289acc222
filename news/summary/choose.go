package summary

import "math"

// The weights of a sentence's worth. They were chosen on news articles with written abstracts, so that a sentence
// chosen on other grounds than its place must have good ones: the beginning of a news article is hard to beat.
const (
	weightPlace   = 1.0
	weightCentre  = 0.6
	weightTitle   = 0.5
	weightLeaning = -0.35
	weightQuoted  = -0.25
	weightShort   = -0.4
	redundancy    = 0.6 // how much of a sentence's worth is lost when all of it was said before
	shortWords    = 10  // fewer words tell little
	placeFall     = 4.0 // sentences after which the place counts half
)

// choose returns the indexes of at most n sentences, best first, that together take at most runes characters (0: no
// limit); the first is taken whatever it takes.
func (d *document) choose(n, runes int) []int {
	worth := d.worth()
	var chosen []int
	said := map[int]bool{}
	taken := make([]bool, len(worth))
	for len(chosen) < n {
		best, bestWorth := -1, math.Inf(-1)
		for i, w := range worth {
			if taken[i] {
				continue
			}
			if v := w - redundancy*d.repeated(i, said); v > bestWorth {
				best, bestWorth = i, v
			}
		}
		if best < 0 {
			break
		}
		taken[best] = true
		if size := d.length(best); runes > 0 && len(chosen) > 0 {
			if size > runes {
				continue
			}
			runes -= size
		} else if runes > 0 {
			runes = max(1, runes-size)
		}
		chosen = append(chosen, best)
		for _, t := range d.sentences[best].terms {
			said[t] = true
		}
	}
	return chosen
}

// worth of each sentence alone. Where no sentence is usable all are, so that a text of fragments has a summary too.
func (d *document) worth() []float64 {
	any := false
	for _, s := range d.sentences {
		any = any || s.usable
	}
	worth := make([]float64, len(d.sentences))
	place := 0
	for i, s := range d.sentences {
		if any && !s.usable {
			worth[i] = math.Inf(-1)
			continue
		}
		worth[i] = weightPlace/(1+float64(place)/placeFall) + weightCentre*d.centre(s) + weightTitle*d.about(s)
		place++
		if s.leaning && !(i > 0 && place == 1) {
			worth[i] += weightLeaning
		}
		if s.quoted {
			worth[i] += weightQuoted
		}
		if s.words < shortWords {
			worth[i] += weightShort
		}
	}
	return worth
}

// centre is how much of what the article is about the sentence says, from 0 to about 1.
func (d *document) centre(s sentence) float64 {
	if len(s.terms) == 0 {
		return 0
	}
	sum := 0.0
	for _, t := range s.terms {
		sum += d.weight[t]
	}
	return sum / (math.Sqrt(float64(len(s.terms))) * 6)
}

// about is the share of the title that the sentence says.
func (d *document) about(s sentence) float64 {
	if len(d.title) == 0 {
		return 0
	}
	n := 0
	for _, t := range s.terms {
		if d.title[t] {
			n++
		}
	}
	return float64(n) / float64(len(d.title))
}

// repeated is the share of a sentence's terms that were said.
func (d *document) repeated(i int, said map[int]bool) float64 {
	terms := d.sentences[i].terms
	if len(terms) == 0 {
		return 0
	}
	n := 0
	for _, t := range terms {
		if said[t] {
			n++
		}
	}
	return float64(n) / float64(len(terms))
}
