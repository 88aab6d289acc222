package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const line = `{"in":{"text":"“Déjà vu,” Tom Reed said.\n“It is late.”"},"gold":{"lang":"en","attributions":[{"content":[[1,9]],"source":[[11,19]]},{"content":[[27,38]],"source":[[11,19]]}]}}` + "\n"

func TestBoostFindsTheFeature(t *testing.T) {
	var rows []row
	for i := range 200 {
		for k := range 2 {
			rows = append(rows, row{x: []int32{int32(i % 3), int32(k)}, y: float64(k), list: i})
		}
	}
	f := boost(rows)
	for n := range int32(3) {
		if a, b := f.Odds([]int32{n, 0}), f.Odds([]int32{n, 1}); a >= b {
			t.Errorf("odds %.2f and %.2f, want the second larger", a, b)
		}
	}
}

func TestRunIsTheSameEveryTime(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(name, []byte(strings.Repeat(line, 40)), 0o600); err != nil {
		t.Fatal(err)
	}
	var first, again, report bytes.Buffer
	if err := run(&first, &report, []string{name}, 1); err != nil {
		t.Fatal(err)
	}
	if err := run(&again, &report, []string{name}, 1); err != nil || first.String() != again.String() {
		t.Errorf("another run differs, error %v", err)
	}
	if want := "of 16 quotations the forest is right about 16, the rules about 16\n"; !strings.HasPrefix(report.String(), want) {
		t.Errorf("got %q, want %q", report.String(), want)
	}
}

func TestRunRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no text": `{"in":{}}`, "no article": "", "outside": `{"in":{"text":"a"},"gold":{"attributions":[{"content":[[0,9]]}]}}`,
	} {
		file := filepath.Join(t.TempDir(), "a.jsonl")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := run(io.Discard, io.Discard, []string{file}, -1); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(line))
	f.Add([]byte(`{"in":{"text":"a"},"gold":{"attributions":[{"content":[[1,0]]}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if e, err := parse(data); err == nil {
			_ = e.rows(0)
		}
	})
}
