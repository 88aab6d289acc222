package story

import (
	"math"
	"slices"
)

// view is a record with its words weighed by how rare they are now. It serves while one article is placed.
type view struct {
	*record
	weights []float64 // of terms
	rare    []float64 // rarity of terms
	all     float64   // sum of the squares of weights
	sum     float64   // of weights
	squares [kinds]float64
	head    float64 // sum of the squares of the rarity of head words
	pairs2  float64 // sum of the squares of the weights of pairs
	heavy   [kinds][]uint32
	heads   [kinds][]int // places of the head words in terms
}

// heaviest is how many words of a kind stand for what an article is about; for all kinds together in the place of plain.
var heaviest = [kinds]int{plain: 8, name: 5, number: 4}

func (x *Index) weigh(r *record) *view {
	v := &view{record: r, weights: make([]float64, len(r.terms)), rare: make([]float64, len(r.terms))}
	for i := range r.terms {
		t := &r.terms[i]
		v.rare[i] = x.words.rarity(t)
		w := float64(t.count) * v.rare[i]
		v.weights[i] = w
		v.all += w * w
		v.sum += w
		v.squares[t.kind] += w * w
		if t.head {
			v.head += v.rare[i] * v.rare[i]
			v.heads[t.kind] = append(v.heads[t.kind], i)
		}
	}
	for _, p := range r.pairs {
		w := v.pairWeight(p)
		v.pairs2 += w * w
	}
	v.choose()
	return v
}

func (v *view) pairWeight(p pair) float64 { return v.rare[p.i] * v.rare[p.j] }

// choose finds the heaviest words, the heaviest first.
func (v *view) choose() {
	var best [kinds][]int
	for i, t := range v.terms {
		best[plain] = v.insert(best[plain], i, heaviest[plain])
		if t.kind != plain {
			best[t.kind] = v.insert(best[t.kind], i, heaviest[t.kind])
		}
	}
	for k, list := range best {
		for _, i := range list {
			v.heavy[k] = append(v.heavy[k], v.terms[i].key)
		}
	}
}

// insert puts the ith word into a list of the heaviest, at most most of them.
func (v *view) insert(list []int, i, most int) []int {
	at := len(list)
	for at > 0 && v.weights[list[at-1]] < v.weights[i] {
		at--
	}
	if at == most {
		return list
	}
	list = slices.Insert(list, at, i)
	return list[:min(len(list), most)]
}

// The features of a pair of articles. None knows a word: what is fitted on some news holds for other news.
const (
	fOne = iota
	fAll
	fNames
	fNumbers
	fPlain
	fHead
	fPairs
	fJaccard
	fHeavyMin
	fHeavyMax
	fNamesMin
	fNamesMax
	fNumbersMin
	fNumbersMax
	fHeadNamesMin
	fHeadNamesMax
	fHeadNumbersMin
	fHeadNumbersMax
	fNamesApart
	fNumbersApart
	fYearShared
	fYearApart
	fShort
	fLong
	// Features is how many numbers describe a pair of articles.
	Features
)

// shortest is how many words an article counts as at least: that two are short does not make them alike.
const shortest = 32

// compare measures how much two articles have in common.
func compare(a, b *view) (f [Features]float64) {
	var all, head, least float64
	var shared [kinds]float64
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		s, t := &a.terms[i], &b.terms[j]
		switch {
		case s.key < t.key:
			i++
		case s.key > t.key:
			j++
		default:
			w := a.weights[i] * b.weights[j]
			all += w
			least += min(a.weights[i], b.weights[j])
			if s.kind == t.kind {
				shared[s.kind] += w
			}
			if s.head && t.head {
				head += a.rare[i] * b.rare[j]
			}
			i, j = i+1, j+1
		}
	}
	f[fOne] = 1
	f[fAll] = cosine(all, a.all, b.all)
	f[fNames] = cosine(shared[name], a.squares[name], b.squares[name])
	f[fNumbers] = cosine(shared[number], a.squares[number], b.squares[number])
	f[fPlain] = cosine(shared[plain], a.squares[plain], b.squares[plain])
	f[fHead] = cosine(head, a.head, b.head)
	f[fPairs] = cosine(sharedPairs(a, b), a.pairs2, b.pairs2)
	if most := a.sum + b.sum - least; most > 0 {
		f[fJaccard] = least / most
	}
	for k := range kinds {
		x, y := share(a.heavy[k], b.terms), share(b.heavy[k], a.terms)
		f[fHeavyMin+2*int(k)], f[fHeavyMax+2*int(k)] = min(x, y), max(x, y)
	}
	x, y := a.heard(name, b), b.heard(name, a)
	f[fHeadNamesMin], f[fHeadNamesMax] = min(x, y), max(x, y)
	x, y = a.heard(number, b), b.heard(number, a)
	f[fHeadNumbersMin], f[fHeadNumbersMax] = min(x, y), max(x, y)
	f[fNamesApart] = apart(shared[name], a.squares[name], b.squares[name])
	f[fNumbersApart] = apart(shared[number], a.squares[number], b.squares[number])
	f[fYearShared], f[fYearApart] = years(a.years, b.years)
	x, y = math.Log(float64(max(shortest, len(a.terms)))), math.Log(float64(max(shortest, len(b.terms))))
	f[fShort], f[fLong] = min(x, y), max(x, y)
	return f
}

// cosine is the square root of a cosine: it spreads the small ones.
func cosine(shared, a, b float64) float64 {
	if shared <= 0 {
		return 0
	}
	return math.Sqrt(shared / math.Sqrt(a*b))
}

// apart is 1 where both have words of a kind and share none.
func apart(shared, a, b float64) float64 {
	if shared == 0 && a > 0 && b > 0 {
		return 1
	}
	return 0
}

func sharedPairs(a, b *view) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a.pairs) && j < len(b.pairs); {
		switch p, q := a.pairs[i], b.pairs[j]; {
		case p.key < q.key:
			i++
		case p.key > q.key:
			j++
		default:
			sum += a.pairWeight(p) * b.pairWeight(q)
			i, j = i+1, j+1
		}
	}
	return sum
}

// share is the part of words that terms have.
func share(words []uint32, terms []term) float64 {
	if len(words) == 0 {
		return 0
	}
	n := 0
	for _, w := range words {
		if _, ok := find(terms, w); ok {
			n++
		}
	}
	return float64(n) / float64(len(words))
}

// heard is how much of what the head says with words of a kind the other has anywhere; a half where it has none: two earthquakes are
// told apart by the numbers that their titles name, wherever those would stand in the other's text.
func (v *view) heard(k kind, o *view) float64 {
	var all, heard float64
	for _, i := range v.heads[k] {
		all += v.rare[i]
		if _, ok := find(o.terms, v.terms[i].key); ok {
			heard += v.rare[i]
		}
	}
	if all == 0 {
		return .5
	}
	return heard / all
}

// years tells whether two texts name a year that both name, and whether both name years and none of them is the same.
func years(a, b []uint16) (shared, apart float64) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	for _, y := range a {
		if slices.Contains(b, y) {
			return 1, 0
		}
	}
	return 0, 1
}
