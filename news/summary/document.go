package summary

import (
	"strings"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

const (
	// maxSentences are looked at: what stands further down is never the news, and hostile text may be endless.
	maxSentences = 400
	// maxBytes of the text are looked at, for the same reason.
	maxBytes = 200_000
)

// document is one article or several of one story, as the summariser sees them.
type document struct {
	lang       string
	headed     bool    // has a headline
	checked    bool    // it says that something is not so
	verdict    int     // the sentence that says so; 0: none
	titles     int     // content words of it
	length     float64 // sentences of an article
	sentences  []sentence
	terms      []term
	pairs      []pair
	weights    *Weights
	reader     *reader
	paragraphs bool    // has some
	essay      bool    // its writer speaks of himself
	care       float64 // how many times support a leaning sentence costs
	line       bool    // one sentence is sought
	grown      []int   // a set that is looked at
	breadth    float64 // the length of the vector of how many sentences have each content word
	stamp      int     // number of the set looked at; what a term or pair is marked with, it was said in that set
}

// read reads articles of one story and one language as if they were one whose sentences come in turn: the first of each,
// then the second of each.
func read(w *Weights, articles ...*news.Article) *document {
	return readers.Get().(*reader).read(w, articles)
}

func (r *reader) read(w *Weights, articles []*news.Article) *document {
	r.reset(w, articles[0].Lang)
	r.progress = make([]progress, len(articles))
	spans := make([][]news.Span, len(articles))
	bodies := make([]string, len(articles))
	for i, a := range articles {
		r.title(a.Title)
		bodies[i] = within(a.Text, maxBytes/len(articles))
		p := &r.progress[i]
		p.interview, p.talk = r.language.interview(bodies[i])
		explains := p.interview && r.language.explains(bodies[i])
		if explains {
			p.interview, p.talk = false, len(bodies[i])
		}
		spans[i], p.points, p.live = sentencesOf(a, bodies[i], maxSentences/len(articles), explains)
	}
	for place, left := 0, true; left; place++ {
		left = false
		for i := range articles {
			if place < len(spans[i]) {
				left = true
				r.sentence(i, place, spans[i][place], bodies[i])
			}
		}
	}
	r.d.length = float64(len(r.d.sentences)) / float64(len(articles))
	if len(articles) == 1 && r.d.checked {
		r.d.judge()
	} else if len(articles) == 1 && !r.progress[0].under {
		if n := r.d.scene(); n > 0 {
			r.d.begin(n)
		}
	}
	r.d.essay = r.d.personal()
	r.d.paragraphs = r.d.openers() >= leastParagraphs*len(articles)
	r.d.estimate()
	return &r.d
}

// sentencesOf are the first n sentences of the article's body that are not asides. It is live where they come with the times of
// day; what stands before the first of those, up to points, tells what has happened. Where it explains, a question is the heading
// over its answer.
func sentencesOf(a *news.Article, body string, n int, explains bool) (out []news.Span, points int, live bool) {
	l, clocks := languageOf(a.Lang), 0
	listed := lists(body)
	all := text.Sentences(body, a.Lang)
	heads := headings(body, len(all), explains, l)
	head := -1
	for _, s := range all {
		if len(out) == n {
			break
		}
		switch {
		case a.Aside(s):
			head = -1
			continue
		case heads[s.Start]:
			head = s.Start
			continue
		case l.time(s.In(body)):
			if clocks++; clocks == 1 && len(out) >= leastPoints {
				points = s.Start
			}
			continue
		case head >= 0:
			out, head = append(out, news.Span{Start: head, End: s.End}), -1
			continue
		}
		bared, clock := bare(body, s, listed, l)
		if clocks += int(flag(clock)); clock && clocks == 1 && len(out) >= leastPoints {
			points = s.Start
		}
		s = bared
		if len(out) < opening && (s.Start == 0 || body[s.Start-1] == '\n' || len(out) == 1) { // the second: "Nov. (Courier) – "
			s = placeless(body, s, a.Lang, len(out) == 0)
		}
		out = append(out, s)
	}
	return out, points, clocks >= leastClocks
}

// leastParagraphs is how many an article has at least that is written in paragraphs.
const leastParagraphs = 4

// openers is how many sentences begin a paragraph.
func (d *document) openers() int {
	n := 0
	for i := range d.sentences {
		n += int(flag(d.sentences[i].opener))
	}
	return n
}

// bare is s without the time of day or, where the text has a list, the number that stands before it.
func bare(body string, s news.Span, listed bool, l *language) (_ news.Span, clock bool) {
	hour := l.hourBefore(s.In(body))
	if at := s.Start + hour; at >= s.End || body[at] < '0' || body[at] > '9' {
		return s, false
	}
	if n := len(marker.FindString(s.In(body))); listed && n > 0 && (s.Start == 0 || body[s.Start-1] == '\n') {
		return news.Span{Start: s.Start + n, End: s.End}, false
	}
	n := l.clock(s.In(body)[hour:])
	if n == 0 {
		return s, false
	}
	return news.Span{Start: s.Start + hour + n, End: s.End}, true
}

// within is the beginning of s, at most n bytes, not cut inside a letter.
func within(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for end := n; end > n-utf8.UTFMax; end-- {
		if utf8.RuneStart(s[end]) {
			return s[:end]
		}
	}
	return s[:n]
}

// plainly makes two writings of one headline equal.
func plainly(s string) string {
	var b strings.Builder
	for w := range text.Words(s) {
		b.WriteString(strings.ToLower(w.In(s)))
		b.WriteByte(' ')
	}
	return b.String()
}
