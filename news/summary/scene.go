package summary

import (
	"slices"

	"herald/news/text"
)

// Features and many match reports begin with a scene, and tell the news behind it. What stands where does not count from
// the first sentence then, but from the one where the news begins.

const (
	// leastScenic is how many sentences a text has at least that begins with a scene.
	leastScenic = 10
	// scenery is how many sentences behind the first are looked at for what makes a scene, and manners how many of them
	// have it at least.
	scenery, manners = 4, 2
	// sketch is the number of words up to which a sentence sketches.
	sketch = 7
	// mostScene is how many sentences a scene may have.
	mostScene = 12
)

// scene is how many sentences of the only article are a scene; 0: it begins with the news. A scene begins with a paragraph of
// several sentences of which the first has no date and little of the headline, and goes on in sketches, by pronouns or
// with somebody's words.
func (d *document) scene() int {
	n := len(d.sentences)
	if n < leastScenic || !d.headed || d.sentences[1].opener {
		return 0
	}
	found := 0
	for i := 1; i <= scenery; i++ {
		s := &d.sentences[i]
		if s.leaning || s.opens || s.inside || s.words <= sketch {
			found++
		}
	}
	if found < manners || d.plainly(&d.sentences[0]) {
		return 0
	}
	for i := 2; i < min(2*n/3, mostScene); i++ {
		if s := &d.sentences[i]; s.opener && s.usable && !s.leaning && !s.reported && !s.opens && !s.inside && (s.number || d.plainly(s)) {
			return i
		}
	}
	return 0
}

// lines is how many lines before the first sentence are none: what a list or the names of a report's parts say before it.
func (d *document) lines() int {
	return max(slices.IndexFunc(d.sentences, func(s sentence) bool { return s.usable }), 0)
}

// plainly tells whether s has a date or more than half of what the headline names.
func (d *document) plainly(s *sentence) bool {
	if 2*s.titles > d.titles {
		return true
	}
	for w := range text.Words(s.text) {
		if text.DateWord(w.In(s.text), d.lang) {
			return true
		}
	}
	return false
}

// begin lets the text begin at sentence number scene; what stands before comes in the middle.
func (d *document) begin(scene int) {
	for i := range d.terms {
		d.terms[i].first = len(d.sentences)
	}
	for i := range d.pairs {
		d.pairs[i].first = len(d.sentences)
	}
	for i := range d.sentences {
		s := &d.sentences[i]
		if s.rank = i - scene; i < scene {
			s.rank = len(d.sentences)/2 + i
		}
		for _, id := range s.tokens {
			d.terms[id].first = min(d.terms[id].first, s.rank)
		}
		for _, id := range s.pairs {
			d.pairs[id].first = min(d.pairs[id].first, s.rank)
		}
	}
}
