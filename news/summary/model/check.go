package model

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/summary"
	"herald/news/text"
)

const (
	// support is the share of a sentence's content words that the article must have. Measured on sentences that people wrote
	// about news: with the other checks 85 in 100 pass for their own article in English, 2 in 668 for another one
	// (docs/summaries.md).
	support = 0.6
	// central is the share of the summary's content words that must stand in the headline or in the article's own long
	// summary: a model that follows what a page orders it to say tells something else.
	central = 0.25
	// telling is the number of content words from which a headline says so much that a summary must share one of them.
	telling = 3
)

// Check returns an answer as a summary to show, or an error that wraps ErrRefused and says why not. It is shown where each of its
// sentences is borne out by the article: the numbers, the names, the dates and the quoted words stand there, and so do
// most of the other words; and where they tell what the article is about. Of a translation the words can't be compared:
// there each sentence must share a number or a name with the article, and the numbers must be the article's.
func Check(w Wanted, answer string) (string, error) {
	sentences := sentencesOf(w, answer)
	if len(sentences) == 0 {
		return "", refusal("no whole sentence of the length")
	}
	e := newEvidence(w)
	for _, s := range sentences {
		if err := e.bears(s); err != nil {
			return "", err
		}
	}
	whole := strings.Join(sentences, " ")
	if !w.translated() && !e.about(whole) {
		return "", refusal("not what the article is about")
	}
	if w.translated() && e.copied(whole) {
		return "", refusal("in the language of the article")
	}
	if lang := text.Detect(whole); len(whole) >= leastDetected && lang != "" && lang != languageWanted(w) && languageWanted(w) != "" {
		return "", refusal("in the wrong language")
	}
	return whole, nil
}

// leastDetected is the length in bytes from which the language of a text is sure.
const leastDetected = 120

// refusal is an ErrRefused with its reason, which holds nothing of the texts.
func refusal(why string) error { return fmt.Errorf("%w: %s", ErrRefused, why) }

// evidence is what an article has that can bear out a sentence.
type evidence struct {
	from, to   string          // languages of the article and of the summary
	translated bool            // from one into the other
	stems      map[string]bool // of all words
	names      []string        // words with a capital, folded
	words      []string        // all, folded; for compounds
	numbers    map[string]*numbered
	polarity   map[string]polarity // of the content words, by stem
	places     []place             // the words with a capital, in order
	lower      map[string]bool     // words without one
	text       string
	percent    bool // has "percent" in words
	scripts    []*unicode.RangeTable
	plain      string          // the text without marks, for quoted words
	addresses  map[string]bool // in the headline, as names of sites are; in lower case
	gist       map[string]bool // stems of the headline and the long summary
	headline   map[string]bool // stems of the headline's content words
}

func newEvidence(w Wanted) *evidence {
	a := w.Article
	e := &evidence{
		from: a.Lang, to: languageWanted(w), translated: w.translated(), stems: map[string]bool{}, numbers: map[string]*numbered{}, lower: map[string]bool{},
		gist: map[string]bool{}, headline: map[string]bool{}, addresses: map[string]bool{},
	}
	for _, site := range address.FindAllString(strings.ToLower(a.Title), -1) {
		e.addresses[site] = true
	}
	e.read(a)
	for at := range text.Words(a.Title) {
		if word := at.In(a.Title); !text.Stopword(strings.ToLower(word), e.from) {
			e.headline[text.Stem(word, e.from)] = true
		}
	}
	gist := a.Title
	for _, s := range summary.Fit(a, news.Long) {
		gist += "\n" + s.Text
	}
	for at := range text.Words(gist) {
		e.gist[text.Stem(at.In(gist), e.from)] = true
	}
	return e
}

// read notes the words and numbers of the article.
func (e *evidence) read(a *news.Article) {
	whole := a.Title + "\n" + a.Text
	e.plain = plain(whole)
	e.text, e.scripts = whole, scriptsOf(whole)
	words := tokens(whole, e.from)
	for i := range words {
		w := &words[i]
		e.stems[w.stem] = true
		e.words = append(e.words, w.word)
		if w.capital {
			e.names = append(e.names, w.word)
		} else {
			e.lower[w.word] = true
			e.percent = e.percent || tongueOf(e.from).percent[w.word]
		}
	}
	e.places, e.polarity = placesOf(words), polarities(words, e.from)
	e.number(whole, words)
}

// bears tells why the article does not bear out a sentence; nil: it does.
func (e *evidence) bears(s string) error {
	words := tokens(s, e.to)
	if err := e.miscounted(s, words); err != nil {
		return err
	}
	if e.foreign(s) {
		return refusal("a sign that the article does not have")
	}
	for _, a := range address.FindAllString(strings.ToLower(s), -1) {
		if !e.addresses[a] {
			return refusal("an address")
		}
	}
	if e.translated {
		return e.anchored(s)
	}
	if e.turned(words) {
		return refusal("denied what the article says, or said what it denies")
	}
	if e.strange(words) {
		return refusal("names that the article does not join")
	}
	for _, q := range quoted.FindAllStringSubmatch(s, -1) {
		if !strings.Contains(e.plain, plain(strings.Join(q[1:], ""))) {
			return refusal("quoted words that the article does not have")
		}
	}
	return e.worded(s)
}

// worded checks names, dates and the share of the other words.
func (e *evidence) worded(s string) error {
	known, all := 0, 0
	for at := range text.Words(s) {
		word := at.In(s)
		lower := strings.ToLower(word)
		has := e.stems[text.Stem(word, e.to)]
		switch {
		case text.Stopword(lower, e.to):
			continue
		case !has && text.DateWord(word, e.to):
			return refusal("a date that the article does not have")
		case !has && capital(word) && at.Start > 0 && !e.named(word):
			return refusal("a name that the article does not have")
		}
		all++
		if has || e.within(word) {
			known++
		}
	}
	if all == 0 || float64(known) < support*float64(all) {
		return refusal("words that the article does not have")
	}
	return nil
}

// anchored tells whether a translated sentence shares a number or a name with the article. Where both are written in one
// script its names must be the article's, but for those that languages write differently: one in two. Where every noun has a capital names are
// not told from nouns.
func (e *evidence) anchored(s string) error {
	shared, strange := len(figuresOf(s)), 0
	for at := range text.Words(s) {
		word := at.In(s)
		switch {
		case at.Start == 0 || !capital(word) || text.Stopword(strings.ToLower(word), e.to):
		case e.named(word):
			shared++
		default:
			strange++
		}
	}
	if shared == 0 || text.SameScript(s, e.plain) && !text.NounsUpper(e.to) && strange > shared {
		return refusal("a translated sentence without the article's names or numbers")
	}
	return nil
}

// copied tells whether most words without a capital are the article's, which no translation has.
func (e *evidence) copied(s string) bool {
	known, all := 0, 0
	for _, w := range tokens(s, e.to) {
		if !w.capital && w.content() {
			all++
			if e.lower[w.word] {
				known++
			}
		}
	}
	return all > 0 && float64(known) >= support*float64(all)
}

// about tells whether a summary tells what the article does.
func (e *evidence) about(s string) bool {
	known, titled, all := 0, 0, 0
	for at := range text.Words(s) {
		word := at.In(s)
		if text.Stopword(strings.ToLower(word), e.to) {
			continue
		}
		all++
		stem := text.Stem(word, e.to)
		if e.gist[stem] {
			known++
		}
		if e.headline[stem] {
			titled++
		}
	}
	return float64(known) >= central*float64(all) && (titled > 0 || len(e.headline) < telling)
}

// Forms of a name or of a noun share at least so much of their beginning, in runes; endings are rarely longer.
const leastShared, longestEnding = 4, 3

// named tells whether the article has the name in some form, or a word that it is a part of.
func (e *evidence) named(word string) bool {
	word = fold(word)
	for _, n := range e.names {
		if sameName(word, n) {
			return true
		}
	}
	return e.within(word)
}

// within tells whether the word is a part of one of the article's, or has one in it, as compounds do.
func (e *evidence) within(word string) bool {
	word = fold(word)
	if utf8.RuneCountInString(word) <= leastShared {
		return false
	}
	for _, w := range e.words {
		if strings.Contains(w, word) || utf8.RuneCountInString(w) > leastShared+1 && strings.Contains(word, w) {
			return true
		}
	}
	return false
}

// sameName tells whether two folded words are forms of one name.
func sameName(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= leastShared && len(x)-n <= longestEnding && len(y)-n <= longestEnding
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// fold makes two writings of a word equal.
func fold(word string) string {
	word = strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	return strings.TrimSuffix(word, "'s")
}

// plain is s with its words alone, a space between and around.
func plain(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for at := range text.Words(s) {
		b.WriteString(fold(at.In(s)))
		b.WriteByte(' ')
	}
	return b.String()
}

var (
	// address is what programs make a link of.
	address = regexp.MustCompile(`(?i)https?:|www\.|@[\p{L}\d_]{2,}|[\p{L}\d-]+\.\p{L}{2,}`)
	// quoted are words between quotation marks.
	quoted = regexp.MustCompile(`"([^"]+)"|“([^”“]+)[”“]|„([^“”„]+)[“”]|«([^»]+)»|»([^«]+)«|「([^」]+)」|(?:^|[\s(])['‘](.+?)['’](?:$|[\s)\].,;:!?])`)
)
