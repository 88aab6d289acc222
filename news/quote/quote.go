// Package quote finds what people are reported to have said, and who said it.
//
// Every quotation is a part of the article's text, byte for byte, at its offsets; quotations are in order and none lies
// in a part that is marked as not article (Article.Asides). A speaker is given only where the text ties one to the
// words: where it does not, the speaker is nil. Words in marks that nobody is reported to have said (titles, names,
// ironic marks, headings) are not quotations.
//
// It is pure computation, safe for concurrent use, linear in the text. It changes nothing in the article. A language is
// a file in lang/; one without a file has direct quotations only where the marks alone show them.
package quote

import (
	"sort"
	"strings"

	"herald/news"
)

// Find returns the quotations of a, in the order of the text.
func Find(a *news.Article) []news.Quote {
	r := read(a)
	defer r.release()
	f := &finder{reading: r}
	f.run()
	found := f.found()
	if len(found) == 0 {
		return []news.Quote{}
	}
	people := r.people()
	people.speakers(found)
	out := make([]news.Quote, 0, len(found))
	for _, x := range found {
		out = append(out, f.complete(x, people))
	}
	return out
}

// found is a quotation before its speaker has a name.
type found struct {
	news.Quote
	by *said // may be nil
}

// found are the quotations in the order of the text.
func (f *finder) found() []found {
	out := make([]found, 0, len(f.stretches)+len(f.reports))
	for k, s := range f.stretches {
		if !f.reported(s.Span) && f.speech(k) {
			q := news.Quote{Kind: news.Direct, Span: withoutComma(f.text, s.Span)}
			if s.makeshift && !f.lang.apostrophes {
				q.Kind = news.Indirect
			}
			out = append(out, found{q, f.speaker(k)})
		}
	}
	for i := range f.reports {
		p := &f.reports[i]
		q := news.Quote{Kind: news.Indirect, Span: p.span}
		if f.marked(p.span) {
			q.Kind = news.Mixed
		}
		out = append(out, found{q, &p.said})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// complete fills in the text, the speaker and the cue of a quotation.
func (f *finder) complete(x found, people *people) news.Quote {
	q, s := x.Quote, x.by
	q.Text = q.In(f.text)
	if s == nil {
		return q
	}
	if s.subject.ok() {
		tied := s.cued() && f.toks[s.cue].class&prep != 0
		q.Speaker = people.speaker(s.subject, tied)
		if s.behind.ok() {
			span := q.Speaker.Span
			q.Speaker = people.speaker(s.behind, false)
			q.Speaker.Mention, q.Speaker.Span = span.In(f.text), span
		}
	}
	if s.cueTo > s.cue {
		span := news.Span{Start: f.toks[s.cue].Start, End: f.toks[s.cueTo-1].End}
		q.Cue = &news.Cue{Text: span.In(f.text), Span: span}
	}
	return q
}

// withoutComma leaves out the comma that English sets inside the marks before the speaker.
func withoutComma(text string, s news.Span) news.Span {
	s.End = s.Start + len(strings.TrimRight(s.In(text), ",， "))
	return s
}

// reported tells whether a stretch is part of a report; reports are in the order of the text.
func (f *finder) reported(s news.Span) bool {
	i := sort.Search(len(f.reports), func(i int) bool { return f.reports[i].span.End >= s.End })
	return i < len(f.reports) && f.reports[i].span.Contains(s)
}

// marked tells whether a quoted stretch lies in s that is no name.
func (f *finder) marked(s news.Span) bool {
	i := sort.Search(len(f.stretches), func(i int) bool { return f.stretches[i].Start >= s.Start })
	for ; i < len(f.stretches) && f.stretches[i].Start < s.End; i++ {
		if k := &f.stretches[i]; (!k.makeshift || f.lang.apostrophes) && !f.bears(k) && !(k.words <= titleWords && f.label(k, true)) && !f.termed(k) {
			return true
		}
	}
	return false
}
