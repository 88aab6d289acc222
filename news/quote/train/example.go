package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"herald/news"
	"herald/news/quote"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

// example is an article with what people found said in it. Spans are bytes.
type example struct {
	article      *news.Article
	attributions []attribution
}

type attribution struct{ content, source []news.Span }

// readFile reads the articles of a file: of those whose number leaves fold when divided by five only, or all but those.
func readFile(name string, use func(n int) bool) ([]example, error) {
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
	return read(r, use)
}

func read(r io.Reader, use func(n int) bool) ([]example, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var out []example
	for n := 0; lines.Scan(); n++ {
		if !use(n) {
			continue
		}
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
		In   struct{ Text string }
		Gold struct {
			Lang         string
			Attributions []struct{ Content, Source [][2]int }
		}
	}
	if err := json.Unmarshal(line, &rec); err != nil {
		return example{}, err
	}
	if rec.In.Text == "" {
		return example{}, fmt.Errorf("needs a text")
	}
	at := byteOffsets(rec.In.Text)
	e := example{article: &news.Article{Text: rec.In.Text, Lang: rec.Gold.Lang}}
	for _, a := range rec.Gold.Attributions {
		content, err := spans(a.Content, at)
		if err != nil {
			return example{}, err
		}
		source, err := spans(a.Source, at)
		if err != nil {
			return example{}, err
		}
		e.attributions = append(e.attributions, attribution{content, source})
	}
	return e, nil
}

// byteOffsets are the offsets in bytes of the characters of s, and its end.
func byteOffsets(s string) []int {
	var at []int
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

func spans(chars [][2]int, at []int) ([]news.Span, error) {
	var out []news.Span
	for _, c := range chars {
		if c[0] < 0 || c[0] > c[1] || c[1] >= len(at) {
			return nil, fmt.Errorf("span %v is outside the text", c)
		}
		out = append(out, news.Span{Start: at[c[0]], End: at[c[1]]})
	}
	return out, nil
}

// source is who is said to have spoken s: the source of the shortest attribution that holds four fifths of its letters.
func (e *example) source(s news.Span) []news.Span {
	var source []news.Span
	all, best := e.letters(s), 0
	for _, a := range e.attributions {
		common, size := 0, 0
		for _, c := range a.content {
			common += e.letters(overlap(s, c))
			size += e.letters(c)
		}
		if 5*common >= 4*all && (best == 0 || size < best) {
			source, best = a.source, size
		}
	}
	return source
}

// right tells whether a mention shares a letter with the source.
func (e *example) right(m news.Span, source []news.Span) bool {
	for _, s := range source {
		if e.letters(overlap(m, s)) > 0 {
			return true
		}
	}
	return false
}

func overlap(a, b news.Span) news.Span {
	s := news.Span{Start: max(a.Start, b.Start), End: min(a.End, b.End)}
	if s.End < s.Start {
		s.End = s.Start
	}
	return s
}

func (e *example) letters(s news.Span) int {
	n := 0
	for _, r := range s.In(e.article.Text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// rows are the observations of an example: for each quotation that people gave a source, each mention that may be it.
func (e *example) rows(list int) []row {
	var out []row
	for _, c := range quote.Choices(e.article) {
		source := e.source(c.Span)
		if source == nil {
			continue
		}
		for _, o := range c.Options {
			r := row{x: o.X, list: list}
			if e.right(o.Span, source) {
				r.y = 1
			}
			out = append(out, r)
		}
		list++
	}
	return out
}
