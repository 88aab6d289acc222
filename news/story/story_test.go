package story

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/news"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// monday is when the invented events happen.
var monday = time.Date(2025, 3, 3, 8, 0, 0, 0, time.UTC)

// wire is a report as an agency writes it, long enough to be known as a copy.
const wire = `An express train from Karlsholm to Bergmere left the rails near the village of Tunfoss on Monday morning,
injuring 23 of the 180 people on board, the railway inspectorate said. Three carriages came to rest against a bank of
snow. Rescuers led by fire chief Olav Rennick brought the last passengers out shortly after noon. The line will stay
closed until Wednesday, and buses replace the trains between Tunfoss and Bergmere. Inspectors are looking at a switch
that had been repaired in January. It was the first accident on the line since it was electrified.`

// events are reports of events; what is under one key is one story, and the keys are kinds of events with neighbours.
var events = map[string][]Doc{
	"train": {
		{Title: "23 hurt as train derails near Tunfoss", Text: wire, Lang: "en"},
		{Title: "Train leaves the rails at Tunfoss, 23 injured", Lang: "en", Text: `Twenty-three people were hurt when the
express to Bergmere derailed at Tunfoss on Monday. Fire chief Olav Rennick said all 180 passengers were out of the train by
noon. A switch repaired in January is being examined.`},
		{Title: "Déraillement à Tunfoss : 23 blessés", Lang: "fr", Text: `Un train express reliant Karlsholm à Bergmere a
déraillé lundi matin près de Tunfoss, faisant 23 blessés parmi les 180 personnes à bord. Selon Olav Rennick, chef des pompiers,
tous les voyageurs ont été évacués.`},
	},
	"other train": {
		{Title: "Goods train derails in Oxmoor valley", Lang: "en", Text: `A goods train carrying gravel derailed in the Oxmoor
valley on Monday night. Nobody was hurt, the operator Grantline said, but the line between Pellam and Stour Bridge is blocked
by nine overturned wagons.`},
		{Title: "Nine wagons overturn near Pellam", Lang: "en", Text: `Nine wagons of gravel overturned when a goods train left
the rails in the Oxmoor valley. Grantline, the operator, said the track between Pellam and Stour Bridge would be blocked for
days.`},
	},
	"verdict": {
		{Title: "Banker Edda Kroll sentenced to six years", Lang: "en", Text: `A court in Marlow sentenced the banker Edda Kroll
to six years in prison on Tuesday for hiding losses of 410 million crowns at Nordhav Bank. Her lawyer Pim Oster said she would
appeal.`},
		{Title: "Sechs Jahre Haft für Bankerin Edda Kroll", Lang: "de", Text: `Die Bankerin Edda Kroll ist am Dienstag in
Marlow zu sechs Jahren Haft verurteilt worden. Sie hatte bei der Nordhav Bank Verluste von 410 Millionen Kronen verschleiert.
Ihr Anwalt Pim Oster kündigte Berufung an.`},
	},
	"other verdict": {
		{Title: "Smuggler Bo Tarrant gets four years", Lang: "en", Text: `A court in Hexley sentenced Bo Tarrant to four years
in prison on Tuesday for smuggling 2,000 exotic birds. His lawyer said the birds had been a gift.`},
	},
	"launch": {
		{Title: "Kestrel 9 reaches orbit from Isla Verra", Lang: "es", Text: `El cohete Kestrel 9 llegó a la órbita el lunes tras
despegar de Isla Verra con 12 satélites a bordo, informó la agencia Solane.`},
		{Title: "Rocket Kestrel 9 puts 12 satellites in orbit", Lang: "en", Text: `The rocket Kestrel 9 lifted off from Isla Verra
on Monday and put 12 satellites into orbit, the agency Solane said.`},
	},
}

// stream is the events' reports in an order, with their keys by ID.
func stream(order *rand.Rand) ([]Doc, map[int64]string) {
	var keys []string
	for k := range events {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var docs []Doc
	of := map[int64]string{}
	for _, k := range keys {
		for _, d := range events[k] {
			d.ID = int64(len(docs) + 1)
			d.Time = monday.Add(time.Duration(d.ID) * time.Minute)
			of[d.ID] = k
			docs = append(docs, d)
		}
	}
	order.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	return docs, of
}

// TestAddGroups: in any order reports of one event are one story, named after the first, and neighbours stay apart.
func TestAddGroups(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			docs, of := stream(rand.New(rand.NewPCG(seed, 1)))
			x := New(0)
			first := map[string]int64{}
			for _, d := range docs {
				key := of[d.ID]
				if first[key] == 0 {
					first[key] = d.ID
				}
				p := x.Add(d)
				if p.Story != first[key] {
					t.Errorf("%q: got story %d, %q, want %d, %q", d.Title, p.Story, of[p.Story], first[key], key)
				}
				if len(p.Related) > MaxRelated || slices.Contains(p.Related, p.Story) {
					t.Errorf("%q: got related %v of story %d", d.Title, p.Related, p.Story)
				}
			}
		})
	}
}

// TestWindow: the same words long after are another event, unless the time of one is unknown.
func TestWindow(t *testing.T) {
	for _, c := range []struct {
		name string
		at   time.Time
		want int64
	}{
		{"within", monday.Add(47 * time.Hour), 1},
		{"before", monday.Add(-47 * time.Hour), 1},
		{"after", monday.Add(49 * time.Hour), 2},
		{"long before", monday.Add(-49 * time.Hour), 2},
		{"unknown", time.Time{}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := New(48 * time.Hour)
			x.Add(Doc{ID: 1, Text: wire, Time: monday})
			if got := x.Add(Doc{ID: 2, Text: wire, Time: c.at}).Story; got != c.want {
				t.Errorf("got story %d, want %d", got, c.want)
			}
		})
	}
}

// TestForgets: memory follows the window and the limit, and one wrong date empties nothing.
func TestForgets(t *testing.T) {
	x := New(24 * time.Hour)
	for i := range 400 {
		x.Add(Doc{ID: int64(i + 1), Text: fmt.Sprintf("Report %d from station %d.", i*7919, i*104729), Time: monday.Add(time.Duration(i) * time.Hour)})
	}
	if got := x.Len(); got > 24+2*staleRun {
		t.Errorf("got %d articles kept, want about a day's 24", got)
	}
	before := x.Len()
	x.Add(Doc{ID: 1000, Text: "From the future.", Time: monday.AddDate(100, 0, 0)})
	if got := x.Len(); got < before {
		t.Errorf("got %d articles after a wrong date, want %d as before", got, before)
	}
	x.limit = 5
	x.Add(Doc{ID: 1001, Text: "One more."})
	if got := x.Len(); got != 5 || len(x.records.list) != 5 {
		t.Errorf("got %d articles, want the limit, 5", got)
	}
	terms, runs := 0, 0
	for _, r := range x.records.list {
		terms, runs = terms+len(r.terms), runs+len(r.sketch.keys())
	}
	for _, l := range x.records.words {
		terms -= len(l)
	}
	for _, l := range x.records.runs {
		runs -= len(l)
	}
	if terms != 0 || runs != 0 {
		t.Errorf("the index and the articles differ by %d words and %d runs", terms, runs)
	}
	x.Grow(10)
	if x.limit != 10 {
		t.Errorf("got limit %d, want 10", x.limit)
	}
}

// TestRestore: an index filled from storage goes on as the one that placed the articles, whatever that has forgotten.
func TestRestore(t *testing.T) {
	all := reports(t)
	slices.SortStableFunc(all, func(a, b report) int { return a.doc.Time.Compare(b.doc.Time) })
	const window = 24 * time.Hour
	old := New(window)
	stories := map[int64]int64{}
	note := func(id int64, p Placement) {
		stories[id] = p.Story
		for _, m := range p.Moved {
			if stories[m.Article] != m.From {
				t.Errorf("article %d moved from %d, which is in %d", m.Article, m.From, stories[m.Article])
			}
			stories[m.Article] = m.To
		}
	}
	half := len(all) / 2
	for _, r := range all[:half] {
		note(r.doc.ID, old.Add(r.doc))
	}
	if old.Len() == half {
		t.Fatal("nothing was forgotten")
	}
	fresh := New(window)
	for _, r := range all[:half] {
		fresh.Restore(r.doc, stories[r.doc.ID])
		fresh.Restore(r.doc, 0) // a second time changes nothing
	}
	for _, r := range all[half:] {
		p := old.Add(r.doc)
		if diff := cmp.Diff(p, fresh.Add(r.doc)); diff != "" {
			t.Fatalf("%q: -running +restored:\n%s", r.doc.Title, diff)
		}
		note(r.doc.ID, p)
	}
	for _, x := range []*Index{old, fresh} {
		for id, members := range x.stories {
			for _, m := range members {
				if stories[m.id] != id {
					t.Errorf("article %d is in story %d, and %d was told", m.id, id, stories[m.id])
				}
			}
		}
	}
	last := all[len(all)-1].doc
	if again := old.Add(last); again.Story != stories[last.ID] || again.Moved != nil {
		t.Errorf("an article that is known was placed again: %+v", again)
	}
}

// TestUndo: an article that could not be stored leaves no trace.
func TestUndo(t *testing.T) {
	all := reports(t)
	rand.New(rand.NewPCG(2, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	sure, x := New(0), New(0)
	moved := 0
	for i, r := range all {
		lost := all[(i+1)%len(all)].doc
		lost.ID = 10_000 + int64(i)
		p := x.Add(lost)
		moved += len(p.Moved)
		x.Undo(lost.ID, p)
		x.Undo(lost.ID, p) // a second time changes nothing
		if diff := cmp.Diff(sure.Add(r.doc), x.Add(r.doc)); diff != "" {
			t.Fatalf("%q: -without +undone:\n%s", r.doc.Title, diff)
		}
	}
	if moved == 0 {
		t.Error("nothing moved, so nothing was moved back")
	}
	for id, r := range sure.byID {
		if got := x.byID[id]; got == nil || got.name != r.name || got.story != r.story {
			t.Errorf("article %d: %+v, want name %d and story %d", id, got, r.name, r.story)
		}
	}
	if diff := cmp.Diff(sure.words.having, x.words.having); diff != "" || len(sure.records.words) != len(x.records.words) {
		t.Errorf("words: %s", diff)
	}
}

// TestLearn: words that the world uses all the time bring nothing together.
func TestLearn(t *testing.T) {
	a := Doc{ID: 1, Text: "Quarterly figures beat analysts' expectations on strong demand."}
	b := Doc{ID: 2, Text: "Quarterly figures missed analysts' expectations on weak demand."}
	naive, learned := New(0), New(0)
	for range 300 {
		learned.Learn(Doc{Text: "Quarterly figures, analysts' expectations and demand: the week ahead."})
	}
	naive.Add(a)
	learned.Add(a)
	if got := naive.Add(b).Story; got != 1 {
		t.Errorf("without knowledge: got story %d, want 1", got)
	}
	if got := learned.Add(b).Story; got != 2 {
		t.Errorf("with knowledge: got story %d, want 2", got)
	}
}

func TestEmpty(t *testing.T) {
	x := New(0)
	for id := range int64(3) {
		if got := x.Add(Doc{ID: id + 1}); got.Story != id+1 || got.Related != nil {
			t.Errorf("got %+v for an empty article, want a story of its own", got)
		}
	}
}

func TestDocOf(t *testing.T) {
	text := "Read also: Snow\n\nThe bridge opened.\n\nShare this"
	a := &news.Article{
		ID: 4, Title: "Bridge", Text: text, Lang: "en", Source: "Post", Fetched: monday,
		Asides: []news.Span{{Start: 0, End: 15}, {Start: 37, End: len(text)}, {Start: 40, End: 900}},
	}
	want := Doc{ID: 4, Title: "Bridge", Text: "\n\n\nThe bridge opened.\n\n\n", Lang: "en", Source: "Post", Time: monday}
	if d := cmp.Diff(want, DocOf(a)); d != "" {
		t.Error("-want +got:\n" + d)
	}
	a.Asides = nil
	if got := DocOf(a).Text; got != text {
		t.Errorf("got %q without asides, want %q", got, text)
	}
}

// TestConcurrent: callers from many goroutines lose nothing.
func TestConcurrent(t *testing.T) {
	x := New(0)
	docs, _ := stream(rand.New(rand.NewPCG(3, 3)))
	var all sync.WaitGroup
	for _, d := range docs {
		all.Go(func() {
			p := x.Add(d)
			x.Related(p.Story)
			x.Neighbors(d.ID)
		})
	}
	all.Wait()
	if x.Len() != len(docs) {
		t.Errorf("got %d articles, want %d", x.Len(), len(docs))
	}
}

// FuzzAdd: any texts can be placed, a story's name is an article's, and the same calls give the same answer.
func FuzzAdd(f *testing.F) {
	f.Add("Train derails", wire, "en", "Train derails again", wire)
	f.Add("", "\xff\xfe", "xx", "東京", "9 9 9 9 9")
	f.Fuzz(func(t *testing.T, title, text, lang, title2, text2 string) {
		docs := []Doc{{ID: 1, Title: title, Text: text, Lang: lang}, {ID: 2, Title: title2, Text: text2}, {ID: 3, Title: title2, Text: text, Lang: lang}}
		a, b := New(0), New(0)
		for _, d := range docs {
			p := a.Add(d)
			if p.Story < 1 || p.Story > d.ID {
				t.Errorf("got story %d for article %d", p.Story, d.ID)
			}
			if diff := cmp.Diff(p, b.Add(d)); diff != "" {
				t.Errorf("the second time: %s", diff)
			}
		}
	})
}

// BenchmarkAdd adds articles to an index that is full.
func BenchmarkAdd(b *testing.B) {
	order := rand.New(rand.NewPCG(1, 2))
	vocabulary := make([]string, 5000)
	for i := range vocabulary {
		vocabulary[i] = fmt.Sprintf("w%x", order.Uint32())
	}
	article := func() string {
		var s strings.Builder
		for range 200 {
			// Squared, so that some words are common and most are rare.
			r := order.Float64()
			s.WriteString(vocabulary[int(r*r*float64(len(vocabulary)))] + " ")
		}
		return s.String()
	}
	x := New(0)
	x.limit = 5000
	id := int64(0)
	for ; id < 5000; id++ {
		x.Add(Doc{ID: id, Text: article(), Lang: "en"})
	}
	for b.Loop() {
		id++
		x.Add(Doc{ID: id, Text: article(), Lang: "en"})
	}
}
