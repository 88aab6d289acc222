package story

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// report is an invented report of an invented event.
type report struct {
	doc   Doc
	event string
	copy  int // number of the wire text that it copies or is, from 1; 0: its own words
}

// reports reads testdata/events.txt, and makes copies of the texts that are marked "wire": with another title, cut, and edited.
func reports(t testing.TB) []report {
	t.Helper()
	data, err := os.ReadFile("testdata/events.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []report
	event, wires := "", 0
	for block := range strings.SplitSeq(string(data), "\n\n") {
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(line, "## "):
				event = line[3:]
			case strings.HasPrefix(line, "= "):
				all = append(all, head(t, line, event))
			case line != "" && line[0] != '#':
				r := &all[len(all)-1]
				if r.doc.Text = line; r.copy < 0 {
					wires++
					r.copy = wires
					all = append(all, copies(*r)...)
				}
			}
		}
	}
	for i := range all {
		all[i].doc.ID = int64(i + 1)
	}
	return all
}

// head reads "= language hours [wire] title".
func head(t testing.TB, line, event string) report {
	t.Helper()
	f := strings.SplitN(line, " ", 4)
	hours, err := strconv.Atoi(f[2])
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	r := report{event: event, doc: Doc{Title: f[3], Lang: f[1], Time: monday.Add(time.Duration(hours) * time.Hour)}}
	if title, ok := strings.CutPrefix(f[3], "wire "); ok {
		r.copy, r.doc.Title = -1, title
	}
	return r
}

// copies are what other newspapers make of a wire text: its own words under another title and with a name of their own,
// its first half, and all but every third sentence with some words changed.
func copies(wire report) []report {
	sentences := strings.SplitAfter(wire.doc.Text, ". ")
	retitled, cut, edited := wire, wire, wire
	retitled.doc.Title = "What we know so far"
	retitled.doc.Text = "By our own staff. " + wire.doc.Text + " Read more in tomorrow's paper."
	words := strings.Fields(wire.doc.Text)
	cut.doc.Text = strings.Join(words[:len(words)/2], " ") + " …"
	kept := slices.Clone(sentences)
	kept = slices.Delete(kept, len(kept)-2, len(kept)-1)
	edited.doc.Text = strings.NewReplacer(" said", " has said", " on Tuesday", "", " on Wednesday", "", " on Thursday", "", " more than ", " over ").Replace(strings.Join(kept, ""))
	edited.doc.Title = strings.ToUpper(wire.doc.Title)
	list := []report{retitled, cut, edited}
	for i := range list {
		list[i].doc.Time = wire.doc.Time.Add(time.Duration(i+1) * 20 * time.Minute)
	}
	return list
}

// grouped is the stories of reports that come in the order of their time, or in any.
func grouped(all []report, seed uint64) map[int64]int64 {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b report) int { return a.doc.Time.Compare(b.doc.Time) })
	if seed > 0 {
		rand.New(rand.NewPCG(seed, 5)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	x := New(0)
	stories := map[int64]int64{}
	for _, r := range order {
		p := x.Add(r.doc)
		stories[r.doc.ID] = p.Story
		for _, m := range p.Moved {
			stories[m.Article] = m.To
		}
	}
	return stories
}

// fscore is F of pairs of reports that are one, of those that should be.
func fscore(all []report, is, should func(a, b report) bool) (f float64, wrong []string) {
	var hit, made, gold float64
	for i, a := range all {
		for _, b := range all[:i] {
			is, should := is(a, b), should(a, b)
			switch {
			case is && should:
				hit++
			case is || should:
				wrong = append(wrong, fmt.Sprintf("should %t: %s %q – %s %q", should, b.event, b.doc.Title, a.event, a.doc.Title))
			}
			if is {
				made++
			}
			if should {
				gold++
			}
		}
	}
	return 2 * hit / (made + gold), wrong
}

// TestEvents: of short reports in five languages those of one event are one story, and those of its neighbours are not.
func TestEvents(t *testing.T) {
	all := reports(t)
	if len(all) < 150 {
		t.Fatalf("%d reports", len(all))
	}
	for seed := range uint64(4) {
		stories := grouped(all, seed)
		one := func(a, b report) bool { return stories[a.doc.ID] == stories[b.doc.ID] }
		f, wrong := fscore(all, one, func(a, b report) bool { return a.event == b.event })
		t.Logf("order %d: F of pairs %.4f", seed, f)
		if f < .9 {
			t.Errorf("F %.4f:\n%s", f, strings.Join(wrong, "\n"))
		}
		f, wrong = fscore(all, func(a, b report) bool {
			return a.copy > 0 && b.copy > 0 && one(a, b) && (a.copy == b.copy || a.event != b.event)
		},
			func(a, b report) bool { return a.copy > 0 && a.copy == b.copy })
		t.Logf("order %d: F of copies %.4f", seed, f)
		if f < .99 {
			t.Errorf("copies: F %.4f:\n%s", f, strings.Join(wrong, "\n"))
		}
	}
}
