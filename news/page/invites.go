package page

import (
	"slices"
	"strings"
)

// withoutInvites leaves out of a page's text the lines that lead away from it: to other articles, to share, to subscribe,
// with the links under them, and the links that end it. What else may not be article stays, for Asides to mark.
func (m *meta) withoutInvites(text string) string {
	links := m.linkLines()
	lines := splitLines(text)
	j := judge{lines: lines}
	under := false
	for i := range lines {
		l := &lines[i]
		if l.long || !strings.ContainsFunc(l.text, meaning) {
			under = false
			continue
		}
		invites := readAlso(l)
		l.aside = invites || j.underReadAlso(i) || j.navigation(i) || appeal(l) && !footer(l) || under && links[letters(l.text)]
		under = invites || under && l.aside
	}
	trailingLinks(lines, links)
	edgeMarks(lines)
	return paragraphs(without(text, lines))
}

// trailingLinks marks the links that end a text: they are headlines of other articles, with the line that announces them.
func trailingLinks(lines []line, links map[string]bool) {
	for i, l := range slices.Backward(lines) {
		if l.aside {
			continue
		}
		if l.long || l.ends() || !links[letters(l.text)] {
			if strings.HasSuffix(l.text, ":") && i+1 < len(lines) && lines[i+1].aside && l.words() <= bylineWords {
				lines[i].aside = true
			}
			return
		}
		lines[i].aside = true
	}
}

// edgeMarks marks the lines at either end of a text that have no letter or figure.
func edgeMarks(lines []line) {
	for i := 0; i < len(lines) && (lines[i].aside || !strings.ContainsFunc(lines[i].text, meaning)); i++ {
		lines[i].aside = true
	}
	for i := len(lines) - 1; i >= 0 && (lines[i].aside || !strings.ContainsFunc(lines[i].text, meaning)); i-- {
		lines[i].aside = true
	}
}

// without is a text without the lines that are asides.
func without(text string, lines []line) string {
	var b strings.Builder
	at := 0
	for _, l := range lines {
		if l.aside {
			b.WriteString(text[at:l.Start])
			at = l.End
		}
	}
	b.WriteString(text[at:])
	return b.String()
}

// linkLines are the letters of the page's lines that are nothing but links.
func (m *meta) linkLines() map[string]bool {
	links := map[string]bool{}
	for _, l := range m.lines {
		if l.link && !strings.Contains(l.text, "://") {
			links[letters(l.text)] = true
		}
	}
	return links
}
