// Command train fits the weights of package summary to articles with summaries written by people.
//
//	go run ./news/summary/train FILE… > news/summary/weights.txt
//	go run ./news/summary/train -folds 4 FILE…
//
// A file holds a JSON object a line: {"in": {"title", "text", "sentences": how many a summary may have}, "gold":
// {"lang", "refs": [[sentence, …], …]}}. A file whose name ends in ".gz" is compressed. Each file counts as much as its
// number of articles, but at least as much as -least of them, so that small collections are heard. -folds
// N writes no weights but measures them: on each Nth of the articles those that were fitted to the others.
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
	folds := flag.Int("folds", 0, "measure weights, each on what was left out of so many parts")
	least := flag.Float64("least", 1500, "how many articles a file counts as at least")
	flag.Parse()
	if err := run(flag.Args(), *folds, *least); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(files []string, folds int, least float64) error {
	var all []example
	for k, name := range files {
		examples, err := readFile(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i := range examples {
			examples[i].file = k
			examples[i].weight = max(1, least/float64(len(examples)))
		}
		all = append(all, examples...)
	}
	if len(all) == 0 {
		return fmt.Errorf("no articles")
	}
	if folds > 1 {
		return validate(os.Stdout, all, files, folds)
	}
	w, err := train(all)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("# Written by the command in train; %d articles.\n%s", len(all), w)
	return err
}
