package sim

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// plainTags are the tags that mean one kind of entity and take no attributes that matter (Bot API, HTML style).
var plainTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
}

// richTags are the others.
var richTags = map[string]bool{
	"a": true, "code": true, "pre": true, "span": true, "blockquote": true, "tg-emoji": true, "tg-time": true,
}

// htmlTag is a tag that is open.
type htmlTag struct {
	name  string
	attr  string // its argument: an address, a language, an id, "expandable"
	extra string // tg-time: the format
	start int    // offset of its content in UTF-16 code units
	begin int    // and in bytes of the output
}

// htmlParser turns Telegram's HTML into text and entities. Its faults tell byte offsets into the source.
type htmlParser struct {
	src      string
	pos      int
	out      strings.Builder
	units    int // UTF-16 length of out
	open     []htmlTag
	entities []Entity
}

// parseHTML reads the HTML style of the Bot API. The entities come in the order in which their tags end, as written:
// nesting that Telegram does not keep is taken out afterwards.
func parseHTML(src string) (string, []Entity, error) {
	p := &htmlParser{src: strings.ReplaceAll(src, "\x00", " ")}
	for p.pos < len(p.src) {
		if err := p.step(); err != nil {
			return "", nil, bad("can't parse entities: %s", err)
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, bad("can't parse entities: Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	return p.out.String(), p.entities, nil
}

// step reads one character, one character reference or one tag.
func (p *htmlParser) step() error {
	switch c := p.at(p.pos); {
	case c == '&':
		r, end, err := decodeReference(p.src, p.pos)
		if err != nil {
			return err
		}
		p.write(r)
		p.pos = end
	case c != '<':
		r, n := utf8.DecodeRuneInString(p.src[p.pos:])
		p.write(r)
		p.pos += n
	case p.at(p.pos+1) == '/':
		return p.endTag()
	default:
		return p.startTag()
	}
	return nil
}

func (p *htmlParser) write(r rune) {
	p.out.WriteRune(r)
	p.units += utf16.RuneLen(r)
}

// at is the byte at i, or 0 behind the end.
func (p *htmlParser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func isSpace(c byte) bool { return c == ' ' || (c >= '\t' && c <= '\r') }

func (p *htmlParser) skipSpaces() {
	for isSpace(p.at(p.pos)) {
		p.pos++
	}
}

// word moves behind the bytes up to one of the stop bytes, white space or the end.
func (p *htmlParser) word(stop string) string {
	from := p.pos
	for p.pos < len(p.src) && !isSpace(p.src[p.pos]) && strings.IndexByte(stop, p.src[p.pos]) < 0 {
		p.pos++
	}
	return p.src[from:p.pos]
}

// decodeReference reads a character reference at an ampersand: the four named ones and numbers, the semicolon optional.
// Anything else is an ampersand.
func decodeReference(src string, pos int) (rune, int, error) {
	end := pos + 1
	var r rune
	if strings.HasPrefix(src[end:], "#") {
		r, end = number(src, end+1)
		if r <= 0 || r >= utf8.MaxRune || end-pos >= 10 {
			return '&', pos + 1, nil
		}
		if utf16.IsSurrogate(r) {
			return 0, 0, fmt.Errorf("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
		}
	} else {
		for end < len(src) && isLetter(src[end]) {
			end++
		}
		r = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}[src[pos+1:end]]
		if r == 0 {
			return '&', pos + 1, nil
		}
	}
	if end < len(src) && src[end] == ';' {
		end++
	}
	return r, end, nil
}

// number reads a decimal or, behind an x, hexadecimal number; one that is too large is -1.
func number(src string, pos int) (rune, int) {
	base, digits := 10, "0123456789"
	if strings.HasPrefix(src[pos:], "x") {
		base, digits = 16, "0123456789abcdefABCDEF"
		pos++
	}
	end := pos
	for end < len(src) && strings.IndexByte(digits, src[end]) >= 0 {
		end++
	}
	n, err := strconv.ParseInt(src[pos:end], base, 32)
	if err != nil {
		return -1, end
	}
	return rune(n), end
}

func isLetter(c byte) bool { return (c|0x20) >= 'a' && (c|0x20) <= 'z' }

// startTag reads <name attributes>.
func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.word(">"))
	if p.pos >= len(p.src) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	if plainTags[name] == "" && !richTags[name] {
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", name, begin)
	}
	tag := htmlTag{name: name}
	for {
		p.skipSpaces()
		if p.at(p.pos) == '>' {
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	p.pos++
	tag.start, tag.begin = p.units, p.out.Len()
	if name == "span" && tag.attr != "spoiler" {
		return fmt.Errorf(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.open = append(p.open, tag)
	return nil
}

// attribute reads name, name=token or name="value".
func (p *htmlParser) attribute(tag *htmlTag, begin int) error {
	unclosed := fmt.Errorf("Unclosed start tag %q at byte offset %d", tag.name, begin)
	name := strings.ToLower(p.word("=>/\"'"))
	if name == "" {
		if p.pos >= len(p.src) {
			return unclosed
		}
		return fmt.Errorf("Empty attribute name in the tag %q at byte offset %d", tag.name, begin)
	}
	p.skipSpaces()
	if p.pos >= len(p.src) {
		return unclosed
	}
	if p.at(p.pos) != '=' {
		if tag.name == "blockquote" && name == "expandable" {
			tag.attr = name
		}
		return nil
	}
	p.pos++
	p.skipSpaces()
	if p.pos >= len(p.src) {
		return unclosed
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	if p.pos >= len(p.src) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	tag.set(name, value)
	return nil
}

// value reads an attribute's value: quoted, or a token of letters, digits, periods and hyphens.
func (p *htmlParser) value() (string, error) {
	quote := p.at(p.pos)
	if quote != '"' && quote != '\'' {
		begin := p.pos
		for c := p.at(p.pos); isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; c = p.at(p.pos) {
			p.pos++
		}
		if c := p.at(p.pos); !isSpace(c) && c != '>' {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", begin)
		}
		return strings.ToLower(p.src[begin:p.pos]), nil
	}
	var value strings.Builder
	for p.pos++; p.pos < len(p.src) && p.src[p.pos] != quote; {
		if p.src[p.pos] != '&' {
			value.WriteByte(p.src[p.pos])
			p.pos++
			continue
		}
		r, end, err := decodeReference(p.src, p.pos)
		if err != nil {
			return "", err
		}
		value.WriteRune(r)
		p.pos = end
	}
	p.pos = min(p.pos+1, len(p.src))
	return value.String(), nil
}

// set keeps the attributes that Telegram reads.
func (t *htmlTag) set(name, value string) {
	language, isLanguage := strings.CutPrefix(value, "language-")
	class, isClass := strings.CutPrefix(value, "tg-")
	switch t.name + " " + name {
	case "a href", "tg-emoji emoji-id", "tg-time unix":
		t.attr = value
	case "tg-time format":
		t.extra = value
	case "blockquote expandable":
		t.attr = name
	case "code class":
		if isLanguage {
			t.attr = language
		}
	case "span class":
		if isClass {
			t.attr = class
		}
	}
}

// endTag reads </name>; the name may be left out.
func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += 2
	name := strings.ToLower(p.word(">"))
	p.skipSpaces()
	if p.at(p.pos) != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units == tag.start {
		return nil
	}
	return p.close(tag)
}

// close makes the entity of a tag that has content.
func (p *htmlParser) close(tag htmlTag) error {
	e := Entity{Type: plainTags[tag.name], Offset: tag.start, Length: p.units - tag.start}
	switch tag.name {
	case "span":
		e.Type = "spoiler"
	case "a":
		if !p.link(tag, &e) {
			return nil
		}
	case "pre", "code":
		p.monospace(tag, e)
		return nil
	case "blockquote":
		e.Type = "blockquote"
		if tag.attr != "" {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		if id, err := strconv.ParseInt(tag.attr, 10, 64); err != nil || id == 0 {
			return fmt.Errorf("Invalid custom emoji identifier specified")
		}
		e.Type, e.CustomEmojiID = "custom_emoji", tag.attr
	case "tg-time":
		at, err := strconv.ParseInt(tag.attr, 10, 64)
		if err != nil || at <= 0 {
			return fmt.Errorf("Invalid Unix time specified")
		}
		e.Type, e.UnixTime, e.DateTimeFormat = "date_time", at, tag.extra
	}
	p.entities = append(p.entities, e)
	return nil
}

// link makes a link of <a>; an address that is none leaves plain text, as in Telegram. Without href the content is it.
func (p *htmlParser) link(tag htmlTag, e *Entity) bool {
	address := tag.attr
	if address == "" {
		address = p.out.String()[tag.begin:]
	}
	if id := linkUser(address); id != 0 {
		e.Type, e.User = "text_mention", &User{ID: id}
		return true
	}
	link, err := checkLink(address)
	e.Type, e.URL = "text_link", link
	return err == nil
}

// monospace makes code and pre; <pre><code class="language-…"> is one pre with a language.
func (p *htmlParser) monospace(tag htmlTag, e Entity) {
	e.Type, e.Language = tag.name, tag.attr
	if n := len(p.entities); n > 0 {
		inner := &p.entities[n-1]
		both := inner.Type != e.Type && (inner.Type == "code" || inner.Type == "pre")
		if both && inner.Offset == e.Offset && inner.Length == e.Length && inner.Language+e.Language != "" {
			inner.Type, inner.Language = "pre", inner.Language+e.Language
			return
		}
	}
	p.entities = append(p.entities, e)
}
