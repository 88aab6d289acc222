package summary

import (
	"strings"
	"testing"

	"herald/news"
)

// TestTellsNothing: what speaks of the text or only says who told it has no place in a summary.
func TestTellsNothing(t *testing.T) {
	for _, tt := range []struct {
		lang, s string
		usable  bool
	}{
		{"en", "This was announced by the harbour office of Sandwick on Monday.", false},
		{"en", "The new pier was announced by the harbour office of Sandwick.", true},
		{"en", "We asked three divers for their views of the pier.", false},
		{"en", "Ida Brenner talks to us in her office above the pier.", false},
		{"en", "Ida Brenner talks to the council about the pier on Monday.", true},
		{"en", "An earlier version of this report said that a diver was hurt.", false},
		{"fr", "Une première version de cet article parlait de deux plongeurs.", false},
		{"nl", "In een eerdere versie van dit bericht stond dat er twee duikers waren.", false},
		{"de", "Das teilte eine Sprecherin des Hafenamts am Montag mit.", false},
		{"de", "Das Hafenamt teilte mit, dass der Anleger gesperrt bleibt.", true},
		{"de", "Ein Gespräch über morsches Holz, Taucher und die letzte Fähre.", false},
		{"de", "Wir erklären, was am Anleger jetzt noch erlaubt ist.", false},
		{"fr", "C’est ce qu’a indiqué lundi la gardienne du quai.", false},
		{"fr", "Nous vous expliquons comment traverser sans le vieux quai.", false},
		{"es", "Lo anunció el lunes la capitana del puerto.", false},
		{"es", "Estas son las claves para cruzar sin el viejo muelle.", false},
		{"pt", "Conversámos com ela sobre o cais e o inverno.", false},
		{"it", "Ecco come attraversare il porto senza il vecchio molo.", false},
		{"nl", "Dat meldt de havenmeester van Zandwijk op maandag.", false},
		{"nl", "We spraken drie duikers over de oude pont.", false},
		{"pl", "O tym poinformowała w poniedziałek kapitan portu.", false},
		{"ru", "Об этом сообщили в понедельник в управлении порта.", false},
		{"ru", "Об этом мосте спорят в Липовке уже сорок лет.", true},
		{"ru", "Мы поговорили с ней о причале и о зиме.", false},
		{"uk", "Про це повідомила в понеділок начальниця порту.", false},
		{"uk", "Ми поговорили з нею про причал і про зиму.", false},
	} {
		d := read(standard(), &news.Article{Title: "Sandwick", Text: "1911.\n\n" + tt.s, Lang: tt.lang})
		if got := d.sentences[len(d.sentences)-1].usable; got != tt.usable {
			t.Errorf("%q can stand in a summary: %v", tt.s, got)
		}
		d.release()
	}
}

// TestIntroduction: of an interview whose introduction announces it, what else it says is shown.
func TestIntroduction(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "The keeper leaves", Text: `Martin Oakes has kept the light of Skarn Point for 41 years. Oakes talks to us on the stairs of the old tower.

Did you always want this job?

No. I wanted to be a baker, and the storm made me want it again.

Will you miss the light?

The stairs, no. The silence after the fog signal stops, yes.`}
	for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
		if told := strings.Join(texts(Fit(a, l)), "\n"); strings.Contains(told, "talks to us") || !strings.Contains(told, "41 years") {
			t.Errorf("%s: got %q", l, told)
		}
	}
}
