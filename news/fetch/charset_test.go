package fetch

import (
	"strings"
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
		{
			"a server's Latin-1, the page knows better", in(charmap.Windows1251, `<meta charset="windows-1251">Новости`), "text/html; charset=ISO-8859-1",
			`<meta charset="windows-1251">Новости`,
		},
		{
			"the same in XML", in(charmap.ISO8859_2, `<?xml version="1.0" encoding="iso-8859-2"?>Żółć`), "text/xml; charset=us-ascii",
			`<?xml version="1.0" encoding="iso-8859-2"?>Żółć`,
		},
		{"a server's Latin-1 and no other word", in(charmap.Windows1252, "Grüße – hier"), "text/html; charset=ISO-8859-1", "Grüße – hier"},
		{
			"a server that knows, against the page", in(charmap.KOI8R, `<meta charset="windows-1251">Новости`), "text/html; charset=koi8-r",
			`<meta charset="windows-1251">Новости`,
		},
		{
			"a late meta", in(japanese.ShiftJIS, "<style>"+strings.Repeat("a{} ", 1000)+`</style><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">新聞`), "text/html",
			"<style>" + strings.Repeat("a{} ", 1000) + `</style><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">新聞`,
		},
		{"a meta that can't be true", in(charmap.Windows1252, `<meta charset="utf-16">Grüße`), "text/html", `<meta charset="utf-16">Grüße`},
		{
			"UTF-8 cut off, labelled as Latin-1", strings.Repeat("Größe, ", 20) + "\xc3", "text/html; charset=iso-8859-1",
			strings.Repeat("Größe, ", 20) + "\ufffd",
		},
		{
			"UTF-8 cut off, declared otherwise", `<meta charset="gbk">` + strings.Repeat("新闻", 20) + "\xe6\x96", "",
			`<meta charset="gbk">` + strings.Repeat("新闻", 20) + "\ufffd",
		},
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
