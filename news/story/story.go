// Package story tells which articles report the same event, as they arrive, and which other events are worth reading
// beside them.
//
// An Index is an online clustering over a window of time: each article is compared with a bounded number of candidates,
// found by the words it shares with earlier ones, and the stories of the likeliest are grouped anew, so that an article
// costs the same however many came before, and that the order in which they came does not matter. How likely two articles
// report one event is told by weights that the command in train fits; no feature of theirs knows a word. Copies and near
// copies are recognized by their runs of words, whatever the rest says.
//
// The same calls in the same order give the same placements. After a restart the Index is filled by Restore, oldest
// first, from what was stored, and goes on as if nothing had happened. It does no I/O and learns no clock but the
// articles' own times. It refuses nothing: an empty article is a story of its own.
package story

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"herald/news"
)

// DefaultWindow is how far apart two articles of one event may be. Reports of one event come within two days; what
// comes later mostly reports what followed from it.
const DefaultWindow = 72 * time.Hour

// MaxRelated is the most stories or articles that Related and Neighbors return.
const MaxRelated = 5

// Doc is an article as the index needs it.
type Doc struct {
	ID     int64
	Title  string // may be empty
	Text   string
	Lang   string // two-letter code; "": detected
	Source string
	Time   time.Time // zero: unknown, and then near to every other
}

// DocOf takes from an article what the index needs; asides are left out of the text.
func DocOf(a *news.Article) Doc {
	return Doc{ID: a.ID, Title: a.Title, Text: withoutAsides(a), Lang: a.Lang, Source: a.Source, Time: a.Time()}
}

func withoutAsides(a *news.Article) string {
	if len(a.Asides) == 0 {
		return a.Text
	}
	var kept []byte
	from := 0
	for _, s := range a.Asides {
		if s.Start < from || s.End > len(a.Text) {
			continue
		}
		kept = append(kept, a.Text[from:s.Start]...)
		kept = append(kept, '\n')
		from = s.End
	}
	return string(append(kept, a.Text[from:]...))
}

// Placement is where an article belongs.
type Placement struct {
	Story   int64       // the ID of the story's first Doc; the Doc's own where it starts a story
	Moved   []news.Move // earlier articles that now belong to another story than before, by ID
	Related []int64     // up to MaxRelated other stories, best first
	Central []int64     // the articles of the stories that changed, the most central of each first
}

// Index remembers the articles of its window. Use New; it is safe for concurrent use.
type Index struct {
	mu      sync.Mutex
	window  time.Duration
	limit   int
	weights Weights
	words   statistics
	records records
	stories map[int64][]*record // by story, oldest member first
	byID    map[int64]*record
}

// New makes an empty index. Articles further apart than window are never one story; 0 means DefaultWindow.
func New(window time.Duration) *Index { return NewWith(window, fitted()) }

// NewWith makes an empty index with other weights than its own.
func NewWith(window time.Duration, w Weights) *Index {
	if window <= 0 {
		window = DefaultWindow
	}
	return &Index{
		window: window, limit: MaxDocs, weights: w, words: newStatistics(), records: newRecords(),
		stories: map[int64][]*record{}, byID: map[int64]*record{},
	}
}

// MaxDocs is how many articles an index remembers at most, unless it may Grow. It bounds the memory: one of 1,800 bytes takes
// 7 kB, so that all take about 140 MB.
const MaxDocs = 20_000

// Grow lets the index remember up to n articles, where there is memory for more than its default of 20,000.
func (x *Index) Grow(n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.limit = max(x.limit, n)
}

// Learn counts the words of an article without remembering it: an index that is new to the world doesn't know which
// words are common.
func (x *Index) Learn(d Doc) {
	r := read(d)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.words.add(r.terms)
}

// Add places an article and remembers it. An ID that is known already gets the placement it has.
func (x *Index) Add(d Doc) Placement {
	r := read(d)
	x.mu.Lock()
	defer x.mu.Unlock()
	if old := x.byID[d.ID]; old != nil {
		return Placement{Story: old.story, Related: x.related(newScene(x), old)}
	}
	x.keep(r)
	s := newScene(x)
	moved, central := x.regroup(s, r)
	return Placement{Story: r.story, Moved: moved, Related: x.related(s, r), Central: central}
}

// Undo takes back the last Add, whose article could not be stored.
func (x *Index) Undo(id int64, p Placement) {
	x.mu.Lock()
	defer x.mu.Unlock()
	r := x.byID[id]
	if r == nil || r.story != p.Story || r != x.records.newest() {
		return
	}
	for _, m := range p.Moved {
		if o := x.byID[m.Article]; o != nil {
			x.move(o, m.From)
		}
	}
	for _, m := range p.Moved { // regrouping has taken the name from who did not lead
		if first := x.stories[m.From]; len(first) > 0 {
			first[0].name = m.From
		}
	}
	x.leave(r)
	x.words.remove(r.terms)
	x.records.removeNewest()
	delete(x.byID, id)
}

// Restore remembers an article of a story that was placed before. Called oldest first, at start.
func (x *Index) Restore(d Doc, story int64) {
	r := read(d)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.byID[d.ID] != nil {
		return
	}
	r.story = story
	if len(x.stories[story]) == 0 {
		r.name = story
	}
	x.keep(r)
}

// Related returns up to MaxRelated other stories, best first; none for a story that the index no longer remembers.
func (x *Index) Related(story int64) []int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	members := x.stories[story]
	if len(members) == 0 {
		return nil
	}
	return x.related(newScene(x), members[len(members)-1])
}

// Neighbors returns up to MaxRelated articles of other stories that are nearest to an article, best first.
func (x *Index) Neighbors(id int64) []int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	r := x.byID[id]
	if r == nil {
		return nil
	}
	return x.neighbors(r)
}

// Len is how many articles the index remembers.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.byID)
}

// keep remembers a record and forgets what is over the limit or has left the window.
func (x *Index) keep(r *record) {
	x.words.add(r.terms)
	x.records.add(r)
	x.byID[r.id] = r
	x.stories[r.story] = append(x.stories[r.story], r)
	for x.records.len() > x.limit || x.records.stale(x.window) {
		x.forgetOldest()
	}
}

// forgetOldest forgets the oldest record. The next oldest of its story goes on with the story's name.
func (x *Index) forgetOldest() {
	r := x.records.oldest()
	x.records.removeOldest()
	x.words.remove(r.terms)
	delete(x.byID, r.id)
	x.leave(r)
	if rest := x.stories[r.story]; len(rest) > 0 {
		rest[0].name = r.story
	}
}

// leave takes a record out of its story.
func (x *Index) leave(r *record) {
	rest := slices.DeleteFunc(x.stories[r.story], func(m *record) bool { return m == r })
	if x.stories[r.story] = rest; len(rest) == 0 {
		delete(x.stories, r.story)
	}
}

// move puts a record into another story.
func (x *Index) move(r *record, story int64) {
	x.leave(r)
	r.story = story
	members := append(x.stories[story], r)
	slices.SortFunc(members, bySlot)
	x.stories[story] = members
}

func bySlot(a, b *record) int { return cmp.Compare(a.slot, b.slot) }
