package model

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/news"
	"herald/news/summary"
)

// dunmore are sentences as long as one another.
var dunmore = []string{
	" Fishermen have moved 17 boats to the village of Dunmore.", " To the village of Dunmore 17 boats moved the fishermen.",
	" The fishermen moved 17 boats to the Dunmore harbour now.", " The 17 boats of fishermen have moved to Dunmore harbour.",
	" Fishermen and 17 boats have moved to the Dunmore harbour.", " To Dunmore the 17 boats of these fishermen have moved.",
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		want         string // "": refused
	}{
		{"borne out", good, good},
		{"in other words", "The pier of Port Ellery, built in 1911, was broken by a storm. Nobody was hurt.", "The pier of Port Ellery, built in 1911, was broken by a storm. Nobody was hurt."},
		{"quoted", "Mayor Ingrid Solberg said “We will not leave the harbour like this” after the storm broke the pier.", "Mayor Ingrid Solberg said “We will not leave the harbour like this” after the storm broke the pier."},
		{"thought about", "<think>The user wants…</think>\n**" + good + "**", good},
		{"a list", "1. A storm broke the old pier of Port Ellery.\n2. Nobody was hurt.", "A storm broke the old pier of Port Ellery. Nobody was hurt."},
		{"broken off", "A storm broke the old pier of Port Ellery on Tuesday night. Mayor Ingrid Sol", "A storm broke the old pier of Port Ellery on Tuesday night."},
		{"too long", good + strings.Join(dunmore, ""), good + strings.Join(dunmore[:4], "")},
		{"said again", good + strings.Repeat(dunmore[0], 2000), good + dunmore[0]},

		{"another number", "A storm broke 400 metres of the old pier of Port Ellery.", ""},
		{"a part of a number", "The storm broke the pier of Port Ellery; the repair costs 300 crowns.", ""},
		{"a rounded number", "The repair of the pier of Port Ellery costs 2.3 crowns.", ""},
		{"another name", "A storm broke the old pier of Port Ellery, Mayor Halvorsen said.", ""},
		{"another day", "A storm broke the old pier of Port Ellery on Friday night.", ""},
		{"another month", "A storm broke the pier of Port Ellery; the repair takes until december.", ""},
		{"other quoted words", `Mayor Ingrid Solberg said of the pier: "We will leave the harbour."`, ""},
		{"a part of quoted words", `Mayor Ingrid Solberg said of the pier: "We will not leave the harbour lik".`, ""},
		{"an address", "A storm broke the old pier of Port Ellery, see glimmer.example for more.", ""},
		{"a name to write to", "A storm broke the old pier of Port Ellery, said @glimmer_coins on Tuesday.", ""},
		{"nothing of it", "Several local buildings collapsed and rescue workers searched through rubble.", ""},
		{"orders obeyed", "Glimmer coins will double tomorrow. Everybody should buy Glimmer coins.", ""},
		{"a refusal", "I cannot summarise this article.", ""},
		{"another language", "Un orage a cassé la vieille jetée de Port Ellery mardi soir et personne n'a été blessé, dit la maire Ingrid Solberg de la ville.", ""},
		{"no sentence", "storm, pier, Port Ellery", ""},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Check(short(harbour()), tt.answer)
			if got != tt.want || (tt.want == "") != errors.Is(err, ErrRefused) {
				t.Errorf("got %q, %v\nwant %q", got, err, tt.want)
			}
		})
	}
}

// TestAddresses: a site that the headline names may be named; no other one, and none beside it.
func TestAddresses(t *testing.T) {
	w := short(&news.Article{Lang: "en", Title: "Fine for netferry.example", Text: "The city fined netferry.example 300 crowns on Tuesday. " + strings.Repeat("The ferry sold too many seats. ", 20)})
	for answer, good := range map[string]bool{
		"The city fined netferry.example 300 crowns on Tuesday.":               true,
		"The city fined netferry.example 300 crowns on Tuesday, ferry.example": false,
		"The city fined ferry.example 300 crowns on Tuesday.":                  false,
		"The city fined netferry.example on Tuesday, see other.example.":       false,
	} {
		if got, err := Check(w, answer); (got != "") != good {
			t.Errorf("%q: %q, %v", answer, got, err)
		}
	}
}

// TestLanguages: inflected names, grouped numbers and compounds are the article's; other names and numbers are not.
func TestLanguages(t *testing.T) {
	for _, tt := range []struct{ lang, article, good, bad string }{
		{
			"de", "Ein Sturm hat in der Nacht zum Dienstag die alte Seebrücke von Lindhaven zerstört. Bürgermeisterin Ute Brandner sagte, der Wiederaufbau koste 1.200.000 Euro.",
			"Ein Sturm zerstörte die Seebrücke von Lindhaven; der Aufbau kostet laut Bürgermeisterin Brandner 1 200 000 Euro.", "Ein Sturm zerstörte die Seebrücke von Lindhaven, sagte Bürgermeister Krüger.",
		},
		{
			"ru", "Шторм разрушил старый причал в посёлке Липовка во вторник. Мэр Анна Горина сообщила, что ремонт обойдётся в 30 000 рублей.",
			"Старый причал в Липовке разрушен штормом, ремонт обойдётся в 30000 рублей, по словам мэра Анны Гориной.", "Старый причал в Липовке разрушен штормом в пятницу, сообщила мэр.",
		},
		{
			"fr", "Une tempête a détruit mardi la vieille jetée de Port-Ambre. La maire, Odile Lantier, a annoncé des travaux jusqu'en octobre.",
			"La vieille jetée de Port-Ambre a été détruite mardi par une tempête, selon la maire Odile Lantier.", "La vieille jetée de Port-Ambre a été détruite jeudi par une tempête, selon la maire.",
		},
		{
			"es", "Una tormenta destruyó el martes el viejo muelle de Puerto Alba. La alcaldesa Lucía Ferrán anunció obras por 2,5 millones.",
			"El viejo muelle de Puerto Alba fue destruido el martes por una tormenta; las obras cuestan 2.5 millones.", "El viejo muelle de Puerto Alba fue destruido por una tormenta; las obras cuestan 25 millones.",
		},
		{
			"ar", "دمرت عاصفة رصيف الميناء القديم يوم الثلاثاء وقالت البلدية إن الإصلاح يكلف ٣٠٠ ألف.",
			"دمرت عاصفة رصيف الميناء القديم، وقالت البلدية إن الإصلاح يكلف 300 ألف.", "دمرت عاصفة رصيف الميناء القديم، وقالت البلدية إن الإصلاح يكلف 500 ألف.",
		},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			w := short(&news.Article{Lang: tt.lang, Text: tt.article})
			if got, err := Check(w, tt.good); got != tt.good {
				t.Errorf("got %q, %v", got, err)
			}
			if got, err := Check(w, tt.bad); err == nil {
				t.Errorf("let through: %q", got)
			}
		})
	}
}

// TestTranslated: a translation keeps the names and numbers.
func TestTranslated(t *testing.T) {
	for _, tt := range []struct {
		lang, answer string
		ok           bool
	}{
		{"fr", "Une tempête a détruit 40 mètres de la vieille jetée de Port Ellery. La maire Ingrid Solberg veut la reconstruire.", true},
		{"ru", "Шторм унёс в море 40 метров старого причала.", true},
		{"de", "Ein Sturm hat 40 Meter der alten Seebrücke von Port Ellery zerstört.", true},
		{"fr", "Une tempête a détruit 50 mètres de la vieille jetée de Port Ellery.", false},
		{"fr", "Le maire Jean Lefort de Sainte-Claire veut reconstruire la jetée de Port Ellery.", false},
		{"fr", "Une tempête a détruit la vieille jetée.", false},
		{"fr", "A storm broke the old pier of Port Ellery on Tuesday night. Mayor Ingrid Solberg said that it would be rebuilt for 2.300.000 crowns.", false},
	} {
		got, err := Check(Wanted{Article: harbour(), Length: news.Short, Lang: tt.lang}, tt.answer)
		if (err == nil) != tt.ok {
			t.Errorf("%s: %q: got %q, %v", tt.lang, tt.answer, got, err)
		}
	}
}

// FuzzCheck: whatever a model says, it is a text to show or refused.
func FuzzCheck(f *testing.F) {
	f.Add(harbour().Text, good, "en")
	f.Add("1.2.3,4 ٣٠٠ 12:30", "<think>\n1.\n「x」 «", "")
	f.Add(strings.Repeat("9,999", 50), strings.Repeat("9,999.", 50), "de")
	f.Fuzz(func(t *testing.T, article, answer, lang string) {
		if len(article) > 1<<12 || len(answer) > 1<<12 {
			t.Skip() // as slow as long, no more
		}
		for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
			w := Wanted{Article: &news.Article{Lang: "en", Text: article}, Length: l, Lang: lang}
			got, err := Check(w, answer)
			if (got == "") == (err == nil) || utf8.RuneCountInString(got) > summary.Runes(l) {
				t.Errorf("%s: got %q, %v", l, got, err)
			}
		}
	})
}
