package summary

// perSentence is how many words of a written summary there are for each sentence asked for. Written abstracts are
// shorter than as many sentences of the article.
const perSentence = 17

// usual is the number of sentences asked for up to which it counts fully where they stand, as in the written summaries that
// the weights were fitted to, which tell of the beginning; longer ones are to tell of the whole text.
const usual = 3

// features describe a set of sentences, in the order of the text, as a summary of n: how much of a written summary it
// can be expected to hold for its length, where its sentences stand and how they are made.
func (d *document) features(set []int, n int) [setFeatures]float64 {
	hits, pairs := d.expected(set)
	return d.describe(set, n, hits, pairs)
}

// describe are the features of a set that is expected to share so many words and pairs with a written summary.
func (d *document) describe(set []int, n int, hits, pairs float64) [setFeatures]float64 {
	var all traits
	words, size := 0.0, float64(len(set))
	joined := 0.0
	for k, i := range set {
		s := &d.sentences[i]
		follows := k > 0 && s.follows(&d.sentences[set[k-1]])
		words += float64(s.words)
		joined += flag(follows)
		all.add(&s.traits)
	}
	room := float64(perSentence * n)
	e1, e2, length := 20*hits/(words+room), 20*pairs/(words+room), words/room
	place := min(1, usual/float64(n))
	return [...]float64{
		e1, e2, length, length * length, flag(size > 1), flag(size > 2),
		place * all.log, place * all.first, all.opens, all.quoted, all.short, all.long, all.numbers, all.names, joined, all.titled,
		all.colons, all.brackets, all.parts, all.central,
	}
}

// traits are what a sentence brings to the features of a set, whatever else is in it.
type traits struct {
	log, first, opens, quoted, short, long, numbers, names, titled, colons, brackets, parts, central float64
}

func (t *traits) add(o *traits) {
	t.log += o.log
	t.first += o.first
	t.opens += o.opens
	t.quoted += o.quoted
	t.short += o.short
	t.long += o.long
	t.numbers += o.numbers
	t.names += o.names
	t.titled += o.titled
	t.colons += o.colons
	t.brackets += o.brackets
	t.parts += o.parts
	t.central += o.central
}

// traitsOf are those of a sentence of which all else is known.
func traitsOf(s *sentence) traits {
	return traits{
		log: ln(1 + s.rank), first: flag(s.rank == 0), opens: flag(s.opens), quoted: s.quoted,
		short: flag(s.words < shortest), long: flag(s.words > longest), numbers: flag(s.number),
		names: float64(s.capital) / float64(max(s.words, 1)), titled: float64(s.titles) / float64(max(len(s.content), 1)),
		colons: flag(s.colon), brackets: flag(s.bracket), parts: flag(s.part), central: s.central,
	}
}
