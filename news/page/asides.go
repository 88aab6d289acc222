package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

// maxAside is the longest line, in runes, that is taken for something beside the article. Longer ones are its text.
const maxAside = 300

// edge is how many lines at either end of a text count as its edge, where bylines and navigation stand.
const edge = 6

// Asides are the lines of a plain text that are not article: the repeated headline, "Read also" and previous/next lines,
// lines that ask to share, subscribe or accept cookies, bylines, dates and captions alone on a line, stray marks. Each
// span is one line without surrounding space, in order. In doubt a line is article: a whole sentence is marked only
// where what it begins with leaves no doubt. lang is the text's language ("": unknown), which some words need.
func Asides(title, text, lang string) []news.Span {
	lines := splitLines(text)
	j := judge{title: newHeadline(title, lines), lang: lang, lines: lines}
	var out []news.Span
	for i := range lines {
		if j.aside(i) {
			lines[i].aside = true
			out = append(out, lines[i].Span)
		}
	}
	return out
}

// line is one line of a text.
type line struct {
	news.Span
	text   string // as it stands, trimmed
	bare   string // without bullets before it
	low    string // bare, lower case
	long   bool   // over maxAside runes: never an aside
	apart  bool   // a blank line stands before it
	bullet bool   // a bullet stood before it
	aside  bool   // found to be one
	listed bool   // found to be an item under a "Read also" line
}

// splitLines are the lines with something on them.
func splitLines(text string) []line {
	var out []line
	at, apart := 0, true
	for raw := range strings.Lines(text) {
		trimmed := strings.TrimSpace(raw)
		if trimmed == "" {
			apart = true
		} else {
			start := at + strings.Index(raw, trimmed)
			out = append(out, newLine(trimmed, start, apart))
			apart = false
		}
		at += len(raw)
	}
	return out
}

func newLine(s string, start int, apart bool) line {
	l := line{Span: news.Span{Start: start, End: start + len(s)}, text: s, apart: apart}
	if len(s) > maxAside && utf8.RuneCountInString(s) > maxAside {
		l.long = true
		return l
	}
	l.bare = strings.TrimLeftFunc(s, isBullet)
	l.bullet = len(l.bare) < len(s)
	l.low = strings.ToLower(l.bare)
	return l
}

// isBullet tells whether a rune stands before a line as a bullet or an arrow does.
func isBullet(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("•·▪▫■□●○◦‣⁃►▶▸→➔➜>»*-–—+|#[(", r) || r == '\ufe0f'
}

// ends tells whether the line ends as a sentence does.
func (l *line) ends() bool {
	s := strings.TrimRight(l.text, `"'”’»“)] `)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？।؟", r)
}

// words is the number of words of the line.
func (l *line) words() int {
	n := 0
	for range strings.FieldsSeq(l.bare) {
		n++
	}
	return n
}

// judge decides on the lines of one text.
type judge struct {
	title headline
	lang  string
	lines []line
}

func (j *judge) aside(i int) bool {
	l := &j.lines[i]
	switch {
	case l.long:
		return false
	case !strings.ContainsFunc(l.text, meaning):
		return true
	case j.title.repeated(l, i):
		return true
	}
	return readAlso(l) || j.underReadAlso(i) || j.navigation(i) || appeal(l) || caption(l) || j.byline(i)
}

// meaning tells whether a rune can carry the sense of a line.
func meaning(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// nearEdge tells whether a line stands near the beginning or the end.
func (j *judge) nearEdge(i int) bool { return i < edge || i >= len(j.lines)-edge }

// underReadAlso tells whether a line is an item of a list that a "Read also" line opens.
func (j *judge) underReadAlso(i int) bool {
	if i == 0 || !j.lines[i-1].aside {
		return false
	}
	l, before := &j.lines[i], &j.lines[i-1]
	follows := readAlso(before) || before.bullet && l.bullet && before.listed
	l.listed = follows && (l.bullet || !l.apart && alone(before)) && !l.ends()
	return l.listed
}

// alone tells whether a "Read also" line names no article itself, so that those below are.
func alone(l *line) bool {
	rest, ok := begins(l, alsoPhrases)
	if !ok {
		rest, ok = begins(l, alsoLabels)
	}
	return ok && !strings.ContainsFunc(rest, meaning)
}

// navigation tells whether a line leads to the article before or after this one. A bare PREV or NEXT counts only near
// the edges and in capitals, for "Next" begins sentences.
func (j *judge) navigation(i int) bool {
	l := &j.lines[i]
	if l.ends() {
		return false
	}
	if rest, ok := begins(l, navigation); ok && (separated(rest) || rest == "") {
		return true
	}
	word, rest, _ := strings.Cut(l.bare, " ")
	switch strings.TrimRight(word, ":") {
	case "PREV", "PREVIOUS", "NEXT":
		return j.nearEdge(i) && (rest != "" || len(l.bare) == len(word))
	}
	return false
}

// readAlso tells whether a line sends the reader to another article.
func readAlso(l *line) bool {
	rest, ok := begins(l, alsoPhrases)
	if !ok {
		rest, ok = begins(l, alsoLabels)
		return ok && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "："))
	}
	return rest == "" || separated(rest) || (!l.ends() && l.words() <= 20)
}

// appeal tells whether a line asks the reader to do something, or belongs to the site and not to the article.
func appeal(l *line) bool {
	if rest, ok := begins(l, appeals); ok {
		return rest == "" || separated(rest) || l.words() <= 12 || (!l.ends() && l.words() <= 25)
	}
	if rest, ok := begins(l, notices); ok {
		first, _ := utf8.DecodeRuneInString(rest)
		return rest == "" || separated(rest) || first == '(' || unicode.IsDigit(first)
	}
	return onlyNetworks(l.low) || footer(l)
}

// footer tells whether a line claims rights or names the site that a feed's entry came from.
func footer(l *line) bool {
	rest, claims := begins(l, rights)
	first, _ := utf8.DecodeRuneInString(rest)
	claims = claims && !unicode.IsLetter(first) || strings.HasPrefix(l.low, "©")
	named := strings.HasPrefix(l.low, "the post ") && strings.Contains(l.low, " appeared first on ")
	return (claims || named) && l.words() <= 30
}

// caption tells whether a line is a picture's caption or credit: a label and a colon.
func caption(l *line) bool {
	if strings.HasSuffix(l.text, "?") { // an interviewer's line: some papers are called as captions are
		return false
	}
	rest, ok := begins(l, captions)
	if ok && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, "/")) {
		return true
	}
	_, ok = begins(l, credits)
	return ok && !l.ends() && l.words() <= 14 || credited(l)
}

// credited tells whether a line ends in who took the picture that it stands under: "The pier of Sandwick. Photo: I. Brenner".
func credited(l *line) bool {
	colon := strings.LastIndex(l.low, ": ")
	if colon < 0 || l.ends() || len(strings.Fields(l.low[colon:])) > 6 {
		return false
	}
	at := strings.LastIndexAny(l.low[:colon], ".!?|/(")
	if at < 0 {
		return false
	}
	return photoLabels[strings.TrimSpace(l.low[at+1:colon])]
}

// begins tells whether a line begins with one of the phrases as whole words, and what follows.
func begins(l *line, p phrases) (rest string, ok bool) {
	first, _ := utf8.DecodeRuneInString(l.low)
	for _, phrase := range p[first] {
		after, found := strings.CutPrefix(l.low, phrase)
		if !found {
			continue
		}
		r, _ := utf8.DecodeRuneInString(after)
		if after == "" || !meaning(r) || unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) {
			return strings.TrimSpace(after), true
		}
	}
	return "", false
}

// separated tells whether what follows a phrase is set off from it, as a link is from its label.
func separated(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune(":：|–—->»›→/…!", r)
}

// onlyNetworks tells whether a line is nothing but names of networks and means to share.
func onlyNetworks(low string) bool {
	n := 0
	for word := range strings.FieldsFuncSeq(low, func(r rune) bool { return !meaning(r) }) {
		if !networks[word] {
			return false
		}
		n++
	}
	return n >= 2 || networks[low] && low != "x" && low != "email" && low != "link"
}
