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

	// reference is what an ampersand may begin.
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
	for {
		head := body[:min(len(body), rootWithin)]
		at := rootElement.FindIndex(head)
		comment := bytes.Index(head, []byte("<!--"))
		switch {
		case at == nil:
			return nil
		case comment >= 0 && comment < at[0]: // the root may be in it
			body = append(bytes.Clone(head[:comment:comment]), body[comment+sectionLen(body[comment:], []byte("-->")):]...)
		case htmlElement.Match(head[:at[0]]):
			return nil
		default:
			return body[at[0]:]
		}
	}
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
