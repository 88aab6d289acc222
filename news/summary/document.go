package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

const (
	// maxSentences are looked at: what stands further down is never the news, and hostile text may be endless.
	maxSentences = 400
	// maxBytes of the text are looked at, for the same reason.
	maxBytes = 200_000
	// minWords and maxWords bound a sentence that can stand in a summary.
	minWords, maxWords = 5, 90
	// shortest is the number of words under which a sentence tells little.
	shortest = 10
	// longest is the number of words over which a sentence is heavy to read.
	longest = 40
)

// document is an article as the summariser sees it.
type document struct {
	article   *news.Article
	sentences []sentence
	terms     []term
	pairs     []pair
	weights   *Weights
	stamp     int // number of the set looked at; what a term or pair is marked with, it was said in that set
}

// sentence is one sentence with its terms.
type sentence struct {
	news.Span
	tokens  []int // terms in order; a word that names nothing has none
	pairs   []int // neighbouring terms, in order
	content []int // terms that are no function words, each once
	words   int
	runes   int
	capital int  // words after the first that begin with a capital
	number  bool // has a number
	leaning bool // begins with a word that needs the sentence before
	opens   bool // begins with somebody's words
	quoted  float64
	colon   bool // parts two halves by a colon, as captions do
	bracket bool
	name    int // term of the name that it begins with; -1: none, or one that the headline introduces
	usable  bool
}

func readArticle(a *news.Article, w *Weights) *document {
	r := newReader(a)
	r.d.weights = w
	r.title()
	body := within(a.Text, maxBytes)
	for _, span := range text.Sentences(body, a.Lang) {
		if len(r.d.sentences) == maxSentences {
			break
		}
		if !a.Aside(span) {
			r.sentence(span, span.In(body))
		}
	}
	r.d.estimate()
	return r.d
}

// within is the beginning of s, at most n bytes, not cut inside a letter.
func within(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for end := n; end > n-utf8.UTFMax; end-- {
		if utf8.RuneStart(s[end]) {
			return s[:end]
		}
	}
	return s[:n]
}

// quotedShare is the share of s that stands in quotation marks.
func quotedShare(s string) float64 {
	inside, n := false, 0
	last := 0
	for i, r := range s {
		if inside {
			n += i - last
		}
		last = i
		switch r {
		case '“', '«', '„':
			inside = !inside || r != '“' // closes in German
		case '”', '»':
			inside = false
		case '"':
			inside = !inside
		}
	}
	return float64(n) / float64(max(len(s), 1))
}

// leans tells whether s begins as sentences do that need the one before them.
func leans(s, lang string) bool {
	words, begin := leaning()[lang], ""
	for w := range text.Words(s) {
		word := strings.ReplaceAll(strings.ToLower(w.In(s)), "’", "'")
		if begin != "" {
			return words[begin+"_"+word]
		}
		if words[word] {
			return true
		}
		begin = word
	}
	return false
}

// opensQuoted tells whether s begins with somebody's words: in quotation marks, or after a dash as in dialogue.
func opensQuoted(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"'“”„«»‘‚「『—–―", r)
}

// usable tells whether a sentence can stand in a summary: not too short or long, and ended as sentences are; headings,
// datelines, captions and lists mostly are not.
func usable(s string, words int) bool {
	if words < minWords || words > maxWords {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) || strings.ContainsRune("\"'“”«»", r) || unicode.IsSpace(r)
	}))
	return strings.ContainsRune(".!?…。！？।؟", last)
}

// fold makes two writings of one headline equal.
func fold(s string) string {
	var b strings.Builder
	for w := range text.Words(s) {
		b.WriteString(strings.ToLower(w.In(s)))
		b.WriteByte(' ')
	}
	return b.String()
}
