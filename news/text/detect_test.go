package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	for _, tt := range []struct{ want, s string }{
		{"en", "The harbour master said the ferry would sail again on Monday."},
		{"en", "Mayor resigns after flood report"},
		{"fr", "La maire a annoncé que le pont serait fermé jusqu’à lundi."},
		{"de", "Die Bürgermeisterin sagte, die Brücke bleibe bis Montag gesperrt."},
		{"es", "La alcaldesa anunció que el puente seguirá cerrado hasta el lunes."},
		{"it", "La sindaca ha annunciato che il ponte resterà chiuso fino a lunedì."},
		{"pt", "A prefeita anunciou que a ponte ficará fechada até segunda-feira."},
		{"nl", "De burgemeester zei dat de brug tot maandag dicht blijft."},
		{"pl", "Burmistrz powiedziała, że most będzie zamknięty do poniedziałku."},
		{"ru", "Мэр сообщила, что мост будет закрыт до понедельника."},
		{"uk", "Мерка повідомила, що міст буде зачинено до понеділка."},
		{"tr", "Belediye başkanı köprünün pazartesiye kadar kapalı olacağını açıkladı."},
		{"ar", "قالت رئيسة البلدية إن الجسر سيبقى مغلقا حتى يوم الاثنين."},
		{"hi", "मेयर ने कहा कि पुल सोमवार तक बंद रहेगा।"},
		{"zh", "市长说大桥将关闭到星期一。"},
		{"ja", "市長は橋が月曜日まで閉鎖されると述べた。"},
		{"ko", "시장은 다리가 월요일까지 폐쇄될 것이라고 말했다."},
		{"sv", "Borgmästaren sade att bron kommer att vara stängd till på måndag eftersom isen har skadat den."},
		{"el", "Η δήμαρχος είπε ότι η γέφυρα θα παραμείνει κλειστή."},
		{"", "abc"},
		{"", "bom"},
		{"", "Anna Lund"},
		{"hu", "A kormány új törvényt javasol"},
		{"cs", "Vláda schválila nový zákon"},
		{"fa", "دولت قانون جدید مالیات را تصویب کرد"},
		{"he", "ראש העיר התפטר אחרי השיטפון"},
		{"en", "MAYOR RESIGNS AFTER FLOOD REPORT"},
		{"en", "Erdağ, Łukowicz and Peñalver meet in Würzau"},
		{"it", "L’ALLUVIONE HA DISTRUTTO IL PONTE"},
		{"", "12.3 — 45"},
		{"", ""},
	} {
		if got := Detect(tt.s); got != tt.want {
			t.Errorf("Detect(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
}

// detectCases reads a file of texts, each behind the code of its language.
func detectCases(t *testing.T, file string) (cases []struct{ want, s string }) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if want, s, ok := strings.Cut(strings.TrimSpace(line), " "); ok && want != "#" {
			cases = append(cases, struct{ want, s string }{want, s})
		}
	}
	return cases
}

// TestDetectShort holds the share of short texts whose language is found, over all and in each language.
func TestDetectShort(t *testing.T) {
	all, right := map[string]int{}, map[string]int{}
	for _, c := range detectCases(t, "testdata/detect.txt") {
		got := Detect(c.s)
		for _, key := range []string{c.want, "all"} {
			all[key]++
			if got == c.want {
				right[key]++
			}
		}
		if got != c.want {
			t.Logf("Detect(%q) = %q, want %q", c.s, got, c.want)
		}
	}
	if got := len(all) - 1; got != 16 || all["all"] < 700 {
		t.Fatalf("%d texts in %d languages, want at least 700 in 16", all["all"], got)
	}
	for lang, n := range all {
		least := 0.9
		if lang == "all" {
			least = 0.97
		}
		if got := float64(right[lang]) / float64(n); got < least {
			t.Errorf("%s: %d of %d right, want a share of at least %.2f", lang, right[lang], n, least)
		}
	}
}

// TestDetectForeign holds how many short texts of other languages are known, and how few are taken for one that Herald
// reads.
func TestDetectForeign(t *testing.T) {
	cases := detectCases(t, "testdata/foreign.txt")
	right, wrong := 0, 0
	for _, c := range cases {
		switch got := Detect(c.s); {
		case got == c.want:
			right++
		case got != "" && !languageOf(got).foreign:
			wrong++
			t.Logf("Detect(%q) = %q, want %q", c.s, got, c.want)
		}
	}
	if n := len(cases); n < 100 || right*100 < n*85 || wrong*100 > n*12 {
		t.Errorf("of %d texts %d right and %d taken for a language that Herald reads", n, right, wrong)
	}
}

// TestDetectLong holds that the language of two sentences or more is found: they are the cases of TestSentencesHard,
// ten at a time as a text, and alone where they are not short.
func TestDetectLong(t *testing.T) {
	files, err := filepath.Glob("testdata/sentences/*.txt")
	if err != nil || len(files) != 16 {
		t.Fatalf("got %d files, %v, want 16", len(files), err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		var together strings.Builder
		for i, c := range sentenceCases(t, file) {
			if len(c.text) > 70 {
				if got := Detect(c.text); got != lang {
					t.Errorf("Detect(%q) = %q, want %q", c.text, got, lang)
				}
			}
			together.WriteString(c.text + "\n")
			if i%10 == 9 {
				if got := Detect(together.String()); got != lang {
					t.Errorf("Detect(%q) = %q, want %q", together.String(), got, lang)
				}
				together.Reset()
			}
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{"", "abc", "l’", "'s", "İI", "\xff\xfe", "Der Fährmann", "Вона", "أ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Detect(s); len(got) != 0 && len(got) != 2 {
			t.Errorf("Detect(%q) = %q, want two letters or none", s, got)
		}
	})
}

func BenchmarkDetectShort(b *testing.B) {
	for b.Loop() {
		Detect("Mayor resigns after flood report")
	}
}

// article is a text of the usual length.
var article = strings.Repeat("The harbour master of Ostwick said on Monday that the ferry, which had been out of service since the storm in May, "+
	"would sail again before the end of the week. “We have waited long enough,” said Dr. Ona Field, who owns the inn at the pier. "+
	"About 3,500 people live on the island; most of them work on the mainland, and the others depend on visitors.\n\n"+
	"The company that runs the line, Larkwood Inc., lost nearly half of its passengers last year. It did not say what the repairs had cost.\n\n", 6)

func BenchmarkDetect(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		Detect(article)
	}
}

func BenchmarkSentences(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		Sentences(article, "en")
	}
}

func BenchmarkWords(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		for w := range Words(article) {
			_ = w
		}
	}
}

func BenchmarkStem(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		for w := range Words(article) {
			Stem(w.In(article), "en")
		}
	}
}
