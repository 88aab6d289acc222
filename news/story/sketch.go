package story

import (
	"hash/fnv"
	"slices"
	"strings"

	"herald/news/text"
)

// sketch is the smallest hashes of a text's runs of words, in order: of two texts the share of equal ones estimates how
// much of their runs is the same (Broder, "On the resemblance and containment of documents", 1997).
type sketch []uint64

// Sizes of sketches. Runs of five words are rarely shared by chance; 64 hashes estimate a resemblance to about .06.
const (
	runWords   = 5
	sketchSize = 64
	// keySize is how many of the hashes are indexed: two copies that share half of their runs share one of these but
	// for once in 250 times.
	keySize = 8
)

// copyShare is the share of the shorter text's runs from which on two texts are one, copied.
const copyShare = .5

// minRuns is what a text must have to be judged a copy: shorter ones are judged by their words alone.
const minRuns = 16

// sketchOf makes a text's sketch.
func sketchOf(s string) sketch {
	var words []string
	for span := range text.Words(s) {
		words = append(words, strings.ToLower(span.In(s)))
	}
	hashes := make([]uint64, 0, len(words))
	for i := 0; i+runWords <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+runWords] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		hashes = append(hashes, mix(h.Sum64()))
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return slices.Clone(hashes[:min(len(hashes), sketchSize)])
}

// mix spreads a hash, so that its order has nothing to do with the words (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// keys are the hashes that are indexed.
func (s sketch) keys() []uint64 { return s[:min(len(s), keySize)] }

// copies tells whether one text holds at least copyShare of the other's runs. Below the smaller of the two largest
// hashes both sketches are complete, so what is missing there is missing in the text.
func (s sketch) copies(o sketch) bool {
	if len(s) < minRuns || len(o) < minRuns {
		return false
	}
	limit := min(s[len(s)-1], o[len(o)-1])
	var shared, mine, theirs int
	for i, j := 0, 0; i < len(s) && s[i] <= limit || j < len(o) && o[j] <= limit; {
		switch {
		case j >= len(o) || i < len(s) && s[i] < o[j]:
			i, mine = i+1, mine+1
		case i >= len(s) || o[j] < s[i]:
			j, theirs = j+1, theirs+1
		default:
			i, j, shared = i+1, j+1, shared+1
		}
	}
	shorter := shared + min(mine, theirs)
	return shorter >= minRuns/2 && float64(shared) >= copyShare*float64(shorter)
}
