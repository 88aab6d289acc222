package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

const (
	// minWords and maxWords bound a sentence that can stand in a summary.
	minWords, maxWords = 5, 90
	// shortest is the number of words under which a sentence tells little.
	shortest = 10
	// longest is the number of words over which a sentence is heavy to read.
	longest = 40
)

// sentence is one sentence, or a part of one, with its terms.
type sentence struct {
	news.Span
	text     string
	source   int   // which of the articles it stands in
	place    int   // its number there
	rank     int   // likewise, counted from where the news begins
	origin   int   // the sentence it is, or is a part of
	tokens   []int // terms in order; a word that names nothing has none
	pairs    []int // neighbouring terms, each pair once
	content  []int // terms that are no function words, each once
	words    int
	function float64 // function words that a written summary is expected to have
	runes    int
	central  float64 // how much it is about what the others are about
	titles   int     // words of its content that are in the headline
	capital  int     // words after the first that begin with a capital
	number   bool    // has a number
	leaning  bool    // needs the sentence before: by its first word, or for who says it
	asks     bool    // a question that the next sentence answers
	answers  bool    // somebody's words in an interview
	apart    bool    // something that is not article stands before it
	inside   bool    // begins inside quotation marks
	unclosed bool    // ends inside them
	priced   bool    // may cost something by what is not shown with it
	scenic   bool    // stands before the news
	opens    bool    // begins with somebody's words
	quoted   float64
	colon    bool // parts two halves by a colon, as captions do
	bracket  bool
	given    int // term of the thing that it begins with as known; -1: none
	name     int // term of the name that it begins with; -1: none, or one that the headline introduces
	usable   bool
	part     bool // shortened
	telling  int  // of how many first words one may tell that it leans
	kinds    kind
	personal bool // its writer speaks of himself
	denied   int  // the sentence that takes it back; 0: none does
	turned   bool // the next one turns against it
	opener   bool // begins a paragraph
	traits   traits
}

// sentence is s as others see it.
func (s *sentence) sentence() news.Sentence { return news.Sentence{Text: s.text, Span: s.Span} }

// follows tells whether s stands right behind o.
func (s *sentence) follows(o *sentence) bool {
	return s.source == o.source && s.place == o.place+1 && !s.apart
}

// mayCost tells whether s may cost something by what is not shown with it.
func (s *sentence) mayCost() bool {
	return !s.opener || s.leaning || s.given >= 0 || s.name >= 0 || s.scenic || s.denied > 0 || s.turned || s.unclosed || s.answers || s.asks
}

// spoken tells whether s is part of an interview's talk.
func (s *sentence) spoken() bool { return s.asks || s.answers }

// before tells whether s is shown before o.
func (s *sentence) before(o *sentence) bool {
	return s.source < o.source || s.source == o.source && s.place < o.place
}

// look notes what can be seen of a sentence without knowing its words, and tells whether the next one begins inside
// quotation marks.
func (s *sentence) look(lang string) (inside bool) {
	l := languageOf(lang)
	speech := speechOf(s.text, s.inside)
	s.runes = utf8.RuneCountInString(s.text)
	s.personal = s.kinds.is(self) && l.personal(speech.outside)
	s.leaning = s.telling > 0 && l.leans(s.text, s.telling, lang) || speech.hanging(l) || s.kinds.is(reported) && l.told(speech.outside) || s.personal ||
		(s.capital == 0 || text.NounsUpper(lang)) && l.attributed(s.text)
	s.opens, s.quoted = opensQuoted(s.text), speech.share
	plain, _, bracket := strings.Cut(s.text, "(")
	s.colon, s.bracket = strings.Contains(plain, ": "), bracket
	return speech.ends
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
	return ended(s)
}

// ended tells whether s ends as sentences do.
func ended(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) || strings.ContainsRune("\"'“”«»", r) || unicode.IsSpace(r)
	}))
	return strings.ContainsRune(".!?…。！？।؟", last)
}
