package text

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// sentenceCase is a line of testdata/sentences: a text and where its sentences begin, but for the first.
type sentenceCase struct {
	text   string
	begins []int
}

// sentenceCases reads a file of cases; en.txt says how they are written.
func sentenceCases(t *testing.T, file string) []sentenceCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []sentenceCase
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var c sentenceCase
		for i, part := range strings.Split(strings.ReplaceAll(line, "⏎", "\n"), "¦") {
			if i > 0 {
				part = strings.TrimPrefix(part, " ")
				c.begins = append(c.begins, len(c.text)+len(part)-len(strings.TrimLeft(part, "\n")))
			}
			c.text += part
		}
		cases = append(cases, c)
	}
	return cases
}

// TestSentencesHard holds Sentences against cases that break splitters, a file a language.
func TestSentencesHard(t *testing.T) {
	files, err := filepath.Glob("testdata/sentences/*.txt")
	if err != nil || len(files) != 16 {
		t.Fatalf("got %d files, %v, want 16", len(files), err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(lang, func(t *testing.T) {
			for _, c := range sentenceCases(t, file) {
				spans := Sentences(c.text, lang)
				var got []int
				for _, x := range spans[min(1, len(spans)):] {
					got = append(got, x.Start)
				}
				if !slices.Equal(got, c.begins) {
					t.Errorf("got %q", texts(c.text, spans))
				}
			}
		})
	}
}

// TestSentencesLinear holds that hostile repetitions take time in proportion to their length: squared, they would take
// minutes.
func TestSentencesLinear(t *testing.T) {
	for _, unit := range []string{
		"a.a", "A. ", "! ", "!( ", "…( ", ".« ", "aa/a.Aa", "「あ。", "」。と", "(a.) ", "z. B. ", "1. ", ". . . ", "[1]", ".[1", "x.’", ". »", "П. ", "।",
	} {
		for _, lang := range []string{"de", "ja"} {
			s := "「a" + strings.Repeat(unit, 60_000/len(unit))
			began := time.Now()
			Sentences(s, lang)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("%s: %d kB of %q took %v", lang, len(s)/1000, unit, took)
			}
		}
	}
}
