package text

import (
	"os"
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
		{"", "A kormány új törvényt javasol"},
		{"", "Vláda schválila nový zákon"},
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

// TestDetectShort holds the share of short texts whose language is found, over all and in each language.
func TestDetectShort(t *testing.T) {
	data, err := os.ReadFile("testdata/detect.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, right := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		want, s, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || want == "#" {
			continue
		}
		for _, key := range []string{want, "all"} {
			all[key]++
			if Detect(s) == want {
				right[key]++
			}
		}
		if got := Detect(s); got != want {
			t.Logf("Detect(%q) = %q, want %q", s, got, want)
		}
	}
	if got := len(all) - 1; got != 16 || all["all"] < 200 {
		t.Fatalf("%d texts in %d languages, want at least 200 in 16", all["all"], got)
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

func BenchmarkDetect(b *testing.B) {
	s := strings.Repeat("The harbour master said the ferry would sail again on Monday. ", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Detect(s)
	}
}

func BenchmarkSentences(b *testing.B) {
	s := strings.Repeat("The harbour master, Dr. A. Varn, said the ferry “would sail again.” On Monday? Perhaps.\n", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Sentences(s, "en")
	}
}

func BenchmarkWords(b *testing.B) {
	s := strings.Repeat("The harbour master, Dr. A. Varn, said the ferry “would sail again.” On Monday? Perhaps.\n", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		for w := range Words(s) {
			_ = w
		}
	}
}
