package bot

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

// escaper covers text and attribute values (Bot API, "HTML style").
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// Escape makes a text safe inside Telegram's HTML and inside an attribute. What is not UTF-8 and the characters that no
// message can hold are dropped. It is the only place where text from outside becomes HTML.
func Escape(s string) string { return escaper.Replace(clean(s)) }

// clean drops bytes that are not UTF-8 and control characters, but keeps line breaks and tabs.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || r == 0x7F || r == '\uFEFF' || r == '\uFFFD' || turns(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// turns tells whether a character turns the direction of what follows until another one ends it (UAX #9, section 2), or
// changes how it is written (U+206A to U+206F, deprecated): one that is left open would garble the rest of the message.
// The marks U+200E, U+200F and U+061C have no such reach.
func turns(r rune) bool {
	return (r >= '\u202A' && r <= '\u202E') || (r >= '\u2066' && r <= '\u206F')
}

// Bold is a text in bold.
func Bold(text string) string { return "<b>" + Escape(text) + "</b>" }

// Link is a text that leads to an address, or the bare text where the address is not of the web.
func Link(text, address string) string {
	if !webAddress(address) {
		return Escape(text)
	}
	return `<a href="` + Escape(address) + `">` + Escape(text) + "</a>"
}

// Blockquote sets HTML apart. Blockquotes don't nest.
func Blockquote(html string) string { return "<blockquote>" + html + "</blockquote>" }

// Expandable is a blockquote of which only the first lines show until it is pressed.
func Expandable(html string) string { return "<blockquote expandable>" + html + "</blockquote>" }

// webAddress tells whether Telegram takes the address for a link or a button.
func webAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

var (
	anyTag = regexp.MustCompile(`</?[a-z][^<>]*>`)
	anchor = regexp.MustCompile(`<a href="([^"<>]*)">([^<]*)</a>`)
)

// PlainText is the text of Telegram's HTML without marks; an address follows the words that led to it.
func PlainText(s string) string {
	s = anchor.ReplaceAllStringFunc(s, func(a string) string {
		m := anchor.FindStringSubmatch(a)
		if m[1] == m[2] {
			return m[2]
		}
		return m[2] + " (" + m[1] + ")"
	})
	return html.UnescapeString(anyTag.ReplaceAllString(s, ""))
}
