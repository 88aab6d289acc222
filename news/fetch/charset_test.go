package fetch

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
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
		{"UTF-16 without, after white space", in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "\r\n <p>Новости"), "", "\r\n <p>Новости"},
		{"UTF-16 without, JSON", in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), `{"title":"Новости"}`), "application/json; charset=utf-8", `{"title":"Новости"}`},
		{"UTF-16 by label alone", in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "日本の新聞"), "text/plain; charset=utf-16le", "日本の新聞"},
		{"UTF-32 with mark", in(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "Grüße 😀"), "text/plain; charset=utf-32", "Grüße 😀"},
		{"UTF-32 with mark, big end first", in(utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "新闻"), "", "新闻"},
		{"UTF-32 without", in(utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "<p>Grüße"), "text/html; charset=utf-32le", "<p>Grüße"},
		{
			"UTF-32 without, big end first", in(utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), `<?xml version="1.0" encoding="UTF-32"?><rss>`), "text/xml",
			`<?xml version="1.0" encoding="UTF-32"?><rss>`,
		},
		{"declared as UTF-32 and not", `<?xml version="1.0" encoding="utf-32"?><rss>Grüße`, "text/xml; charset=utf-32", `<?xml version="1.0" encoding="utf-32"?><rss>Grüße`},
		{"zeros before the document", "\x00\x00\x00<rss>", "text/xml", "\x00\x00\x00<rss>"},
		{"UTF-7 is text as it stands", "<p>+ADw-script+AD4-", "text/html; charset=utf-7", "<p>+ADw-script+AD4-"},
		{"Latin-1 called UTF-7", in(charmap.Windows1252, "<p>Grüße +ADw-"), "text/html; charset=utf-7", "<p>Grüße +ADw-"},
		{"encoded twice stays so", "GrÃ¼ÃŸe", "text/html; charset=utf-8", "GrÃ¼ÃŸe"},
		{"Korean in seven bits is refused as in browsers", "\x1b$)C\x0e1[\x0f", "text/html; charset=iso-2022-kr", "\x1b$)C\x0e1[\x0f"},
		{"GB18030", in(simplifiedchinese.GB18030, "新闻 €㐀😀"), "text/html; charset=GB18030", "新闻 €㐀😀"},
		{"gb2312 that is more", in(simplifiedchinese.GBK, "朱镕基"), "text/html; charset=gb2312", "朱镕基"},
		{"Korean, its other name", in(korean.EUCKR, "똠방각하 뉴스"), "text/html; charset=ks_c_5601-1987", "똠방각하 뉴스"},
		{"Cyrillic called UTF-8", in(charmap.Windows1251, "<p>В порту снова ходит паром"), "text/html; charset=utf-8", "<p>В порту снова ходит паром"},
		{
			"Cyrillic called Latin-1", in(charmap.Windows1251, `<?xml version="1.0" encoding="iso-8859-1"?>Паром снова ходит`), "text/xml; charset=iso-8859-1",
			`<?xml version="1.0" encoding="iso-8859-1"?>Паром снова ходит`,
		},
		{"Cyrillic of another kind", in(charmap.KOI8R, "<p>В порту снова ходит паром"), "", "<p>В порту снова ходит паром"},
		{"Ukrainian", in(charmap.Windows1251, "<p>У порту знову ходить пором"), "", "<p>У порту знову ходить пором"},
		{"Greek", in(charmap.Windows1253, "<p>Το πλοίο ταξιδεύει και πάλι"), "", "<p>Το πλοίο ταξιδεύει και πάλι"},
		{"Hebrew", in(charmap.Windows1255, "<p>המעבורת חזרה להפליג היום"), "", "<p>המעבורת חזרה להפליג היום"},
		{"Arabic", in(charmap.Windows1256, "<p>عادت العبارة إلى الميناء اليوم"), "", "<p>عادت العبارة إلى الميناء اليوم"},
		{"Thai", in(charmap.Windows874, "<p>เรือข้ามฟากกลับมาเดินอีกครั้ง"), "", "<p>เรือข้ามฟากกลับมาเดินอีกครั้ง"},
		{"Japanese", in(japanese.ShiftJIS, "<p>港でフェリーの運航が再開されたのは昨日のことでした"), "text/html", "<p>港でフェリーの運航が再開されたのは昨日のことでした"},
		{"Japanese of another kind", in(japanese.EUCJP, "<p>港でフェリーの運航が再開されたのは昨日のことでした"), "text/html", "<p>港でフェリーの運航が再開されたのは昨日のことでした"},
		{"Korean", in(korean.EUCKR, "<p>항구에서 다시 배가 다니는 것은 어제의 일이다"), "", "<p>항구에서 다시 배가 다니는 것은 어제의 일이다"},
		{"Chinese", in(simplifiedchinese.GBK, "<p>港口的渡轮在昨天恢复了,这是今年的第一次"), "", "<p>港口的渡轮在昨天恢复了,这是今年的第一次"},
		{"Chinese of another kind", in(traditionalchinese.Big5, "<p>港口的渡輪在昨天恢復了,這是今年的第一次"), "", "<p>港口的渡輪在昨天恢復了,這是今年的第一次"},
		{"French", in(charmap.Windows1252, "<p>Le bac a été réparé, là-bas, à l’été dernier « très tôt »"), "", "<p>Le bac a été réparé, là-bas, à l’été dernier « très tôt »"},
		{"Portuguese", in(charmap.Windows1252, "<p>As estações não são ações, disse a mãe, é só coração"), "", "<p>As estações não são ações, disse a mãe, é só coração"},
		{"Icelandic", in(charmap.Windows1252, "<p>Þórður sagði að áætlunin væri í góðu lagi"), "", "<p>Þórður sagði að áætlunin væri í góðu lagi"},
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
	f.Add([]byte("\xff\xfe\x00\x00<\x00\x00\x00"), "")
	f.Add([]byte("\xcf\xe0\xf0\xee\xec"), "")
	f.Add([]byte("\x1b$B"), "text/html; charset=iso-2022-jp")
	f.Fuzz(func(t *testing.T, body []byte, label string) {
		if out := UTF8(body, label); !utf8.Valid(out) {
			t.Fatalf("not UTF-8: %q", out)
		}
	})
}
