package feed

import (
	"bytes"
	"regexp"

	"herald/news/fetch"
)

// rootWithin is how far from its beginning a document's root element is looked for: long comments come before it.
const rootWithin = 64 << 10

// maxComments is how many comments may stand before the root element.
const maxComments = 100

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
	for range maxComments {
		head := body[:min(len(body), rootWithin)]
		at := rootElement.FindIndex(head)
		comment := bytes.Index(head, []byte("<!--"))
		switch {
		case at == nil:
			return nil
		case htmlElement.Match(head[:at[0]]) && (comment < 0 || htmlElement.Match(head[:comment])):
			return nil
		case comment >= 0 && comment < at[0]: // the root may be in it
			body = body[comment+sectionLen(body[comment:], []byte("-->")):]
		default:
			return body[at[0]:]
		}
	}
	return nil
}

// sectionLen is the length of a section up to and with its closing mark; all of the rest where there is none.
func sectionLen(doc, closing []byte) int {
	if i := bytes.Index(doc, closing); i >= 0 {
		return i + len(closing)
	}
	return len(doc)
}
