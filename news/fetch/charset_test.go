package fetch

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestUTF8(t *testing.T) {
	in := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct{ name, body, label, want string }{
		{"plain", "Grüße", "text/html; charset=utf-8", "Grüße"},
		{"UTF-8 labelled as Latin-1", "Grüße", "text/html; charset=iso-8859-1", "Grüße"},
		{"mark", "\xef\xbb\xbfGrüße", "", "Grüße"},
		{"by label", in(charmap.ISO8859_2, "Żółć gęś"), "text/xml; charset=ISO-8859-2", "Żółć gęś"},
		{
			"by declaration", in(charmap.Windows1251, `<?xml version="1.0" encoding="windows-1251"?>Новости`), "text/xml",
			`<?xml version="1.0" encoding="windows-1251"?>Новости`,
		},
		{
			"label says UTF-8, declaration knows better", in(charmap.KOI8R, `<?xml version='1.0' encoding='koi8-r'?>Новости`), "text/xml; charset=utf-8",
			`<?xml version='1.0' encoding='koi8-r'?>Новости`,
		},
		{"by meta", in(simplifiedchinese.GBK, `<meta charset="gbk">新闻`), "text/html", `<meta charset="gbk">新闻`},
		{"nothing said", in(charmap.Windows1252, "Grüße – „hier“"), "text/html", "Grüße – „hier“"},
		{"unknown label", in(charmap.Windows1252, "Grüße"), "text/html; charset=klingon", "Grüße"},
		{"UTF-16 with mark", in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "<p>Grüße"), "", "<p>Grüße"},
		{"UTF-16 without", in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "<p>Grüße"), "", "<p>Grüße"},
		{"Japanese in seven bits", in(japanese.ISO2022JP, "日本の新聞"), "text/html; charset=iso-2022-jp", "日本の新聞"},
		{"a cut character", "Viele Grüße aus Köln und Düsseldorf, \xc3", "", "Viele Grüße aus Köln und Düsseldorf, \ufffd"},
		{"empty", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(UTF8([]byte(c.body), c.label)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzUTF8(f *testing.F) {
	f.Add([]byte("Gr\xfc\xdfe"), "text/html; charset=iso-8859-1")
	f.Add([]byte("\xfe\xff\x00<\xd8"), "")
	f.Add([]byte("\x1b$B"), "text/html; charset=iso-2022-jp")
	f.Fuzz(func(t *testing.T, body []byte, label string) {
		if out := UTF8(body, label); !utf8.Valid(out) {
			t.Fatalf("not UTF-8: %q", out)
		}
	})
}
