// Package sample is a small world of invented publishers that ships inside the program: feeds in five languages with
// articles written for it, served over HTTP as real sites serve theirs, each feed in another format. It is what
// "herald try" reads and what end-to-end tests read.
//
// It guarantees that the same start time gives the same bytes until Break is called, that every address it names it
// also answers, and that several publishers tell the same events with the same names, numbers and times.
// It refuses to write: there is no request that changes it. It opens no connection; who listens decides where.
package sample

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"herald/news"
)

// Sample is the publishers with what they have published so far. Made by New; safe for concurrent use.
type Sample struct {
	now        func() time.Time
	publishers []publisher // in the order of feeds.json
	mux        *http.ServeMux

	mu       sync.RWMutex
	issued   map[string][]issue // by publisher, newest first
	reserved []article          // what Break publishes next, in order
}

// issue is an article with the time at which it was published.
type issue struct {
	article
	at time.Time
}

// New opens the sample at the time that now tells. Most articles are then already published, over the three days
// before; the others wait for Break. It panics where the embedded texts are broken, which the package's tests rule out.
func New(now func() time.Time) *Sample {
	publishers, articles, err := load(files)
	if err != nil {
		panic(err)
	}
	s := &Sample{now: now, publishers: publishers, issued: map[string][]issue{}}
	start := now().Truncate(time.Second) // feeds and HTTP dates know whole seconds
	for _, a := range articles {
		if a.order > 0 {
			s.reserved = append(s.reserved, a)
			continue
		}
		s.issued[a.publisher] = append(s.issued[a.publisher], issue{a, start.Add(-a.age)})
	}
	slices.SortFunc(s.reserved, func(a, b article) int { return cmp.Compare(a.order, b.order) })
	for _, list := range s.issued {
		slices.SortFunc(list, func(a, b issue) int { return b.at.Compare(a.at) })
	}
	s.mux = s.routes()
	return s
}

// Feeds lists the feeds with their addresses below base, such as "http://127.0.0.1:8080".
func (s *Sample) Feeds(base string) []news.Feed {
	base = strings.TrimRight(base, "/")
	feeds := make([]news.Feed, 0, len(s.publishers))
	for _, p := range s.publishers {
		site := base + "/" + p.ID + "/"
		feeds = append(feeds, news.Feed{URL: site + "feed", Site: site, Title: p.Title, Lang: p.Lang})
	}
	return feeds
}

// Break publishes the next reserved article, now. It returns the article's title, the title of its feed and how many
// are left. When none was left it does nothing and title is empty: an article told twice would be no news.
func (s *Sample) Break() (title, feed string, left int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.reserved) == 0 {
		return "", "", 0
	}
	a := s.reserved[0]
	s.reserved = s.reserved[1:]
	at := s.now().Truncate(time.Second)
	s.issued[a.publisher] = slices.Insert(s.issued[a.publisher], 0, issue{a, at})
	p, _ := s.publisher(a.publisher)
	return a.title, p.Title, len(s.reserved)
}

// Left is how many articles Break can still publish.
func (s *Sample) Left() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.reserved)
}

// published returns what a publisher has published so far, newest first.
func (s *Sample) published(id string) []issue {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.issued[id])
}

func (s *Sample) publisher(id string) (publisher, bool) {
	for _, p := range s.publishers {
		if p.ID == id {
			return p, true
		}
	}
	return publisher{}, false
}
