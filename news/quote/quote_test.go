package quote

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"herald/news"
	"herald/news/text"
)

// line writes a quotation as "kind | name (role) | cue | text".
func line(q news.Quote) string {
	name, cue := "-", "-"
	if q.Speaker != nil {
		name = q.Speaker.Name
		if q.Speaker.Role != "" {
			name += " (" + q.Speaker.Role + ")"
		}
	}
	if q.Cue != nil {
		cue = q.Cue.Text
	}
	return strings.Join([]string{string(q.Kind), name, cue, q.Text}, " | ")
}

func lines(quotes []news.Quote) []string {
	var out []string
	for _, q := range quotes {
		out = append(out, line(q))
	}
	return out
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name, lang, text string
		want             []string
	}{
		{"speaker behind", "en", "“The dam will hold through the winter,” engineer Ruth Calloway said.", []string{
			"direct | Ruth Calloway (engineer) | said | The dam will hold through the winter",
		}},
		{"turned round", "en", "\"We have nothing to hide,\" said Deputy Mayor Owen Strand, who runs the port.", []string{
			"direct | Owen Strand (Deputy Mayor) | said | We have nothing to hide",
		}},
		{"speaker before", "en", "Calloway said: “The dam will hold. Nobody needs to leave.”", []string{
			"direct | Calloway | said | The dam will hold. Nobody needs to leave.",
		}},
		{"split", "en", "“The dam,” Ruth Calloway said, “was built to last a century.”", []string{
			"direct | Ruth Calloway | said | The dam", "direct | Ruth Calloway | said | was built to last a century.",
		}},
		{"goes on", "en", "“The dam will hold,” Ruth Calloway said on Monday. “It always has and it always will.”", []string{
			"direct | Ruth Calloway | said | The dam will hold", "direct | Ruth Calloway | said | It always has and it always will.",
		}},
		{"several paragraphs, one open", "en", "“The dam will hold,” Ruth Calloway said. “It always has.\n\n“And nobody doubts it in this valley.”", []string{
			"direct | Ruth Calloway | said | The dam will hold", "direct | Ruth Calloway | said | It always has.",
			"direct | Ruth Calloway | said | And nobody doubts it in this valley.",
		}},
		{"pronoun and surname", "en", "Mayor Lena Orwick opened the bridge on Friday. “It is late but it is here,” she said. Ms. Orwick added that the toll would stay.", []string{
			"direct | Lena Orwick (Mayor) | said | It is late but it is here", "indirect | Lena Orwick (Mayor) | added | that the toll would stay",
		}},
		{"pronoun skips the other sex", "en", "Mary Tolland met James Hartwell in the harbour. “We did not agree on much,” she said.", []string{
			"direct | Mary Tolland | said | We did not agree on much",
		}},
		{"apposition", "en", "Ida Brenner, the chief of the fire brigade, said “the roof came down within minutes.”", []string{
			"direct | Ida Brenner (chief of the fire brigade) | said | the roof came down within minutes.",
		}},
		{"office before the name", "en", "The mayor’s adviser, Paul Reston, told reporters that the plan was dead.", []string{
			"indirect | Paul Reston (mayor’s adviser) | told | that the plan was dead",
		}},
		{"what somebody is, in a word that no list knows", "en", "The forecaster on duty, Safiya Brandt, said the storm would pass.", []string{
			"indirect | Safiya Brandt (forecaster on duty) | said | the storm would pass",
		}},
		{"what somebody is, behind the name", "en", "Safiya Brandt, a keen rower, said the storm would pass.", []string{
			"indirect | Safiya Brandt (keen rower) | said | the storm would pass",
		}},
		{"listener and day", "en", "Orwick told Northern media on Friday that “the toll stays” for now.", []string{
			"mixed | Orwick | told | that “the toll stays” for now",
		}},
		{"indirect without that", "en", "Officials said the road would open on Tuesday.", []string{
			"indirect | Officials | said | the road would open on Tuesday",
		}},
		{"indirect, speaker behind", "en", "The road will open on Tuesday, the ministry said.", []string{
			"indirect | the ministry | said | The road will open on Tuesday",
		}},
		{"according to", "en", "According to the Aldmoor general staff, “two boats crossed the line” before dawn.", []string{
			"mixed | the Aldmoor general staff | According to | “two boats crossed the line” before dawn",
		}},
		{"according to, behind", "en", "Two boats crossed the line, according to the coast guard.", []string{
			"indirect | the coast guard | according to | Two boats crossed the line",
		}},
		{"mixed", "en", "Orwick said the plan was “an insult to every fisherman” in town.", []string{
			"mixed | Orwick | said | the plan was “an insult to every fisherman” in town",
		}},
		{"two reports", "en", "Orwick said the plan was dead and added that nobody would miss it.", []string{
			"indirect | Orwick | said | the plan was dead", "indirect | Orwick | added | that nobody would miss it",
		}},
		{"question", "en", "“Who is going to pay for it?” Orwick asked.", []string{
			"direct | Orwick | asked | Who is going to pay for it?",
		}},
		{"the office alone", "en", "Finance Minister Carl Edvik resigned. The minister said he was tired.", []string{
			"indirect | Carl Edvik (Finance Minister) | said | he was tired",
		}},
		{"inner marks", "en", "“She called it ‘a joke’ and left the room,” Orwick said.", []string{
			"direct | Orwick | said | She called it ‘a joke’ and left the room",
		}},
		{"british marks", "en", "‘We’ve lost the boys’ trust for good,’ Orwick said.", []string{
			"direct | Orwick | said | We’ve lost the boys’ trust for good",
		}},
		{"denied", "en", "Orwick did not say whether the bridge would open.", nil},
		{"noun and passive", "en", "The claims were said to be false under warning fire.", nil},
		{"heading", "en", "The storm passed.\n\n“Brothers in the rain”\n\nThe town slept.", nil},
		{"title of a work", "en", "The museum shows “The Last Harbour Lights” until May.", nil},
		{"ironic", "en", "The so-called “experts” went home.", nil},
		{"banner", "en", "Banners “warmly greeting the new governor” hung from the walls.", nil},
		{"sentence of nobody", "en", "“Nobody leaves this island before the spring comes.”", []string{
			"direct | - | - | Nobody leaves this island before the spring comes.",
		}},

		{"inverted", "de", "„Die Brücke bleibt bis Montag gesperrt“, sagte Bürgermeisterin Anna Feldkamp am Freitag.", []string{
			"direct | Anna Feldkamp (Bürgermeisterin) | sagte | Die Brücke bleibt bis Montag gesperrt",
		}},
		{"dass", "de", "Am Freitag erklärte die Ministerin, dass die Brücke gesperrt bleibe.", []string{
			"indirect | die Ministerin | erklärte | dass die Brücke gesperrt bleibe",
		}},
		{"subjunctive goes on", "de", "Feldkamp sagte, die Brücke sei sicher. Niemand müsse sich sorgen.", []string{
			"indirect | Feldkamp | sagte | die Brücke sei sicher", "indirect | Feldkamp | - | Niemand müsse sich sorgen",
		}},
		{"perfect", "de", "Die Stadt hat am Freitag erklärt, dass die Brücke gesperrt bleibt.", []string{
			"indirect | Die Stadt | erklärt | dass die Brücke gesperrt bleibt",
		}},
		{"so", "de", "Die Brücke sei sicher, so der Sprecher der Polizei.", []string{
			"indirect | der Sprecher | so | Die Brücke sei sicher",
		}},
		{"laut", "de", "Laut Polizei wurde niemand verletzt.", []string{
			"indirect | Polizei | Laut | wurde niemand verletzt",
		}},
		{"zufolge", "de", "Der Polizei zufolge wurde niemand verletzt.", []string{
			"indirect | Der Polizei | zufolge | wurde niemand verletzt",
		}},
		{"wie", "de", "Wie die Polizei mitteilte, wurde niemand verletzt.", []string{
			"indirect | die Polizei | mitteilte | wurde niemand verletzt",
		}},

		{"inverted", "fr", "« Le pont restera fermé jusqu’à lundi », a déclaré la maire Élise Vautrel.", []string{
			"direct | Élise Vautrel (maire) | déclaré | Le pont restera fermé jusqu’à lundi",
		}},
		{"pronoun joined", "fr", "Élise Vautrel a visité le port. « Nous n’avons rien à cacher », a-t-elle ajouté.", []string{
			"direct | Élise Vautrel | ajouté | Nous n’avons rien à cacher",
		}},
		{"a verb in no list", "fr", "« On nous a menti pendant des mois », s’époumone Claire Dumas.", []string{
			"direct | Claire Dumas | époumone | On nous a menti pendant des mois",
		}},
		{"office of several words", "fr", "Le ministre des Transports Paul Vernier a assuré que le pont tiendrait. « Il tiendra », a ajouté M. Vernier.", []string{
			"indirect | Paul Vernier (ministre des Transports) | assuré | que le pont tiendrait",
			"direct | Paul Vernier (ministre des Transports) | ajouté | Il tiendra",
		}},
		{"que", "fr", "La ministre a affirmé que le pont était sûr.", []string{
			"indirect | La ministre | affirmé | que le pont était sûr",
		}},
		{"selon", "fr", "Selon la police, personne n’a été blessé.", []string{
			"indirect | la police | Selon | personne n’a été blessé",
		}},

		{"inverted", "es", "«El puente seguirá cerrado hasta el lunes», dijo la alcaldesa Carmen Olmedo.", []string{
			"direct | Carmen Olmedo (alcaldesa) | dijo | El puente seguirá cerrado hasta el lunes",
		}},
		{"no pronoun", "es", "Marta Sáez dijo que el puente es seguro. «Nadie corre peligro», añadió.", []string{
			"indirect | Marta Sáez | dijo | que el puente es seguro", "direct | Marta Sáez | añadió | Nadie corre peligro",
		}},
		{"que", "es", "El ministro aseguró que el puente es seguro.", []string{
			"indirect | El ministro | aseguró | que el puente es seguro",
		}},
		{"según", "es", "Según la policía, nadie resultó herido.", []string{
			"indirect | la policía | Según | nadie resultó herido",
		}},

		{"inverted", "ru", "«Мост будет закрыт до понедельника», — сказал губернатор Игорь Лунев.", []string{
			"direct | Игорь Лунев (губернатор) | сказал | Мост будет закрыт до понедельника",
		}},
		{"что", "ru", "Губернатор заявил, что мост безопасен.", []string{
			"indirect | Губернатор | заявил | что мост безопасен",
		}},
		{"по словам", "ru", "По словам губернатора, никто не пострадал.", []string{
			"indirect | губернатор | По словам | никто не пострадал",
		}},

		{"dialogue", "ru", "— Мост закрыт до весны, — сказал Игорь Лунев. — Придётся подождать.", []string{
			"direct | Игорь Лунев | сказал | Мост закрыт до весны", "direct | Игорь Лунев | сказал | Придётся подождать.",
		}},
		{"dialogue", "es", "—No sé nada del puente —dijo Lucía Prado—. Ya veremos mañana.", []string{
			"direct | Lucía Prado | dijo | No sé nada del puente", "direct | Lucía Prado | dijo | Ya veremos mañana.",
		}},
		{"no dialogue", "es", "— Una lista de cosas que hacer en casa.", nil},
		{"hyphen list", "fr", "– Première étape – le pont fermé", nil},

		{"unknown language", "xx", "“Vosu tere manu liko pelan darus teno.”\n\n“Vosu tere”", []string{
			"direct | - | - | Vosu tere manu liko pelan darus teno.",
		}},
	} {
		t.Run(tt.lang+" "+tt.name, func(t *testing.T) {
			got := Find(&news.Article{Text: tt.text, Lang: tt.lang})
			if diff := cmp.Diff(tt.want, lines(got)); diff != "" {
				t.Errorf("Find(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestFindLeavesAsidesOut(t *testing.T) {
	body := "Read also: “The dam will never hold,” Orwick says\n\n“The dam will hold,” Ruth Calloway said."
	a := &news.Article{Text: body, Lang: "en", Asides: []news.Span{{Start: 0, End: strings.Index(body, "\n")}}}
	want := []string{"direct | Ruth Calloway | said | The dam will hold"}
	if diff := cmp.Diff(want, lines(Find(a))); diff != "" {
		t.Errorf("Find (-want +got):\n%s", diff)
	}
}

// check fails where a quotation is not the text at its offsets, or not in order or range.
func check(t *testing.T, a *news.Article, quotes []news.Quote) {
	t.Helper()
	last := 0
	part := func(what, s string, x news.Span) {
		t.Helper()
		if x.Start < 0 || x.End > len(a.Text) || x.Len() <= 0 || a.Text[x.Start:x.End] != s {
			t.Fatalf("%s %q is not at %v of %q", what, s, x, a.Text)
		}
		if utf8.ValidString(a.Text) && !utf8.ValidString(s) {
			t.Fatalf("%s %q is cut inside a letter", what, s)
		}
	}
	for _, q := range quotes {
		part("quote", q.Text, q.Span)
		if q.Start < last {
			t.Fatalf("quote at %v stands behind one at %d", q.Span, last)
		}
		last = q.Start
		if a.Aside(q.Span) {
			t.Fatalf("quote at %v is in an aside", q.Span)
		}
		if q.Speaker != nil {
			part("speaker", q.Speaker.Mention, q.Speaker.Span)
		}
		if q.Cue != nil {
			part("cue", q.Cue.Text, q.Cue.Span)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"“The dam,” Dr. Ruth Calloway said, “was ‘built’ to last.\n\n“And it will.” — she added that (perhaps) it won’t...",
		"« C’est fini », a-t-il dit. Selon l’agence, « oui » ; „Nein“, sagte er. ''Yes,'' ``no'' 'maybe'",
		"\"\"''“”«»„“‘’\n-\n.\xff\xe2\x80 said that said that, said, according to",
	} {
		for lang := range languages() {
			f.Add(s, lang, 0, 10)
		}
	}
	f.Fuzz(func(t *testing.T, s, lang string, from, to int) {
		a := &news.Article{Text: s, Lang: lang}
		if 0 <= from && from < to && to <= len(s) {
			a.Asides = []news.Span{{Start: from, End: to}}
		}
		check(t, a, Find(a))
	})
}

// TestLinear holds that hostile repetitions cost time in proportion to their length only.
func TestLinear(t *testing.T) {
	for _, unit := range []string{
		"Mr. A ", "A B, the c, ", "A B said C D. She said, ", "“A b c d,” he said. ", "A B. C D. “E f g,” the mayor said. ", "the a board ",
		"'a ", "“a ", "« a ", "she said ", "said, ", "a, ", "According to A. B. ", "A de ", "that A said and ",
		"Mr. A, the b, ", "\"a\" ", "“A b c d.” ", "(a ", "who, ", "“a, said B. ", "a man who ", "said his a had ",
		"a-b-", "“a ”b ", "\"a ” ", "“a \" ", "“a\nb”\n",
		"“no” . ", "asked whether shot back : ", "asked ", "asked “no” told ",
	} {
		linear(t, unit, "en")
	}
	for _, unit := range []string{
		"A sagte ", "A, sagte ", "Nach Angaben der A ", "laut A ", "A sei ", "sei, ", ", so A, ", "wie A sagte, ", "der A der ", "teilte A ",
		"„A“ ", "heißt es ", "hat A ", "Meinung, dass A ", "A zufolge ", "zu öffnen, ", "(A), ",
		"Umfrage, wonach ", "bekannt, dass ", "Hinweis, in A ", "sagte er, auch ", "aus A verlautete ", "Laut A, in ", "demnach ", "in A und ",
		"„a\nb“\n", "„a\n\nb“\n\n", "„„\n",
		"„Warum?“ auf die Frage ", "ihn „Die Stiftung“ ob ", "von der Stadt ob „Warum?“ ", "seine Zuversicht fort „Die Stiftung“ nannte von der Stadt ",
	} {
		linear(t, unit, "de")
	}
	for _, unit := range []string{"「あ」と述べ", "市は「あ", "は、", "「あ」市", "说：「a」", "、", "“好”，", "市长李明说，", "「あ」。そう話す"} {
		linear(t, unit, "ja")
		linear(t, unit, "zh")
	}
	for _, unit := range []string{"сказал мэр по A ", "A, сказал B, ", "мэр «A» ", "A Bа; ", ", который, по словам A, ", "Она ушла. — А ", "а - а "} {
		linear(t, unit, "ru")
	}
	for _, unit := range []string{"dijo una de las A, ", "Sube. ", "prometió 3 a, que ", "dijo en a de la ", "según «A», "} {
		linear(t, unit, "es")
	}
	for _, unit := range []string{"«A — dit — ", "a dit ", "— A ", ", la A, ", "dit la maire, ", "— A ? dit B. ", "Texte. — A, dit B. ", "- A - dit ", "A - "} {
		linear(t, unit, "fr")
	}
}

// linear compares a text with one of 20 times its length, again where the machine was busy with other things.
func linear(t *testing.T, unit, lang string) {
	t.Helper()
	small, large := time.Hour, time.Hour
	for range 8 {
		small = min(small, timeOf(strings.Repeat(unit, 1_000), lang))
		large = min(large, timeOf(strings.Repeat(unit, 20_000), lang))
		if large <= 100*small+50*time.Millisecond { // 400 times would be quadratic
			return
		}
	}
	t.Errorf("%q: 20 times the text takes %v instead of %v", unit, large, small)
}

func timeOf(s, lang string) time.Duration {
	a := &news.Article{Text: s + "\n\nA B", Lang: lang} // a paragraph below, which may name the speaker
	start := time.Now()
	Find(a)
	return time.Since(start)
}

func BenchmarkFind(b *testing.B) {
	body := strings.Repeat("“The dam will hold,” engineer Ruth Calloway said on Monday. “It always has.”\n\nMayor Lena Orwick opened the bridge in the old town, where hundreds had gathered in the rain since dawn. She said the toll would stay, adding that “nobody” liked it. According to the ministry, the work took three years.\n\n", 10)
	a := &news.Article{Text: body, Lang: text.Detect(body)}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Find(a)
	}
}

// TestSpannedAside: an ellipsis between two paragraphs of one quotation is a part of it, what is no article is not.
func TestSpannedAside(t *testing.T) {
	const before, behind = "Ida Brenner wrote: “The pier is closed:\n\n", "\n\nNobody may fish there.” The town agreed."
	for aside, want := range map[string]string{
		"[…]":            "The pier is closed:\n\n[…]\n\nNobody may fish there.",
		"Read also: Aue": "The pier is closed:",
	} {
		a := &news.Article{Lang: "en", Text: before + aside + behind}
		a.Asides = []news.Span{{Start: len(before), End: len(before) + len(aside)}}
		if got := Find(a); len(got) == 0 || got[0].Text != want {
			t.Errorf("%s: got %+v, want %q", aside, got, want)
		}
	}
}
