package summary

import (
	"strings"
	"testing"

	"herald/news"
)

func TestHanging(t *testing.T) {
	for _, tt := range []struct {
		lang, s string
		inside  bool
		want    bool
	}{
		{"en", "“It was loud,” he said.", false, true},
		{"en", "“It was loud,” Ida Brenner said.", false, false},
		{"en", "“It was loud,” said the harbour master.", false, false},
		{"en", `"It was loud," she said. "I ran."`, false, true},
		{"en", "“It was loud.”", false, true},
		{"en", "It was loud and I ran to the quay.", true, true},
		{"en", "It was loud and I ran to the quay.", false, false},
		{"en", "It was loud,” Ida Brenner said.", true, false},
		{"en", "The pier that he called “the old lady” was closed in the spring.", false, false},
		{"fr", "« C’était bruyant », a-t-il dit.", false, true},
		{"fr", "« C’était bruyant », a dit Ida Brenner.", false, false},
		{"de", "„Es war laut“, sagte er.", false, true},
		{"de", "„Es war laut“, sagte Ida Brenner.", false, false},
		{"es", "«Fue un estruendo», dijo.", false, true},
		{"ru", "«Было громко», — сказала она.", false, true},
		{"ru", "«Было громко», — сказала Ида Бреннер.", false, false},
	} {
		sp := speechOf(tt.s, tt.inside)
		if got := sp.hanging(languageOf(tt.lang)); got != tt.want {
			t.Errorf("%q hangs: %v, want %v (%+v)", tt.s, got, tt.want, sp)
		}
	}
}

func TestSpeechGoesOn(t *testing.T) {
	for _, tt := range []struct {
		s      string
		inside bool
		share  float64
		ends   bool
	}{
		{"He said: “It was loud.", false, 0.6, true},
		{"I ran.”", true, 1, false},
		{"„Es war laut“, sagte sie.", false, 0.5, false},
		{`"A" and "B"`, false, 0.5, false},
		{"Nobody said anything.", false, 0, false},
		{"", true, 0, true},
	} {
		got := speechOf(tt.s, tt.inside)
		if got.ends != tt.ends || got.share < tt.share-0.2 || got.share > tt.share+0.2 {
			t.Errorf("speechOf(%q) = %.2f, ends inside: %v; want about %.2f, %v", tt.s, got.share, got.ends, tt.share, tt.ends)
		}
	}
}

func TestWholly(t *testing.T) {
	for s, want := range map[string]bool{
		"“I closed the pier”":                 true,
		"'I didn't close the pier'":           true,
		"„Ich habe den Anleger geschlossen“":  true,
		"« J’ai fermé le quai »":              true,
		"“I closed the pier,” says Brenner":   false,
		"“Sandwick” beats “Ellery”":           false,
		"Harbour master: “I closed the pier”": false,
		"\"": false,
		"":   false,
		"“":  false,
		"\"Sandwick\" wins at the \"Silver Pier\"": false,
	} {
		if got := wholly(s); got != want {
			t.Errorf("wholly(%q): %v", s, got)
		}
	}
}

// TestSaidHeadline: a headline in somebody's words is not what the news is called, so that his words need not be shown.
func TestSaidHeadline(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "‘There was a bang and the tea was on the wall’", Text: `The old ferry pier of Sandwick collapsed into the harbour early on Monday, and nobody was hurt.

“There was a bang and the tea was on the wall,” said Ida Brenner, the harbour master.

Divers had found rotten timber in the spring.`}
	if got := texts(Fit(a, news.Headline)); len(got) != 1 || !strings.HasPrefix(got[0], "The old ferry pier") {
		t.Errorf("got %q", got)
	}
}
