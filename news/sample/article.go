package sample

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// The file of an article is a header of "Key: value" lines (RFC 5322 section 2.2, read as UTF-8), an empty line, and
// the text: blocks separated by empty lines, "## " before a subheading.

var errArticle = errors.New("not an article file")

// article is one text of one publisher.
type article struct {
	publisher string // publisher.ID
	slug      string // the last part of its address; unique in its publisher
	title     string
	author    string
	section   string        // "Politics", in the publisher's language
	event     string        // articles with the same key report the same event; "": nobody else reports it
	teaser    string        // its description in feeds
	age       time.Duration // how long before the start it was published; 0: reserved
	order     int           // place among the reserved, from 1; 0: published from the start
	untidy    bool          // text and page hold what is not article
	noGUID    bool          // its feed gives it no identity of its own
	blocks    []block
}

// block is a paragraph or a subheading.
type block struct {
	Heading bool
	Text    string
}

// parseArticle reads an article's file. Its publisher and slug come from the file's name and are left empty.
func parseArticle(data []byte) (article, error) {
	r := textproto.NewReader(bufio.NewReader(bytes.NewReader(data)))
	header, err := r.ReadMIMEHeader()
	if err != nil {
		return article{}, fmt.Errorf("%w: header: %w", errArticle, err)
	}
	body, err := io.ReadAll(r.R)
	if err != nil {
		return article{}, fmt.Errorf("%w: text: %w", errArticle, err)
	}
	a := article{blocks: parseBlocks(string(body))}
	for key, values := range header {
		if len(values) != 1 {
			return article{}, fmt.Errorf("%w: %s is there %d times", errArticle, key, len(values))
		}
		if err := a.set(key, values[0]); err != nil {
			return article{}, fmt.Errorf("%w: %s: %w", errArticle, key, err)
		}
	}
	return a, a.complete()
}

// set takes over one line of the header; key is in canonical form.
func (a *article) set(key, value string) (err error) {
	switch key {
	case "Title":
		a.title = value
	case "Author":
		a.author = value
	case "Section":
		a.section = value
	case "Event":
		a.event = value
	case "Teaser":
		a.teaser = value
	case "Age":
		a.age, err = time.ParseDuration(value)
	case "Order":
		a.order, err = strconv.Atoi(value)
	case "Untidy":
		a.untidy, err = strconv.ParseBool(value)
	case "No-Guid":
		a.noGUID, err = strconv.ParseBool(value)
	default:
		err = errors.New("unknown line")
	}
	return err
}

// complete checks that nothing is missing and fills in the teaser.
func (a *article) complete() error {
	switch {
	case a.title == "" || a.author == "" || a.section == "":
		return fmt.Errorf("%w: needs a title, an author and a section", errArticle)
	case (a.age > 0) == (a.order > 0) || a.age < 0 || a.order < 0:
		return fmt.Errorf("%w: needs either an age or an order", errArticle)
	case len(a.blocks) == 0:
		return fmt.Errorf("%w: no text", errArticle)
	}
	if a.teaser == "" {
		a.teaser = a.blocks[0].Text
	}
	return nil
}

func parseBlocks(text string) []block {
	var blocks []block
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		// Only line breaks are folded: no-break spaces belong to French typography.
		part = strings.ReplaceAll(strings.Trim(part, " \n"), "\n", " ")
		heading, isHeading := strings.CutPrefix(part, "## ")
		if heading != "" {
			blocks = append(blocks, block{isHeading, heading})
		}
	}
	return blocks
}
