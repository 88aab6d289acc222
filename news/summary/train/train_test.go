package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScore(t *testing.T) {
	ref := []string{"The pier fell.", "Nobody was hurt."}
	for _, tt := range []struct {
		name    string
		summary []string
		want    float64
	}{
		{"the same", ref, 100},
		{"nothing in common", []string{"Rain tomorrow"}, 0},
		// 3 of 3 words and 6: F1 of ROUGE-1 and -Lsum 6/9; pairs 2 of 2 and 5: 4/7.
		{"half of it", []string{"The pier fell"}, 100 * (2.0/3 + 4.0/7 + 2.0/3) / 3},
		// A word counts as often as the reference has it: 1 hit, 3 words.
		{"one word again and again", []string{"pier pier pier"}, 100 * (2.0/9 + 0 + 2.0/9) / 3},
		{"nothing", nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := newReference(ref, "en").score(tt.summary); math.Abs(got-tt.want) > 1e-9 {
				t.Errorf("got %.4f, want %.4f", got, tt.want)
			}
		})
	}
}

func TestCommon(t *testing.T) {
	got := common([]int{1, 2, 3, 4}, []int{2, 9, 4})
	if diff := cmp.Diff([]int{3, 1}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLogisticFindsTheFeature(t *testing.T) {
	var rows []row
	for i := range 20 {
		x := float64(i % 2)
		rows = append(rows, row{x: []float64{1, x, float64(i%3) - 1}, y: x, weight: 1})
	}
	th := logistic(rows)
	if th[1] < 1 || math.Abs(th[2]) > 0.5 {
		t.Errorf("got %.2f, want a large second weight and a small third", th)
	}
}

func TestRankingFindsTheFeature(t *testing.T) {
	x := [][]float64{{0, 1}, {1, 1}, {2, 1}}
	th := ranking([]list{{x: x, losses: make([]float64, 3), scores: []float64{10, 20, 30}, weight: 1}})
	if th[0] < 0.3 {
		t.Errorf("got %.2f, want the first weight large", th)
	}
	most := ranking([]list{{x: x, losses: []float64{0, 1, 2}, scores: []float64{10, 20, 30}, weight: 1}})
	if most[0] <= th[0] {
		t.Errorf("got %.2f, want more than %.2f against losses", most, th)
	}
}

// TestValued: those of the other kind count a fifth of those of the kind, however many they are.
func TestValued(t *testing.T) {
	all := []example{{asked: 2, weight: 1}, {asked: 2, weight: 3}, {asked: 3, weight: 1}, {asked: 4, weight: 1}}
	one := list{x: [][]float64{{1}}}
	lists := []list{one, one, one, one}
	for wide, want := range map[bool][]float64{false: {0.25, 0.75, 0.1, 0.1}, true: {0.05, 0.15, 0.5, 0.5}} {
		var got []float64
		for _, l := range valued(all, lists, wide) {
			got = append(got, math.Round(l.weight*1e6)/1e6)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", wide, diff)
		}
	}
}

const line = `{"in":{"title":"Pier falls","text":"The old pier of Varnmouth fell on Monday. Nobody was hurt there. The town will build a new pier next year.","sentences":2},"gold":{"lang":"en","refs":[["The pier of Varnmouth fell.","Nobody was hurt."]]}}`

func TestTrainIsTheSameEveryTime(t *testing.T) {
	all, err := read(strings.NewReader(line + "\n" + line))
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].weight = 1
	}
	first, err := train(all)
	if err != nil {
		t.Fatal(err)
	}
	again, err := train(all)
	if diff := cmp.Diff(first, again); diff != "" || err != nil {
		t.Errorf("another run differs, error %v (-first +now):\n%s", err, diff)
	}
	if first.Content[0] == 0 || first.Set[0] == 0 {
		t.Errorf("nothing was fitted: %v", first)
	}
}

func TestValidate(t *testing.T) {
	all, err := read(strings.NewReader(strings.Repeat(line+"\n", 4)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].weight = 1
		all[i].file = i % 2
	}
	var out strings.Builder
	if err := validate(&out, all, []string{"a", "b"}, 2); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[1], "b: 2 articles, the first sentences ") {
		t.Errorf("got %q, want a line for each file", lines)
	}
	if err := validate(&out, nil, nil, 2); err == nil {
		t.Error("nothing to learn from is no error")
	}
}

func TestRefuses(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.jsonl")
	if err := os.WriteFile(bad, []byte(line+"\n{\"in\":{}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	poor := filepath.Join(t.TempDir(), "poor.jsonl")
	if err := os.WriteFile(poor, []byte(`{"in":{"text":".","sentences":1},"gold":{"lang":"en","refs":[["a"]]}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		files []string
		want  string
	}{
		"no files":       {nil, "no articles"},
		"no such file":   {[]string{bad + "x"}, "no such file"},
		"no words":       {[]string{poor}, "too little text"},
		"a line's fault": {[]string{bad}, "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := run(tt.files, 0, 1); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(line))
	f.Add([]byte(`{"in":{"text":"a","sentences":1},"gold":{"refs":[[]]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if e, err := parse(data); err == nil && (e.asked < 1 || e.article.Text == "" || len(e.refs) == 0) {
			t.Errorf("accepted %+v", e)
		}
	})
}
