package summary

import (
	"math"
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
)

// document is an article as the summariser sees it.
type document struct {
	article   *news.Article
	sentences []sentence
	title     map[int]bool
	weight    []float64 // of each term: how much of the article it is about
}

// sentence is one sentence with its terms; terms are numbers of stems, each once.
type sentence struct {
	news.Span
	terms   []int
	words   int
	para    int  // number of its paragraph
	first   bool // first of its paragraph
	leaning bool // begins with a word that needs the sentence before
	quoted  bool // begins inside quotation marks
	usable  bool
}

// reader numbers stems; it remembers each word it has met, because stemming is the dearest step.
type reader struct {
	lang  string
	stems map[string]int // by stem
	words map[string]int // by word as written; -1: says nothing
}

func readArticle(a *news.Article) *document {
	body := a.Text
	if len(body) > maxBytes {
		body = body[:maxBytes]
		for !utf8.ValidString(body[len(body)-1:]) && len(body) > maxBytes-utf8.UTFMax && body[len(body)-1] >= utf8.RuneSelf {
			body = body[:len(body)-1]
		}
	}
	r := &reader{lang: a.Lang, stems: map[string]int{}, words: map[string]int{}}
	d := &document{article: a, title: map[int]bool{}}
	terms, _ := r.terms(a.Title)
	for _, t := range terms {
		d.title[t] = true
	}
	d.readSentences(r, body)
	d.weigh(len(r.stems))
	return d
}

func (d *document) readSentences(r *reader, body string) {
	title := fold(d.article.Title)
	para, last := 0, 0
	for i, span := range text.Sentences(body, d.article.Lang) {
		if len(d.sentences) == maxSentences {
			return
		}
		fresh := i == 0 || strings.ContainsAny(body[last:span.Start], "\n\r")
		if fresh {
			para++
		}
		last = span.End
		if d.article.Aside(span) {
			continue
		}
		s := sentence{Span: span, para: para, first: fresh}
		part := span.In(body)
		s.terms, s.words = r.terms(part)
		s.leaning = leaning()[r.lang][firstWord(part)]
		s.quoted = opensQuoted(part)
		s.usable = usable(part, s.words) && fold(part) != title
		d.sentences = append(d.sentences, s)
	}
}

// terms numbers the words of s that say something, each once, and counts all words.
func (r *reader) terms(s string) (terms []int, words int) {
	seen := map[int]bool{}
	for w := range text.Words(s) {
		words++
		id := r.term(w.In(s))
		if id >= 0 && !seen[id] {
			seen[id] = true
			terms = append(terms, id)
		}
	}
	return terms, words
}

func (r *reader) term(word string) int {
	if id, ok := r.words[word]; ok {
		return id
	}
	id := -1
	lower := strings.ToLower(word)
	if !text.Stopword(lower, r.lang) && (len(word) > 1) {
		stem := text.Stem(lower, r.lang)
		known := false
		if id, known = r.stems[stem]; !known {
			id = len(r.stems)
			r.stems[stem] = id
		}
	}
	r.words[word] = id
	return id
}

// weigh gives each term its share of the article: damped counts, as a term that is said five times is not five times as
// telling.
func (d *document) weigh(terms int) {
	d.weight = make([]float64, terms)
	for _, s := range d.sentences {
		for _, t := range s.terms {
			d.weight[t]++
		}
	}
	for t, n := range d.weight {
		if n < 2 {
			d.weight[t] = 0
			continue
		}
		d.weight[t] = math.Log(1 + n)
	}
}

func firstWord(s string) string {
	for w := range text.Words(s) {
		return strings.ReplaceAll(strings.ToLower(w.In(s)), "’", "'")
	}
	return ""
}

func opensQuoted(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"'“”„«»‘‚「『", r)
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
