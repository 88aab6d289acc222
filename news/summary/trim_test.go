package summary

import (
	"slices"
	"testing"
)

func TestShorter(t *testing.T) {
	for _, tt := range []struct {
		name, lang, s string
		want          []string
	}{
		{
			"a clause at the end", "en", "The old ferry pier of Sandwick collapsed on Monday, which surprised nobody.",
			[]string{"The old ferry pier of Sandwick collapsed on Monday"},
		},
		{
			"one behind another", "en", "The old ferry pier of Sandwick collapsed on Monday, leaving the island cut off, while divers searched the water.",
			[]string{
				"The old ferry pier of Sandwick collapsed on Monday, leaving the island cut off",
				"The old ferry pier of Sandwick collapsed on Monday",
			},
		},
		{
			"a conjunction before it", "en", "But the old ferry pier of Sandwick had been closed.",
			[]string{"the old ferry pier of Sandwick had been closed."},
		},
		{"no conjunction but a word like one", "en", "Besides the harbour master, two divers had warned of the pier.", nil},
		{"German quotation marks", "de", "Der Anleger sei „alt und morsch“ gewesen, nachdem ihn niemand gepflegt hatte.", []string{"Der Anleger sei „alt und morsch“ gewesen"}},
		{"a pronoun behind it", "en", "However, she had closed the old ferry pier in spring.", []string{"she had closed the old ferry pier in spring."}},
		{
			"a bracket", "en", "The old ferry pier of Sandwick collapsed on Monday (picture above).",
			[]string{"The old ferry pier of Sandwick collapsed on Monday"},
		},
		{"a relative clause inside", "en", "The old ferry pier of the town, which nobody used, fell.", nil},
		{"dashes in pairs", "en", "The old ferry pier of the town – which nobody used – fell on Monday.", nil},
		{"a comma between dashes", "en", "The old ferry pier of the town – rotten, which nobody knew – fell on Monday.", nil},
		{
			"a clause behind dashes in pairs", "en", "The old ferry pier of the town – the last – fell on Monday, which surprised nobody.",
			[]string{"The old ferry pier of the town – the last – fell on Monday"},
		},
		{
			"a clause behind a dash", "en", "The old ferry pier of Sandwick collapsed on Monday — which surprised nobody.",
			[]string{"The old ferry pier of Sandwick collapsed on Monday"},
		},
		{"a dash before what was held back", "en", "Only one thing was left of the pier of Sandwick – a lamp.", nil},
		{"a dash before a doubt", "en", "The old ferry pier of the town is safe – or so the council says.", nil},
		{"a dash before who says so", "de", "Der alte Anleger von Sandwick ist sicher wie ein Fels – sagt der Hafenmeister.", nil},
		{
			"a clause behind a dash in German", "de", "Der alte Anleger von Sandwick ist am Montag eingestürzt – nachdem Taucher vor ihm gewarnt hatten.",
			[]string{"Der alte Anleger von Sandwick ist am Montag eingestürzt"},
		},
		{"dashes in pairs in German", "de", "Der alte Anleger – er war morsch, wobei das keiner wusste – ist am Montag eingestürzt.", nil},
		{"what was held back in French", "fr", "Il ne restait du vieux quai de Sandwick qu'une seule chose – une lampe.", nil},
		{
			"a clause behind a dash in French", "fr", "Le vieux quai de Sandwick s'est effondré lundi matin – alors que personne ne s'y trouvait.",
			[]string{"Le vieux quai de Sandwick s'est effondré lundi matin"},
		},
		{"a dash for a verb in Russian", "ru", "Главная причина обрушения старого причала в городе Сандвик — гнилое дерево.", nil},
		{"what was held back in Spanish", "es", "Del viejo muelle de Puerto Alba solo quedó una cosa — una farola.", nil},
		{
			"a clause behind a dash in Spanish", "es", "El viejo muelle de Puerto Alba se hundió el lunes — mientras nadie lo usaba.",
			[]string{"El viejo muelle de Puerto Alba se hundió el lunes"},
		},
		{"an infinitive that is the object", "de", "Der Rat von Sandwick mahnte zur Ruhe und beschloss auch, den Fall an das Gericht weiterzuleiten.", nil},
		{"a clause with a number", "en", "A storm broke the old ferry pier of Sandwick on Monday, killing two men and injuring 47 people.", nil},
		{"a half that takes back the other", "en", "The old ferry pier of Sandwick is safe for visitors; but divers found rotten timber.", nil},
		{"what the other side says", "en", "The old ferry pier of Sandwick is safe for visitors, although divers found rotten timber.", nil},
		{"a bracket with the news", "en", "The harbour of Sandwick made more from tickets last year (+12%).", nil},
		{"a condition", "en", "The pier will be built again next year, unless the council says no.", nil},
		{"what somebody claims", "en", "The harbour master stole the money for the new pier, her rival said.", nil},
		{"a source", "en", "One in three piers of the country is rotten, according to divers.", nil},
		{"two clauses that need each other", "en", "When the old ferry pier of Sandwick fell down, leaving a hole.", nil},
		{"inside quotation marks", "en", "Brenner said “the pier was old and it was rotten, which everybody knew”.", nil},
		{"too little is left", "en", "The pier fell, which surprised nobody.", nil},
		{
			"French", "fr", "Mais le vieux quai de Sandwick a été fermé au printemps, ce qui a surpris, obligeant le bac à changer de port.",
			[]string{
				"Mais le vieux quai de Sandwick a été fermé au printemps, ce qui a surpris",
				"le vieux quai de Sandwick a été fermé au printemps, ce qui a surpris, obligeant le bac à changer de port.",
				"le vieux quai de Sandwick a été fermé au printemps, ce qui a surpris",
			},
		},
		{
			"German", "de", "Der alte Anleger von Sandwick ist am Montag eingestürzt, nachdem Taucher vor ihm gewarnt hatten.",
			[]string{"Der alte Anleger von Sandwick ist am Montag eingestürzt"},
		},
		{
			"Russian", "ru", "Старый причал в городе Сандвик обрушился в понедельник, когда его закрыли.",
			[]string{"Старый причал в городе Сандвик обрушился в понедельник"},
		},
		{"a part suspended", "nl", "De havenmeester van Zandwijk moet voor de roof drie jaar de cel in, waarvan een deel voorwaardelijk.", nil},
		{"a number in letters", "nl", "De oude veerpont van Zandwijk moest drie dagen aan de kant blijven, waarvan twee in de nacht.", nil},
		{"a part suspended in English", "en", "The harbour master of Sandwick was sentenced to three years in prison, with a part of them suspended.", nil},
		{"a half suspended", "en", "The harbour master of Sandwick was sentenced to three years in prison; a part of them is suspended.", nil},
		{"a bracket suspended", "en", "The harbour master of Sandwick was sentenced to three years in prison (a part of them suspended).", nil},
		{"what has to come first", "en", "The old ferry pier of Sandwick will be built again, pending a vote of the council.", nil},
		{"a number in English letters", "en", "A storm broke the old ferry pier of Sandwick on Monday, killing two of the divers.", nil},
		{"a part suspended in German", "de", "Der Hafenmeister von Lindhaven wurde zu drei Jahren Haft verurteilt, wobei ein Teil zur Bewährung ausgesetzt ist.", nil},
		{"a number in German letters", "de", "Der Sturm hat elf Boote im Hafen von Lindhaven versenkt, darunter zwei Fähren.", nil},
		{"a part suspended in French", "fr", "Le gardien du quai de Port-Ambre a été condamné à trois ans de prison, dont une partie avec sursis.", nil},
		{"what takes back in French", "fr", "Le conseil de Port-Ambre a voté la fermeture du vieux quai, pourtant promis aux pêcheurs.", nil},
		{"a number in Spanish letters", "es", "La tormenta hundió once barcos en el muelle de Puerto Alba, entre ellos dos de pasajeros.", nil},
		{"a part suspended in Italian", "it", "Il custode del molo di Porto Chiaro è stato condannato a un anno, con la condizionale.", nil},
		{"a number in Russian letters", "ru", "Шторм потопил одиннадцать лодок в старом порту Липовки, в том числе два парома.", nil},
		{"a number in Polish letters", "pl", "Sztorm zatopił jedenaście łodzi w starym porcie w Sandwiku, w tym dwa promy.", nil},
		{"a number in Ukrainian letters", "uk", "Шторм потопив одинадцять човнів у старому порту Липівки, в тому числі два пороми.", nil},
		{"a number in Portuguese letters", "pt", "A tempestade afundou onze barcos no velho cais de Porto Alvo, entre eles dois de passageiros.", nil},
		{"a language without data", "", "The old ferry pier of Sandwick collapsed on Monday, which surprised nobody.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range shorter(tt.s, tt.lang) {
				got = append(got, p.In(tt.s))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("shorter(%q) = %q, want %q", tt.s, got, tt.want)
			}
		})
	}
}

// TestClip: what is too long ends with a clause where what follows adds to it, and never before who says it.
func TestClip(t *testing.T) {
	for _, tt := range []struct{ lang, s, want string }{
		{"en", "The pier of Sandwick has closed.", "The pier of Sandwick has closed."},
		{"en", "The council has closed the old pier of Sandwick, which fell into the sea on Monday.", "The council has closed the old pier of Sandwick…"},
		{"en", "The council has closed the old pier of Sandwick, blaming the wettest winter on record.", "The council has closed the old pier of Sandwick…"},
		{"en", "The mayor of Sandwick took money for eleven years, according to two of his drivers.", "The mayor of Sandwick took money for eleven years, according…"},
		{"en", "The court sent him to prison for eight months, including six months suspended on bail.", "The court sent him to prison for eight months, including six…"},
		{"en", "  The pier of Sandwick has closed, which nobody likes.  ", "The pier of Sandwick has closed, which nobody likes."},
		{"en", "In March, which was cold, the council closed the pier of Sandwick and of Ellery.", "In March, which was cold, the council closed the pier…"},
		{"de", "Der Rat hat den alten Anleger von Lindhaven geschlossen, nachdem er am Montag eingestürzt war.", "Der Rat hat den alten Anleger von Lindhaven geschlossen…"},
		{"en", "The pier of Sandwick and the quay below it were closed by all of the council on Monday.", "The pier of Sandwick and the quay below it were closed…"},
		{"xx", "The council has closed the old pier of Sandwick, which fell into the sea on Monday.", "The council has closed the old pier of Sandwick, which fell…"},
	} {
		if got := Clip(tt.s, tt.lang, 62); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

func TestPlaced(t *testing.T) {
	for _, tt := range []struct{ lang, line, rest string }{
		{"en", "SANDWICK (Courier) - ", "The old ferry pier of the town fell on Monday."},
		{"en", "(COURIER) ", "The old ferry pier of the town fell on Monday."},
		{"en", "PORT ELLERY, March 4 (Northern Courier) - ", "A storm broke the old pier."},
		{"en", "SANDWICK, Varnland — ", "“It was loud,” said Ida Brenner, the harbour master."},
		{"en", "SANDWICK ― ", "The old ferry pier of the town fell on Monday."},
		{"en", "Sandwick—", "The old ferry pier of the town fell on Monday."},
		{"de", "Lindhaven, 3. Juni 2026 – ", "Ein Sturm hat die Seebrücke zerstört."},
		{"de", "Lindhaven (vkd) - ", "Ein Sturm hat die Seebrücke zerstört."},
		{"fr", "Port-Ambre, 3 juin – ", "Une tempête a détruit la vieille jetée."},
		{"fr", "Port-Ambre, le 3 juin 2026 – ", "Une tempête a détruit la vieille jetée."},
		{"de", "Lindhaven, den 3. Juni 2026 – ", "Ein Sturm hat die Seebrücke zerstört."},
		{"es", "Puerto Alba, 3 de junio de 2026 – ", "Una tormenta destruyó el viejo muelle."},
		{"it", "Porto Chiaro, il 3 giugno – ", "Una tempesta ha distrutto il vecchio molo."},
		{"fr", "", "Port-Ambre, le quai – Une tempête l'a détruit."},
		{"es", "Puerto de la Alba (Agencia) - ", "Una tormenta destruyó el viejo muelle."},
		{"it", "PORTO CHIARO – ", "«È caduto tutto», dice il custode del faro."},
		{"es", "Puerto Alba, 4 mar (Agencia).- ", "Una tormenta destruyó el viejo muelle."},
		{"en", "ELLERY, March 4, 2026 /Courier/ -- ", "Varn Inc. (VRN), a builder of piers, has bought Sandwick Timber."},
		{"ru", "Липовка, 4 марта — ", "Шторм разрушил старый причал."},
		{"uk", "ЛИПІВКА, 25 листопада (Агенція «Берег-Прес») – ", "Шторм зруйнував старий причал."},

		{"en", "", "The pier of Sandwick (1911) – a landmark – fell on Monday."},
		{"en", "", "Ida Brenner - the harbour master - closed the pier."},
		{"en", "", "Ida Brenner (45) - The harbour master - closed the pier."},
		{"en", "", "3 - 1 was the result of the match in Sandwick."},
		{"en", "", "Nobody was hurt – The pier was empty."},
		{"en", "", "(It was loud.) The pier of Sandwick fell on Monday."},
		{"de", "", "Der Anleger Nord – Baujahr 1911 – ist eingestürzt."},
		{"ru", "", "Липовка — посёлок у моря, где стоит причал."},
		{"en", "", "– "},
		{"en", "", ""},
	} {
		s := tt.line + tt.rest
		if got := s[placed(s, tt.lang, true):]; got != tt.rest {
			t.Errorf("placed(%q) leaves %q", s, got)
		}
	}
	for s, want := range map[string]int{"Загиблий — Іван Горин, 58 років.": 0, "Sandwick - The old pier fell.": 0, "SANDWICK - The old pier fell.": len("SANDWICK - ")} {
		if got := placed(s, "uk", false); got != want {
			t.Errorf("inside a text placed(%q) = %d, want %d", s, got, want)
		}
	}
}
