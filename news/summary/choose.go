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
	// leastAsked is the number of sentences that the weights were fitted for at least: a single one is weighed as if there were
	// room for so many.
	leastAsked = 2
	// beam is how many sets of a size are enlarged.
	beam = 8
	// filling is what a set may lose by a sentence that is there to make it as long as its reader expects.
	filling = 1
)

// choice is a set of sentences in the order of the text.
type choice struct {
	set     []int
	worth   float64
	runes   int
	hits    float64 // words that it is expected to share with a written summary
	pairs   float64 // and pairs
	members uint64  // the sentences tried that are in it, a bit each
}

// none is the origin of no sentence.
const none = -1

// choose returns the set of sentences that is worth most among those that fit into the room and have the sentence core, or a
// part of it, if that fits. Where no sentence fits, the best stands alone.
func (d *document) choose(r room, core int) []int {
	n, runes := r.sentences, r.runes
	if n <= 0 || len(d.sentences) == 0 {
		return nil
	}
	n = min(n, mostTried)
	of := cmp.Or(r.weighed, max(n, leastAsked))
	tried := d.tried(of)
	singles := make([]choice, 0, len(tried))
	for k, i := range tried {
		c := d.weigh([]int{i}, of)
		c.members = 1 << k
		singles = append(singles, c)
	}
	rank(singles)
	best := singles[0]
	fitting := slices.DeleteFunc(slices.Clone(singles), func(c choice) bool { return runes > 0 && c.runes > runes })
	if len(fitting) == 0 || best.worth > fitting[0].worth+r.alone && best.runes > runes && runes > 0 {
		return best.set
	}
	first := fitting
	if cores := slices.DeleteFunc(slices.Clone(fitting), func(c choice) bool { return d.sentences[c.set[0]].origin != core }); len(cores) > 0 {
		first = cores
	}
	best = first[0]
	for sets := first[:min(len(first), beam)]; len(sets) > 0 && len(sets[0].set) < n; {
		sets = d.enlarge(sets, fitting, of, runes)
		if len(sets) > 0 && (sets[0].worth > best.worth || len(best.set) < r.least && sets[0].worth > best.worth-filling) {
			best = sets[0]
		}
	}
	return best.set
}

// enlarge adds one sentence to each set, and keeps the best that fit, best first.
func (d *document) enlarge(sets, singles []choice, n, runes int) []choice {
	out := make([]choice, 0, beam+1)
	for k, c := range sets {
		d.stamp++
		for _, i := range c.set {
			d.say(&d.sentences[i])
		}
		for _, s := range singles {
			members := c.members | s.members
			if d.other(c.set, s.set[0]) || holds(sets[:k], members) || runes > 0 && c.runes+1+s.runes > runes {
				continue
			}
			hits, pairs := d.gain(&d.sentences[s.set[0]])
			d.grown = d.with(d.grown[:0], c.set, s.set[0])
			grown := d.choice(d.grown, n, c.hits+hits, c.pairs+pairs)
			grown.members = members
			if (len(out) < beam || compare(grown, out[beam-1]) < 0) && !d.repeats(c.set, s.set[0]) {
				out = keep(out, grown)
			}
		}
	}
	return out
}

// holds tells whether one of the sets is a part of the one with these members, which then was tried with it.
func holds(sets []choice, members uint64) bool {
	return slices.ContainsFunc(sets, func(c choice) bool { return c.members&^members == 0 })
}

// keep adds c to the best sets, best first, if it is one of them. Its set is copied then.
func keep(best []choice, c choice) []choice {
	at, _ := slices.BinarySearchFunc(best, c, compare)
	if at >= beam {
		return best
	}
	c.set = slices.Clone(c.set)
	best = slices.Insert(best, at, c)
	return best[:min(len(best), beam)]
}

// weigh is a set as a summary of n sentences.
func (d *document) weigh(set []int, n int) choice {
	hits, pairs := d.expected(set)
	return d.choice(set, n, hits, pairs)
}

func (d *document) choice(set []int, n int, hits, pairs float64) choice {
	x := d.describe(set, n, hits, pairs)
	c := choice{set: set, worth: dot(d.weights.sets(n), x[:]), runes: len(set) - 1, hits: hits, pairs: pairs}
	if d.headed && !slices.ContainsFunc(set, func(i int) bool { return d.sentences[i].titles > 0 }) {
		c.worth -= beside
	}
	if d.verdict > 0 && d.other(set, d.verdict) {
		c.worth += 2 * thesis
	}
	if d.essay && slices.ContainsFunc(set, func(i int) bool { return d.sentences[i].demands() }) {
		c.worth += thesis
	}
	if d.line && d.sentences[set[0]].rank == 0 && !d.sentences[set[0]].leaning {
		c.worth += front
	}
	for k, i := range set {
		s := &d.sentences[i]
		c.runes += s.runes
		if s.priced {
			c.worth -= d.price(set, k)
		}
	}
	return c
}

// tried are the sentences worth trying, in the order of the text. Where none is usable all are, so that a text of
// fragments has a summary too.
func (d *document) tried(n int) []int {
	var all []choice
	some := slices.ContainsFunc(d.sentences, func(s sentence) bool { return s.usable })
	for i := range d.sentences {
		if !d.sentences[i].part && (d.sentences[i].usable || !some) {
			all = append(all, d.weigh([]int{i}, n))
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
	out = slices.Compact(out)
	for _, i := range slices.Clone(out) {
		for _, k := range d.shorten(i) {
			if len(out) < 64 {
				out = append(out, k)
			}
		}
	}
	return out
}

// with appends the set with i in its place to out.
func (d *document) with(out, set []int, i int) []int {
	at := 0
	for at < len(set) && d.sentences[set[at]].before(&d.sentences[i]) {
		at++
	}
	return append(append(append(out, set[:at]...), i), set[at:]...)
}

// has tells whether sentence i, another form of it or one that says the same is in the set.
func (d *document) has(set []int, i int) bool { return d.other(set, i) || d.repeats(set, i) }

// other tells whether sentence i or another form of it is in the set.
func (d *document) other(set []int, i int) bool {
	return slices.ContainsFunc(set, func(k int) bool { return d.sentences[k].origin == d.sentences[i].origin })
}

// repeats tells whether a sentence of the set says the same as sentence i.
func (d *document) repeats(set []int, i int) bool {
	s := &d.sentences[i]
	return slices.ContainsFunc(set, func(k int) bool { return s.same(&d.sentences[k]) })
}

// rank sorts best first.
func rank(all []choice) { slices.SortStableFunc(all, compare) }

// compare puts what is worth more first; of equals what stands earlier.
func compare(a, b choice) int {
	if a.worth != b.worth {
		return cmp.Compare(b.worth, a.worth)
	}
	return slices.Compare(a.set, b.set)
}
