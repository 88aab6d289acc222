package summary

import "slices"

// What readers mind has a fixed price, which the weights were fitted beside. What it is worth is in the same measure.
const (
	// support is what a set loses by a sentence that leans on one that is not shown: readers mind it more than measures
	// of shared words do, which the weights were fitted on.
	support = 0.7
	// beside is what it loses where no sentence has a word of the headline.
	beside = 1
	// voice is what it loses by a question without its answer, and by an answer without its question, which reads as if the
	// writer said it.
	voice = 6
	// given is what it loses by a sentence that begins with a thing as if it were known, and none before it speaks of it.
	given = 0.35
	// scenic is what it loses by a sentence before the news.
	scenic = 0.8
	// front is what the sentence that the news begins with gains where one must do.
	front = 0.4
	// retracted is what it loses by a sentence that another takes back, where that one is not shown.
	retracted = 1
	// untrue is what it loses besides where that one says it is not true.
	untrue = 2
	// turned is what it loses by a sentence that the next one turns against, where that one is not shown.
	turned = 0.5
	// middle is what it loses by a sentence inside a paragraph without the one before it, where a text has paragraphs.
	middle = 1
	// unclosed is what it loses by somebody's words that go on in the next sentence, where that one is not shown.
	unclosed = 0.6
	// thesis is what a set gains by what is to be done, where the writer speaks for himself, and half of what it gains
	// by the verdict on what was claimed.
	thesis = 0.7
	// stranger is what a set loses by a sentence that begins with a name which only others introduce.
	stranger = 0.4
)

// price is what the set loses by its kth sentence, besides what the training weighs.
func (d *document) price(set []int, k int) float64 {
	s, sum := &d.sentences[set[k]], 0.0
	follows := k > 0 && s.follows(&d.sentences[set[k-1]])
	goesOn := k+1 < len(set) && d.sentences[set[k+1]].follows(s)
	if s.leaning && !follows {
		sum += support * d.care
	}
	if s.given >= 0 && !follows && !d.said(s.given, set[:k]) {
		sum += given * d.care
	}
	if d.strange(set[k], set[:k]) {
		sum += stranger * d.care
	}
	sum += flag(s.scenic) * scenic * d.care
	if s.denied > 0 && !d.other(set[k:], s.denied) {
		sum += retracted + flag(s.denied == d.verdict || d.sentences[s.denied].refutes())*untrue
	}
	if !follows && !s.opener && s.rank > 0 && d.paragraphs {
		sum += middle * (d.care - 1)
	}
	if s.turned && !goesOn {
		sum += turned * (d.care - 1)
	}
	if s.unclosed && !goesOn {
		sum += unclosed
	}
	if s.answers && !(follows && d.sentences[set[k-1]].spoken()) || s.asks && !goesOn {
		sum += voice
	}
	return sum
}

// strange tells whether sentence i begins with a name that neither it nor one of those shown before it introduces.
func (d *document) strange(i int, before []int) bool {
	id := d.sentences[i].name
	if id < 0 || d.terms[id].origin == d.sentences[i].origin {
		return false
	}
	return !d.said(id, before)
}

// said tells whether a term is in one of the sentences.
func (d *document) said(term int, set []int) bool {
	return slices.ContainsFunc(set, func(k int) bool { return slices.Contains(d.sentences[k].content, term) })
}
