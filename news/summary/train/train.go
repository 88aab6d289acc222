package main

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"

	"herald/news/summary"
	"herald/news/text"
)

// rounds is how often the weights of sets are fitted: which sentences are worth trying depends on them.
const rounds = 2

// train fits all weights: of words first, as the pairs build on them, and of sets last, as they build on both.
func train(all []example) (*summary.Weights, error) {
	w := summary.Start()
	w.Content, w.Function = terms(all, w)
	if w.Content == nil || w.Function == nil {
		return nil, errPoor
	}
	if w.Pair = pairs(all, w); w.Pair == nil {
		return nil, errPoor
	}
	for range rounds {
		if w.Set = sets(all, w); w.Set == nil {
			return nil, errPoor
		}
	}
	return w, nil
}

// errPoor is returned where the articles lack function words, others, neighbours or sentences altogether.
var errPoor = errors.New("too little text to learn from")

func terms(all []example, w *summary.Weights) (content, function []float64) {
	var names, others []row
	for _, e := range all {
		have := e.said(1)
		for _, s := range summary.NewTrial(e.article, e.asked, w).Terms() {
			r := row{x: s.X, y: have[s.Terms[0]], weight: e.weight}
			if s.Function {
				others = append(others, r)
			} else {
				names = append(names, r)
			}
		}
	}
	return logistic(names), logistic(others)
}

func pairs(all []example, w *summary.Weights) []float64 {
	var rows []row
	for _, e := range all {
		have := e.said(2)
		for _, s := range summary.NewTrial(e.article, e.asked, w).Pairs() {
			rows = append(rows, row{x: s.X, y: have[strings.Join(s.Terms, " ")], weight: e.weight})
		}
	}
	return logistic(rows)
}

// said is the share of the written summaries that hold each stem or run of n stems.
func (e example) said(n int) map[string]float64 {
	share := map[string]float64{}
	for _, ref := range e.written {
		var stems []string
		s := strings.Join(ref, " ")
		for w := range text.Words(s) {
			stems = append(stems, text.Stem(w.In(s), e.article.Lang))
		}
		seen := map[string]bool{}
		for i := n; i <= len(stems); i++ {
			if run := strings.Join(stems[i-n:i], " "); !seen[run] {
				seen[run] = true
				share[run] += 1 / float64(len(e.written))
			}
		}
	}
	return share
}

func sets(all []example, w *summary.Weights) []float64 {
	lists := make([]list, len(all))
	each(len(all), func(i int) {
		e := &all[i]
		var x [][]float64
		var scores []float64
		for _, s := range summary.NewTrial(e.article, e.asked, w).Selections() {
			x, scores = append(x, s.X), append(scores, e.score(s.Sentences))
		}
		lists[i] = newList(x, scores, e.weight)
	})
	return ranking(slices.DeleteFunc(lists, func(l list) bool { return len(l.x) == 0 }))
}

// each calls f with 0 to n-1, on all cores; no two calls share a number.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for first := range cores {
		wg.Go(func() {
			for i := first; i < n; i += cores {
				f(i)
			}
		})
	}
	wg.Wait()
}
