package news

import "time"

// Story is one event, told by one or more articles.
type Story struct {
	ID       int64
	Title    string
	First    time.Time // when its first article was seen
	Updated  time.Time // the time of its newest article (Article.Time)
	Articles []Article // at least one; the lead article is first, the others newest first
	Related  []Story   // other stories worth reading; only ID and Title are set
}

// Move is an article that belongs to another story than before: later news showed it.
type Move struct{ Article, From, To int64 }

// Lead is the article that stands for the story.
func (s *Story) Lead() *Article {
	if len(s.Articles) == 0 {
		return &Article{}
	}
	return &s.Articles[0]
}

// Sources are the names of the publishers that report the story, each once, the lead's first.
func (s *Story) Sources() []string {
	var names []string
	seen := map[string]bool{}
	for i := range s.Articles {
		if n := s.Articles[i].Source; n != "" && !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	return names
}
