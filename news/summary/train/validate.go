package main

import (
	"fmt"
	"io"
	"math"

	"herald/news/summary"
)

// validate tells how much better than the first sentences the summaries of each file are, by weights that were fitted to
// other articles. The articles of all files are dealt out to the folds in turn.
func validate(out io.Writer, all []example, files []string, folds int) error {
	lead, gain := make([]float64, len(all)), make([]float64, len(all))
	for fold := range folds {
		var seen []example
		for i, e := range all {
			if i%folds != fold {
				seen = append(seen, e)
			}
		}
		w, err := train(seen)
		if err != nil {
			return err
		}
		each(len(all), func(i int) {
			if e := &all[i]; i%folds == fold {
				lead[i] = e.score(summary.NewTrial(e.article, e.asked, w).Lead())
				gain[i] = e.score(summary.NewTrial(e.article, e.asked, w).Choose()) - lead[i]
			}
		})
	}
	for k, name := range files {
		n, first, more, square := 0.0, 0.0, 0.0, 0.0
		for i, e := range all {
			if e.file == k {
				n, first, more, square = n+1, first+lead[i], more+gain[i], square+gain[i]*gain[i]
			}
		}
		mean := more / n
		spread := 1.96 * math.Sqrt((square/n-mean*mean)/n) // 95%
		if _, err := fmt.Fprintf(out, "%s: %.0f articles, the first sentences %.2f, %+.2f (%+.2f to %+.2f)\n",
			name, n, first/n, mean, mean-spread, mean+spread); err != nil {
			return err
		}
	}
	return nil
}
