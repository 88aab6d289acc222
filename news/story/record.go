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

const (
	maxTerms  = 256      // words that are kept of an article, those that count most; it is all of most articles
	maxPairs  = 512      // pairs of words that are kept, the first
	pairReach = 4        // how far apart, in words that say something, two of a pair stand at most
	readLimit = 32 << 10 // how much of a text is read: what an event is stands in its first pages
)

// term is a word of an article. How rare it is among the others' is not in it: that changes with the news.
type term struct {
	key   uint32 // hash of the stem
	count float32
	kind  kind
	head  bool // in the title or the first sentence
}

// kind tells what a word is: names and numbers tell two similar events apart.
type kind uint8

const (
	plain kind = iota
	name
	number
	kinds // how many there are
)

// pair is two words that stand close to each other, in any order: what was done, and by whom.
type pair struct {
	key  uint32 // hash of both
	i, j uint16 // places in record.terms
}

// record is an article as the index remembers it.
type record struct {
	id     int64
	story  int64
	lang   string
	name   int64  // what a story is called whose oldest article this is
	slot   uint32 // see records
	at     time.Time
	terms  []term   // by key
	pairs  []pair   // by key, each once
	years  []uint16 // that the text names, in order, each once
	sketch sketch

	heading heading
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
	head         bool
}

// reading is a record being made.
type reading struct {
	lang   string
	counts map[uint32]*tally
	recent []uint32        // the last words of the sentence, at most pairReach
	pairs  [][2]uint32     // in the order of the text, the smaller key first
	words  int             // read of the text
	first  bool            // inside the first sentence
	told   map[uint32]bool // what stands in the text, short words too
}

// read makes a record of an article.
func read(d Doc) *record {
	title, body, lang := d.parts()
	c := reading{lang: lang, counts: map[uint32]*tally{}, told: map[uint32]bool{}, first: true}
	c.read(title, true)
	c.read(body, false)
	r := &record{id: d.ID, story: d.ID, lang: lang, name: d.ID, at: d.Time, terms: c.terms(), sketch: sketchOf(body)}
	r.pairs = c.kept(r.terms)
	r.years = yearsIn(title, body)
	r.heading = headingOf(title, lang, c.told)
	return r
}

// parts are what is read of an article, and its language.
func (d Doc) parts() (title, body, lang string) {
	title, body, lang = text.Clip(d.Title, 300), clip(d.Text), d.Lang
	if lang == "" {
		lang = text.Detect(title + "\n" + body)
	}
	return title, body, lang
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

// read counts the words of s.
func (c *reading) read(s string, title bool) {
	end := -1
	c.recent = c.recent[:0]
	for span := range words(s) {
		opens := end < 0 || begins(s[end:span.Start], s[span.Start:])
		if opens {
			c.recent = c.recent[:0]
			c.first = c.first && (title || c.words < minFirst)
		}
		end = span.End
		if !title {
			c.words++
		}
		c.word(span.In(s), opens, title)
	}
}

// begins tells whether a sentence or a quotation begins behind the gap before a word. A line that goes on in lower case is wrapped.
func begins(gap, word string) bool {
	if strings.ContainsAny(gap, ".!?:\"“”«»„•") {
		return true
	}
	first, _ := utf8.DecodeRuneInString(word)
	return strings.Contains(gap, "\n") && !unicode.IsLower(first)
}

// minFirst is how many words the first sentence has at least: a place and a date before it are none.
const minFirst = 8

func (c *reading) word(word string, opens, title bool) {
	stem := stemOf(word, c.lang)
	if !title {
		c.told[hash(stem)] = true
	}
	first, _ := utf8.DecodeRuneInString(word)
	digit := unicode.IsDigit(first)
	if text.Stopword(strings.ToLower(word), c.lang) || (!digit && len(stem) < 2) {
		return
	}
	key := hash(stem)
	t := c.counts[key]
	if t == nil {
		t = &tally{number: digit}
		c.counts[key] = t
	}
	t.name = t.name || (unicode.IsUpper(first) && !opens && !title)
	t.common = t.common || unicode.IsLower(first)
	t.head = t.head || title || c.first
	if title {
		t.count += titleCount
	} else {
		t.count += 1 + leadCount*math.Exp(-float64(c.words)/leadWords)
	}
	c.pair(key)
}

// pair notes the word with those right before it.
func (c *reading) pair(key uint32) {
	for _, k := range c.recent {
		if k != key && len(c.pairs) < 4*maxPairs {
			c.pairs = append(c.pairs, [2]uint32{min(k, key), max(k, key)})
		}
	}
	if len(c.recent) == pairReach {
		c.recent = slices.Delete(c.recent, 0, 1)
	}
	c.recent = append(c.recent, key)
}

// terms are the words that count most.
func (c *reading) terms() []term {
	terms := make([]term, 0, len(c.counts))
	for key, t := range c.counts {
		terms = append(terms, t.term(key))
	}
	slices.SortFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.key, b.key))
	})
	terms = slices.Clone(terms[:min(len(terms), maxTerms)])
	slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(a.key, b.key) })
	return terms
}

func (t *tally) term(key uint32) term {
	w, k := math.Log1p(t.count), plain
	switch {
	case t.number:
		k = number
	case t.name && !t.common:
		w, k = w*nameFactor, name
	}
	return term{key: key, count: float32(w), kind: k, head: t.head}
}

// kept are the first pairs of words that are both kept.
func (c *reading) kept(terms []term) []pair {
	seen := map[[2]uint32]bool{}
	var pairs []pair
	for _, p := range c.pairs {
		if seen[p] || len(pairs) == maxPairs {
			continue
		}
		seen[p] = true
		i, ok := find(terms, p[0])
		j, also := find(terms, p[1])
		if ok && also {
			pairs = append(pairs, pair{key: p[0]*0x9e3779b1 ^ p[1]*0x85ebca6b, i: uint16(i), j: uint16(j)})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	return slices.CompactFunc(pairs, func(a, b pair) bool { return a.key == b.key })
}

func find(terms []term, key uint32) (int, bool) {
	return slices.BinarySearchFunc(terms, key, func(t term, key uint32) int { return cmp.Compare(t.key, key) })
}

func hash(s string) uint32 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return uint32(mix(h.Sum64()))
}

// yearsIn are the years that texts name, from 1900 to 2099.
func yearsIn(texts ...string) []uint16 {
	var years []uint16
	for _, s := range texts {
		for span := range words(s) {
			if y := yearOf(span.In(s)); y > 0 {
				years = append(years, y)
			}
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

func yearOf(word string) uint16 {
	if len(word) != 4 || (word[:2] != "19" && word[:2] != "20") {
		return 0
	}
	y := uint16(0)
	for _, d := range []byte(word) {
		if d < '0' || d > '9' {
			return 0
		}
		y = 10*y + uint16(d-'0')
	}
	return y
}
