package bot

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts Telegram's HTML into messages of at most limit UTF-16 code units of text, counted after entity parsing as
// Telegram does. It cuts at the end of a paragraph or a line where that fills two thirds of a message, else of a sentence
// or a word where that fills half of it; never inside a tag, a character reference or a character. Tags open at a cut are closed and opened
// again. White space around a cut goes. HTML that fits is returned as it is; a text of nothing but space gives none.
func Split(s string, limit int) []string {
	cells := cellsOf(s)
	total, blank := measure(cells)
	if blank || limit < 2 {
		return nil
	}
	if total <= limit {
		return []string{s}
	}
	var parts []string
	var open []cell // tags that are open where the next part begins
	for len(cells) > 0 {
		n := cutAt(cells, limit)
		part, after := render(cells[:n], open)
		if part != "" {
			parts = append(parts, part)
		}
		open, cells = after, cells[n:]
	}
	return parts
}

// cell is a character, a character reference, or a tag, which has no units.
type cell struct {
	html  string
	r     rune
	units int
	tag   string // name of the tag; "" for a character
	end   bool   // a closing tag
}

func (c cell) space() bool { return c.tag == "" && unicode.IsSpace(c.r) }

// token is a tag of Telegram's or a character reference (Bot API, "HTML style").
var token = regexp.MustCompile(`^(?:<(/?)(b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|a|code|pre|blockquote|tg-emoji|tg-time)(?:\s[^<>]*)?>` +
	`|&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)`)

// cellsOf takes HTML apart. What looks like a mark but is none becomes an escaped character.
func cellsOf(s string) []cell {
	cells := make([]cell, 0, len(s))
	for len(s) > 0 {
		c, n := nextCell(s)
		cells = append(cells, c)
		s = s[n:]
	}
	return cells
}

func nextCell(s string) (cell, int) {
	if s[0] == '<' || s[0] == '&' {
		if m := token.FindStringSubmatch(s); m != nil {
			if m[2] != "" {
				return cell{html: m[0], tag: m[2], end: m[1] != ""}, len(m[0])
			}
			r, _ := utf8.DecodeRuneInString(html.UnescapeString(m[0]))
			return cell{html: m[0], r: r, units: runeUnits(r)}, len(m[0])
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	return cell{html: mark(s[:n]), r: r, units: runeUnits(r)}, n
}

// mark escapes a character that stands where a mark should; others stay.
func mark(char string) string {
	switch char {
	case "<", ">", "&":
		return Escape(char)
	}
	return char
}

// visible is how many units of text the HTML has, as Telegram counts them.
func visible(html string) int {
	units, _ := measure(cellsOf(html))
	return units
}

func measure(cells []cell) (total int, blank bool) {
	blank = true
	for _, c := range cells {
		total += c.units
		if c.tag == "" && !c.space() {
			blank = false
		}
	}
	return total, blank
}

// cutAt is the number of cells of the next part: all that fit, or fewer, to end well. It is at least 1.
func cutAt(cells []cell, limit int) int {
	end, units := 0, 0
	for end < len(cells) && units+cells[end].units <= limit {
		units += cells[end].units
		end++
	}
	if end == len(cells) {
		return end
	}
	return withClosing(cells, bestCut(cells, end, units))
}

// The ways to cut, worst first.
const (
	atWord = iota + 1
	atSentence
	atLine
	atParagraph
)

// filled tells whether a message of at units is long enough, of units that fit, to be cut in that way.
func filled(kind, at, units int) bool {
	if kind >= atLine {
		return 3*at >= 2*units
	}
	return 2*at >= units
}

// bestCut looks for the best cut before end, where units are full, that fills the message well; failing that, the last
// word's end.
func bestCut(cells []cell, end, units int) int {
	best, rank, lastWord := end, 0, 0
	at := 0
	for i := 0; i <= end; i++ {
		if kind := cutKind(cells, i); kind > 0 {
			lastWord = i
			if kind >= rank && filled(kind, at, units) {
				best, rank = i, kind
			}
		}
		if i < end {
			at += cells[i].units
		}
	}
	if rank == 0 && lastWord > 0 {
		return lastWord
	}
	return max(best, 1)
}

// cutKind tells what ends just before cell i, given that i begins a new word; 0: nothing. The characters around are
// found across tags.
func cutKind(cells []cell, i int) int {
	if i == 0 || i >= len(cells) || cells[i].space() {
		return 0
	}
	j := i - 1
	breaks, spaces := 0, 0
	for ; j >= 0 && (cells[j].space() || cells[j].tag != ""); j-- {
		if cells[j].r == '\n' {
			breaks++
		}
		if cells[j].space() {
			spaces++
		}
	}
	switch {
	case spaces == 0 || j < 0:
		return 0
	case breaks > 1:
		return atParagraph
	case breaks == 1:
		return atLine
	case endsSentence(cells, j):
		return atSentence
	}
	return atWord
}

// endsSentence looks for a full stop at j, before closing quotation marks and brackets.
func endsSentence(cells []cell, j int) bool {
	for ; j >= 0; j-- {
		c := cells[j]
		if c.tag != "" || strings.ContainsRune(`"'”“’»)]`, c.r) {
			continue
		}
		return strings.ContainsRune(".!?…。", c.r)
	}
	return false
}

// withClosing moves a cut behind closing tags and space that follow it, so that the next part does not begin with an
// empty mark.
func withClosing(cells []cell, n int) int {
	for n < len(cells) && cells[n].end {
		n++
	}
	return n
}

// render is the part as HTML, with the tags of open before it and those that stay open closed behind it; they are
// returned. A part without text is "".
func render(cells, open []cell) (string, []cell) {
	var b strings.Builder
	for _, t := range open {
		b.WriteString(t.html)
	}
	open = append([]cell(nil), open...)
	first, last := bounds(cells)
	for i, c := range cells {
		switch {
		case c.tag == "" && (i < first || i > last):
			continue
		case c.end:
			if len(open) == 0 || open[len(open)-1].tag != c.tag {
				continue // closes nothing
			}
			open = open[:len(open)-1]
		case c.tag != "":
			open = append(open, c)
		}
		b.WriteString(c.html)
	}
	if first > last {
		return "", open
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i].tag + ">")
	}
	return b.String(), open
}

// bounds are the first and the last character that is not space; first is behind last where there is none.
func bounds(cells []cell) (first, last int) {
	first, last = len(cells), -1
	for i, c := range cells {
		if c.tag == "" && !c.space() {
			first = min(first, i)
			last = i
		}
	}
	return first, last
}
