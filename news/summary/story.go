package summary

import (
	"slices"

	"herald/news"
)

const (
	// maxArticles of a story are read; more of them say little that is new.
	maxArticles = 20
	// alike is the share of its content that a sentence may have in common with one shown, or told before, without
	// saying the same again.
	alike = 0.6
)

// Told is a sentence of a story and the article that it stands in.
type Told struct {
	Article *news.Article
	news.Sentence
}

// Story returns a summary of the length of several articles on one event: no sentence says again what another says. The
// articles come in order of trust, and so do their sentences; those in another language than the first one's are left out.
func Story(articles []*news.Article, l news.Length) []Told {
	articles = sameLanguage(articles)
	if len(articles) == 0 {
		return nil
	}
	d := read(standard(), articles...)
	defer d.release()
	d.distinct = true
	var out []Told
	for _, i := range d.choose(roomOf(l)) {
		s := &d.sentences[i]
		out = append(out, Told{articles[s.source], s.sentence()})
	}
	return out
}

func sameLanguage(articles []*news.Article) []*news.Article {
	var out []*news.Article
	for _, a := range articles {
		if a.Lang == articles[0].Lang && len(out) < maxArticles {
			out = append(out, a)
		}
	}
	return out
}

// New returns the sentences of a later article that matter most among those that tell what none of the earlier ones
// does, at most n, in the order of the text; nil where it tells nothing new. Earlier articles in another language are
// no help and are passed over.
func New(later *news.Article, earlier []*news.Article, n int) []news.Sentence {
	all := sameLanguage(append([]*news.Article{later}, earlier...))
	d := read(standard(), all...)
	defer d.release()
	known := d.known(1)
	fresh := false
	for i := range d.sentences {
		s := &d.sentences[i]
		s.usable = s.usable && s.source == 0 && d.fresh(s, known)
		fresh = fresh || s.usable
	}
	if !fresh {
		return nil
	}
	d.distinct = true
	return pick(d, room{sentences: n})
}

// known are the terms of the sentences of articles from number source on.
func (d *document) known(source int) []bool {
	said := make([]bool, len(d.terms))
	for i := range d.sentences {
		if d.sentences[i].source < source {
			continue
		}
		for _, id := range d.sentences[i].content {
			said[id] = true
		}
	}
	return said
}

// fresh tells whether s says enough that is not among the terms known, and that no single other sentence says.
func (d *document) fresh(s *sentence, known []bool) bool {
	news := 0
	for _, id := range s.content {
		if !known[id] {
			news++
		}
	}
	if news < 2 {
		return false
	}
	return !slices.ContainsFunc(d.sentences, func(o sentence) bool { return o.source > 0 && d.same(s, &o) })
}

// same tells whether s says mostly what o does.
func (d *document) same(s, o *sentence) bool {
	shared := 0
	for _, id := range s.content {
		if slices.Contains(o.content, id) {
			shared++
		}
	}
	return float64(shared) >= alike*float64(max(len(s.content), 1))
}
