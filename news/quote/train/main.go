// Command train fits the forest by which package quote tells speakers from other mentions.
//
//	go run ./news/quote/train [-fold K] FILE… > news/quote/forest/LANGUAGE/speaker.txt
//
// A file holds a JSON object a line: {"in": {"text"}, "gold": {"lang", "attributions": [{"content": spans, "source":
// spans}, …]}}, a span being two offsets in characters. A file whose name ends in ".gz" is compressed. -fold K from 0 to
// 4 leaves every fifth article out, beginning with the Kth, and tells on standard error how often the likeliest mention
// is the right one in those.
//
// No feature knows a word, so nothing of the articles gets into the forest but numbers. The same files give the same
// forest on every run. It reads files and writes to standard output, nothing else.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"herald/news/quote"
)

func main() {
	fold := flag.Int("fold", -1, "leave out every fifth article from this one on")
	flag.Parse()
	if err := run(os.Stdout, os.Stderr, flag.Args(), *fold); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// errPoor is returned where the articles have no quotation with a source.
var errPoor = errors.New("nothing to learn from")

func run(out, report io.Writer, files []string, fold int) error {
	var rows []row
	var left []example
	articles, lists := 0, 0
	for _, name := range files {
		all, err := readFile(name, func(n int) bool { return fold < 0 || n%5 != fold })
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i := range all {
			rows = append(rows, all[i].rows(lists)...)
			if len(rows) > 0 {
				lists = rows[len(rows)-1].list + 1
			}
		}
		articles += len(all)
		if fold < 0 {
			continue
		}
		rest, err := readFile(name, func(n int) bool { return n%5 == fold })
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		left = append(left, rest...)
	}
	if len(rows) == 0 {
		return errPoor
	}
	f := boost(rows)
	if fold >= 0 {
		tell(report, f, left)
	}
	_, err := fmt.Fprintf(out, "# Written by the command in train; %d articles, %d mentions.\n%s", articles, len(rows), f)
	return err
}

// tell writes how often the forest and the rules, whose choice comes first, are right about the examples.
func tell(w io.Writer, f *quote.Forest, examples []example) {
	all, learned, ruled := 0, 0, 0
	for i := range examples {
		e := &examples[i]
		for _, c := range quote.Choices(e.article) {
			source := e.source(c.Span)
			if source == nil || len(c.Options) == 0 {
				continue
			}
			best := 0
			for i := range c.Options {
				if f.Odds(c.Options[i].X) > f.Odds(c.Options[best].X) {
					best = i
				}
			}
			all++
			if e.right(c.Options[best].Span, source) {
				learned++
			}
			if c.Options[0].Ruled && e.right(c.Options[0].Span, source) {
				ruled++
			}
		}
	}
	fmt.Fprintf(w, "of %d quotations the forest is right about %d, the rules about %d\n", all, learned, ruled)
}
