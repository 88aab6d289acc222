package summary

import (
	"math"
)

// weights say what makes a sentence worth showing. They were chosen on news articles with written abstracts; the
// beginning of a news article is hard to beat, so that a sentence from further down must have good grounds.
type weights struct {
	place     float64 // stands early
	fall      float64 // sentences after which the place counts half
	centre    float64 // says what the article is about
	title     float64 // says what the title says
	leaning   float64 // needs the sentence before it, and that one is not shown
	quoted    float64 // begins with somebody's words
	brief     float64 // tells little
	briefest  int     // in words; fewer are brief
	redundant float64 // all of it was said by the sentences chosen before
	headline  float64 // share of the best worth that a sentence short enough for a headline must have
}

var standard = weights{
	place: 1, fall: 4, centre: 0.3, title: 0.5, leaning: 0.35, quoted: 0.35, brief: 0.4, briefest: 10, redundant: 0.6,
	headline: 0.6,
}

// choose returns the indexes of at most n sentences, best first, that together take at most runes characters (0: no
// limit). Where no sentence fits, the best stands alone.
func (d *document) choose(n, runes int) []int {
	worth := d.worth()
	var chosen []int
	taken := make([]bool, len(worth)+1) // shifted by one: the sentence before the first is never shown
	said := map[int]bool{}
	left := runes
	for len(chosen) < n {
		best := d.next(worth, taken, said, func(i int) bool { return runes == 0 || d.length(i) <= left+1 })
		if best < 0 && len(chosen) == 0 {
			best = d.next(worth, taken, said, func(int) bool { return true })
		}
		if best < 0 {
			break
		}
		taken[best+1] = true
		left -= d.length(best)
		chosen = append(chosen, best)
		for _, t := range d.sentences[best].terms {
			said[t] = true
		}
	}
	return chosen
}

// next is the best sentence that fits, after what was taken and said; -1: none. The first sentence of a summary is
// not taken only because it fits: where that would cost too much of its worth, the best one is.
func (d *document) next(worth []float64, taken []bool, said map[int]bool, fits func(int) bool) int {
	best, fitting := -1, -1
	var most, mostFitting float64
	for i, w := range worth {
		if taken[i+1] || math.IsInf(w, -1) {
			continue
		}
		w -= standard.redundant * d.repeated(i, said)
		if d.sentences[i].leaning && !taken[i] {
			w -= standard.leaning
		}
		if best < 0 || w > most {
			best, most = i, w
		}
		if fits(i) && (fitting < 0 || w > mostFitting) {
			fitting, mostFitting = i, w
		}
	}
	if len(said) == 0 && fitting >= 0 && mostFitting < standard.headline*most {
		return best
	}
	return fitting
}

// worth of each sentence alone; minus infinity: it can't be shown. Where none is usable all are, so that a text of
// fragments has a summary too.
func (d *document) worth() []float64 {
	some := false
	for _, s := range d.sentences {
		some = some || s.usable
	}
	worth := make([]float64, len(d.sentences))
	place := 0
	for i, s := range d.sentences {
		if some && !s.usable {
			worth[i] = math.Inf(-1)
			continue
		}
		worth[i] = standard.place/(1+float64(place)/standard.fall) + standard.centre*d.centre(s) + standard.title*d.about(s)
		place++
		if s.quoted {
			worth[i] -= standard.quoted
		}
		if s.words < standard.briefest {
			worth[i] -= standard.brief
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
