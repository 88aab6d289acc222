package story

import (
	"cmp"
	"slices"

	"herald/news"
)

// The grouping is average linkage: of all stories the two become one whose articles' mean likeness is most above what it takes, as long
// as there are such. It takes more of two stories with many articles: the more likenesses a mean is of, the less it owes to chance. So it does not depend on the order in which the articles came. An article that
// arrives changes little but what it is like: only the stories of its likeliest candidates are grouped anew.
const (
	joinAt   = .5                // the mean likeness from which on two stories with very many articles are one
	joinEase = .1                // how much less it takes with one article, half of it with two, and so on
	likelyAt = joinAt - joinEase // likeness of a candidate from which on its story is grouped anew

	maxLikely = 3  // candidates whose stories are grouped anew
	maxLoose  = 24 // articles of a story that can be parted; a greater one stays together, known by as many of its articles
)

// regroup finds the story of the article that arrived last. It returns the articles that changed theirs, and those of the stories
// that are not what they were, the most central of each first.
func (x *Index) regroup(s *scene, r *record) (moved []news.Move, central []int64) {
	stories := s.likely(r)
	if len(stories) == 0 {
		return nil, nil
	}
	stories = append(stories, r.story)
	var clusters []*cluster
	before := map[int64]int{} // how many articles a story had
	for _, id := range stories {
		clusters = append(clusters, s.clusters(x.stories[id])...)
		before[id] = len(x.stories[id])
		delete(x.stories, id)
	}
	for _, c := range s.link(clusters) {
		slices.SortFunc(c.all, bySlot)
		id, known := c.all[0].name, len(moved)
		for _, m := range c.all {
			if m != r && m.story != id {
				moved = append(moved, news.Move{Article: m.id, From: m.story, To: id})
			}
			if m.story = id; m != c.all[0] {
				m.name = m.id
			}
		}
		x.stories[id] = c.all
		if len(moved) > known || len(c.all) != before[id] {
			central = append(central, s.central(c)...)
		}
	}
	slices.SortFunc(moved, func(a, b news.Move) int { return cmp.Compare(a.Article, b.Article) })
	return moved, central
}

// likely are the stories of the likeliest candidates.
func (s *scene) likely(r *record) []int64 {
	var found []candidate
	for _, o := range s.candidates(r) {
		if l := s.likeness(r, o); l >= likelyAt {
			found = append(found, candidate{o, l})
		}
	}
	rank(found)
	var stories []int64
	for _, c := range found[:min(len(found), maxLikely)] {
		if !slices.Contains(stories, c.record.story) {
			stories = append(stories, c.record.story)
		}
	}
	return stories
}

// candidates are the articles that may report what r reports: those with its runs of words and those with its words.
func (s *scene) candidates(r *record) []*record {
	var list []*record
	add := func(o *record) {
		if o != r && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	for _, h := range r.sketch.keys() {
		slots := s.index.records.runs[h]
		for _, slot := range slots[max(0, len(slots)-maxLoose):] {
			add(s.index.records.at(slot))
		}
	}
	for _, c := range s.similar(r) {
		add(c.record)
	}
	return list
}

// cluster is articles that belong together.
type cluster struct {
	all    []*record
	voices []*record // those of them that are compared
}

// clusters are the articles of a story each by itself, or all together where they are too many.
func (s *scene) clusters(members []*record) []*cluster {
	if len(members) > maxLoose {
		return []*cluster{{all: members, voices: compared(members)}}
	}
	var list []*cluster
	for _, m := range members {
		list = append(list, &cluster{all: []*record{m}, voices: []*record{m}})
	}
	return list
}

// compared are the articles of a story that are compared: all, or of too many the first and the last.
func compared(members []*record) []*record {
	if n := len(members); n > maxLoose {
		return slices.Concat(members[:maxLoose/3], members[n-maxLoose*2/3:])
	}
	return members
}

// link joins clusters by average linkage.
func (s *scene) link(clusters []*cluster) []*cluster {
	sums := make([][]float64, len(clusters)) // of the likenesses between the voices of two clusters
	for i, c := range clusters {
		sums[i] = make([]float64, len(clusters))
		for j, d := range clusters[:i] {
			sums[i][j] = s.between(c, d)
			sums[j][i] = sums[i][j]
		}
	}
	for {
		i, j := nearest(clusters, sums)
		if i < 0 {
			return slices.DeleteFunc(clusters, func(c *cluster) bool { return c == nil })
		}
		c, d := clusters[i], clusters[j]
		clusters[i] = &cluster{all: slices.Concat(c.all, d.all), voices: slices.Concat(c.voices, d.voices)}
		clusters[j] = nil
		for k := range sums {
			sums[i][k] += sums[j][k]
			sums[k][i] = sums[i][k]
		}
	}
}

// joinFrom is the mean likeness from which on two stories with so many articles are one.
func joinFrom(n, m int) float64 { return joinAt - joinEase/float64(min(n, m)) }

// nearest are the two clusters to become one; -1 where there are none.
func nearest(clusters []*cluster, sums [][]float64) (int, int) {
	best, a, b := 0.0, -1, -1
	for i, c := range clusters {
		for j := 0; c != nil && j < i; j++ {
			d := clusters[j]
			if d == nil {
				continue
			}
			n, m := len(c.voices), len(d.voices)
			if over := sums[i][j]/float64(n*m) - joinFrom(n, m); over > best {
				best, a, b = over, j, i
			}
		}
	}
	return a, b
}

// between is the sum of the likenesses between the voices of two clusters.
func (s *scene) between(c, d *cluster) float64 {
	sum := 0.0
	for _, a := range c.voices {
		for _, b := range d.voices {
			sum += s.likeness(a, b)
		}
	}
	return sum
}

// scene is the articles that are looked at while one is placed, and how like they are.
type scene struct {
	index *Index
	views map[*record]*view
	close map[*record][]candidate // who has words in common with an article
	known map[[2]*record]float64
}

func newScene(x *Index) *scene {
	return &scene{index: x, views: map[*record]*view{}, close: map[*record][]candidate{}, known: map[[2]*record]float64{}}
}

func (s *scene) view(r *record) *view {
	v := s.views[r]
	if v == nil {
		v = s.index.weigh(r)
		s.views[r] = v
	}
	return v
}

func (s *scene) similar(r *record) []candidate {
	list, ok := s.close[r]
	if !ok {
		list = s.index.records.similar(s.view(r))
		s.close[r] = list
	}
	return list
}

// likeness is the probability that two articles report one event; 1 for copies, 0 for what is too far apart in time.
func (s *scene) likeness(a, b *record) float64 {
	pair := [2]*record{a, b}
	if a.slot > b.slot {
		pair = [2]*record{b, a}
	}
	l, known := s.known[pair]
	if !known {
		l = s.judge(pair[0], pair[1])
		s.known[pair] = l
	}
	return l
}

func (s *scene) judge(a, b *record) float64 {
	switch {
	case !s.index.near(a, b):
		return 0
	case a.sketch.copies(b.sketch):
		if series(a, b) {
			return 0
		}
		return 1
	case numbered(a, b), strangers(a, b):
		return 0
	}
	return s.index.weights.event(compare(s.view(a), s.view(b)))
}

// near tells whether two articles are within the window of each other.
func (x *Index) near(a, b *record) bool {
	return a.at.IsZero() || b.at.IsZero() || a.at.Sub(b.at).Abs() <= x.window
}
