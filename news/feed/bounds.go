package feed

import (
	"bytes"
	"regexp"
	"slices"
	"time"

	"herald/news"
	"herald/news/fetch"
)

// What a document may hold. Feeds stay far below, and a parser that keeps all it reads takes no more than some 20 MB for
// the most of it.
const (
	// maxDepth bounds how deep elements may be nested; feeds need about ten levels and XHTML content a few dozen, while a
	// document made only of start tags would make a recursive parser exhaust its stack.
	maxDepth = 1000

	maxElements = 30_000   // of XML: 60 for each of MaxEntries entries
	maxTag      = 64 << 10 // bytes of one tag with its attributes
	maxValues   = 30_000   // of JSON
)

// bounded is the part of a document that is parsed: all of it, unless it holds too many elements. The error is
// news.ErrNotFeed where it is nested too deep, news.ErrTooLarge where it is JSON that can't be parsed in part.
func bounded(doc []byte) ([]byte, error) {
	if doc[0] == '{' {
		return boundedJSON(doc)
	}
	n, err := within(doc)
	if err != nil || n == len(doc) {
		return doc, err
	}
	if last := lastEntries(doc); last != nil {
		m, err := within(last)
		return last[:m], err
	}
	return doc[:n], nil
}

// within is how much of a document holds as many elements as are read.
func within(doc []byte) (int, error) {
	rest := doc
	for depth, elements := 0, 0; ; {
		tag := nextTag(&rest)
		switch {
		case tag == nil:
			return len(doc), nil
		case len(tag) > maxTag:
			return 0, news.ErrNotFeed
		case tag[1] == '/':
			depth--
			continue
		case tag[1] == '!' || tag[1] == '?':
			continue
		case !bytes.HasSuffix(tag, []byte("/>")):
			depth++
		}
		if depth > maxDepth {
			return 0, news.ErrNotFeed
		}
		if elements++; elements > maxElements {
			return len(doc) - len(rest) - len(tag), nil
		}
	}
}

// entryDate finds the date of an entry.
var entryDate = regexp.MustCompile(`<(?:pubDate|dc:date|published|updated)(?:\s[^>]{0,200})?>\s*(?:<!\[CDATA\[)?([^<\]]{1,80})`)

// lastEntries is a document with as many of its last entries as are kept, if they stand oldest first; nil: they do not.
func lastEntries(doc []byte) []byte {
	starts := entriesIn(doc)
	if len(starts) <= MaxEntries {
		return nil
	}
	dateAt := func(start int) time.Time {
		entry := doc[start:]
		if m := entryDate.FindSubmatch(entry[:min(len(entry), maxTag)]); m != nil {
			return wildDate(nil, string(m[1]), false)
		}
		return time.Time{}
	}
	first, last := dateAt(starts[0]), dateAt(starts[len(starts)-1])
	if first.IsZero() || !last.After(first) {
		return nil
	}
	return slices.Concat(doc[:starts[0]], doc[starts[len(starts)-MaxEntries]:])
}

// entriesIn are the offsets at which entries begin.
func entriesIn(doc []byte) (starts []int) {
	rest := doc
	for tag := nextTag(&rest); tag != nil; tag = nextTag(&rest) {
		if name := nameAt(tag[1:]); (element{name: string(name)}).isEntry() {
			starts = append(starts, len(doc)-len(rest)-len(tag))
		}
	}
	return starts
}

// nextTag takes the next tag off a document; nil: there is none. It goes by how tags stand, without regard to names.
func nextTag(rest *[]byte) []byte {
	for {
		i := bytes.IndexByte(*rest, '<')
		if i < 0 || i+1 >= len(*rest) {
			return nil
		}
		doc := (*rest)[i:]
		n := sectionLen(doc, []byte(">"))
		switch {
		case bytes.HasPrefix(doc, cdataOpen):
			*rest = doc[sectionLen(doc, cdataClose):]
			continue
		case bytes.HasPrefix(doc, []byte("<!--")):
			*rest = doc[sectionLen(doc, []byte("-->")):]
			continue
		}
		*rest = doc[n:]
		return doc[:n]
	}
}

// boundedJSON counts what begins a value outside strings.
func boundedJSON(doc []byte) ([]byte, error) {
	if len(doc) >= fetch.KeptBody { // its end may be missing
		return nil, news.ErrTooLarge
	}
	values, depth := 0, 0
	for i := 0; i < len(doc); i++ {
		switch doc[i] {
		case '"':
			i += stringLen(doc[i:]) - 1
		case ',':
			values++
		case '{', '[':
			values++
			depth++
		case '}', ']':
			depth--
		}
		if depth > maxDepth {
			return nil, news.ErrNotFeed
		}
	}
	if values > maxValues {
		return nil, news.ErrTooLarge
	}
	return doc, nil
}

// stringLen is the length of the JSON string that doc begins with, with its quotation marks.
func stringLen(doc []byte) int {
	for i := 1; i < len(doc); i++ {
		switch doc[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(doc)
}
