package summary

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func TestLeans(t *testing.T) {
	for _, tt := range []struct {
		lang, s string
		want    bool
	}{
		{"en", "She left the harbour.", true},
		{"en", "But the pier stood.", true},
		{"en", "In her view the pier was rotten.", true},
		{"en", "In the harbour the pier stood.", false},
		{"en", "“He left,” said Ida Brenner.", true},
		{"fr", "C’est tout.", true},
		{"fr", "Selon elle, le quai tiendra.", true},
		{"ru", "По её словам, причал старый.", true},
		{"ru", "По мосту прошёл трамвай.", false},
		{"es", "A su juicio, el muelle aguanta.", true},
		{"", "She left.", false},
		{"en", "", false},
	} {
		if got := languageOf(tt.lang).lean.begin(tt.s); got != tt.want {
			t.Errorf("%q in %q leans: %v, want %v", tt.s, tt.lang, got, tt.want)
		}
	}
}

const strangers = `The quay of Varnmouth will be closed for a week. Ida Brenner, the harbour master, ordered it on Monday.

Brenner expects the quay to open in June. The shops behind Brenner's office stay open.

Ms Brenner has closed the quay before. Ms Ida Brenner has kept the harbour since May. Brenner, 61, likes boats. Brenner (61) has two.`

func TestStrange(t *testing.T) {
	for _, tt := range []struct {
		name, title string
		i           int
		before      []int
		want        bool
	}{
		{"the one with the full name", "", 1, nil, false},
		{"a surname alone", "", 2, []int{0}, true},
		{"introduced before", "", 2, []int{1}, false},
		{"named in the headline", "Brenner closes quay", 2, nil, false},
		{"no name at the beginning", "", 3, nil, false},
		{"behind a word of courtesy", "", 4, []int{0}, true},
		{"in full behind it", "", 5, []int{0}, false},
		{"behind a comma is who it is", "", 6, nil, false},
		{"in a bracket", "", 7, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := read(standard(), &news.Article{Title: tt.title, Text: strangers, Lang: "en"})
			if got := d.strange(tt.i, tt.before); got != tt.want {
				t.Errorf("strange(%d, %v) = %v, want %v", tt.i, tt.before, got, tt.want)
			}
		})
	}
}

// TestGiven: a sentence may begin with a thing as if it were known where a sentence shown before it, or the headline, speaks of it.
func TestGiven(t *testing.T) {
	for _, tt := range []struct {
		lang, title, text string
		known             bool // the last sentence's thing, where the first is shown
		given             bool // and it has one
	}{
		{"en", "Pier closes", "A report calls the pier of Sandwick rotten. Divers agree. The report names three officials.", true, true},
		{"en", "Pier closes", "Divers call the pier of Sandwick rotten. Nobody was hurt. The report names three officials.", false, true},
		{"en", "Pier closes after report", "Divers call the pier of Sandwick rotten. Nobody was hurt. The report names three officials.", false, false},
		{"en", "Pier closes", "Divers call the pier of Sandwick rotten. Nobody was hurt. The report of the county names officials.", false, false},
		{"de", "Anleger gesperrt", "Taucher nennen den Anleger morsch. Verletzt wurde niemand. Die Entscheidung fiel am Montag.", false, true},
		{"fr", "Le quai ferme", "Des plongeurs disent le quai pourri. Nul n’est blessé. L’enquête a été confiée au comté.", false, true},
	} {
		d := read(standard(), &news.Article{Lang: tt.lang, Title: tt.title, Text: tt.text})
		id := d.sentences[2].given
		if (id >= 0) != tt.given || tt.given && d.said(id, []int{0}) != tt.known {
			t.Errorf("%q: given %v", tt.text, id)
		}
		d.release()
	}
}

// TestOpenQuotation: of what somebody says over several sentences, no part is shown whose marks are open where it is avoidable.
func TestOpenQuotation(t *testing.T) {
	d := read(standard(), &news.Article{Lang: "en", Title: "Pier collapses", Text: "“The pier fell into the harbour. I saw it fall,” Ida Brenner said. The pier of Sandwick was closed."})
	defer d.release()
	if s := d.sentences; !s[0].unclosed || s[1].unclosed || !s[1].leaning || s[2].leaning {
		t.Errorf("got %+v", s)
	}
}

// TestDenied: what the next sentence takes back is shown with it or not at all.
func TestDenied(t *testing.T) {
	for _, a := range []*news.Article{
		{Lang: "en", Title: "No, the pier of Sandwick is not for sale", Text: "A letter that 4,000 people have shared says that the pier of Sandwick is for sale. A hotel has bought it already, it goes on. It is false. The council of Sandwick has decided to keep the pier until 2040. The letter has the crest of another town on it."},
		{Lang: "en", Title: "Meters of Sandwick under fire", Text: "The council of Sandwick has put up new meters in all of its streets. A film says that the meters of Sandwick were banned in Ellery. They were not. The council of Ellery waited two months for batteries."},
		{Lang: "ru", Title: "Причал в Липовке закрыли после столкновения", Text: "Причал в Липовке закрыли в понедельник после столкновения парома с баржей. По данным полиции, капитан парома в Липовке заснул. Капитан это отрицает. Паром в Липовке отремонтируют к июню."},
	} {
		for n := 1; n <= 4; n++ {
			d := read(standard(), a)
			set := d.choose(room{sentences: n}, none)
			for k, i := range set {
				if d.sentences[i].denied > 0 && !slices.Contains(set[k:], d.sentences[i].denied) {
					t.Errorf("%s, %d: %q without what takes it back", a.Lang, n, d.sentences[i].text)
				}
			}
			if !slices.ContainsFunc(d.sentences, func(s sentence) bool { return s.denied > 0 }) {
				t.Errorf("%s: the case is none", a.Lang)
			}
			d.release()
		}
	}
}

// TestTurned: where a sentence is shown that the next one turns against, that one is shown too if there is room.
func TestTurned(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Coffee of Sandwick calms hearts, says study", Text: "People of Sandwick who drink coffee have calmer hearts, a study of 200,000 of them says. " +
		"The study of Sandwick contradicts what doctors have told people with weak hearts for decades. But its authors warn that coffee may not be the reason. " +
		"The study of the hearts of Sandwick took eleven years. It cost four million crowns."}
	got := texts(Fit(a, news.Long))
	claim, but := slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "contradicts") }), slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "warn") })
	if claim && !but {
		t.Errorf("got %q", got)
	}
	d := read(standard(), a)
	defer d.release()
	d.care = strict
	if with, without := d.weigh([]int{0, 1, 2}, 3), d.weigh([]int{0, 1}, 3); d.price(with.set, 1) != 0 || d.price(without.set, 1) != turned {
		t.Errorf("costs %v with what turns against it, %v without", d.price(with.set, 1), d.price(without.set, 1))
	}
}

// TestRestored: what a sentence can do without is shown where there is room.
func TestRestored(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Sandwick buys back its ferry", Text: "The town of Sandwick bought its ferry back on Monday, prompting cheers on the quay below the county. " +
		"The ferry of Sandwick sails again from Friday."}
	for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
		if got := texts(Fit(a, l)); !strings.HasSuffix(got[0], "the county.") {
			t.Errorf("%s: %q", l, got)
		}
	}
	d := read(standard(), a)
	defer d.release()
	d.tried(3) // shortens
	part := slices.IndexFunc(d.sentences, func(s sentence) bool { return s.part })
	if part < 0 {
		t.Fatal("nothing was shortened")
	}
	for runes, want := range map[int]bool{d.sentences[part].runes: false, d.sentences[0].runes - 1: false, d.sentences[0].runes: true} {
		if got := d.restore([]int{part}, runes)[0] == 0; got != want {
			t.Errorf("room for %d: restored %v", runes, got)
		}
	}
}

// The beam has to find what trying every set finds, where there are few sentences.
func TestChooseFindsTheBest(t *testing.T) {
	d := read(standard(), article())
	got := d.choose(room{sentences: 3}, none)
	best := d.weigh(got, 3)
	for _, s := range (&Trial{d: d, n: 3}).sets() {
		if c := d.weigh(s, 3); c.worth > best.worth {
			t.Errorf("choose gave %v, worth %.3f; %v is worth %.3f", got, best.worth, s, c.worth)
		}
	}
}

func TestSameInParallel(t *testing.T) {
	want := Of(article(), 3)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if diff := cmp.Diff(want, Of(article(), 3)); diff != "" {
				t.Errorf("a run beside others differs (-want +got):\n%s", diff)
			}
		})
	}
	wg.Wait()
}

// What a reader remembers of earlier articles must not show.
func TestSameWhateverWasReadBefore(t *testing.T) {
	r := new(reader)
	summary := func(a *news.Article) []news.Sentence {
		d := r.read(standard(), []*news.Article{a})
		return d.shown(d.choose(room{sentences: 3}, none))
	}
	want := summary(article())
	for _, a := range []*news.Article{
		{Title: "Sandwick", Text: "SANDWICK. COLLAPSES, collapsed. Harbours! harbours; PIERS. „Open", Lang: "en"},
		{Title: "Anleger", Text: harbour, Lang: "de"},
		{Text: harbour, Lang: ""},
	} {
		summary(a)
		if diff := cmp.Diff(want, summary(article())); diff != "" {
			t.Errorf("after %q (-want +got):\n%s", a.Title, diff)
		}
	}
}
