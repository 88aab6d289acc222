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
)

// prescan is how much of a document is searched for the encoding it declares (HTML standard: 1024 bytes).
const prescan = 1024

// xmlEncoding finds the encoding in an XML declaration.
var xmlEncoding = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']`)

// UTF8 returns a body as valid UTF-8 without a byte order mark. What is valid UTF-8 is taken as such whatever its label
// says, since labels are wrong more often than bytes are; then the label of the Content-Type counts, the document's own
// declaration, and last windows-1252. Undecodable bytes become U+FFFD. The result may share memory with body.
func UTF8(body []byte, contentType string) []byte {
	if dec := markedEncoding(body); dec != nil {
		return decode(body, dec)
	}
	if utf8.Valid(body) && !bytes.Contains(body, []byte("\x1b$")) { // ISO-2022-JP is ASCII with escapes
		return body
	}
	if dec := labelledEncoding(body, contentType); dec != nil {
		return decode(body, dec)
	}
	if mostlyUTF8(body) {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	return decode(body, charmap.Windows1252)
}

// markedEncoding goes by the byte order mark, or by the zero bytes of an unmarked UTF-16 tag.
func markedEncoding(body []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(body, []byte{0xef, 0xbb, 0xbf}):
		return unicode.UTF8BOM
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}), bytes.HasPrefix(body, []byte{0, '<', 0}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}), bytes.HasPrefix(body, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// labelledEncoding is the first declared encoding that is known and is not UTF-8, which the body has been found not to be.
func labelledEncoding(body []byte, contentType string) encoding.Encoding {
	_, params, _ := mime.ParseMediaType(contentType)
	labels := []string{params["charset"]}
	if m := xmlEncoding.FindSubmatch(body[:min(len(body), prescan)]); m != nil {
		labels = append(labels, string(m[1]))
	}
	for _, label := range labels {
		if e, name := charset.Lookup(strings.TrimSpace(label)); e != nil && singleOrMulti(name) {
			return e
		}
	}
	// With neither, what the document's meta elements say; this answers windows-1252 where it found nothing.
	e, name, _ := charset.DetermineEncoding(body[:min(len(body), prescan)], "")
	if singleOrMulti(name) && name != "windows-1252" {
		return e
	}
	return nil
}

// singleOrMulti leaves out UTF-8 and the two names that decode to nothing useful.
func singleOrMulti(name string) bool {
	return name != "utf-8" && name != "replacement" && name != "x-user-defined"
}

// mostlyUTF8 tells whether a body is UTF-8 with a few damaged bytes, such as a cut in the middle of a character.
func mostlyUTF8(body []byte) bool {
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
	return good > 2*bad
}

func decode(body []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return bytes.ToValidUTF8(bytes.TrimPrefix(out, []byte("\ufeff")), []byte("\ufffd"))
}
