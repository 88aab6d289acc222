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

// document is one article or several of one story, as the summariser sees them.
type document struct {
	lang      string
	headed    bool    // has a headline
	length    float64 // sentences of an article
	sentences []sentence
	terms     []term
	pairs     []pair
	weights   *Weights
	reader    *reader
	distinct  bool // no two sentences may say the same
	stamp     int  // number of the set looked at; what a term or pair is marked with, it was said in that set
}

// sentence is one sentence, or a part of one, with its terms.
type sentence struct {
	news.Span
	text     string
	source   int   // which of the articles it stands in
	place    int   // its number there
	origin   int   // the sentence it is, or is a part of
	tokens   []int // terms in order; a word that names nothing has none
	pairs    []int // neighbouring terms, each pair once
	content  []int // terms that are no function words, each once
	words    int
	function float64 // function words that a written summary is expected to have
	runes    int
	capital  int  // words after the first that begin with a capital
	number   bool // has a number
	leaning  bool // needs the sentence before: by its first word, or for who says it
	inside   bool // begins inside quotation marks
	opens    bool // begins with somebody's words
	quoted   float64
	colon    bool // parts two halves by a colon, as captions do
	bracket  bool
	name     int // term of the name that it begins with; -1: none, or one that the headline introduces
	usable   bool
	part     bool // shortened
}

// sentence is s as others see it.
func (s *sentence) sentence() news.Sentence { return news.Sentence{Text: s.text, Span: s.Span} }

// follows tells whether s stands right behind o.
func (s *sentence) follows(o *sentence) bool { return s.source == o.source && s.place == o.place+1 }

// before tells whether s is shown before o.
func (s *sentence) before(o *sentence) bool {
	return s.source < o.source || s.source == o.source && s.place < o.place
}

// read reads articles of one story and one language as if they were one whose sentences come in turn: the first of each,
// then the second of each.
func read(w *Weights, articles ...*news.Article) *document {
	return readers.Get().(*reader).read(w, articles)
}

func (r *reader) read(w *Weights, articles []*news.Article) *document {
	r.reset(w, articles[0].Lang)
	spans := make([][]news.Span, len(articles))
	bodies := make([]string, len(articles))
	for i, a := range articles {
		r.title(a.Title)
		bodies[i] = within(a.Text, maxBytes/len(articles))
		spans[i] = sentencesOf(a, bodies[i], maxSentences/len(articles))
	}
	for place, left := 0, true; left; place++ {
		left = false
		for i := range articles {
			if place < len(spans[i]) {
				left = true
				r.sentence(i, place, spans[i][place], bodies[i])
			}
		}
	}
	r.d.length = float64(len(r.d.sentences)) / float64(len(articles))
	r.d.estimate()
	return &r.d
}

// sentencesOf are the first n sentences of the article's body that are not asides.
func sentencesOf(a *news.Article, body string, n int) []news.Span {
	var out []news.Span
	for _, s := range text.Sentences(body, a.Lang) {
		if len(out) >= n {
			return out[:n]
		}
		if !a.Aside(s) {
			out = append(out, unglued(body, s)...)
		}
	}
	return out[:min(n, len(out))]
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

// plainly makes two writings of one headline equal.
func plainly(s string) string {
	var b strings.Builder
	for w := range text.Words(s) {
		b.WriteString(strings.ToLower(w.In(s)))
		b.WriteByte(' ')
	}
	return b.String()
}
