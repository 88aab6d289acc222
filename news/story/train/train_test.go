package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// invent writes a file of articles about two events on each of some topics.
func invent(t *testing.T) string {
	t.Helper()
	r := rand.New(rand.NewPCG(4, 4))
	word := func() string { return fmt.Sprintf("w%04x", r.IntN(9000)) }
	var lines strings.Builder
	for topic := range 12 {
		var common []string
		for range 20 {
			common = append(common, word())
		}
		for event := range 2 {
			own := []string{"Ann " + word(), "Bo " + word(), fmt.Sprint(r.IntN(900)), fmt.Sprint(1990 + r.IntN(30))}
			for range 4 {
				var text []string
				for range 60 {
					switch r.IntN(4) {
					case 0:
						text = append(text, own[r.IntN(len(own))])
					case 1:
						text = append(text, common[r.IntN(len(common))])
					default:
						text = append(text, word())
					}
				}
				b, err := json.Marshal(map[string]any{
					"in":   map[string]string{"title": own[0] + " " + common[0], "text": strings.Join(text, " ") + ".", "lang": "en"},
					"gold": map[string]string{"topic": fmt.Sprint(topic), "story": fmt.Sprint(event)},
				})
				if err != nil {
					t.Fatal(err)
				}
				lines.Write(append(b, '\n'))
			}
		}
	}
	file := filepath.Join(t.TempDir(), "events.jsonl")
	if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestRun: the same articles give the same weights, and weights group what they were not fitted to.
func TestRun(t *testing.T) {
	file := invent(t)
	var once, again, report strings.Builder
	for _, out := range []*strings.Builder{&once, &again} {
		if err := run(out, []string{file}, 0, 1); err != nil {
			t.Fatal(err)
		}
	}
	if once.String() != again.String() || !strings.Contains(once.String(), " longer\n") {
		t.Errorf("got\n%sand then\n%s", once.String(), again.String())
	}
	if err := run(&report, []string{file}, 3, 2); err != nil {
		t.Fatal(err)
	}
	var p, r, f float64
	_, last, _ := strings.Cut(report.String(), "all: ")
	if _, err := fmt.Sscanf(last, "B-cubed P %f R %f F %f,", &p, &r, &f); err != nil || f < .9 {
		t.Errorf("got F %.3f, %v of\n%s", f, err, report.String())
	}
}

func TestRefuses(t *testing.T) {
	for name, lines := range map[string]string{
		"no event":    `{"in":{"text":"A"},"gold":{"topic":"1"}}`,
		"no JSON":     `{"in"`,
		"one article": `{"in":{"text":"A"},"gold":{"topic":"1","story":"1"}}`,
	} {
		file := filepath.Join(t.TempDir(), "f.jsonl")
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := run(&strings.Builder{}, []string{file}, 0, 1); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := run(&strings.Builder{}, nil, 0, 1); !errors.Is(err, errPoor) {
		t.Errorf("got %v for no articles", err)
	}
}

func TestSolve(t *testing.T) {
	d := solve([][]float64{{4, 1}, {1, 3}}, []float64{9, 5})
	if d[0] != 2 || d[1] != 1 {
		t.Errorf("got %v, want [2 1]", d)
	}
}
