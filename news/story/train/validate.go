package main

import (
	"fmt"
	"io"
	"math/rand/v2"

	"herald/news/story"
)

// validate writes how well the articles of each part of the topics are grouped by weights fitted to the other parts.
func (c *collection) validate(out io.Writer, examples []observation, folds, orders int) error {
	var all score
	for k := range folds {
		held := func(topic int) bool { return topic%folds == k }
		var rest []observation
		for _, o := range examples {
			if !held(o.topics[0]) && !held(o.topics[1]) {
				rest = append(rest, o)
			}
		}
		w, err := fit(rest)
		if err != nil {
			return err
		}
		var part score
		for order := range orders {
			stories, neighbors := c.group(w, uint64(order))
			part.add(c.score(stories, neighbors, held))
		}
		fmt.Fprintf(out, "part %d: %s\n", k+1, part)
		all.add(part)
	}
	_, err := fmt.Fprintf(out, "all: %s\n", all)
	return err
}

// group returns the story of each article when they come in an order, and what is related to it in the end.
func (c *collection) group(w story.Weights, order uint64) (stories []int64, neighbors [][]int64) {
	x := story.NewWith(0, w)
	x.Grow(len(c.docs))
	for _, d := range c.docs {
		x.Learn(d)
	}
	places := make([]int, len(c.docs))
	for i := range places {
		places[i] = i
	}
	if order > 0 {
		r := rand.New(rand.NewPCG(order, 1))
		r.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	}
	stories = make([]int64, len(c.docs))
	for _, i := range places {
		p := x.Add(c.docs[i])
		stories[i] = p.Story
		for _, m := range p.Moved {
			stories[m.Article-1] = m.To
		}
	}
	for _, d := range c.docs {
		neighbors = append(neighbors, x.Neighbors(d.ID))
	}
	return stories, neighbors
}

// score is sums over articles (B-cubed: Bagga and Baldwin, 1998) and pairs of articles.
type score struct {
	n, precision, recall float64
	hit, made, gold      float64
	asked, found         float64 // articles with others of their topic; shares of these, at most five, among the neighbors
}

func (s *score) add(t score) {
	s.n += t.n
	s.precision += t.precision
	s.recall += t.recall
	s.hit += t.hit
	s.made += t.made
	s.gold += t.gold
	s.asked += t.asked
	s.found += t.found
}

func (s score) String() string {
	p, r := s.precision/s.n, s.recall/s.n
	pp, pr := s.hit/max(1, s.made), s.hit/max(1, s.gold)
	return fmt.Sprintf("B-cubed P %.3f R %.3f F %.3f, pairs P %.3f R %.3f F %.3f, related R@5 %.3f", p, r, 2*p*r/(p+r), pp, pr, 2*pp*pr/max(1e-9, pp+pr), s.found/max(1, s.asked))
}

// score judges the stories and neighbors of the articles of some topics.
func (c *collection) score(stories []int64, neighbors [][]int64, topic func(int) bool) score {
	var s score
	for i := range stories {
		if topic(c.topics[i]) {
			s.judge(c, stories, i)
			s.relate(c, neighbors[i], i)
		}
	}
	return s
}

// judge adds the ith article.
func (s *score) judge(c *collection, stories []int64, i int) {
	var both, story, event float64
	for j := range stories {
		one, same := stories[i] == stories[j], c.events[i] == c.events[j]
		if one && same {
			both++
		}
		if one {
			story++
		}
		if same {
			event++
		}
	}
	s.n++
	s.precision += both / story
	s.recall += both / event
	s.hit += both - 1
	s.made += story - 1
	s.gold += event - 1
}

// relate adds what is related to the ith article.
func (s *score) relate(c *collection, neighbors []int64, i int) {
	relative := func(j int) bool { return c.topics[j] == c.topics[i] && c.events[j] != c.events[i] }
	want, hit := 0, 0
	for j := range c.docs {
		if relative(j) {
			want++
		}
	}
	for _, id := range neighbors {
		if relative(int(id - 1)) {
			hit++
		}
	}
	if want > 0 {
		s.asked++
		s.found += float64(hit) / float64(min(story.MaxRelated, want))
	}
}
