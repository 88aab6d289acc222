package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"herald/news"
	"herald/news/page"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

// example is an article with its written summaries.
type example struct {
	article *news.Article
	asked   int        // sentences
	written [][]string // summaries, by sentence
	refs    []*reference
	file    int // number of the file it comes from
	weight  float64
}

func readFile(name string) ([]example, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	return read(r)
}

func read(r io.Reader) ([]example, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var out []example
	for n := 0; lines.Scan(); n++ {
		e, err := parse(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		out = append(out, e)
	}
	return out, lines.Err()
}

func parse(line []byte) (example, error) {
	var rec struct {
		In struct {
			Title, Text string
			Sentences   int
		}
		Gold struct {
			Lang string
			Refs [][]string
		}
	}
	if err := json.Unmarshal(line, &rec); err != nil {
		return example{}, err
	}
	if rec.In.Text == "" || rec.In.Sentences < 1 || len(rec.Gold.Refs) == 0 {
		return example{}, fmt.Errorf("needs a text, a number of sentences and a summary")
	}
	a := &news.Article{Title: rec.In.Title, Text: rec.In.Text, Lang: rec.Gold.Lang}
	a.Asides = page.Asides(a.Title, a.Text, a.Lang)
	e := example{article: a, asked: rec.In.Sentences, written: rec.Gold.Refs}
	for _, r := range e.written {
		e.refs = append(e.refs, newReference(r, a.Lang))
	}
	return e, nil
}

// score is the mean of what the written summaries give to one.
func (e *example) score(summary []string) float64 {
	sum := 0.0
	for _, r := range e.refs {
		sum += r.score(summary)
	}
	return sum / float64(len(e.refs))
}
