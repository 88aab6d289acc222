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

// conjugated tells whether a word in lower case before a noun without an article ends as a verb and no adjective does.
func (r *reading) conjugated(w string) bool {
	return len(w) > minPart+1 && strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "cht") && !strings.HasSuffix(w, "dert")
}

// declined tells whether token i ends as an adjective before a noun does.
func (r *reading) declined(i int) bool {
	w := r.toks[i].low
	return strings.HasSuffix(w, "e") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "er")
}

// thirdPerson tells whether token i behind "he", "she", "it" ends as only a subjunctive does ("er freue sich", not "er
// freut sich" or "er freute sich").
func (f *finder) thirdPerson(c clause, i int) bool {
	if !f.lang.nounsUpper || i == c.from || !f.bareE(i) {
		return false
	}
	before := f.toks[i-1].class
	return before&(he|she|it) != 0 && before&det == 0 && !(i+1 < c.to && f.toks[i+1].upper)
}

// secondHand is the token of the verb that stands second in c where it ends as only a subjunctive does there ("die Stadt stagniere
// seit Jahren"), else -1. What can be an adjective is none.
func (f *finder) secondHand(c clause) int {
	if !f.lang.nounsUpper {
		return -1
	}
	v := f.second(c)
	if v <= c.from || !f.bareE(v) || f.toks[v-1].kind == word && !f.toks[v-1].upper && f.toks[v-1].class&pronoun == 0 {
		return -1
	}
	if v+1 < c.to && f.toks[v+1].kind == word && (f.toks[v+1].upper || f.toks[v+1].class == 0 && f.declined(v+1)) {
		return -1
	}
	if v+2 < c.to && f.toks[v+1].kind == comma && f.toks[v+2].class == 0 && !f.toks[v+2].upper && f.declined(v+2) {
		return -1 // "20 Meter große, leere Halle"
	}
	for i := c.from; i <= v+1 && i < c.to; i++ {
		if f.toks[i].class&first != 0 && f.toks[i].class&det == 0 {
			return -1
		}
	}
	return v
}

// bareE tells whether token i is a word that no list knows and ends in "e", but not as a past tense, a participle or an adverb
// does ("zeitweise").
func (f *finder) bareE(i int) bool {
	w := f.toks[i].low
	return f.toks[i].class == 0 && len(w) >= minPart && strings.HasSuffix(w, "e") && !ends(w, []string{"te", "ende", "weise"})
}

// attributive tells whether the verb form at token i describes the noun behind it ("in einer gestern verbreiteten Erklärung"): an
// article before it, and what stands between the two, reach past it to that noun.
func (r *reading) attributive(c clause, i int) bool {
	if !r.lang.nounsUpper || i+1 >= c.to || !r.toks[i+1].upper || !r.declined(i) || strings.HasSuffix(r.toks[i].low, "te") && r.toks[i-1].class&prep == 0 {
		return false
	}
	for k := i - 1; k >= c.from && k > i-nounReach && r.toks[k].kind == word && !r.toks[k].upper; k-- {
		x := r.toks[k].class
		if x&det != 0 && (x&pronoun == 0 || k > c.from && r.toks[k-1].class&prep != 0) {
			return r.part(c, k) > i+1
		}
	}
	for k := i - 3; k >= c.from && k > i-groupReach && r.toks[k+1].kind == word; k-- {
		if r.toks[k].class&det != 0 && r.attribute(c, k) == i {
			return true // "in einer am Montag verbreiteten Mitteilung"
		}
	}
	return false
}

// hisOwn tells whether token i is "his", "her", "its" or "their".
func (r *reading) hisOwn(i int) bool {
	t := &r.toks[i]
	return r.lang.nounsUpper && (t.class&det != 0 && (strings.HasPrefix(t.low, "sein") || strings.HasPrefix(t.low, "ihr")) || r.own(i))
}

// own tells whether token i is "own" ("nach eigenen Angaben").
func (r *reading) own(i int) bool {
	return r.lang.nounsUpper && strings.HasPrefix(r.toks[i].low, "eigen") && ends(r.toks[i].low, []string{"en", "er", "em"})
}

// ownerless tells whether token i is an adjective that opens a genitive without an article ("der Einsatz mobiler Geräte").
func (r *reading) ownerless(i int) bool {
	t := &r.toks[i]
	return t.kind == word && t.class == 0 && !t.upper && strings.HasSuffix(t.low, "er") && i+1 < len(r.toks) && r.toks[i+1].upper
}

// infinitive tells whether token i opens an infinitive ("zu öffnen") or holds one ("einzustellen").
func (f *finder) infinitive(c clause, i int) bool {
	t := &f.toks[i]
	if t.class&infinitive != 0 {
		return i+1 < c.to && !f.toks[i+1].upper && (f.toks[i+1].class&(det|prep) == 0 || f.bounded(c, i+2)) && strings.HasSuffix(f.toks[i+1].low, "n")
	}
	k := strings.LastIndex(t.low, "zu")
	return k > 1 && len(t.low) > k+4 && strings.HasSuffix(t.low, "en") && t.class&function == 0
}

// unparted is where an infinitive begins that no comma parts from the participle before it: "hat angekündigt die
// Preise zu erhöhen". 0: none does.
func (f *finder) unparted(c clause, fr frame) int {
	at := fr.cue + 1
	if p, _ := f.perfect(c, fr.cue); !p.ok() || fr.weak || fr.denied || at > fr.next {
		return 0
	}
	for i := at; i < c.to && i < at+contentReach && f.toks[i].kind == word && (i == at || f.toks[i].class&conj == 0); i++ {
		if f.infinitive(c, i) && i > at {
			return at
		}
	}
	return 0
}

// participle tells a verb form that can be a participle: an infinitive ends in "n" and has no "ge".
func (r *reading) participle(i int) bool {
	t := &r.toks[i]
	return t.class&strong != 0 || !strings.HasSuffix(t.low, "n") || strings.Contains(t.low, "ge")
}
