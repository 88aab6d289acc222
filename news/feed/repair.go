package feed

import (
	"bytes"
	"regexp"

	"herald/news/fetch"
)

// maxDepth bounds how deep elements may be nested; feeds need about ten levels and XHTML content a few dozen, while a
// document made only of start tags would make a recursive parser exhaust its stack.
const maxDepth = 1000

// rootWithin is how far from its beginning a document's root element is looked for: long comments come before it.
const rootWithin = 64 << 10

var (
	rootElement = regexp.MustCompile(`(?i)<(?:[a-z][a-z0-9]*:)?(?:rss|rdf|feed)[\s>]`)
	htmlElement = regexp.MustCompile(`(?i)<!doctype\s+html|<html[\s>]`)

	// bareAmpersand finds an ampersand with what follows it; one that begins no reference is to be escaped.
	reference = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

	cdataOpen  = []byte("<![CDATA[")
	cdataClose = []byte("]]>")
)

// document brings a body into the form that the parsers take: UTF-8, from the root element on. The XML declaration goes,
// since what it says of the encoding no longer holds. The result is nil where no feed begins.
func document(body []byte, contentType string) []byte {
	body = bytes.TrimLeft(fetch.UTF8(body, contentType), " \t\r\n\x00")
	if bytes.HasPrefix(body, []byte("{")) {
		return body
	}
	head := body[:min(len(body), rootWithin)]
	at := rootElement.FindIndex(head)
	if at == nil || htmlElement.Match(head[:at[0]]) {
		return nil
	}
	return body[at[0]:]
}

// repair is the second attempt at a document that did not parse: bare ampersands are escaped, and where its end is
// missing or spoilt it is closed after its last whole entry.
func repair(doc []byte) []byte {
	doc = escapeAmpersands(doc)
	last, end := -1, 0
	for _, closing := range [][]byte{[]byte("</item>"), []byte("</entry>")} {
		if i := bytes.LastIndex(doc, closing); i > last {
			last, end = i, i+len(closing)
		}
	}
	if last < 0 {
		return doc
	}
	return append(bytes.Clone(doc[:end]), closers(doc)...)
}

// closers are the end tags that a document cut after an entry lacks.
func closers(doc []byte) []byte {
	name := bytes.ToLower(bytes.TrimLeft(doc[:min(len(doc), 40)], "<"))
	switch {
	case bytes.HasPrefix(name, []byte("rss")):
		return []byte("</channel></rss>")
	case bytes.HasPrefix(name, []byte("feed")):
		return []byte("</feed>")
	}
	if i := bytes.IndexAny(doc, " \t\r\n>"); i > 0 {
		return append(append([]byte("</"), doc[1:i]...), '>')
	}
	return nil
}

// escapeAmpersands escapes those outside CDATA that begin no character or entity reference.
func escapeAmpersands(doc []byte) []byte {
	var out bytes.Buffer
	for len(doc) > 0 {
		i := bytes.IndexAny(doc, "&<")
		if i < 0 {
			break
		}
		out.Write(doc[:i])
		doc = doc[i:]
		n := 1
		switch {
		case bytes.HasPrefix(doc, cdataOpen):
			n = sectionLen(doc, cdataClose)
			out.Write(doc[:n])
		case doc[0] == '&' && !reference.Match(doc):
			out.WriteString("&amp;")
		default:
			out.WriteByte(doc[0])
		}
		doc = doc[n:]
	}
	out.Write(doc)
	return out.Bytes()
}

// sectionLen is the length of a section up to and with its closing mark; all of the rest where there is none.
func sectionLen(doc, closing []byte) int {
	if i := bytes.Index(doc, closing); i >= 0 {
		return i + len(closing)
	}
	return len(doc)
}

// tooDeep tells whether elements are nested beyond maxDepth. It counts tags as they stand, without regard to names.
func tooDeep(doc []byte) bool {
	depth := 0
	for {
		i := bytes.IndexByte(doc, '<')
		if i < 0 || i+1 >= len(doc) {
			return false
		}
		doc = doc[i:]
		switch {
		case bytes.HasPrefix(doc, cdataOpen):
			doc = doc[sectionLen(doc, cdataClose):]
			continue
		case bytes.HasPrefix(doc, []byte("<!--")):
			doc = doc[sectionLen(doc, []byte("-->")):]
			continue
		}
		tag := doc[:sectionLen(doc, []byte(">"))]
		switch {
		case tag[1] == '/':
			depth--
		case tag[1] != '!' && tag[1] != '?' && !bytes.HasSuffix(tag, []byte("/>")):
			depth++
		}
		if depth > maxDepth {
			return true
		}
		doc = doc[len(tag):]
	}
}
