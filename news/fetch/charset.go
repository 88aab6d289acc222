package fetch

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// prescan is how much of a document is searched for the encoding that it declares. The HTML standard says 1024 bytes; pages put
// scripts and styles before it all the same.
const prescan = 32 << 10

var (
	// xmlEncoding finds the encoding in an XML declaration.
	xmlEncoding = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']`)
	// metaEncoding finds the encoding in a meta element, by itself or in a Content-Type.
	metaEncoding = regexp.MustCompile(`(?i)<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})`)
)

// UTF8 returns a body as valid UTF-8 without a byte order mark. Bytes count more than labels, which are wrong more often; so
// the order is: a byte order mark; what is UTF-8, but for a few damaged bytes; the label of the Content-Type, unless it is the
// Latin-1 that servers send without having looked; the document's own declaration; what its characters make likely; that
// Latin-1 after all, as the windows-1252 that it means. Undecodable bytes become U+FFFD. The result may share memory with body.
func UTF8(body []byte, contentType string) []byte {
	if dec := markedEncoding(body); dec != nil {
		return decode(body, dec)
	}
	if utf8.Valid(body) && !bytes.Contains(body, []byte("\x1b$")) { // ISO-2022-JP is ASCII with escapes
		return body
	}
	damaged := damage(body)
	if damaged < hardly {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	if dec := labelledEncoding(body, contentType); dec != nil {
		return decode(body, dec)
	}
	if damaged < partly {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	if dec := guessed(body); dec != nil {
		return decode(body, dec)
	}
	return decode(body, charmap.Windows1252)
}

// Shares of damaged bytes among what is no ASCII, by which a body is UTF-8 all the same: whatever its label says, and where
// no label says otherwise. Other encodings have some nine in ten.
const (
	hardly = 0.1
	partly = 0.34
)

// markedEncoding goes by the byte order mark, or by where the zero bytes stand in an unmarked text that begins with ASCII
// characters, as all markup does (XML 1.0, appendix F).
func markedEncoding(body []byte) encoding.Encoding {
	for _, m := range marks {
		if bytes.HasPrefix(body, []byte(m.mark)) {
			return m.encoding
		}
	}
	for _, m := range marks {
		if m.zeros != "" && nulls(body, len(m.zeros)) == m.zeros {
			return m.encoding
		}
	}
	return nil
}

// marks are the encodings that bytes tell, those before others that begin as they do.
var marks = []struct {
	mark     string
	zeros    string // where zeros stand in ASCII characters
	encoding encoding.Encoding
}{
	{"\xef\xbb\xbf", "", unicode.UTF8BOM},
	{"\x00\x00\xfe\xff", "000.000.", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
	{"\xff\xfe\x00\x00", ".000.000", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
	{"\xfe\xff", "0.0.", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	{"\xff\xfe", ".0.0", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
}

// nulls shows where zero bytes are among the first n.
func nulls(body []byte, n int) string {
	var b strings.Builder
	for _, c := range body[:min(n, len(body))] {
		b.WriteByte("0."[min(c, 1)])
	}
	return b.String()
}

// labelledEncoding is the first declared encoding that is known and tells something: not UTF-8, which the body has been found
// not to be, and not Latin-1, which is what is left.
func labelledEncoding(body []byte, contentType string) encoding.Encoding {
	_, params, _ := mime.ParseMediaType(contentType)
	if e, name := charset.Lookup(strings.TrimSpace(params["charset"])); e != nil && telling(name) {
		return e
	}
	head := body[:min(len(body), prescan)]
	for _, declared := range append(xmlEncoding.FindAllSubmatch(head, 1), metaEncoding.FindAllSubmatch(head, 8)...) {
		e, name := charset.Lookup(string(declared[1]))
		if e != nil && telling(name) && !strings.HasPrefix(name, "utf-16") { // in which the declaration could not have been read
			return e
		}
	}
	return nil
}

func telling(name string) bool {
	switch name {
	case "utf-8", "windows-1252", "replacement", "x-user-defined": // the last two decode to nothing useful
		return false
	}
	return true
}

// damage is the share of bytes that are no UTF-8 among those that are not ASCII, a character counting as one.
func damage(body []byte) float64 {
	good, bad := 0, 0
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return float64(bad) / float64(good+bad)
}

func decode(body []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return bytes.ToValidUTF8(bytes.TrimPrefix(out, []byte("\ufeff")), []byte("\ufffd"))
}
