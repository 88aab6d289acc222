// Command train fits the weights of package summary to articles with summaries written by people.
//
//	go run ./news/summary/train [-fold K] FILE… > news/summary/weights.txt
//
// A file holds a JSON object a line: {"in": {"title", "text", "sentences": how many a summary may have}, "gold":
// {"lang", "refs": [[sentence, …], …]}}. A file whose name ends in ".gz" is compressed. Each file counts as much as its
// number of articles, but at least as much as -least of them, so that small collections are heard. -fold K from 0 to 4
// leaves every fifth article out, beginning with the Kth, to measure on them what was fitted without them.
//
// No feature knows a word, so nothing of the articles gets into the weights but numbers. The same files give the same
// weights on every run. It reads files and writes to standard output, nothing else.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	fold := flag.Int("fold", -1, "leave out every fifth article from this one on")
	least := flag.Float64("least", 700, "how many articles a file counts as at least")
	flag.Parse()
	if err := run(flag.Args(), *fold, *least); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(files []string, fold int, least float64) error {
	var all []example
	for _, name := range files {
		examples, err := readFile(name, fold)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i := range examples {
			examples[i].weight = max(1, least/float64(len(examples)))
		}
		all = append(all, examples...)
	}
	if len(all) == 0 {
		return fmt.Errorf("no articles")
	}
	w, err := train(all)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("# Written by the command in train; %d articles.\n%s", len(all), w)
	return err
}
