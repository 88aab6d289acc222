package news

import "time"

// Article is one text of one publisher, read and understood. The zero value is an empty article.
type Article struct {
	ID       int64  // row in storage; 0: not stored
	FeedID   int64  // the feed that brought it; 0: read on request
	StoryID  int64  // the event it reports; 0: not placed
	Identity string // Entry.Identity of the entry it came from; unique in its feed

	URL       string
	Title     string
	Byline    string
	Source    string // the publisher's name as people know it
	Lang      string // two-letter language code; "": unknown
	Image     string // address of the lead image
	Published time.Time
	Fetched   time.Time // when Herald first saw it

	Text    string     // plain text, paragraphs separated by blank lines; never changed once offsets point into it
	Asides  []Span     // parts of Text that are not the article (repeated headline, "Read also", navigation), in order
	Summary []Sentence // the sentences that matter, in the order of the text
	Quotes  []Quote    // in the order of the text
	Fresh   []Sentence // what no earlier article of its story says, where that is worth telling, in the order of the text
	Written *Written   // the summary to show instead of Summary, where a language model is in use; nil: none is. Not stored
}

// Written is the summary that a language model wrote and that was checked against the article.
type Written struct {
	Text string // "": there is none, the article's own sentences stand for it
}

// Time is when the article was published or, where that is unknown or in the future, first seen.
func (a *Article) Time() time.Time {
	if a.Published.IsZero() || (!a.Fetched.IsZero() && a.Published.After(a.Fetched)) {
		return a.Fetched
	}
	return a.Published
}

// Aside tells whether s touches a part of the text that is not article.
func (a *Article) Aside(s Span) bool {
	for _, x := range a.Asides {
		if x.Overlaps(s) {
			return true
		}
	}
	return false
}
