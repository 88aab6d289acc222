package quote

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/news"
)

// TestFindSubjects holds who speaks where order, marks and offices make it hard.
func TestFindSubjects(t *testing.T) {
	for _, tt := range []struct {
		name, lang, text string
		want             []string
	}{
		{"office, then the name", "en", "“We counted twice,” said the chief of the harbour board, Clara Norden, on Monday.", []string{
			"direct | Clara Norden (chief of the harbour board) | said | We counted twice",
		}},
		{"a verb in no list behind its subject", "en", "“It was a long night,” Tom Reed fumed on Monday.", []string{
			"direct | Tom Reed | fumed | It was a long night",
		}},
		{"participle keeps the subject", "en", "In May, Lena Orwick attacked the board, calling it “a nest of amateurs.”", []string{
			"direct | Lena Orwick | calling | a nest of amateurs.",
		}},
		{"participle keeps the subject behind an office", "en", "The mayor’s adviser, Lena Orwick, told reporters that “big plans” will be signed, referring to “a bridge for everybody.”", []string{
			"mixed | Lena Orwick (mayor’s adviser) | told | that “big plans” will be signed",
			"direct | Lena Orwick (mayor’s adviser) | referring | a bridge for everybody.",
		}},
		{"a pronoun for the one name of its paragraph", "fr", "La commissaire, Ysaltine Thorsell, parle vite. « Désormais, une tempête fait une cuisine chaude », a-t-elle résumé.", []string{
			"direct | Ysaltine Thorsell (commissaire) | résumé | Désormais, une tempête fait une cuisine chaude",
		}},
		{"a pronoun with two names before it", "fr", "Ysaltine Thorsell a vu Odila Fargeaux. « Nous avons la moitié du câble », a-t-elle dit.", []string{
			"direct |  | dit | Nous avons la moitié du câble",
		}},
		{"a body is no person", "en", "Ruth Calloway works for the Marsden Institute. “We knew it,” she said.", []string{
			"direct | Ruth Calloway | said | We knew it",
		}},
		{"adverb between", "en", "Orwick had publicly said that the plan was dead.", []string{
			"indirect | Orwick | said | that the plan was dead",
		}},

		{"source", "de", "Nach Angaben der Feuerwehr wurde niemand verletzt.", []string{
			"indirect | der Feuerwehr | Nach Angaben | wurde niemand verletzt",
		}},
		{"own source, in the midst", "de", "Der Verein hat nach eigenen Angaben neun Boote verloren.", []string{
			"indirect | Der Verein | nach eigenen Angaben | Der Verein hat nach eigenen Angaben neun Boote verloren",
		}},
		{"it says", "de", "In einem Schreiben der Stadt heißt es, die Brücke sei sicher.", []string{
			"indirect | einem Schreiben | heißt | die Brücke sei sicher",
		}},
		{"verb in two parts", "de", "Der Verein kündigte am Freitag an, das Fest zu verschieben.", []string{
			"indirect | Der Verein | kündigte | das Fest zu verschieben",
		}},
		{"other verb of the same form", "de", "Der Verein stellte am Freitag ein Boot vor, das allen gehört.", nil},
		{"noun", "de", "Feldkamp ist der Meinung, dass die Brücke hält.", []string{
			"indirect | Feldkamp | Meinung | dass die Brücke hält",
		}},
		{"no subject by its article", "de", "Nach dem Sturm am Montag forderten sie, die Brücke zu sperren.", []string{
			"indirect |  | forderten | die Brücke zu sperren",
		}},
		{"verb in no list", "de", "Anna Feldkamp ist verärgert, die Brücke sei längst bezahlt.", []string{
			"indirect | Anna Feldkamp | - | die Brücke sei längst bezahlt",
		}},
		{"relative clause", "de", "Feldkamp kritisierte die Brücke, die seit Mai gesperrt ist.", nil},
		{"sentence before", "de", "Niemand wurde verletzt. Das teilte die Feuerwehr am Freitag mit.", []string{
			"indirect | die Feuerwehr | teilte | Niemand wurde verletzt",
		}},
		{"wie, behind", "de", "Die Brücke bleibt bis Mai gesperrt, wie die Stadt mitteilte.", []string{
			"indirect | die Stadt | mitteilte | Die Brücke bleibt bis Mai gesperrt",
		}},
		{"a word for the report", "de", "Anna Feldkamp legte die Zahlen vor. Demnach fehlen neun Boote.", []string{
			"indirect | Anna Feldkamp | - | Demnach fehlen neun Boote",
		}},
		{"so-called", "de", "Die so genannten Brückenfreunde trafen sich am Freitag.", nil},
		{"where somebody works", "de", "„Wir haben lange gesucht“, sagte Anton Kern von der Universität Aue.", []string{
			"direct | Anton Kern | sagte | Wir haben lange gesucht",
		}},
		{"feminine office", "de", "Bauamtsleiterin Roswin Pfau traf Anton Kern. „Wir haben lange gesucht“, sagte sie.", []string{
			"direct | Roswin Pfau (Bauamtsleiterin) | sagte | Wir haben lange gesucht",
		}},

		{"office, then the name", "fr", "« Le pont tiendra », a déclaré la ministre des Transports, Claire Dumas, lundi.", []string{
			"direct | Claire Dumas (ministre des Transports) | déclaré | Le pont tiendra",
		}},
		{"inside the marks", "es", "Marta Sáez abrió la puerta. «El puente puede esperar —dijo Sáez—. La lluvia, no».", []string{
			"direct | Marta Sáez | dijo | El puente puede esperar", "direct | Marta Sáez | dijo | La lluvia, no",
		}},
		{"a verb in no list, no pronoun", "es", "Marta Sáez defendió el puente. «Nadie corre peligro», zanjó.", []string{
			"direct | Marta Sáez | zanjó | Nadie corre peligro",
		}},
		{"sentence before", "ru", "Мост закрыт до весны. Об этом сообщил губернатор.", []string{
			"indirect | губернатор | сообщил | Мост закрыт до весны",
		}},
		{"inside the marks", "ru", "«Мост закрыт, — говорит Игорь Лунев. — Придётся подождать».", []string{
			"direct | Игорь Лунев | говорит | Мост закрыт", "direct | Игорь Лунев | говорит | Придётся подождать",
		}},

		{"turned round", "it", "«Il ponte resterà chiuso fino a lunedì», ha detto la sindaca Carla Orsi. Secondo la polizia, nessuno è rimasto ferito.", []string{
			"direct | Carla Orsi (sindaca) | detto | Il ponte resterà chiuso fino a lunedì",
			"indirect | la polizia | Secondo | nessuno è rimasto ferito",
		}},
		{"turned round", "pt", "“A ponte continuará fechada até maio”, disse a prefeita Júlia Sampaio. Ela afirmou que a ponte é segura.", []string{
			"direct | Júlia Sampaio (prefeita) | disse | A ponte continuará fechada até maio",
			"indirect | Júlia Sampaio (prefeita) | afirmou | que a ponte é segura",
		}},
		{"turned round", "nl", "“De brug blijft tot mei dicht”, zei burgemeester Femke Wolters. Volgens de politie raakte niemand gewond.", []string{
			"direct | Femke Wolters (burgemeester) | zei | De brug blijft tot mei dicht",
			"indirect | de politie | Volgens | raakte niemand gewond",
		}},
		{"turned round", "uk", "«Міст закритий до весни», — сказав губернатор Остап Лунко. За словами Лунка, ніхто не постраждав.", []string{
			"direct | Остап Лунко (губернатор) | сказав | Міст закритий до весни",
			"indirect | Остап Лунко (губернатор) | За словами | ніхто не постраждав",
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
