package main

import (
	"errors"
	"runtime"
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
		lists := choices(all, w)
		w.Set, w.Wide = ranking(valued(all, lists, false)), ranking(valued(all, lists, true))
		if w.Set == nil || w.Wide == nil {
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

// choices are the possible summaries of each article.
func choices(all []example, w *summary.Weights) []list {
	lists := make([]list, len(all))
	each(len(all), func(i int) {
		e := &all[i]
		for _, s := range summary.NewTrial(e.article, e.asked, w).Selections() {
			lists[i].add(s.X, s.Loss, e.score(s.Sentences))
		}
	})
	return lists
}

// kindred is how much the articles whose summaries are of the other kind count together, those of the kind sought being 1:
// they teach what is common to both.
const kindred = 0.2

// valued are the choices with how much each article counts for summaries of many sentences, or for those of few.
func valued(all []example, lists []list, wide bool) []list {
	kind, total := func(i int) bool { return (all[i].asked >= summary.Many) == wide }, map[bool]float64{}
	for i := range all {
		total[kind(i)] += all[i].weight
	}
	var out []list
	for i, l := range lists {
		l.weight = all[i].weight / total[kind(i)]
		if !kind(i) {
			l.weight *= kindred
		}
		if len(l.x) > 0 {
			out = append(out, l)
		}
	}
	return out
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
