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
			"a place line", "en", "SANDWICK (Courier) - The old ferry pier of the town collapsed on Monday.",
			[]string{"The old ferry pier of the town collapsed on Monday."},
		},
		{
			"a bracket", "en", "The old ferry pier of Sandwick collapsed on Monday (picture above).",
			[]string{"The old ferry pier of Sandwick collapsed on Monday"},
		},
		{"a relative clause inside", "en", "The old ferry pier of the town, which nobody used, fell.", nil},
		{"dashes in pairs", "en", "The old ferry pier of the town – which nobody used – fell on Monday.", nil},
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
			"Russian", "ru", "Старый причал в городе Сандвик обрушился в понедельник, хотя его закрыли весной.",
			[]string{"Старый причал в городе Сандвик обрушился в понедельник"},
		},
		{"a language without data", "", "The old ferry pier of Sandwick collapsed on Monday, which surprised nobody.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range shorter(tt.s, tt.lang, true) {
				got = append(got, p.In(tt.s))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("shorter(%q) = %q, want %q", tt.s, got, tt.want)
			}
		})
	}
}
