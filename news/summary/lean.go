package summary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

// A sentence leans on the one before it where a reader who has not seen that one asks who, what or instead of what.

// near is how many words of a sentence are looked at for what leans wherever it stands.
const near = 5

// far is how many are looked at for a pronoun whose verb or date stands before it, or an adverbial and a comma.
const far = 12

// dateWords is how many words with a meaning a date has at most: "On 3 March 2026 she".
const dateWords = 3

// maxLabel is how many bytes a label before a colon has at most, labelWords how many words.
const maxLabel, labelWords = 40, 3

// attribution is how many words say who says something, where a pronoun is one of them.
const attribution = 2

// leans tells whether s leans by its first n words: what follows tells nothing.
func (l *language) leans(s string, n int, lang string) bool {
	at, last := 0, ""
	for w := range text.Words(s) {
		word := fold(w.In(s))
		pair := last + "_" + word
		switch {
		case at == 0 && l.lean[word] && !l.free.begin(s), at == 1 && l.lean[pair],
			at < near && (l.turn[word] || l.turn[pair]), // it turns against the sentence before it or answers it
			at > 1 && l.third[word] && verbal(s[:w.Start], lang),
			l.pronoun[word] && (adverbial(s[:w.Start], lang) || l.introduce[word] && introduces(s[:w.Start])) && !l.dependent.begin(s) && !l.free.begin(s[w.Start:]), // whom it speaks of may follow
			(at == 0 && l.ordinal[word] || at == 1 && l.ordinal[pair]) && l.alone(s[w.End:], lang):
			return true
		}
		if at++; at >= n {
			break
		}
		last = word
	}
	return slices.ContainsFunc(l.start, func(p string) bool { return strings.HasPrefix(s, p) })
}

// alone tells whether what stands behind an ordinal names nothing that is counted.
func (l *language) alone(behind, lang string) bool {
	if strings.HasPrefix(behind, "-") { // "two-masted"
		return false
	}
	if punctuated(behind) {
		return true
	}
	for w := range text.Words(behind) {
		written := w.In(behind)
		first, _ := utf8.DecodeRuneInString(written)
		return !unicode.IsUpper(first) && text.Stopword(fold(written), lang) && !l.link[fold(written)]
	}
	return true
}

// introduces tells whether s ends in a comma and names nobody.
func introduces(s string) bool { return strings.HasSuffix(s, ", ") && !named(s) }

// verbal tells whether a pronoun behind s stands for nobody that s names.
func verbal(s, lang string) bool {
	return !strings.ContainsAny(s, ",:;") && (text.NounsUpper(lang) || !named(s))
}

// named tells whether a word of s but the first has a capital.
func named(s string) bool {
	for i, r := range s {
		if unicode.IsUpper(r) && i > 0 && s[i-1] == ' ' {
			return true
		}
	}
	return false
}

// adverbial tells whether s has nothing but function words and a date: "On Friday".
func adverbial(s, lang string) bool {
	for w := range text.Words(s) {
		word := fold(w.In(s))
		if !text.Stopword(word, lang) && !number(word[:1]) && !text.DateWord(word, lang) {
			return false
		}
	}
	return true
}

// punctuated tells whether s begins with a mark between words.
func punctuated(s string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0"))
	return strings.ContainsRune(",;:–—-", next)
}

// personal tells whether the words outside of quotation marks are somebody's who speaks of himself. A letter behind a name is
// a numeral. Single marks may hold somebody else's words.
func (l *language) personal(outside string) bool {
	if singly(outside) {
		return false
	}
	last := false // a name may be the word before
	n := 0
	for w := range text.Words(outside) {
		word := w.In(outside)
		if l.self[fold(word)] && !(last && n > 1 && len(word) == 1) {
			return true
		}
		first, _ := utf8.DecodeRuneInString(word)
		last = unicode.IsUpper(first)
		n++
	}
	return false
}

// fewWords is how many words a sentence has at most that does nothing but say "not": "They were not."
const fewWords = 4

// curt tells whether s is the writer's and says no more than that.
func (s *sentence) curt() bool { return s.words <= fewWords && s.quoted == 0 && !s.inside }

// refutes tells whether s says that something is untrue, or nothing but "not".
func (s *sentence) refutes() bool {
	return s.kinds.is(untruth) || s.kinds.is(negation) && s.curt() && (s.leaning || s.words == 1)
}

// denies tells whether s does little but take back what stands before it: "This is false."
func (s *sentence) denies() bool {
	return s.refutes() && s.curt() ||
		s.kinds.is(denial) && (s.leaning && s.words <= 2*sketch || s.words <= sketch) || s.kinds.is(untruth) && s.leaning && s.words <= sketch
}

// turn notes that s turns against the sentence before it in its article; those of others may stand between.
func (d *document) turn(s *sentence) {
	for i := len(d.sentences) - 1; i >= max(0, len(d.sentences)-maxArticles); i-- {
		if o := &d.sentences[i]; s.follows(o) {
			o.turned = true
			return
		}
	}
}

// deny notes what the next sentence takes back, if it does: the one before it in its article, or all of the paragraph up to it.
func (d *document) deny(s *sentence) {
	if !s.denies() {
		return
	}
	k, next := len(d.sentences), s
	for i := k - 1; i >= 0; i-- {
		o := &d.sentences[i]
		if !next.follows(o) {
			continue
		}
		o.denied, s.leaning, s.usable = k, true, s.usable || s.words > 1
		if next = o; o.opener || !s.kinds.is(untruth) {
			return
		}
	}
}

// labelled tells whether s begins with a label and a colon: "2004: Work begins."
func labelled(s string) bool {
	label, _, found := strings.Cut(within(s, maxLabel), ": ")
	return found && countWords(label) <= labelWords
}

// singly tells whether s may have single quotation marks.
func singly(s string) bool {
	return strings.HasPrefix(s, "'") || strings.Contains(s, " '") || strings.ContainsRune(s, '‘')
}

// attributed tells whether s ends in who says it, and that is a pronoun: ", she said".
func (l *language) attributed(s string) bool {
	at := strings.LastIndex(s, ", ")
	if at < 0 || len(l.pronoun) == 0 {
		return false
	}
	words, pronoun := 0, false
	for w := range text.Words(s[at:]) {
		if words++; words > attribution {
			return false
		}
		pronoun = pronoun || l.pronoun[fold(w.In(s[at:]))]
	}
	return pronoun
}

// told tells whether the words outside of quotation marks are reported, as verbs in German show, and do not say by whom.
func (l *language) told(outside string) bool {
	if len(l.reported) == 0 {
		return false
	}
	found := false
	for w := range text.Words(outside) {
		word := fold(w.In(outside))
		if l.teller[word] {
			return false
		}
		found = found || l.reported[word]
	}
	return found
}

// unnamed tells whether s begins with what somebody is whom an earlier sentence names: "The minister said". Whom the
// headline speaks of is known.
func (d *document) unnamed(s *sentence, l *language) bool {
	if s.place == 0 || len(l.role) == 0 {
		return false
	}
	n, first, role := 0, "", false
	for w := range text.Words(s.text) {
		word := fold(w.In(s.text))
		if role {
			next, _ := utf8.DecodeRuneInString(s.text[w.Start:])
			return !unicode.IsUpper(next) && !l.link[word]
		}
		if n > 2 {
			return false
		}
		role = l.role[word] || l.role[first+"_"+word]
		if role && d.terms[s.tokens[n]].title {
			return false
		}
		first = word
		n++
	}
	return role
}

// given is the term of the thing that s begins with as if it were known, -1: none. What the headline names is.
func (d *document) given(s *sentence, l *language) int {
	if s.place == 0 || len(l.thing) == 0 {
		return none
	}
	n, thing, first := 0, none, false
	for w := range text.Words(s.text) {
		word := fold(w.In(s.text))
		switch {
		case thing >= 0 && l.link[word]:
			return none
		case thing >= 0 || n > 1:
			return thing
		case l.thing[word] && (first || n == 0 && strings.Contains(word, "'")):
			if thing = s.tokens[n]; d.terms[thing].title {
				return none
			}
		}
		first = n == 0 && l.article[word]
		n++
	}
	return thing
}
