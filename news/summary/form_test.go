package summary

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// TestInterview: of questions and answers neither is shown without the other, in any language.
func TestInterview(t *testing.T) {
	for _, a := range []*news.Article{
		{Lang: "en", Title: "The keeper leaves", Text: `Martin Oakes has kept the light of Skarn Point for 41 years. On Friday he switches it off for the last time.

Did you always want this job, Mr Oakes?

No. I wanted to be a baker, and the storm of 1998 in Skarn Point made me want it again for many years.

Will you miss the light?

The stairs of Skarn Point, no. The silence after the fog signal stops in Skarn Point, yes.`},
		{Lang: "de", Title: "Die Deichgräfin", Text: `Deichgräfin Silke Harms geht jeden Morgen elf Kilometer. Ab Januar leitet sie den Küstenschutz des Landes.

Frau Harms, wann haben Sie zuletzt schlecht geschlafen?

Im Februar stand das Wasser 80 Zentimeter unter der Krone, und ein Fuchs hatte sich in den Deich gegraben.

Was kostet das Land der steigende Meeresspiegel?

Ich rechne mit 1,4 Milliarden Euro bis 2045, und das ist weniger als ein einziger Bruch des Deiches kostet.`},
		{Lang: "ar", Title: "الحارس", Text: `عمل سامي النجار حارسا للمنارة القديمة في الميناء أربعين عاما. وسيغادرها يوم الجمعة المقبل للمرة الأخيرة.

هل كنت تريد هذا العمل دائما؟

كنت أريد أن أعمل خبازا في مدينة الرمال مثل والدي وجدي قبل العاصفة.

وهل ستشتاق إلى المنارة؟

سأشتاق إلى البحر وإلى صوت السفن في الليل أكثر من أي شيء آخر.`},
	} {
		for _, l := range []news.Length{news.Headline, news.Short} {
			last := 0 // paragraph: odd ones ask
			for _, s := range append(Fit(a, l), news.Sentence{Span: news.Span{Start: len(a.Text)}}) {
				now := strings.Count(a.Text[:s.Start], "\n\n")
				if last%2 == 1 && now != last+1 || now > 0 && now%2 == 0 && s.Len() > 0 && last < now-1 {
					t.Errorf("%s, %s: from paragraph %d to %d: %q", a.Lang, l, last, now, s.Text)
				}
				last = now
			}
		}
	}
}

// TestInterviewWithoutMarks: behind the first of many questions all is somebody's words, also where what is asked is no question;
// and what leads to a question is part of it.
func TestInterviewWithoutMarks(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "The keeper leaves", Text: `Martin Oakes has kept the light of Skarn Point for 41 years.

Your light was switched off twice in all those years. Were you worried?

No. A lamp that stands for a century goes on standing, and it did.

You lost a finger up there, Mr Oakes.

I found it again on the stairs the next morning, which surprised my wife.

Will you miss the light?

The stairs of Skarn Point, no.

And the silence?

Yes.`}
	for _, l := range []news.Length{news.Headline, news.Short} {
		if got := texts(Fit(a, l)); len(got) != 1 || !strings.HasPrefix(got[0], "Martin Oakes") {
			t.Errorf("%s: got %q", l, got)
		}
	}
}

// TestInterviewOfStatements: where somebody is asked and spoken to, all is talk from the first words to somebody or of somebody on,
// and no half of it stands alone.
func TestInterviewOfStatements(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "The woman on the ice", Text: `Diver Lotte Marten spent 41 days under the ice of Lake Orrin. The museum of Sandwick shows what she found.

You have not been seen in Sandwick since.

I had nothing to say to the people of Sandwick, and the lake had said it all.

Were you cold down there?

The water of Lake Orrin has four degrees in winter, which is warmer than the air above it.

Some say the museum of Sandwick paid too much.

They did not carry the stones.

Would you do it again, Ms Marten?

Not for the museum.`}
	for _, l := range []news.Length{news.Headline, news.Short, news.Long} {
		for _, s := range Fit(a, l) {
			if s.Start > strings.Index(a.Text, "\n") {
				t.Errorf("%s: got %q", l, s.Text)
			}
		}
	}
}

// TestShortTalk: two questions are talk where all is short and somebody speaks to another or of himself.
func TestShortTalk(t *testing.T) {
	body := "Diver Lotte Marten leaves the lake.\n\nHow does it feel?\n\nLike cold soup.\n\nThe fish will miss her.\n\nOne does.\n\nIs it deep?\n\nYou can't see the ground."
	if _, talk := languageOf("en").interview(body); talk > strings.Index(body, "How") {
		t.Errorf("talk begins at %q", body[talk:])
	}
	long := strings.ReplaceAll(body, "The fish will miss her.", strings.Repeat("The fish of the old lake will miss the lamp, says the keeper of the museum. ", 20))
	if _, talk := languageOf("en").interview(long); talk != len(long) {
		t.Errorf("a report with questions: talk begins at %q", long[talk:])
	}
}

// TestQuestionsOfAWriter: an article that begins with questions to its readers is no interview.
func TestQuestionsOfAWriter(t *testing.T) {
	body := "Would you pay four crowns for a walk on a pier?\n\nOr would you rather swim?\n\nThe council of Sandwick asks for four crowns from Monday on."
	if _, talk := languageOf("en").interview(body); talk != len(body) {
		t.Errorf("talk begins at %q", body[talk:])
	}
}

// TestHeadings: the parts of a list are shown with the heading that says what they are about, and no further sentence of a part
// without the first.
func TestHeadings(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "What changes in Sandwick in June", Text: `June brings new rules to the town of Sandwick.

Ferry

Tickets of the council cost five crowns instead of four from June on. Children under six go free in June.

Dogs

They may run on the northern beach in June. The council put up signs.

Waste

Bins are emptied on Monday in June. Glass goes on Friday.`}
	got := Of(a, 7)
	for k, s := range got {
		if strings.HasPrefix(s.Text, "They") || strings.HasPrefix(s.Text, "Tickets") || strings.HasPrefix(s.Text, "Bins") {
			t.Errorf("%q without its heading", s.Text)
		}
		if strings.HasPrefix(s.Text, "The council") && (k == 0 || !strings.HasPrefix(got[k-1].Text, "Dogs")) {
			t.Errorf("%q without what stands before it", s.Text)
		}
	}
	if !slices.ContainsFunc(got, func(s news.Sentence) bool { return strings.HasPrefix(s.Plain(), "Ferry: Tickets") }) {
		t.Errorf("got %q", texts(got))
	}
}

// TestExplained: where a writer answers questions of his own, an answer is shown with its question.
func TestExplained(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Why the pier of Sandwick is closed", Text: `The town of Sandwick has closed its ferry pier until the autumn. These are the reasons.

What happened?

Divers found rotten timber below the ferry landing of the pier on Monday. They had looked for a lost anchor, and told the harbour master of Sandwick on the same evening.

Is the pier going to fall?

No, says the harbour master of Sandwick, but nobody may stand on it until the timber has been replaced, which can take the whole summer.

Who pays?

The town of Sandwick pays four million crowns, and the county pays the rest. The price of tickets stays the same until 2028, the council said.`}
	got := Of(a, 4)
	for _, s := range got {
		if plain := s.Plain(); s.Start > strings.Index(a.Text, "\n") && !strings.Contains(plain, "?") && !strings.HasPrefix(plain, "They") && !strings.HasPrefix(plain, "The price") {
			t.Errorf("%q without its question", plain)
		}
	}
	if !slices.ContainsFunc(got, func(s news.Sentence) bool { return strings.HasPrefix(s.Plain(), "What happened? Divers") }) {
		t.Errorf("got %q", texts(got))
	}
}

// TestEssay: of what somebody writes of himself and of what is to be done, the latter is shown.
func TestEssay(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Give the pier back to the cats", Text: `On Sunday I walked to the pier of Sandwick with my aunt, who is 91 and likes cats.

There were eleven of them, and one sat on my hat. I did not mind.

The town has fenced the pier off since March because of the tourists. Nobody has asked what that costs, and I did not know either until Tuesday.

The council of Sandwick should open the pier from October to May.

My aunt has bought me another hat.`}
	for _, l := range []news.Length{news.Short, news.Long} {
		if got := texts(Fit(a, l)); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "The council") }) {
			t.Errorf("%s: got %q", l, got)
		}
	}
}

// TestTimeline: what stands further down in a part with a label is not shown without it.
func TestTimeline(t *testing.T) {
	d := read(standard(), &news.Article{Lang: "en", Title: "The pier of Sandwick", Text: `The pier is 115 years old.

1911: The pier of Sandwick opens.

1954: A storm breaks the pier of Sandwick. In November the county pays for a new one.

Ida Brenner: The pier is safe. Nobody needs to fear for the ferry.

The council has nine members: four of them. Nobody knows why.`})
	defer d.release()
	var got []string
	for i := range d.sentences {
		if d.sentences[i].leaning {
			got = append(got, d.sentences[i].text[:10])
		}
	}
	if want := []string{"In Novembe", "Nobody nee"}; !slices.Equal(got, want) {
		t.Errorf("leaning: %q, want %q", got, want)
	}
}

// TestHeadingsApart: a heading that is an aside, or has one behind it, is no part of a sentence.
func TestHeadingsApart(t *testing.T) {
	body := "Intro of Sandwick here.\n\nDogs\n\nAdvertisement\n\nThey may run on the beach of Sandwick.\n\nShare this page\n\nFerries sail to Sandwick on Monday.\n\nBins\n\nThey are emptied in Sandwick on Monday."
	a := &news.Article{Lang: "en", Text: body}
	for _, aside := range []string{"Advertisement", "Share this page"} {
		at := strings.Index(body, aside)
		a.Asides = append(a.Asides, news.Span{Start: at, End: at + len(aside)})
	}
	got := texts(Of(a, 9))
	for _, s := range got {
		if strings.Contains(s, "Advertisement") || strings.Contains(s, "Share") || strings.HasPrefix(s, "Dogs") {
			t.Errorf("got %q", s)
		}
	}
	if !slices.Contains(got, "Bins\n\nThey are emptied in Sandwick on Monday.") {
		t.Errorf("got %q", got)
	}
}

func TestNoHeadings(t *testing.T) {
	for name, body := range map[string]string{
		"a caption is none":         "Harbour of Sandwick (archive)\n\nIntro here.\n\nDogs\n\nThey run.\n\nCats\n\nThey sleep.",
		"two are no list":           "Intro here.\n\nDogs\n\nThey run.\n\nCats\n\nThey sleep.",
		"lines that end":            "Intro here.\n\nDogs.\n\nThey run.\n\nCats!\n\nThey sleep.\n\nCows?\n\nThey eat.",
		"nothing below":             "Intro here.\n\nDogs\n\nCats\n\nCows\n\nThey eat.",
		"a long text between a few": "Intro here.\n\nDogs\n\n" + strings.Repeat("They run. ", 20) + "\n\nCats\n\nThey sleep.\n\nCows\n\nThey eat.",
	} {
		if got := headings(body, len(text.Sentences(body, "en")), false, languageOf("en")); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestList: the numbers of a list are left out, with the offsets of what is shown; a German date keeps its day.
func TestList(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Bicycles in winter", Text: "1. Wash the salt off the bicycle with lukewarm water.\n2. Oil the chain of the bicycle after every wet ride.\n3) Keep the battery of a bicycle indoors."}
	for _, s := range Of(a, 3) {
		if s.Text[0] < 'A' || s.In(a.Text) != s.Text {
			t.Errorf("got %q at %v", s.Text, s.Span)
		}
	}
	date := &news.Article{Lang: "de", Text: "3. Mai ist der Tag, an dem die Brücke von Lindhaven für den Verkehr öffnet."}
	if s := Of(date, 1); len(s) != 1 || s[0].Text != date.Text {
		t.Errorf("got %v", s)
	}
}

// TestFront: where one sentence must do, the one that the news begins with counts more, unless it leans.
func TestFront(t *testing.T) {
	for text, more := range map[string]float64{
		"The pier of Sandwick fell on Monday. Nobody was hurt in Sandwick.":  front,
		"It fell into the sea on Monday night. Nobody was hurt in Sandwick.": 0,
	} {
		d := read(standard(), &news.Article{Lang: "en", Text: text})
		before := [2]float64{d.weigh([]int{0}, 1).worth, d.weigh([]int{1}, 1).worth}
		d.line = true
		after := [2]float64{d.weigh([]int{0}, 1).worth, d.weigh([]int{1}, 1).worth}
		if after != [2]float64{before[0] + more, before[1]} {
			t.Errorf("%q: from %v to %v", text, before, after)
		}
		d.release()
	}
}

// TestHeadlineTellsTheNews: where the news takes more than a line, it is told all the same, to be cut where it is shown.
func TestHeadlineTellsTheNews(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "Solberg wins the Tour of Ellery", Text: "Ingrid Solberg of Port Ellery won the Tour of Ellery on Sunday afternoon, by 11 seconds after nine days and 1,247 kilometres, and then sat down on the kerb outside a chip shop because her legs would not carry her any further that day.\n\nThe 24-year-old had trained in the hills."}
	got := Fit(a, news.Headline)
	if len(got) != 1 || !strings.HasPrefix(got[0].Text, "Ingrid Solberg of Port Ellery won") {
		t.Errorf("got %v", got)
	}
	if utf8.RuneCountInString(got[0].Text) <= Runes(news.Headline) {
		t.Error("the case is none: it fits")
	}
}

// TestReadersQuestions: where the questions are as a reader asks them ("May I …?"), the writer's answers are told under them.
func TestReadersQuestions(t *testing.T) {
	const answer = "Der Anleger von Lindhaven ist bis Ostern gesperrt, und wer die Absperrung am Hafen übersteigt, zahlt nach der neuen Ordnung der Stadt 80 Euro."
	a := &news.Article{Lang: "de", Title: "Was auf dem Anleger jetzt gilt", Text: "Der Winter ist da, und das Holz am Hafen ist glatt.\n\nDarf ich den Anleger betreten?\n\nNein. " + answer +
		"\n\nWo legt die Fähre ab?\n\nDie Fähre nach Norderhaven legt am alten Zollhaus ab, täglich um acht und um 17 Uhr, im Januar fährt sie nur am Wochenende und bei ruhiger See." +
		"\n\nWann wird gebaut?\n\nDie Werft beginnt im April mit den ersten Pfählen, die Kosten von drei Millionen Euro teilen sich das Land und die Stadt zu gleichen Teilen."}
	told := strings.Join(texts(Fit(a, news.Long)), "\n")
	if !strings.Contains(told, "80 Euro") || strings.Contains(told, answer) && !strings.Contains(told, "betreten?") {
		t.Errorf("got %q", told)
	}
	if a.Text = strings.Replace(a.Text, "Nein. ", "Ich sage nein. ", 1); languageOf("de").explains(a.Text) {
		t.Error("a talk is taken for a writer's own questions")
	}
}

// TestWholeQuestion: the end of a question leans on what leads to it.
func TestWholeQuestion(t *testing.T) {
	a := &news.Article{Lang: "en", Title: "The keeper leaves", Text: `Martin Oakes has kept the light of Skarn Point for 41 years.

The council has cut the money for the lamp. How long will that go on?

It is over already, and the lamp of Skarn Point burns on what visitors give.

Will you miss the light?

The stairs of Skarn Point, no.`}
	d := read(standard(), a)
	defer d.release()
	if !d.sentences[2].leaning {
		t.Errorf("%q stands without %q", d.sentences[2].text, d.sentences[1].text)
	}
}
