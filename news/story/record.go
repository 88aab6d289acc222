package story

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"herald/news/text"
)

// maxTerms bounds the words that are kept of an article: the heaviest. More changes next to nothing and costs memory.
const maxTerms = 96

// readLimit is how much of a text is read: what an event is stands in its first pages.
const readLimit = 32 << 10

// term is a word of an article.
type term struct {
	key    uint64 // hash of the stem
	weight float32
	kind   kind
}

// kind tells what a word is: names and numbers tell two similar events apart.
type kind uint8

const (
	plain kind = iota
	name
	number
	kinds // how many there are
)

// record is an article as the index remembers it.
type record struct {
	id, story int64
	slot      uint32 // see records
	at        time.Time
	terms     []term         // by key; weights of length 1 once weighed
	lengths   [kinds]float32 // of the words of one kind
	sketch    sketch
}

// How much a word counts by its place. A title says in ten words what an event is, and the first sentences say it again.
const (
	titleCount = 2.0
	leadCount  = 4.0  // of the first word; falls by e every leadWords
	leadWords  = 60.0 // about two sentences
	nameFactor = 1.5
)

// tally is what one article says with one word.
type tally struct {
	count        float64
	name, common bool // seen in upper case inside a sentence; seen in lower case
	number       bool // begins with a digit
}

// read makes a record of an article; weights are without the rarity of words until weigh.
func read(d Doc) *record {
	body := clip(d.Text)
	title := text.Clip(d.Title, 300)
	lang := d.Lang
	if lang == "" {
		lang = text.Detect(title + "\n" + body)
	}
	counts := map[string]*tally{}
	collect(counts, title, lang, true)
	collect(counts, body, lang, false)
	r := &record{id: d.ID, at: d.Time, sketch: sketchOf(body)}
	for stem, t := range counts {
		r.terms = append(r.terms, t.term(stem))
	}
	slices.SortFunc(r.terms, func(a, b term) int { return cmp.Compare(a.key, b.key) })
	return r
}

// clip cuts a text at readLimit, between characters.
func clip(s string) string {
	if len(s) <= readLimit {
		return s
	}
	n := readLimit
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// collect counts the words of s.
func collect(counts map[string]*tally, s, lang string, title bool) {
	n, end := 0, -1
	for span := range text.Words(s) {
		word := span.In(s)
		opens := end < 0 || strings.ContainsAny(s[end:span.Start], ".!?:\n\"“”«»„•")
		end = span.End
		n++
		stem := fold(text.Stem(word, lang))
		first, _ := utf8.DecodeRuneInString(word)
		number := unicode.IsDigit(first)
		if text.Stopword(strings.ToLower(word), lang) || (!number && len(stem) < 2) {
			continue
		}
		t := counts[stem]
		if t == nil {
			t = &tally{number: number}
			counts[stem] = t
		}
		t.name = t.name || (unicode.IsUpper(first) && !opens && !title)
		t.common = t.common || unicode.IsLower(first)
		if title {
			t.count += titleCount
		} else {
			t.count += 1 + leadCount*math.Exp(-float64(n)/leadWords)
		}
	}
}

func (t *tally) term(stem string) term {
	w, k := math.Log1p(t.count), plain
	switch {
	case t.number:
		k = number
	case t.name && !t.common:
		w, k = w*nameFactor, name
	}
	h := fnv.New64a()
	h.Write([]byte(stem))
	return term{key: h.Sum64(), weight: float32(w), kind: k}
}

// weigh multiplies each word by its rarity, keeps the heaviest and brings the whole to length 1.
func (r *record) weigh(words *statistics) {
	for i := range r.terms {
		r.terms[i].weight *= words.rarity(r.terms[i].key)
	}
	if len(r.terms) > maxTerms {
		slices.SortFunc(r.terms, func(a, b term) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.key, b.key))
		})
		r.terms = slices.Clone(r.terms[:maxTerms])
		slices.SortFunc(r.terms, func(a, b term) int { return cmp.Compare(a.key, b.key) })
	}
	r.measure()
}

// measure brings the weights to length 1 and notes the lengths of each kind.
func (r *record) measure() {
	var squares [kinds]float64
	var all float64
	for _, t := range r.terms {
		w := float64(t.weight) * float64(t.weight)
		squares[t.kind] += w
		all += w
	}
	if all == 0 {
		return
	}
	for i := range r.terms {
		r.terms[i].weight /= float32(math.Sqrt(all))
	}
	for k, q := range squares {
		r.lengths[k] = float32(math.Sqrt(q / all))
	}
}
