package story

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// newsroom writes articles about invented events, some of which are under way at a time.
type newsroom struct {
	r      *rand.Rand
	words  []string
	events []([]string) // what each event is told with: names, numbers and words of its own
	id     int64
}

// streamEvents is how many events are under way at a time; each article is about one of them, and ends it with a chance of one in five.
const streamEvents = 2000

func newNewsroom() *newsroom {
	n := &newsroom{r: rand.New(rand.NewPCG(8, 8)), words: make([]string, 40_000), events: make([][]string, streamEvents)}
	for i := range n.words {
		n.words[i] = n.name()
	}
	for i := range n.events {
		n.events[i] = n.event()
	}
	return n
}

func (n *newsroom) name() string {
	var b strings.Builder
	for range 2 + n.r.IntN(3) {
		b.WriteByte("bdfgklmnprstvz"[n.r.IntN(14)])
		b.WriteByte("aeiou"[n.r.IntN(5)])
	}
	return b.String()
}

// word is any word; as in languages, the rank of a word and how often it is used go against each other (Zipf).
func (n *newsroom) word() string {
	return n.words[int(math.Exp(n.r.Float64()*math.Log(float64(len(n.words)))))-1]
}

func (n *newsroom) event() []string {
	var own []string
	for i := range 40 {
		w := n.word()
		switch {
		case i < 10:
			w = strings.ToUpper(w[:1]) + n.name()
		case i < 14:
			w = fmt.Sprint(n.r.IntN(2000))
		}
		own = append(own, w)
	}
	return own
}

// article is the next article, 150 words, published three days apart from the 20,000th after it.
func (n *newsroom) article() Doc {
	n.id++
	e := n.r.IntN(len(n.events))
	var b strings.Builder
	for i := range 150 {
		if i%15 == 14 {
			b.WriteString(". ")
		}
		if n.r.IntN(3) == 0 {
			b.WriteString(n.events[e][n.r.IntN(len(n.events[e]))])
		} else {
			b.WriteString(n.word())
		}
		b.WriteByte(' ')
	}
	own := n.events[e]
	if n.r.IntN(5) == 0 {
		n.events[e] = n.event()
	}
	return Doc{
		ID: n.id, Lang: "en", Text: b.String(), Title: strings.Join([]string{own[0], own[20], own[n.r.IntN(10)], own[25]}, " "),
		Time: monday.Add(time.Duration(n.id) * DefaultWindow / MaxDocs),
	}
}

// BenchmarkStream places 100,000 articles and reports what one costs at the start, when the index is full, and at the end:
//
//	go test ./news/story -run '^$' -bench Stream -benchtime 1x -timeout 2h
func BenchmarkStream(b *testing.B) {
	const total, sample = 100_000, 5000
	for b.Loop() {
		n, x := newNewsroom(), New(0)
		var took []time.Duration
		for i := range total {
			d := n.article()
			start := time.Now()
			x.Add(d)
			took = append(took, time.Since(start))
			switch i + 1 {
			case 2 * sample:
				costs(b, "start", took[sample:])
			case MaxDocs + sample:
				costs(b, "full", took[MaxDocs:])
			case total:
				costs(b, "end", took[total-sample:])
			}
		}
		b.ReportMetric(float64(x.Len()), "remembered")
		runtime.KeepAlive(x)
	}
}

// costs reports the median and the 99th percentile of what articles took, and the memory in use.
func costs(b *testing.B, when string, took []time.Duration) {
	took = slices.Sorted(slices.Values(took))
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-median-"+when)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-p99-"+when)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc>>20), "MB-"+when)
	b.Logf("%s: median %v, p99 %v, %d MB", when, took[len(took)/2], took[len(took)*99/100], m.HeapAlloc>>20)
}
