package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the endings of German words tell. Only readings of languages that write nouns with a capital ask for it.

// finite tells whether token i can be a verb: it does not end as German adjectives do ("andere", "deutsches").
func (r *reading) finite(i int) bool {
	w := r.toks[i].low
	if first, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(first) {
		return false
	}
	return strings.HasSuffix(w, "te") || !strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "er") && !strings.HasSuffix(w, "es")
}

// declined tells whether token i ends as an adjective before a noun does.
func (r *reading) declined(i int) bool {
	w := r.toks[i].low
	return strings.HasSuffix(w, "e") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "er")
}

// thirdPerson tells whether token i behind "he", "she", "it" ends as only a subjunctive does ("er freue sich", not "er
// freut sich" or "er freute sich").
func (f *finder) thirdPerson(c clause, i int) bool {
	t := &f.toks[i]
	if !f.lang.nounsUpper || i == c.from || t.class != 0 || !strings.HasSuffix(t.low, "e") || strings.HasSuffix(t.low, "te") {
		return false
	}
	before := f.toks[i-1].class
	return before&(he|she|it) != 0 && before&det == 0
}

// infinitive tells whether token i opens an infinitive ("zu öffnen") or holds one ("einzustellen").
func (f *finder) infinitive(c clause, i int) bool {
	t := &f.toks[i]
	if t.class&infinitive != 0 {
		return i+1 < c.to && !f.toks[i+1].upper && (f.toks[i+1].class&(det|prep) == 0 || f.bounded(c, i+2)) && strings.HasSuffix(f.toks[i+1].low, "n")
	}
	k := strings.Index(t.low, "zu")
	return k > 1 && len(t.low) > k+4 && strings.HasSuffix(t.low, "en") && t.class&function == 0
}

// participle tells a verb form that can be a participle: an infinitive ends in "n" and has no "ge".
func (r *reading) participle(i int) bool {
	t := &r.toks[i]
	return t.class&strong != 0 || !strings.HasSuffix(t.low, "n") || strings.Contains(t.low, "ge")
}
