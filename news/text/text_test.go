package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

func texts(s string, spans []news.Span) []string {
	var out []string
	for _, x := range spans {
		out = append(out, x.In(s))
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		name, lang string
		want       []string // joined by a space they are the text
	}{
		{"plain", "en", []string{"The mill burned down.", "Nobody was hurt."}},
		{"title and initials", "en", []string{"Dr. A. B. Varn met Mrs. Oak in St. Ives.", "They left."}},
		{"acronym inside", "en", []string{"The U.S. Navy sailed.", "It rained."}},
		{"acronym at the end", "en", []string{"He flew to the U.S.", "The trip was long."}},
		{"time of day", "en", []string{"Doors open at 9 a.m. Monday.", "Bring a coat."}},
		{"decimal", "en", []string{"Prices rose 3.5 percent.", "Wages did not."}},
		{"number of an item", "en", []string{"It was No. 4 on the list.", "Good."}},
		{"quote closes after the mark", "en", []string{"“We won.”", "She smiled."}},
		{"question inside an attribution", "en", []string{"“Who pays?” asked the mayor.", "No one spoke."}},
		{"ellipsis goes on", "en", []string{"Well... maybe not.", "Yes."}},
		{"ellipsis ends", "en", []string{"He waited…", "Then he left."}},
		{"company", "en", []string{"Larkwood Inc. said profits fell.", "Shares sank."}},
		{"website", "en", []string{"See tidewater.example for more.", "Or call."}},
		{"ordinal", "de", []string{"Am 3. Mai wurde gewählt.", "Das Ergebnis kam spät."}},
		{"number at the end", "de", []string{"Es kamen nur 12.", "Die anderen blieben fern."}},
		{"abbreviation", "de", []string{"Das gilt z.B. für Bäcker, vgl. Abs. 2.", "Der Rest ist frei."}},
		{"german quotes", "de", []string{"„Es ist vorbei.“", "Er ging."}},
		{"guillemets with spaces", "fr", []string{"« C’est fini ! » a lancé M. Vautrel.", "Puis il est parti."}},
		{"sentence inside guillemets", "fr", []string{"Elle a dit : « C’est fini. »", "Puis elle est partie."}},
		{"opening marks", "es", []string{"¿Quién paga?", "¡Nadie!", "El Sr. Olmedo calló."}},
		{"dash goes on", "es", []string{"—¿Vienes? —preguntó Lucía.", "Nadie contestó."}},
		{"russian", "ru", []string{"В 2021 г. в городе жили 5 тыс. человек.", "Теперь их меньше."}},
		{"russian initials", "ru", []string{"Губернатор И. П. Лунев уехал.", "Его ждут."}},
		{"glued", "fr", []string{"Le bateau a heurté le quai.", "Selon la police, nul n’est blessé."}},
		{"glued to a mark", "fr", []string{"Le bateau a heurté le quai.", "\"Nul n’est blessé\", dit la police."}},
	} {
		t.Run(tt.lang+" "+tt.name, func(t *testing.T) {
			s := strings.Join(tt.want, " ")
			if strings.HasPrefix(tt.name, "glued") {
				s = strings.Join(tt.want, "")
			}
			if diff := cmp.Diff(tt.want, texts(s, Sentences(s, tt.lang))); diff != "" {
				t.Errorf("Sentences(%q) (-want +got):\n%s", s, diff)
			}
		})
	}
	s := "雨が降った。「誰も来ない」と彼は言った。\n終わり"
	want := []string{"雨が降った。", "「誰も来ない」と彼は言った。", "終わり"}
	if diff := cmp.Diff(want, texts(s, Sentences(s, "ja"))); diff != "" {
		t.Errorf("Sentences of Japanese (-want +got):\n%s", diff)
	}
}

func TestParagraphs(t *testing.T) {
	s := "\n  One line. \r\n\r\n\tTwo\u2028 Three\u00a0\n\n"
	if diff := cmp.Diff([]string{"One line.", "Two", "Three"}, texts(s, Paragraphs(s))); diff != "" {
		t.Errorf("Paragraphs (-want +got):\n%s", diff)
	}
}

func TestWords(t *testing.T) {
	for s, want := range map[string][]string{
		"Don't panic, 24-year-old!": {"Don't", "panic", "24", "year", "old"},
		"L’eau d’Évian":             {"L’eau", "d’Évian"},
		"'quoted' words'":           {"quoted", "words"},
		"北京2024年":                   {"北", "京", "2024", "年"},
		"हिन्दी में":                {"हिन्दी", "में"},
		"…—!":                       nil,
	} {
		var got []string
		for w := range Words(s) {
			got = append(got, w.In(s))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Words(%q) (-want +got):\n%s", s, diff)
		}
	}
}

func TestStem(t *testing.T) {
	for _, tt := range []struct{ lang, a, b string }{
		{"en", "Elections", "election"},
		{"en", "Varn's", "Varn"},
		{"de", "Häusern", "Häuser"},
		{"de", "Wahlen", "Wahl"},
		{"fr", "l’économie", "économies"},
		{"es", "ministras", "ministra"},
		{"ru", "выборов", "выборы"},
		{"it", "elezioni", "elezione"},
		{"pt", "ministros", "ministro"},
		{"nl", "ministers", "minister"},
		{"tr", "kitaplar", "kitap"},
		{"xx", "Word", "word"},
	} {
		if a, b := Stem(tt.a, tt.lang), Stem(tt.b, tt.lang); a != b || a == "" {
			t.Errorf("%s: Stem(%q) = %q, Stem(%q) = %q, want the same", tt.lang, tt.a, a, tt.b, b)
		}
	}
}

func TestStopword(t *testing.T) {
	for _, tt := range []struct {
		lang, word string
		want       bool
	}{{"en", "the", true}, {"en", "harbour", false}, {"de", "nicht", true}, {"fr", "the", false}, {"xx", "the", false}} {
		if got := Stopword(tt.word, tt.lang); got != tt.want {
			t.Errorf("Stopword(%q, %q) = %v, want %v", tt.word, tt.lang, got, tt.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{
		{" short ", 10, "short"},
		{"The ferry sank, officials said", 16, "The ferry sank…"},
		{"The ferry sank", 10, "The ferry…"},
		{"Überraschungsfund", 5, "Über…"},
		{"anything", 0, ""},
	} {
		if got := Clip(tt.s, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}

func FuzzSpans(f *testing.F) {
	f.Add("“Who?” asked Dr. Varn.\nNo. 4... « Non ! » dit-il.Il part.", "fr")
	f.Add("\u2028。\xff\xe2\x80", "de")
	f.Fuzz(func(t *testing.T, s, lang string) {
		words := []news.Span{}
		for w := range Words(s) {
			words = append(words, w)
		}
		for name, spans := range map[string][]news.Span{"paragraphs": Paragraphs(s), "sentences": Sentences(s, lang), "words": words} {
			last := 0
			for _, x := range spans {
				if x.Start < last || x.End > len(s) || x.Len() <= 0 {
					t.Fatalf("%s: %v out of order or range in %q", name, x, s)
				}
				if utf8.ValidString(s) && !utf8.ValidString(s[x.Start:x.End]) {
					t.Fatalf("%s: %v is not on a UTF-8 boundary in %q", name, x, s)
				}
				last = x.End
			}
		}
		if c := Clip(s, 20); utf8.RuneCountInString(c) > 20 {
			t.Fatalf("Clip(%q, 20) has %d runes", s, utf8.RuneCountInString(c))
		}
		Detect(s)
		Stem(s, lang)
	})
}
