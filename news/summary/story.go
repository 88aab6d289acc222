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
	alike = 0.65
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
	var out []Told
	for _, i := range d.fit(l) {
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

// same tells whether s and o say mostly the same, or one of them what the other does.
func (s *sentence) same(o *sentence) bool {
	shared := 0
	for _, id := range s.content {
		if slices.Contains(o.content, id) {
			shared++
		}
	}
	return float64(shared) >= alike*float64(max(min(len(s.content), len(o.content)), 1))
}
