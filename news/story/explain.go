package story

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"
)

// Explanation is why two articles are, or are not, one story.
type Explanation struct {
	One      bool
	Likeness float64       // the probability that they report one event; 1 for copies, 0 where they are too far apart in time
	Mean     float64       // the mean likeness of the first and the rest of their story, or of their two stories, by the articles that grouping compares
	From     float64       // what that takes to be one story
	Apart    time.Duration // between them; 0 where a time is unknown
	Window   time.Duration // more than that apart, articles are not one story
	Copies   bool
	// The words that both have, as the first one writes them, those that weigh most first.
	Names, Numbers, Words []string
	YearsApart            bool // both name years, and no year is the same
}

// Explain tells why two articles that the index remembers are, or are not, one story; false where it does not know one.
func (x *Index) Explain(a, b Doc) (Explanation, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	r, o := x.byID[a.ID], x.byID[b.ID]
	if r == nil || o == nil {
		return Explanation{}, false
	}
	s := newScene(x)
	e := Explanation{One: r.story == o.story, Window: x.window, Likeness: s.likeness(r, o), Copies: r.sketch.copies(o.sketch)}
	e.Mean, e.From = s.mean(r, o)
	if !r.at.IsZero() && !o.at.IsZero() {
		e.Apart = r.at.Sub(o.at).Abs()
	}
	_, apart := years(r.years, o.years)
	e.YearsApart = apart > 0
	e.words(s.view(r), s.view(o), spellings(a))
	return e, true
}

// mean is the mean likeness of r and the rest of its story, where o is in it, or of the stories of both, and what it takes.
func (s *scene) mean(r, o *record) (mean, from float64) {
	mine, others := compared(s.index.stories[r.story]), compared(s.index.stories[o.story])
	if r.story == o.story {
		mine = []*record{r}
		others = slices.DeleteFunc(slices.Clone(others), func(m *record) bool { return m == r })
	}
	if len(others) == 0 {
		return 1, 0 // an article and itself
	}
	n, m := len(mine), len(others)
	return s.between(&cluster{voices: mine}, &cluster{voices: others}) / float64(n*m), joinFrom(n, m)
}

// words notes what both have.
func (e *Explanation) words(a, b *view, spelling map[uint32]string) {
	var shared []int
	for i, t := range a.terms {
		if _, ok := find(b.terms, t.key); ok {
			shared = append(shared, i)
		}
	}
	slices.SortFunc(shared, func(i, j int) int { return cmp.Or(cmp.Compare(a.weights[j], a.weights[i]), cmp.Compare(i, j)) })
	lists := [kinds]*[]string{plain: &e.Words, name: &e.Names, number: &e.Numbers}
	for _, i := range shared {
		list := lists[a.terms[i].kind]
		*list = append(*list, spelling[a.terms[i].key])
	}
}

// spellings are the words of an article as they stand there first.
func spellings(d Doc) map[uint32]string {
	title, body, lang := d.parts()
	found := map[uint32]string{}
	for _, s := range []string{body, title} {
		for span := range words(s) {
			word := span.In(s)
			key := hash(stemOf(word, lang))
			if _, known := found[key]; !known && utf8.ValidString(word) {
				found[key] = word
			}
		}
	}
	return found
}
