package page

import "strings"

// How many nodes a page may be parsed into: some 20 MB of them.
const (
	maxTags  = 60_000
	maxGrown = 250_000 // tags times open formatting elements, see calm
)

// tags counts the tags of a markup, and how many of the formatting elements among them can be open together for the parser.
func tags(text string) (all, formatting int) {
	seen := map[string]int{}
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			return all, formatting
		}
		text = text[i+1:]
		all++
		if name := formattingName(text); name > 0 && formatting <= maxGrown {
			tag, _, _ := strings.Cut(text, ">")
			if seen[tag]++; seen[tag] <= 3 { // the standard keeps three equal ones
				formatting++
			}
		}
	}
}

// calm takes the formatting out of a page that is made to explode: an element such as <b> that is left open is opened again
// in every paragraph that follows (HTML standard, section 13.2.4.3, "reconstruct the active formatting elements"), so that
// some hundred of them before many paragraphs become millions of nodes. Formatting says nothing here: <span> does as well.
func calm(text string, all, formatting int) string {
	if all*(1+formatting) <= maxGrown {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		i++
		if strings.HasPrefix(text[i:], "/") {
			i++
		}
		b.WriteString(text[:i])
		text = text[i:]
		if n := formattingName(text); n > 0 {
			b.WriteString("span")
			text = text[n:]
		}
	}
}

// formattingName is the length of the name of a formatting element that text begins with, as in "b>"; 0: there is none.
// Links are left out: of them one at most stays open.
func formattingName(text string) int {
	n := 0
	for n < len(text) && n < len("strike") && letter(text[n]) {
		n++
	}
	if n == 0 || n == len(text) || strings.IndexByte(" \t\n\r\f/>", text[n]) < 0 {
		return 0
	}
	switch strings.ToLower(text[:n]) {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return n
	}
	return 0
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
