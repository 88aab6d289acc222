package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestSameBytes: the same lines give the same bytes on every run and on any number of cores, whatever the program has read before.
func TestSameBytes(t *testing.T) {
	lines := sampleLines(t)
	read := func(lines []string) string {
		var out, errs bytes.Buffer
		if code := run(t.Context(), []string{"read", "--jsonl"}, strings.NewReader(strings.Join(lines, "\n")), &out, &errs, noEnv); code != exitOK {
			t.Fatalf("exit %d: %s", code, &errs)
		}
		return out.String()
	}
	want := read(lines)
	answers := strings.SplitAfter(want, "\n")
	if len(answers) != len(lines)+1 || strings.Contains(want, `"error"`) {
		t.Fatalf("%d answers to %d lines: %.300s", len(answers)-1, len(lines), want)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(cores)
		if got := read(lines); got != want {
			t.Errorf("other bytes on %d cores", cores)
		}
	}
	for i := len(lines) - 1; i >= 0; i -= 7 { // alone, and after others than before
		if got := read(lines[i : i+1]); got != answers[i] {
			t.Errorf("line %d by itself: got %.300s, want %.300s", i, got, answers[i])
		}
	}
}

// sampleLines are the sample articles as text with the language named, as text without, and as pages.
func sampleLines(t *testing.T) []string {
	t.Helper()
	names, texts := sampleTexts(t)
	var lines []string
	for i, text := range texts {
		query := map[string]any{"id": i, "title": names[i], "text": text}
		if i%3 == 0 {
			query = map[string]any{"id": i, "url": "https://post.example/" + fmt.Sprint(i), "html": "<html><body><article><h1>News</h1><p>" +
				strings.ReplaceAll(text, "\n\n", "</p><p>") + "</p></article></body></html>"}
		}
		if i%3 == 1 {
			query["sentences"] = i % 6
		}
		line, err := json.Marshal(query)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return lines
}
