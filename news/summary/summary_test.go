package summary

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"herald/news"
	"herald/news/text"
)

const harbour = `HARBOUR NEWS

“It was loud,” Ida Brenner said.

The old ferry pier of Sandwick collapsed into the harbour early on Monday, and nobody was hurt.

Read also: Ten piers you should see before the winter comes.

She said the timber had been rotten for years. Ida Brenner, the harbour master, had closed the pier to visitors in the spring after divers found rotten timber below the ferry landing.

The town council will decide next week whether the ferry pier of Sandwick is built again or the harbour goes without one.

The ferry sails from the northern quay until then. Tickets cost four crowns.`

func article() *news.Article {
	a := &news.Article{Title: "Ferry pier collapses in Sandwick harbour", Text: harbour, Lang: "en"}
	start := strings.Index(harbour, "Read also")
	a.Asides = []news.Span{{Start: start, End: start + len("Read also: Ten piers you should see before the winter comes.")}}
	return a
}

func texts(s []news.Sentence) []string {
	var out []string
	for _, x := range s {
		out = append(out, x.Text)
	}
	return out
}

func TestOf(t *testing.T) {
	want := []string{
		"The old ferry pier of Sandwick collapsed into the harbour early on Monday, and nobody was hurt.",
		"Ida Brenner, the harbour master, had closed the pier to visitors in the spring after divers found rotten timber below the ferry landing.",
	}
	if diff := cmp.Diff(want, texts(Of(article(), 2))); diff != "" {
		t.Errorf("Of(2) (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[:1], texts(Of(article(), 1))); diff != "" {
		t.Errorf("Of(1) (-want +got):\n%s", diff)
	}
}

// What stands before a sentence and is no article is no support for it.
func TestOfLeavesOutWhatDangles(t *testing.T) {
	for n := range 5 {
		for _, s := range Of(article(), n) {
			if strings.HasPrefix(s.Text, "She said") || strings.HasPrefix(s.Text, "“It was") {
				t.Errorf("Of(%d) has %q", n, s.Text)
			}
		}
	}
}

func TestOfKeepsALeaningSentenceWithItsSupport(t *testing.T) {
	body := "The bridge over the Varn fell into the river on Friday night. But nobody stood on the bridge over the Varn when it fell."
	got := Of(&news.Article{Text: body, Lang: "en"}, 2)
	if len(got) != 2 {
		t.Errorf("Of(2) gave %d sentences, want both: %q", len(got), texts(got))
	}
}

func TestClockless(t *testing.T) {
	for _, tt := range []struct{ lang, s, want string }{
		{"en", "14:32 The pier fell.", "The pier fell."},
		{"ru", "9:05 – Причал упал.", "Причал упал."},
		{"en", "14:32 “It fell,” he said.", "“It fell,” he said."},
		{"en", "14:32 is the time.", "14:32 is the time."},
		{"en", "14:320 Piers fell.", "14:320 Piers fell."},
		{"en", "The pier fell at 14:32.", "The pier fell at 14:32."},
		{"en", "14:32", "14:32"},
		{"en", "", ""},
		{"de", "14.32 Uhr: Der Anleger ist eingestürzt.", "Der Anleger ist eingestürzt."},
		{"de", "9:05 Uhr – „Es war laut“, sagt Brandner.", "„Es war laut“, sagt Brandner."},
		{"de", "14.32 | Der Anleger ist eingestürzt.", "Der Anleger ist eingestürzt."},
		{"de", "14.32 Uhr war es, als der Anleger einstürzte.", "14.32 Uhr war es, als der Anleger einstürzte."},
		{"de", "14.32 Millionen kostet der Anleger.", "14.32 Millionen kostet der Anleger."},
		{"ar", "14:32 صباحا انهار الرصيف في الميناء.", "14:32 صباحا انهار الرصيف في الميناء."},
		{"ar", "14:32 – انهار الرصيف في الميناء.", "انهار الرصيف في الميناء."},
		{"it", "Ore 14.32 – Il molo è caduto.", "Il molo è caduto."},
		{"it", "Ore liete al porto.", "Ore liete al porto."},
		{"fr", "14h32 - Le quai est tombé.", "Le quai est tombé."},
		{"fr", "14h32 Le quai est tombé.", "Le quai est tombé."},
		{"fr", "14 h 32", "14 h 32"},
	} {
		got, _ := bare(tt.s, news.Span{End: len(tt.s)}, false, languageOf(tt.lang))
		if got.In(tt.s) != tt.want {
			t.Errorf("%q: %q, want %q", tt.s, got.In(tt.s), tt.want)
		}
	}
}

func TestAnswersInDialogueLean(t *testing.T) {
	const body = "Alba Cortina builds the dikes of Villarín.\n\n— If it rains, nobody knows. The report that I wrote says so.\n\nThe work will cost 38 million."
	d := read(standard(), &news.Article{Text: body, Lang: "en"})
	var got []bool
	for i := range d.sentences {
		got = append(got, d.sentences[i].leaning)
	}
	if diff := cmp.Diff([]bool{false, false, true, false}, got); diff != "" {
		t.Errorf("leaning (-want +got):\n%s", diff)
	}
}

func TestOfSmall(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		n, want    int
	}{
		{"empty", "", 3, 0},
		{"white space", " \n\t", 3, 0},
		{"fragments only", "Fire\n\nNo one hurt", 3, 2},
		{"none asked for", harbour, 0, 0},
		{"as many as an int can say", "The pier fell into the sea on Monday.", math.MaxInt, 1},
		{"more asked for than there is", "The pier fell into the sea on Monday.", 5, 1},
	} {
		if got := Of(&news.Article{Text: tt.text, Lang: "en"}, tt.n); len(got) != tt.want {
			t.Errorf("%s: Of(%d) gave %q, want %d sentences", tt.name, tt.n, texts(got), tt.want)
		}
	}
}

func TestFit(t *testing.T) {
	long := strings.Repeat("The council of Sandwick spoke about the pier and the harbour and the ferry for hours. ", 30)
	for _, tt := range []struct {
		length           news.Length
		sentences, runes int
	}{{news.Headline, 1, 160}, {news.Short, 3, 400}, {news.Long, 7, 900}, {"", 3, 400}} {
		for name, a := range map[string]*news.Article{"harbour": article(), "long": {Text: long, Lang: "en"}} {
			got := Fit(a, tt.length)
			if len(got) == 0 || len(got) > tt.sentences {
				t.Errorf("%s, %q: %d sentences, want 1 to %d", name, tt.length, len(got), tt.sentences)
			}
			if n := utf8.RuneCountInString(strings.Join(texts(got), " ")); n > tt.runes {
				t.Errorf("%s, %q: %d characters, want at most %d", name, tt.length, n, tt.runes)
			}
		}
	}
}

func TestFitKeepsABetterLongSentence(t *testing.T) {
	best := "The ferry pier of Sandwick collapsed into the harbour " + strings.Repeat("while the people of the town looked on from the quay, ", 3) + "and nobody was hurt."
	a := &news.Article{Title: "Ferry pier of Sandwick collapses into harbour", Text: best + "\n\nIt rained.\n\nThe shops open at nine.", Lang: "en"}
	if diff := cmp.Diff([]string{best}, texts(Fit(a, news.Headline))); diff != "" {
		t.Errorf("Fit(Headline) (-want +got):\n%s", diff)
	}
}

func TestSameEveryTime(t *testing.T) {
	first := Fit(article(), news.Long)
	for range 20 {
		if diff := cmp.Diff(first, Fit(article(), news.Long)); diff != "" {
			t.Fatalf("another run differs (-first +now):\n%s", diff)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add(harbour, "Ferry pier collapses", "en", 3, 5, 90)
	f.Add("Ж.\xff\n。。\u2028A b c d e f.", "", "ru", 2, 0, 1)
	f.Fuzz(func(t *testing.T, s, title, lang string, n, from, to int) {
		a := &news.Article{Title: title, Text: s, Lang: lang}
		if 0 <= from && from < to && to <= len(s) {
			a.Asides = []news.Span{{Start: from, End: to}}
		}
		n %= 10
		for name, got := range map[string][]news.Sentence{
			"Of": Of(a, n), "Fit": Fit(a, news.Short),
			"Story": own(Story([]*news.Article{a, {Text: title, Lang: lang}}, news.Long), a),
		} {
			last := 0
			for _, x := range got {
				if x.Start < last || x.End > len(s) || x.Len() <= 0 || s[x.Start:x.End] != x.Text || a.Aside(x.Span) {
					t.Fatalf("%s: %q at %v of %q", name, x.Text, x.Span, s)
				}
				if utf8.ValidString(s) && !utf8.ValidString(x.Text) {
					t.Fatalf("%s: %q is cut inside a letter", name, x.Text)
				}
				last = x.End
			}
			if (name == "Of" || name == "New") && len(got) > max(n, 0) {
				t.Fatalf("%s(%d) gave %d sentences", name, n, len(got))
			}
		}
	})
}

// own are the sentences of a.
func own(told []Told, a *news.Article) []news.Sentence {
	var out []news.Sentence
	for _, x := range told {
		if x.Article == a {
			out = append(out, x.Sentence)
		}
	}
	return out
}

// Articles of six papers in five languages, their language detected too.
func BenchmarkOf(b *testing.B) {
	files, err := filepath.Glob("../sample/articles/*/*.md")
	if err != nil || len(files) == 0 {
		b.Fatal("no articles", err)
	}
	var articles []*news.Article
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		_, body, _ := strings.Cut(string(data), "\n\n")
		articles = append(articles, &news.Article{Title: body[:min(60, len(body))], Text: body})
	}
	size := 0
	for i := 0; b.Loop(); i++ {
		a := *articles[i%len(articles)]
		a.Lang = text.Detect(a.Text)
		Of(&a, 3)
		size += len(a.Text)
	}
	b.SetBytes(int64(size / b.N))
}
