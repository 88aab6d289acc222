// Package summary picks the sentences of an article that tell its news, of several articles on one event (Story), or of
// a later one that tell what was not known (New).
//
// Sentences are valued as a set: by the words and neighbouring words that a summary written by a person would probably
// have, for the length of the set, by place and by form. The weights of all that were fitted by the command in train. A
// shorter summary than asked for is given where one more sentence would say too little. No more than 60 are given. A
// sentence may be shortened at its beginning or end where the rest stays whole and true (see shorter).
//
// It is extractive and deterministic: each sentence of a summary stands in the article, byte for byte, at its offsets;
// the same article gives the same summary on every run. It never shows a part of the text that is marked as not article
// (Article.Asides), nor one sentence twice. It changes nothing in the article and does no I/O. An article without a
// sentence gives no summary.
package summary

import (
	"herald/news"
)

// Of returns the sentences of a that matter most together, at most n and perhaps fewer, in the order of the text.
func Of(a *news.Article, n int) []news.Sentence {
	d := read(standard(), a)
	defer d.release()
	return d.shown(d.choose(room{sentences: n}, none))
}

// Runes is how many characters a summary of the length may have where it is shown.
func Runes(l news.Length) int { return roomOf(l).runes }

// Fit returns a summary of the length: one sentence, two or three of up to 400 characters together, or up to 900
// characters. Where the best sentence is longer than that and much better than those that fit, it stands alone. An unknown length is Short.
func Fit(a *news.Article, l news.Length) []news.Sentence {
	d := read(standard(), a)
	defer d.release()
	return d.shown(d.fit(l))
}

// shown are the sentences of a set as others see them.
func (d *document) shown(set []int) []news.Sentence {
	out := make([]news.Sentence, 0, len(set))
	for _, i := range set {
		out = append(out, d.sentences[i].sentence())
	}
	return out
}
