package model

// polarity is how a word is used: denied, not denied, or both.
type polarity uint8

const (
	affirmed polarity = 1 << iota
	denied
)

// reach is how many words from a negation the one may stand that it denies.
const reach = 3

// polarities are those of the content words, by stem.
func polarities(words []token, lang string) map[string]polarity {
	l := tongueOf(lang)
	deny := make([]bool, len(words))
	for i, w := range words {
		if !l.not[w.word] && !l.around[w.word] {
			continue
		}
		if k := nearest(words, i, 1); k >= 0 {
			deny[k] = true
		}
		if k := nearest(words, i, -1); k >= 0 && l.around[w.word] {
			deny[k] = true
		}
	}
	out := map[string]polarity{}
	for i := range words {
		if w := &words[i]; w.content() && !w.capital {
			if deny[i] {
				out[w.stem] |= denied
			} else {
				out[w.stem] |= affirmed
			}
		}
	}
	return out
}

// nearest is the content word next to word i in a direction, in its clause and within reach; -1: there is none.
func nearest(words []token, i, direction int) int {
	for n := 1; n <= reach; n++ {
		k := i + n*direction
		if k < 0 || k >= len(words) || words[k].clause != words[i].clause {
			return -1
		}
		if words[k].content() {
			return k
		}
	}
	return -1
}

// turned tells whether words deny what the article only says, or say what it only denies.
func (e *evidence) turned(words []token) bool {
	for stem, p := range polarities(words, e.to) {
		if a := e.polarity[stem]; a != 0 && a&p == 0 {
			return true
		}
	}
	return false
}
