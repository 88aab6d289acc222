package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// untidy is an article as a careless copier leaves it.
const untidy = `Ferry returns to Larkfield – The Courier

Ferry returns to Larkfield
By Ada Quill and Tom Reed
2 March 2026, 07:30

LARKFIELD (Firth News) —

The ferry returned on Monday, nine weeks after the storm.

• Read also: Council buys a second boat

“We waited nine weeks for this morning,” said Captain Edda Moor.

A second boat

Photo: The ferry at dawn. B. Lens

Next came the brass band, which had waited since six.

Facebook Twitter WhatsApp

-

***

PREV Fog closes the firth for a third day
NEXT Two brides, one boat`

func TestAsides(t *testing.T) {
	want := []string{
		"Ferry returns to Larkfield – The Courier", "Ferry returns to Larkfield", "By Ada Quill and Tom Reed", "2 March 2026, 07:30",
		"LARKFIELD (Firth News) —", "• Read also: Council buys a second boat", "Photo: The ferry at dawn. B. Lens",
		"Facebook Twitter WhatsApp", "-", "***", "PREV Fog closes the firth for a third day", "NEXT Two brides, one boat",
	}
	if diff := cmp.Diff(want, asideTexts("Ferry returns to Larkfield", untidy, "en")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func asideTexts(title, text, lang string) []string {
	var got []string
	for _, s := range Asides(title, text, lang) {
		got = append(got, s.In(text))
	}
	return got
}

// TestAsideLines judges one line between two ordinary ones.
func TestAsideLines(t *testing.T) {
	for _, c := range []struct {
		lang, line string
		want       bool
	}{
		// sent elsewhere
		{"en", "Read also: Fog on the firth", true},
		{"en", "SEE ALSO | Fog on the firth", true},
		{"en", "Read more", true},
		{"en", "Related: Fog on the firth", true},
		{"en", "Watch: the ferry comes in", true},
		{"fr", "À lire aussi : Brouillard sur le fjord", true},
		{"fr", "• LIRE AUSSI – Le bac revient", true},
		{"de", "Lesen Sie auch: Nebel über dem Fjord", true},
		{"de", "Mehr zum Thema", true},
		{"es", "Lea también: Niebla en el fiordo", true},
		{"it", "Leggi anche: Nebbia sul fiordo", true},
		{"pt", "Leia também: Nevoeiro no fiorde", true},
		{"nl", "Lees ook: Mist boven de fjord", true},
		{"pl", "Czytaj także: Mgła nad fiordem", true},
		{"ru", "Читайте также: Туман над фьордом", true},
		{"uk", "Читайте також: Туман над фіордом", true},
		{"ja", "関連記事：霧の中のフェリー", true},
		// asked for something
		{"en", "Share this article", true},
		{"en", "Subscribe to our newsletter and never miss a crossing!", true},
		{"en", "This website uses cookies to improve your experience.", true},
		{"en", "ADVERTISEMENT", true},
		{"en", "Comments (12)", true},
		{"en", "© 2026 The Courier. All rights reserved.", true},
		{"en", "The post Ferry returns appeared first on The Courier.", true},
		{"de", "Diesen Artikel teilen", true},
		{"de", "Anzeige", true},
		{"fr", "Suivez-nous sur les réseaux", true},
		{"es", "Suscríbete a nuestro boletín", true},
		{"ru", "Подписывайтесь на наш канал", true},
		{"nl", "Deze website gebruikt cookies om beter te worden.", true},
		{"pl", "Zapisz się na nasz newsletter", true},
		{"pl", "Ta strona używa plików cookie.", true},
		{"uk", "Ми використовуємо файли cookie.", true},
		{"tr", "Bu site çerez kullanır.", true},
		{"tr", "Sonraki haber: İki gelin, bir tekne", true},
		{"pt", "Inscreva-se na nossa newsletter", true},
		{"it", "Utilizziamo i cookie per migliorare la visita.", true},
		{"ar", "شارك المقال", true},
		{"ar", "المقال التالي: عروسان وقارب", true},
		{"ar", "اقرأ أيضا: ضباب فوق الخليج", true},
		{"zh", "相关阅读：湾上大雾", true},
		{"zh", "分享到微信", true},
		{"ja", "シェアする", true},
		{"ja", "次の記事：花嫁二人と船一隻", true},
		{"ko", "관련 기사: 만에 낀 안개", true},
		{"ko", "공유하기", true},
		// labels of pictures
		{"en", "Photo: B. Lens / The Courier", true},
		{"en", "(Photo by B. Lens)", true},
		{"en", "The ferry leaves Larkfield at dawn. Photo: B. Lens", true},
		{"de", "Die Fähre verlässt am Morgen den Hafen. (Foto: B. Lens/Kurier)", true},
		{"fr", "Le bac au petit matin. | Crédit photo : B. Lens", true},
		{"en", "She asked for one more photo: the last of the ferry", false},
		{"en", "The ferry was late. Her favourite photo: The quay without a ferry, a dog and four anglers in the rain", false},
		{"en", "The ferry carried 1,200 people in May. Source: ferry office", false},
		{"de", "Foto: B. Linse", true},
		{"fr", "Crédit photo : B. Lentille", true},
		{"ru", "Фото: Б. Линза", true},
		// who and when
		{"en", "By Ada Quill", true},
		{"en", "By Ada Quill, Political Editor", true},
		{"de", "Von Mila Brandt und Jonas Eck", true},
		{"fr", "Par Léa Fontenac", true},
		{"en", "Published 2 March 2026", true},
		{"de", "Stand: 02.03.2026, 07:30 Uhr", true},
		{"en", "5 min read", true},
		{"de", "12.07.2026, 16:33 Uhr • Lesedauer: 2 Min.", true},
		{"en", "2 March 2026 | 3 min read", true},
		{"en", "2 March 2026 | The fog lifts", false},
		{"en", "3 hours ago", true},
		{"fr", "le 2 mars 2026 à 07h30", true},
		{"tr", "Yazar: Mila Akçay", true},
		{"ar", "بقلم ليلى منصور", true},
		{"zh", "记者 林安", true},
		{"zh", "2026年3月2日 07:30", true},
		{"ko", "2026년 3월 2일", true},
		// marks
		{"en", "–", true},
		{"en", "* * *", true},
		{"en", "•", true},
		{"en", "…", true},
		{"en", "🚢", true},
		// ordinary lines
		{"en", "A second boat", false},
		{"en", "Strategic partnership", false},
		{"en", "By Tuesday the fog had lifted.", false},
		{"en", "By then", false},
		{"en", "Next week the council votes on the second boat.", false},
		{"en", "Next stop: the islands", false},
		{"en", "Previous owners had painted it green.", false},
		{"en", "Share prices fell", false},
		{"en", "Comments from the minister drew criticism.", false},
		{"en", "Photo finish in the regatta", false},
		{"en", "Read the letter, she told the court, and you will understand.", false},
		{"en", "See also how the others live, he added, in the villages beyond the hill where nobody has ever seen a ferry and nobody has ever needed one.", false},
		{"en", "Related diseases are rare in sheep.", false},
		{"en", "Email was down all day.", false},
		{"en", "More from the same well", true}, // a label by its form; the price of knowing "More from …"
		{"en", "“Read also the small print,” she said.", false},
		{"en", "In 2026 the firth froze.", false},
		{"en", "March 2026 was the coldest in memory.", false},
		{"de", "Von der Brücke aus sah man nichts", false},
		{"de", "Bild: Herr Kapitän, warum erst jetzt?", false},
		{"fr", "Par temps clair, on voit les îles.", false},
		{"es", "Por eso", false},
		{"en", "Von Braun", false},
		{"zh", "记者在码头上等了一夜。", false},
		{"ja", "文化祭は来週に延期された。", false},
		{"ko", "공유하기로 한 것은 배가 아니라 섬이었다.", false},
		{"ar", "شاركت المدينة كلها في الاحتفال.", false},
		{"tr", "Paylaşılan tek şey tekneydi.", false},
		{"en", strings.Repeat("Read also: a very long line that goes on and on. ", 10), false},
	} {
		t.Run(c.line, func(t *testing.T) {
			text := "The ferry returned on Monday.\n\n" + c.line + "\n\nNobody minded the fog."
			got := asideTexts("Something else entirely", text, c.lang)
			if (len(got) == 1) != c.want || (len(got) == 1 && got[0] != strings.TrimSpace(c.line)) || len(got) > 1 {
				t.Errorf("got %q, want aside: %v", got, c.want)
			}
		})
	}
}

func TestRepeatedHeadline(t *testing.T) {
	const text = "Ferry returns\n\nFerry returns!\n\nThe ferry returned on Monday.\n\nFerry returns"
	for _, c := range []struct {
		name, title, text string
		want              []string
	}{
		{"known", "Ferry returns", text, []string{"Ferry returns", "Ferry returns!", "Ferry returns"}},
		{"guessed", "", text, []string{"Ferry returns", "Ferry returns!", "Ferry returns"}},
		{"another", "Fog closes firth", text, nil},
		{"nothing to guess from", "", "Fog.\n\nMore fog.\n\nMuch later, fog again.", nil},
		{"cut", "The old ferry returns to Larkfield after nine weeks", "The old ferry returns to Larkfield after…\n\nIt was late.", nil},
		{"cut without marks", "The old ferry returns to Larkfield after nine weeks", "The old ferry returns to Larkfield after\n\nIt was late.", []string{"The old ferry returns to Larkfield after"}},
		{"no text", "Ferry returns", "", nil},
		{"a sentence that begins like it", "Ferry returns", "Ferry returns were counted for the first time in June.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, asideTexts(c.title, c.text, "en")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestListUnderReadAlso has the headlines of other articles under the line that announces them.
// A line that names an article itself opens no list of others: the next one is a heading.
func TestReadAlsoWithAnArticle(t *testing.T) {
	const text = "It was late.\nRead also: Fog on the firth\nA second boat\nThe council bought it."
	if diff := cmp.Diff([]string{"Read also: Fog on the firth"}, asideTexts("Something else entirely", text, "en")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestListUnderReadAlso(t *testing.T) {
	const text = "It was late.\n\nRelated stories:\n• Fog on the firth\n• Two brides, one boat\n\nA second boat\n\nThe council bought it."
	want := []string{"Related stories:", "• Fog on the firth", "• Two brides, one boat"}
	if diff := cmp.Diff(want, asideTexts("x", text, "en")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadAlsoWithAnArrow(t *testing.T) {
	const text = "It was late.\nREAD ALSO ↓\nTwo brides, one boat\nThe council bought it."
	if diff := cmp.Diff([]string{"READ ALSO ↓", "Two brides, one boat"}, asideTexts("Something else entirely", text, "en")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzAsides(f *testing.F) {
	f.Add("Ferry returns to Larkfield", untidy, "en")
	f.Add("", "a\r\n\r\n\ta\u2028b\n—\n", "")
	f.Add("\xff", "\xff\xfe\n \xf0", "ru")
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		last := 0
		for _, s := range Asides(title, text, lang) {
			in := s.In(text)
			if in == "" || s.Start < last || strings.Contains(in, "\n") || strings.TrimSpace(in) != in {
				t.Fatalf("span %v of %q", s, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(in) {
				t.Fatalf("span %v cuts a character", s)
			}
			last = s.End
		}
	})
}
