package page

import "strings"

// withoutInvites leaves out of a page's text the lines that lead away from it: to other articles, to share, to subscribe.
// What else may not be article stays, for Asides to mark.
func withoutInvites(text string) string {
	lines := splitLines(text)
	j := judge{lines: lines}
	var out []string
	at := 0
	for i := range lines {
		l := &lines[i]
		if l.long || !strings.ContainsFunc(l.text, meaning) {
			continue
		}
		if readAlso(l) || j.underReadAlso(i) || j.navigation(i) || appeal(l) && !footer(l) {
			l.aside = true
			out = append(out, text[at:l.Start])
			at = l.End
		}
	}
	return paragraphs(strings.Join(append(out, text[at:]), ""))
}
