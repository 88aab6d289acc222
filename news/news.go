// Package news is Herald's vocabulary: the things its rooms speak about (article, quote, story, feed, chat, delivery)
// and the errors a reader may be told of. It holds no behaviour beyond them but Sleep, which every room may need, does no I/O and
// imports only the standard library.
//
// Every offset is a half-open byte range into the text of the article it belongs to, on UTF-8 boundaries.
package news

// Span is a half-open byte range [Start, End) into a text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// In returns the part of text that the span covers, or "" where the span does not fit it.
func (s Span) In(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Len is the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps tells whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }
