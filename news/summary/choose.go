package summary

import (
	"cmp"
	"slices"
)

const (
	// hopeful is how many sentences are tried in sets: the best alone.
	hopeful = 11
	// opening is how many sentences from the beginning are tried besides, as most news is there.
	opening = 4
	// mostTried bounds those chosen by worth, so that with the opening a set has room in the 64 bits of a word.
	mostTried = 60
	// beam is how many sets of a size are enlarged.
	beam = 8
	// alone is how much more a sentence must be worth than the best that fits to stand alone without fitting.
	alone = 0.3
	// support is what a set loses by a sentence that leans on one that is not shown: readers mind it more than measures
	// of shared words do, which the weights were fitted on.
	support = 0.25
	// stranger is what a set loses by a sentence that begins with a name which only others introduce.
	stranger = 0.1
)

// choice is a set of sentences in the order of the text.
type choice struct {
	set     []int
	worth   float64
	runes   int
	members uint64 // the sentences tried that are in it, a bit each
}

// choose returns the set of at most n sentences that is worth most among those that together take at most runes
// characters (0: no limit). Where no sentence fits, the best stands alone.
func (d *document) choose(n, runes int) []int {
	if n <= 0 || len(d.sentences) == 0 {
		return nil
	}
	n = min(n, mostTried)
	tried := d.tried(n)
	singles := make([]choice, 0, len(tried))
	for k, i := range tried {
		c := d.choice([]int{i}, n)
		c.members = 1 << k
		singles = append(singles, c)
	}
	rank(singles)
	best := singles[0]
	fitting := slices.DeleteFunc(slices.Clone(singles), func(c choice) bool { return runes > 0 && c.runes > runes })
	if len(fitting) == 0 || best.worth > fitting[0].worth+alone && best.runes > runes && runes > 0 {
		return best.set
	}
	best = fitting[0]
	for sets := fitting; len(sets) > 0 && len(sets[0].set) < n; {
		sets = d.enlarge(sets, fitting, n, runes)
		if len(sets) > 0 && sets[0].worth > best.worth {
			best = sets[0]
		}
	}
	return best.set
}

// enlarge adds one sentence to each set, and keeps the best that fit, best first.
func (d *document) enlarge(sets, singles []choice, n, runes int) []choice {
	var out []choice
	var known []uint64
	for _, c := range sets[:min(len(sets), beam)] {
		for _, s := range singles {
			members := c.members | s.members
			if members == c.members || slices.Contains(known, members) || runes > 0 && c.runes+1+s.runes > runes {
				continue
			}
			known = append(known, members)
			grown := d.choice(with(c.set, s.set[0]), n)
			grown.members = members
			out = append(out, grown)
		}
	}
	rank(out)
	return out[:min(len(out), beam)]
}

func (d *document) choice(set []int, n int) choice {
	x := d.features(set, n)
	c := choice{set: set, worth: dot(d.weights.Set, x[:]), runes: len(set) - 1}
	for k, i := range set {
		c.runes += d.sentences[i].runes
		if d.sentences[i].leaning && (k == 0 || set[k-1] != i-1) {
			c.worth -= support
		}
		if d.strange(i, set[:k]) {
			c.worth -= stranger
		}
	}
	return c
}

// strange tells whether sentence i begins with a name that neither it nor one of those shown before it introduces.
func (d *document) strange(i int, before []int) bool {
	id := d.sentences[i].name
	if id < 0 || d.terms[id].first == i {
		return false
	}
	return !slices.ContainsFunc(before, func(k int) bool { return slices.Contains(d.sentences[k].content, id) })
}

// tried are the sentences worth trying, in the order of the text. Where none is usable all are, so that a text of
// fragments has a summary too.
func (d *document) tried(n int) []int {
	var all []choice
	some := slices.ContainsFunc(d.sentences, func(s sentence) bool { return s.usable })
	for i := range d.sentences {
		if d.sentences[i].usable || !some {
			all = append(all, d.choice([]int{i}, n))
		}
	}
	var out []int
	for _, c := range all[:min(opening, len(all))] {
		out = append(out, c.set[0])
	}
	rank(all)
	for _, c := range all[:min(max(hopeful, 2*n), mostTried, len(all))] {
		out = append(out, c.set[0])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// with is a copy of the set with i in its place.
func with(set []int, i int) []int {
	at, _ := slices.BinarySearch(set, i)
	out := make([]int, 0, len(set)+1)
	return append(append(append(out, set[:at]...), i), set[at:]...)
}

// rank sorts best first; of equals what stands earlier comes first.
func rank(all []choice) {
	slices.SortStableFunc(all, func(a, b choice) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), slices.Compare(a.set, b.set))
	})
}
