package summary

import (
	"strings"
	"testing"

	"herald/news"
)

// TestLeaning: a sentence leans where one asks who, what or instead of what; the first of a text never by what somebody is.
func TestLeaning(t *testing.T) {
	for _, tt := range []struct {
		lang, s string
		leans   bool
	}{
		{"en", "The mayor said that the pier would be built again.", true},
		{"en", "The mayor of Sandwick said that the pier would be built again.", false},
		{"en", "The mayor Ida Brenner said that the pier would be built again.", false},
		{"en", "The captain said that the pier would be built again.", false}, // the headline's
		{"en", "Ida Brenner replied that the money came from the county.", true},
		{"en", "The timber, by contrast, had been rotten for years.", true},
		{"de", "Die Ministerin will den Anleger wieder aufbauen.", true},
		{"de", "Die Ministerin Ute Brandner will den Anleger wieder aufbauen.", false},
		{"de", "Das Holz sei seit Jahren morsch gewesen.", true},
		{"de", "Das Holz sei seit Jahren morsch gewesen, sagte Ute Brandner.", false},
		{"de", "Die Stadt will prüfen, ob das Holz morsch sei.", false},
		{"en", "Work is to begin after the summer, she said.", true},
		{"en", "Work is to begin after the summer, Ida Brenner said.", false},
		{"en", "The captain closed Sandwick because, he said, it was rotten.", false},
		{"de", "Die Arbeiten beginnen nach dem Sommer, sagte sie.", true},
		{"de", "Am Freitag schloss Ute Brandner den Anleger.", false},
		{"de", "Freitag schloss sie den Anleger von Lindhaven.", true},
		{"de", "Seit dem Frühjahr schloss sie den Anleger immer öfter.", true},
		{"de", "Ute Brandner sagte, sie schließe den Anleger.", false},
		{"nl", "Vrijdag speelt hij zijn laatste voorstelling.", true},
		{"fr", "L’entraîneur veut garder le même effectif cette saison.", true},
		{"fr", "L’entraîneur de Port-Ambre veut garder le même effectif.", false},
		{"fr", "Certains, au contraire, viennent le soir exprès.", true},
		{"es", "La alcaldesa no descarta que el muelle se reconstruya.", true},
		{"es", "Según dijo, el muelle estaba cerrado desde la primavera.", true},
		{"it", "La sindaca non esclude che il molo venga ricostruito.", true},
		{"ru", "Министр добавил, что причал построят заново.", true},
		{"ru", "Министр Анна Горина сказала, что причал построят заново.", false},
		{"en", "I would laugh, but the pier of Sandwick is closed to visitors.", true},
		{"en", "Ida Brenner said: “I closed the pier of Sandwick.”", false},
		{"en", "King Oswald I opened the pier of Sandwick in 1911.", false},
		{"en", "Guests of the hotel like to say 'I slept above the pier'.", false},
		{"en", "In 1977 she opened the pier to visitors.", true},
		{"en", "In 1977 Ida Brenner opened the pier to visitors.", false},
		{"en", "According to people who know the harbour, she closed the pier.", true},
		{"en", "According to Ida Brenner, they closed the pier.", false},
		{"en", "After divers had looked at the timber, they closed the pier.", false},
		{"en", "There were eleven people on the pier of Sandwick.", false},
		{"en", "This year the pier of Sandwick stays closed.", false},
		{"en", "This pier stays closed for the year.", true},
		{"en", "Only 38 percent of the piers are safe.", false},
		{"fr", "Ce mercredi, le quai de Port-Ambre a rouvert.", false},
		{"fr", "Ce quai a rouvert mercredi matin.", true},
		{"es", "Este martes se abrió el muelle de Puerto Alba.", false},
		{"fr", "Il y avait onze personnes sur le quai de Port-Ambre.", false},
		{"fr", "En mars, il faudra fermer le quai de Port-Ambre.", false},
		{"ru", "Совет закроет старый причал, он давно сгнил.", false},
		{"en", "When she opened the pier in 1977, Ida Brenner was the harbour master.", false},
		{"en", "The first was closed in spring, the others in autumn.", true},
		{"en", "The first pier of Sandwick was closed in spring.", false},
		{"en", "Two were in hospital on Monday.", true},
		{"en", "Two-masted ships may sail to Sandwick again.", false},
		{"en", "Two of the divers were in hospital on Monday.", false},
		{"de", "Zwei sind am Montag noch im Krankenhaus gewesen.", true},
		{"it", "Quest’ultimo aveva chiuso il molo in primavera.", true},
		{"en", "The former, a pier of iron, was closed in spring.", true},
		{"en", "The eldest, Ida, wants to sell the pier.", true},
		{"en", "The oldest pier of Sandwick is for sale.", false},
		{"de", "Die Älteste will den Anleger verkaufen.", true},
		{"de", "Die älteste Fähre soll verkauft werden.", false},
		{"fr", "L’aîné, Paul, veut vendre le quai au conseil.", true},
		{"en", "The latter saw the pier fall into the harbour.", true},
		{"de", "Ich hätte gern gelacht, aber der Anleger ist gesperrt.", true},
		{"de", "Der Frost habe ein Drittel der Bohlen gesprengt.", true},
		{"de", "Das Land werde den Antrag der Werft prüfen.", true},
		{"de", "Das Land werde den Antrag prüfen, sagte Ute Brandner.", false},
		{"de", "Alle Habe der Fischer lag auf dem Anleger von Lindhaven.", false},
		{"de", "Der erste war im Frühjahr morsch geworden.", true},
		{"de", "Der erste Anleger war im Frühjahr morsch geworden.", false},
		{"fr", "Lundi, il retournera au chantier du port.", true},
		{"fr", "J’ai vu tomber le quai de Port-Ambre.", true},
		{"fr", "Le premier a été fermé au printemps, le second à l’automne.", true},
		{"es", "En 1977 ella abrió el muelle al público.", true},
		{"ru", "Во втором тайме он забил ещё один гол.", true},
		{"ru", "По словам Горина он закрыл причал весной.", false},
		{"ru", "Первый, деревянный, закрыли весной.", true},
		{"ru", "Именно так закончился сезон в Липовке.", true},
		{"sv", "Han stängde piren efter stormen i mars.", true},
		{"sv", "Piren i Sandvik stängdes efter stormen i mars.", false},
		{"cs", "Podle něj se molo v Písku zavře v březnu.", true},
		{"cs", "Molo v Písku se po bouři zavře v březnu.", false},
		{"uk", "Саме так у четвер закінчився сезон на причалі.", true},
		{"ru", "Первый причал в Липовке закрыли весной.", false},
		{"en", "On Thursday, she’ll open the pier to visitors again.", true},
		{"en", "The young woman had closed the pier in spring.", true},
		{"en", "In these months the pier of Sandwick is empty.", true},
		{"en", "The council told them to close the pier.", true},
		{"fr", "La jeune femme avait fermé le quai au printemps.", true},
		{"zh", "他承认，码头已经不够用了。", true},
		{"zh", "码头在星期一倒塌，没有人受伤。", false},
		{"ja", "これについて町は再建を検討している。", true},
		{"ja", "桟橋は月曜日に崩れ、けが人はなかった。", false},
	} {
		body := "The ferry.\n\n" + tt.s
		d := read(standard(), &news.Article{Title: "Captain warned of the pier", Text: body, Lang: tt.lang})
		if got := d.sentences[len(d.sentences)-1].leaning; got != tt.leans {
			t.Errorf("%q leans: %v", tt.s, got)
		}
		d.release()
	}
	d := read(standard(), &news.Article{Text: "The mayor said that the pier would be built again.", Lang: "en"})
	defer d.release()
	if d.sentences[0].leaning {
		t.Error("the first sentence of a text leans on nothing")
	}
}

// TestOnce: what a page says twice is shown once, and what it says of itself not at all.
func TestOnce(t *testing.T) {
	const lead = "The old ferry pier of Sandwick collapsed into the harbour early on Monday."
	body := "We and our 40 partners use cookies on the pier of Sandwick.\n\n" + lead + " Follow our live report of the storm and the harbour here all day.\n\n" + lead + " Nobody stood on the pier of Sandwick when it fell into the harbour."
	for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
		told := strings.Join(texts(Fit(&news.Article{Text: body, Lang: "en"}, l)), "\n")
		if strings.Count(told, lead) != 1 || strings.Contains(told, "Follow") || strings.Contains(told, "cookies") {
			t.Errorf("%s: got %q", l, told)
		}
	}
}

// TestHeadlinesWordsStay: a clause that has what the headline names is not left out.
func TestHeadlinesWordsStay(t *testing.T) {
	a := &news.Article{Title: "Rotten timber closes the pier", Lang: "en", Text: "The council of Sandwick closed the old ferry pier on Monday, after divers found rotten timber."}
	if got := texts(Of(a, 1)); len(got) != 1 || got[0] != a.Text {
		t.Errorf("got %q", got)
	}
}
