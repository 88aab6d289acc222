package quote

import "strings"

// Compounds, in languages that write them as one word, and nouns for what people do.

// end notes how the words end that a compound can end in.
func (l *language) end() {
	l.tails = map[string]bool{}
	for w, c := range l.words {
		if c&compounded != 0 && len(w) >= minPart {
			l.tails[w[len(w)-minPart:]] = true
		}
	}
}

// compound is what a noun is by its last part ("Bauamtsleiterin", "Polizeiangaben"): an office, a body or a source.
func (l *language) compound(word string) class {
	if len(word) < 2*minPart || !l.tails[word[len(word)-minPart:]] {
		return 0
	}
	if k := strings.LastIndexByte(word, '-'); k >= 0 && l.words[word[k+1:]]&compounded != 0 {
		return l.words[word[k+1:]] & compounded // "EU-Bericht"
	}
	for i := minPart; i <= len(word)-minPart; i++ {
		if c := l.words[word[i:]] & compounded; c != 0 {
			return c
		}
	}
	return 0
}

// lastPart is the office that a compound ends in, "" where there is none or the word is no compound.
func (l *language) lastPart(word string) string {
	for i := minPart; l.nounsUpper && i <= len(word)-minPart; i++ {
		if l.words[word[i:]]&role != 0 {
			return word[i:]
		}
	}
	return ""
}

// agent tells a noun for what people do by its ending.
func (l *language) agent(word string) bool { return ends(word, l.agents) }

// abstract tells a noun for a quality, an act or a thing by its ending.
func (l *language) abstract(word string) bool { return ends(word, l.things) }

func ends(word string, endings []string) bool {
	for _, e := range endings {
		if len(word) > len(e)+2 && strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// minPart is how many bytes the parts of a compound have at least that compound tells apart.
const minPart = 4
