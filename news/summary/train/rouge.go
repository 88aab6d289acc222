package main

import (
	"maps"
	"regexp"
	"strings"

	"herald/news/text"
)

var word = regexp.MustCompile(`[\p{L}\p{N}]+`)

// stemmed is the shortest word, in bytes, that is stemmed, and only in English, as ROUGE-1.5.5 -m has it.
const stemmed = 4

// vocabulary numbers words.
type vocabulary struct {
	lang string
	ids  map[string]int
}

func (v *vocabulary) tokens(s string) []int {
	var out []int
	for _, w := range word.FindAllString(strings.ToLower(s), -1) {
		if v.lang == "en" && len(w) >= stemmed {
			w = text.Stem(w, v.lang)
		}
		id, ok := v.ids[w]
		if !ok {
			id = len(v.ids)
			v.ids[w] = id
		}
		out = append(out, id)
	}
	return out
}

// reference is a written summary, against which others are scored: the mean of the F1 of ROUGE-1, ROUGE-2 and
// ROUGE-Lsum (Lin, 2004), times 100. What was found out is kept, as sentences come in many sets and sets come again.
// Not safe for concurrent use.
type reference struct {
	words     *vocabulary
	sentences [][]int
	ones      map[int]int
	twos      map[[2]int]int
	length    int
	known     map[string]read1
	scores    map[string]float64 // by the numbers of the sentences, three bytes each
}

// read1 is a sentence as the reference sees it.
type read1 struct {
	number int
	tokens []int
	common [][]int // by sentence of the reference: positions in it on a longest common subsequence
}

func newReference(sentences []string, lang string) *reference {
	r := &reference{
		words: &vocabulary{lang: lang, ids: map[string]int{}}, ones: map[int]int{},
		twos: map[[2]int]int{}, known: map[string]read1{},
		scores: map[string]float64{},
	}
	last := -1
	for _, s := range sentences {
		tokens := r.words.tokens(s)
		r.sentences = append(r.sentences, tokens)
		for _, t := range tokens {
			r.ones[t]++
			if last >= 0 {
				r.twos[[2]int{last, t}]++
			}
			last = t
			r.length++
		}
	}
	return r
}

func (r *reference) look(s string) read1 {
	k, ok := r.known[s]
	if !ok {
		k.number = len(r.known)
		k.tokens = r.words.tokens(s)
		for _, ref := range r.sentences {
			k.common = append(k.common, common(ref, k.tokens))
		}
		r.known[s] = k
	}
	return k
}

func (r *reference) score(summary []string) float64 {
	var key []byte
	for _, s := range summary {
		n := r.look(s).number
		key = append(key, byte(n), byte(n>>8), byte(n>>16))
	}
	score, ok := r.scores[string(key)]
	if !ok {
		score = r.measure(summary)
		r.scores[string(key)] = score
	}
	return score
}

func (r *reference) measure(summary []string) float64 {
	ones, twos, said := maps.Clone(r.ones), maps.Clone(r.twos), map[int]int{}
	length, last, hit1, hit2 := 0, -1, 0, 0
	for _, s := range summary {
		for _, t := range r.look(s).tokens {
			hit1 += take(ones, t)
			if last >= 0 {
				hit2 += take(twos, [2]int{last, t})
			}
			said[t]++
			last = t
			length++
		}
	}
	hitL := r.longest(summary, said)
	return 100 * (f1(hit1, length, r.length) + f1(hit2, length-1, r.length-1) + f1(hitL, length, r.length)) / 3
}

// longest is the number of hits of ROUGE-Lsum: for each sentence of the reference the union of its common subsequences.
func (r *reference) longest(summary []string, said map[int]int) int {
	left, hits := maps.Clone(r.ones), 0
	for i, ref := range r.sentences {
		union := make([]bool, len(ref))
		for _, s := range summary {
			for _, x := range r.look(s).common[i] {
				union[x] = true
			}
		}
		for x, ok := range union {
			if ok && left[ref[x]] > 0 && said[ref[x]] > 0 {
				left[ref[x]]--
				said[ref[x]]--
				hits++
			}
		}
	}
	return hits
}

// take uses up one of what is counted, if there is one.
func take[K comparable](counts map[K]int, k K) int {
	if counts[k] == 0 {
		return 0
	}
	counts[k]--
	return 1
}

func f1(hits, a, b int) float64 {
	if hits == 0 {
		return 0
	}
	return 2 * float64(hits) / float64(a+b)
}

// common are the positions in a of one longest common subsequence of a and b.
func common(a, b []int) []int {
	rows := make([][]int, len(a)+1)
	rows[0] = make([]int, len(b)+1)
	for i := range a {
		rows[i+1] = make([]int, len(b)+1)
		for j := range b {
			if a[i] == b[j] {
				rows[i+1][j+1] = rows[i][j] + 1
			} else {
				rows[i+1][j+1] = max(rows[i][j+1], rows[i+1][j])
			}
		}
	}
	var out []int
	for i, j := len(a), len(b); i > 0 && j > 0; {
		switch {
		case a[i-1] == b[j-1]:
			out = append(out, i-1)
			i, j = i-1, j-1
		case rows[i][j-1] > rows[i-1][j]:
			j--
		default:
			i--
		}
	}
	return out
}
