package feed

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// repair is the second attempt at a document that did not parse: its tags are written anew so that they are well-formed.
// Attributes get their quotes, text its escapes; an end tag closes what was left open inside its element, one that
// closes nothing is dropped, and an entry that is cut off goes with everything behind it.
func repair(doc []byte) []byte {
	m := mender{doc: doc, named: map[string]int{}}
	m.out.Grow(len(doc) + len(doc)/8) // what is escaped and closed takes a little more
	for len(m.doc) > 0 && !m.closed {
		m.step()
	}
	m.end()
	return m.out.Bytes()
}

// mender writes a document anew, from left to right.
type mender struct {
	doc    []byte // what is left
	out    bytes.Buffer
	open   []element
	named  map[string]int // how many of the open ones have a name, in lower case
	closed bool           // the root element: what follows is no feed
}

// element is one that is open.
type element struct {
	name string
	at   int // of its start tag in the output
}

// isEntry tells the elements that a feed's entries are.
func (e element) isEntry() bool {
	return strings.EqualFold(e.name, "item") || strings.EqualFold(e.name, "entry")
}

// step copies a piece of text or one piece of markup.
func (m *mender) step() {
	if i := bytes.IndexByte(m.doc, '<'); i != 0 {
		if i < 0 {
			i = len(m.doc)
		}
		m.text(m.take(i))
		return
	}
	switch {
	case bytes.HasPrefix(m.doc, cdataOpen):
		m.section(m.take(sectionLen(m.doc, cdataClose)))
	case bytes.HasPrefix(m.doc, []byte("<!--")):
		m.take(sectionLen(m.doc, []byte("-->")))
	case bytes.HasPrefix(m.doc, []byte("<!")), bytes.HasPrefix(m.doc, []byte("<?")):
		m.take(sectionLen(m.doc, []byte(">")))
	case len(nameAt(m.doc[1:])) > 0:
		m.start()
	case bytes.HasPrefix(m.doc, []byte("</")):
		m.finish(string(nameAt(m.doc[2:])))
		m.take(sectionLen(m.doc, []byte(">")))
	default:
		m.out.WriteString("&lt;")
		m.take(1)
	}
}

func (m *mender) take(n int) []byte {
	taken := m.doc[:n]
	m.doc = m.doc[n:]
	return taken
}

// section copies a CDATA section, closed where it was not.
func (m *mender) section(s []byte) {
	m.out.Write(s)
	if !bytes.HasSuffix(s, cdataClose) {
		m.out.Write(cdataClose)
	}
}

// start copies a start tag.
func (m *mender) start() {
	name := string(nameAt(m.doc[1:]))
	m.take(1 + len(name))
	e := element{name: name}
	if e.isEntry() {
		m.finish(name) // the one before was not closed
	}
	e.at = m.out.Len()
	m.out.WriteString("<" + name)
	switch closes, whole := m.attributes(); {
	case !whole:
		m.out.Truncate(e.at)
	case closes:
		m.out.WriteString("/>")
	default:
		m.out.WriteByte('>')
		m.open = append(m.open, e)
		m.named[strings.ToLower(name)]++
	}
}

// attributes copies what stands between a tag's name and its end. It tells whether the tag closes itself, and whether it has an
// end at all; one that another tag interrupts ends there.
func (m *mender) attributes() (closes, whole bool) {
	for len(m.doc) > 0 && m.doc[0] != '<' {
		switch name := nameAt(m.doc); {
		case m.doc[0] == '>':
			m.take(1)
			return closes, true
		case len(name) > 0:
			closes = false
			m.attribute(string(m.take(len(name))))
		default:
			closes = m.doc[0] == '/'
			m.take(1)
		}
	}
	return closes, len(m.doc) > 0
}

func (m *mender) attribute(name string) {
	m.doc = bytes.TrimLeft(m.doc, xmlSpace)
	var value []byte
	if len(m.doc) > 0 && m.doc[0] == '=' {
		m.doc = bytes.TrimLeft(m.doc[1:], xmlSpace)
		value = m.value()
	}
	m.out.WriteString(" " + name + `="`)
	m.escape(replace(value, []byte(`"`), []byte("&quot;")))
	m.out.WriteByte('"')
}

// value takes an attribute's value, quoted or not. A quote that does not end before the next tag is none.
func (m *mender) value() []byte {
	if len(m.doc) > 0 && (m.doc[0] == '"' || m.doc[0] == '\'') {
		quote := m.take(1)[0]
		if end := bytes.IndexAny(m.doc, "<"+string(quote)); end >= 0 && m.doc[end] == quote {
			value := m.take(end)
			m.take(1)
			return value
		}
	}
	end := bytes.IndexAny(m.doc, xmlSpace+"<>")
	if end < 0 {
		end = len(m.doc)
	}
	return m.take(end)
}

// finish closes the element of that name that is open, and what is open inside it; nothing where there is none.
func (m *mender) finish(name string) {
	if m.named[strings.ToLower(name)] == 0 {
		return
	}
	for i := len(m.open) - 1; i >= 0; i-- {
		if strings.EqualFold(m.open[i].name, name) {
			m.close(i)
			m.closed = i == 0
			return
		}
	}
}

// close closes the elements from the inmost to the given one.
func (m *mender) close(from int) {
	for _, e := range slices.Backward(m.open[from:]) {
		m.out.WriteString("</" + e.name + ">")
	}
	m.forget(from)
}

// forget takes elements as closed.
func (m *mender) forget(from int) {
	for _, e := range m.open[from:] {
		m.named[strings.ToLower(e.name)]--
	}
	m.open = m.open[:from]
}

// end closes what is still open at the end, but for an entry, which was cut off.
func (m *mender) end() {
	if i := slices.IndexFunc(m.open, element.isEntry); i >= 0 {
		m.out.Truncate(m.open[i].at)
		m.forget(i)
	}
	m.close(0)
}

// text copies character data, which may not hold the end of a CDATA section (XML 1.0, section 2.4).
func (m *mender) text(s []byte) { m.escape(replace(s, cdataClose, []byte("]]&gt;"))) }

// replace is bytes.ReplaceAll without a copy where there is nothing to replace.
func replace(s, old, with []byte) []byte {
	if !bytes.Contains(s, old) {
		return s
	}
	return bytes.ReplaceAll(s, old, with)
}

// escape copies text. Ampersands that begin no reference are escaped, references to characters that XML forbids dropped.
func (m *mender) escape(s []byte) {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			m.out.Write(s)
			return
		}
		m.out.Write(s[:i])
		s = s[i:]
		ref := reference.Find(s)
		switch {
		case ref == nil:
			m.out.WriteString("&amp;")
			s = s[1:]
			continue
		case !forbidden(ref):
			m.out.Write(ref)
		}
		s = s[len(ref):]
	}
}

// forbidden tells references to characters that no document may hold (XML 1.0, section 2.2).
func forbidden(ref []byte) bool {
	digits, numeric := bytes.CutPrefix(ref[:len(ref)-1], []byte("&#"))
	if !numeric {
		return false
	}
	base := 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	r := rune(n)
	return err != nil || !utf8.ValidRune(r) || r == 0xfffe || r == 0xffff || r < ' ' && !strings.ContainsRune("\t\r\n", r)
}

const xmlSpace = " \t\r\n"

// nameAt is the name that a text begins with; nil where it begins with none.
func nameAt(s []byte) []byte {
	n := 0
	for n < len(s) && (letter(s[n]) || n > 0 && (s[n] >= '0' && s[n] <= '9' || bytes.IndexByte([]byte("-.:"), s[n]) >= 0)) {
		n++
	}
	return bytes.TrimRight(s[:n], ":")
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' }
