package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// sampleTexts are the sample articles by their files.
func sampleTexts(tb testing.TB) (names, texts []string) {
	tb.Helper()
	names, err := filepath.Glob("news/sample/articles/*/*")
	if err != nil || len(names) == 0 {
		tb.Fatalf("no sample articles: %v", err)
	}
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		_, text, _ := strings.Cut(string(data), "\n\n")
		names[i], texts = filepath.Base(name), append(texts, text)
	}
	return names, texts
}

// BenchmarkReadLines is all that "herald read --jsonl" does with a text: JSON, language, asides, summary, quotes. The bytes
// are those of the texts.
func BenchmarkReadLines(b *testing.B) {
	var in strings.Builder
	size := 0
	names, texts := sampleTexts(b)
	for i, text := range texts {
		line, err := json.Marshal(map[string]any{"id": i, "title": names[i], "text": text})
		if err != nil {
			b.Fatal(err)
		}
		in.Write(append(line, '\n'))
		size += len(text)
	}
	const rounds = 20
	lines := strings.Repeat(in.String(), rounds)
	b.SetBytes(int64(size * rounds))
	for b.Loop() {
		env := &Env{Stdin: strings.NewReader(lines), Stdout: io.Discard, Stderr: io.Discard}
		if err := (&ReadCmd{JSONL: true}).Run(b.Context(), env); err != nil {
			b.Fatal(err)
		}
	}
}
