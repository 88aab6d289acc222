// Command train fits the weights by which package story tells whether two articles report one event, or two of one topic.
//
//	go run ./news/story/train FILE… > news/story/weights.txt
//	go run ./news/story/train -folds 5 FILE…
//
// A file holds a JSON object a line: {"in": {"id", "title", "text"}, "gold": {"topic", "story"}}; articles with the
// same topic and story report one event. A file whose name ends in ".gz" is compressed. -folds N writes no weights but
// measures them: how the articles of each Nth of the topics are grouped by weights that were fitted to the others.
//
// No feature knows a word, so nothing of the articles gets into the weights but numbers. The same files give the same
// weights on every run. It reads files and writes to standard output, nothing else.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	folds := flag.Int("folds", 0, "measure weights, each on what was left out of so many parts")
	orders := flag.Int("orders", 3, "with -folds, in how many orders the articles come")
	flag.Parse()
	if err := run(os.Stdout, flag.Args(), *folds, *orders); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// errPoor is returned where no articles report one event.
var errPoor = errors.New("nothing to learn from")

func run(out io.Writer, files []string, folds, orders int) error {
	c := &collection{}
	for _, name := range files {
		if err := c.readFile(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	examples := c.examples()
	if folds > 1 {
		return c.validate(out, examples, folds, orders)
	}
	w, err := fit(examples)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "# Written by the command in train; %d articles, %d pairs.\n%s", len(c.docs), len(examples), w)
	return err
}

// observation is a pair of articles, whether they report one event, and their topics.
type observation struct {
	x      vector
	event  bool
	topics [2]int
}
