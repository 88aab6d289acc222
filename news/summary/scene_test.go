package summary

import (
	"strings"
	"testing"

	"herald/news"
)

// The scenes end before the marks.
var scenes = []*news.Article{
	{Lang: "en", Title: "The last light of Sandwick", Text: `It is dark on the quay, and Martha Oakes puts on her second jumper. Her lamp flickers. A gull cries behind the shed.

“Two more weeks,” she says and laughs.

¦The lighthouse of Sandwick will be switched off on 1 June. The county wants to save 40,000 crowns a year. Ships have had satellites for 20 years, says the harbour office, and nobody asked for the lamp any more.

Fishermen disagree. A third of their boats have no such device. They wrote to the minister in March.

“The sea has no satellites,” says Oakes.`},
	{Lang: "en", Title: "The last light of Ellery", Text: `The lamp is out. Nobody on the quay looks up, and Martha Oakes puts on her second jumper, as every Tuesday.

“We talk less,” she says.

¦At the end of the month the lighthouse closes. Nobody has been found to keep the lamp. So the town of 1,100 people loses the last of its three lights.

Others closed in 2005 and in 2011. The harbour office says that ships need no lamps. Fishermen disagree. Their boats are old.`},
	{Lang: "en", Title: "The last light of Varnmouth", Text: `At ten to five Martha Oakes hangs her coat on the nail where her father hung his, and waits.

A bell rings. Two beats, a pause. She crosses the floor, turns the wheel, and somewhere below a door falls shut.

“They're talkative,” she says.

¦In three weeks the last light of Varnmouth that is worked by hand will go out, and Oakes will be without a job. The county saves 40,000 crowns a year by it. Ships have had satellites for 20 years. A third of the boats have no such device.

Nobody has asked them. They wrote to the minister in March.`},
	{Lang: "de", Title: "Das letzte Licht von Lindhaven", Text: `Als es auf dem Kai noch dunkel ist, zieht Martha Eck den zweiten Pullover an. Sie pfeift leise. Eine Möwe antwortet.

„Noch zwei Wochen“, sagt sie und lacht.

Die Lampe sei alt, sagt Eck, aber treu.

¦Im Juni schaltet der Kreis den Leuchtturm ab. Er spart damit 40.000 Euro im Jahr. Die Schiffe haben seit 20 Jahren Satelliten, sagt das Hafenamt.

Die Fischer widersprechen. Ein Drittel ihrer Boote hat kein solches Gerät.`},
}

func TestScene(t *testing.T) {
	for _, a := range scenes {
		before, behind, _ := strings.Cut(a.Text, "¦")
		scenic := *a
		scenic.Text = before + behind
		for _, l := range []news.Length{news.Headline, news.Short} {
			for _, s := range Fit(&scenic, l) {
				if s.Start < len(before) {
					t.Errorf("%s, %s: got %q", a.Lang, l, s.Text)
				}
			}
		}
	}
}

// TestNoScene: a report that begins with the news has no scene, whatever it goes on with.
func TestNoScene(t *testing.T) {
	const rest = " It was loud.\n\n“I ran,” said Oakes. She was alone.\n\nThe pier was 115 years old. Divers had found rotten timber. The council closed it. Nobody was hurt. The ferry sails. It takes an hour."
	for name, first := range map[string]string{
		"a date":            "The old pier fell into the sea on Monday, and the town looked on.",
		"what is headline":  "The pier of Sandwick has collapsed into the sea in a storm.",
		"a place":           "PORT ELLERY, VARNLAND. There was a noise.",
		"more than a scene": strings.Repeat("There was a noise and the people of the old town by the sea ran out of their beds to the quay. ", 8),
	} {
		d := read(standard(), &news.Article{Lang: "en", Title: "Pier collapses in Sandwick storm", Text: first + rest})
		if n := d.scene(); n != 0 {
			t.Errorf("%s: %d sentences of scene", name, n)
		}
		d.release()
	}
	d := read(standard(), &news.Article{Lang: "en", Title: "Pier collapses in Sandwick storm", Text: "There was a noise." + rest})
	defer d.release()
	if d.scene() == 0 {
		t.Error("the cases are none: no text with this rest has a scene")
	}
}

// TestJudge: where the headline says that something is not so, what was claimed is not shown without the verdict.
func TestJudge(t *testing.T) {
	for _, a := range []*news.Article{
		{Lang: "en", Title: "Fact check: No, the pier of Sandwick is not for sale", Text: `The claim

The pier of Sandwick will be sold to a hotel in June for four million crowns. A film that says so was watched by 300,000 people in Sandwick.

The verdict

False. The council of Sandwick says that the pier is not for sale, and the hotel says that it never asked. The film shows the pier of Ellery, which was sold in 2019.`},
		{Lang: "de", Title: "Faktencheck: Der Anleger von Lindhaven wird nicht verkauft", Text: `Der Anleger von Lindhaven wird im Juni für vier Millionen Kronen an ein Hotel verkauft. So steht es in einem Brief, den 4.000 Menschen geteilt haben.

Diese Behauptung über den Anleger von Lindhaven ist falsch, wie der Rat und das Hotel sagen. Der Brief trägt das Wappen einer anderen Stadt.`},
		{Lang: "es", Title: "No, el muelle de Arenal no se vende", Text: `El muelle de Arenal se venderá en junio a un hotel por cuatro millones de coronas. Así lo dice una carta que han compartido 4.000 personas.

Es falso que el muelle de Arenal esté en venta, según el ayuntamiento y el hotel. La carta lleva el escudo de otra ciudad.`},
	} {
		for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
			claim, verdict := false, false
			for _, s := range Fit(a, l) {
				claim = claim || s.End < strings.LastIndex(a.Text, "\n\n")
				verdict = verdict || s.End > strings.LastIndex(a.Text, "\n\n")
			}
			if !verdict || claim && l != news.Long {
				t.Errorf("%s, %s: %q", a.Lang, l, texts(Fit(a, l)))
			}
		}
	}
	for _, title := range []string{"No pier for Sandwick", "Sandwick says no, again, to a new pier", "Check your pier, says the council"} {
		if languageOf("en").checks(title) {
			t.Errorf("%q takes nothing back", title)
		}
	}
}

// TestTease: what is to make curious before the news is not shown with it.
func TestTease(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Oakes header sends Sandwick top", Text: `Some afternoons are written by a lazy hand.

Martha Oakes headed Sandwick to the top of the league on Saturday with a goal in the last minute against Ellery. It was the first win of Sandwick over Ellery for nine years. Both sides had sent the ball against the bar before the break.`}
	for _, l := range []news.Length{news.Headline, news.Short} {
		if s := Fit(a, l); !strings.HasPrefix(s[0].Text, "Martha") {
			t.Errorf("%s: %q", l, texts(s))
		}
	}
}

// TestDelay: where the first paragraph makes curious, and the second begins with a date and the headline's words, that one tells the news.
func TestDelay(t *testing.T) {
	const rest = " Eleven families of Lindqvist had paid for it. He asked each of them for a tenth of the price. The police of Sandwick found 200,000 crowns."
	for name, tt := range map[string]struct {
		text string
		want int
	}{
		"a teaser":            {"A lovely house, three rooms, a well. All of them thought they would be there for summer.\n\nA man was arrested in Sandwick on Tuesday because he sold one house eleven times." + rest, 2},
		"the news":            {"A man was arrested in Sandwick on Tuesday because he sold one house eleven times.\n\nThe false notary of Sandwick was arrested on Tuesday." + rest, 0},
		"nothing of the news": {"A lovely house, three rooms, a well.\n\nThe well was dug on a Tuesday in June by a man with a dog." + rest, 0},
		"one paragraph":       {"A lovely house, three rooms, a well. A man was arrested in Sandwick on Tuesday because he sold one house eleven times." + rest, 0},
		"it leans":            {"A lovely house, three rooms, a well.\n\nBut he was arrested in Sandwick on Tuesday because he sold one house eleven times." + rest, 0},
	} {
		d := read(standard(), &news.Article{Lang: "en", Title: "False notary of Sandwick sold house eleven times", Text: tt.text})
		if n := d.delay(d.sentences); n != tt.want {
			t.Errorf("%s: %d sentences, want %d", name, n, tt.want)
		}
		d.release()
	}
}

// TestLeadStays: what looks like a denial, a verdict or a teaser at a glance and is none takes no lead away.
func TestLeadStays(t *testing.T) {
	const rest = "\n\nForty firefighters and three boats worked until the morning, the fire brigade said.\n\nThe police look for the cause, and the terminal belonged to the town.\n\nMayor Nora Velt promised help to those who lost their work."
	for name, a := range map[string]*news.Article{
		"nobody was hurt": {Lang: "en", Title: "Fire destroys ferry terminal in Lindhaven", Text: "A fire destroyed the ferry terminal in Lindhaven on Monday night and closed the port. Trains were not affected." + rest},
		"никто":           {Lang: "ru", Title: "Пожар уничтожил склад в порту Линдграда", Text: "В порту Линдграда в ночь на понедельник сгорел склад с зерном площадью две тысячи метров. Никто не пострадал.\n\nПожар тушили сорок человек и три катера, сообщили в пожарной службе города.\n\nПричину выясняют следователи, склад принадлежал торговой компании.\n\nМэр города обещал помочь тем, кто потерял работу."},
		"nikt":            {Lang: "pl", Title: "Pożar zniszczył magazyn w porcie Lindowo", Text: "W nocy z niedzieli na poniedziałek spłonął magazyn zboża w porcie Lindowo. Nikt nie ucierpiał.\n\nPożar gasiło czterdziestu strażaków i trzy łodzie, podała straż pożarna miasta.\n\nPrzyczynę bada policja, a magazyn należał do firmy handlowej.\n\nBurmistrz obiecał pomoc tym, którzy stracili pracę."},
		"false invoices":  {Lang: "en", Title: "Ex-clerk jailed over false invoices", Text: "A former clerk of the port of Lindhaven was sent to prison for three years on Monday for stealing 2.4 million crowns.\n\nIvo Brandel, 44, had written false invoices for repairs that nobody did, the court in Lindhaven heard.\n\nJudge Mara Tellin said he had shown no regret and had spent the money on boats and horses.\n\nThe port has since changed the way in which it pays its suppliers and has hired two auditors.\n\nBrandel's lawyer said that he would appeal against the sentence within a month."},
		"faux médecin":    {Lang: "fr", Title: "Un faux médecin arrêté à Lindeville", Text: "Un homme de 44 ans qui soignait des malades sans diplôme depuis six ans a été arrêté lundi à Lindeville.\n\nIl avait montré un faux diplôme à la clinique qui l'employait, selon le procureur.\n\nPlus de deux mille patients ont été invités à consulter un autre médecin.\n\nLa clinique a annoncé une enquête et promis de rembourser les soins."},
		"no date":         {Lang: "en", Title: "Port of Lindhaven shuts after storm", Text: "Ferries and freighters were turned away and two cranes collapsed as gales of 130 kilometres an hour hit the coast, killing three dockers.\n\nThe port authority said on Tuesday that work would not resume before Friday.\n\nDivers are looking for a fourth man who was seen on the quay when the first crane fell.\n\nThe government has promised help for the families.\n\nInsurers expect a damage of 40 million crowns."},
	} {
		for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
			if s := Fit(a, l); s[0].Start != 0 && name != "no date" || l != news.Headline && s[0].Start != 0 {
				t.Errorf("%s, %s: %q", name, l, texts(s))
			}
		}
	}
}
