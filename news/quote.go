package news

// QuoteKind tells how much of a quotation stands between quotation marks.
type QuoteKind string

// The three kinds of quotation.
const (
	Direct   QuoteKind = "direct"   // wholly inside quotation marks; the span leaves the marks out
	Mixed    QuoteKind = "mixed"    // partly inside marks
	Indirect QuoteKind = "indirect" // reported speech without marks
)

// Quote is what somebody is reported to have said. Text is the article's text at the span, byte for byte.
type Quote struct {
	Kind QuoteKind `json:"kind"`
	Text string    `json:"text"`
	Span
	Speaker *Speaker `json:"speaker"` // nil: the text does not say, or not clearly
	Cue     *Cue     `json:"cue"`     // nil: no reporting word
}

// Speaker is who said it: the words of the text nearest to the quotation, and the person or body they stand for.
type Speaker struct {
	Mention string `json:"mention"` // "Mr. Reed", "he"; the article's text at the span
	Span
	Name  string `json:"name"`           // "Tom Reed"; the mention itself where nothing fuller is known; "": a pronoun that is left open
	Role  string `json:"role,omitempty"` // "Mayor of Corran", as the text describes the speaker
	Vague bool   `json:"-"`              // Name names nobody, it describes: "a minister"; not stored
}

// Cue is the word or words that report the speech: "said", "according to".
type Cue struct {
	Text string `json:"text"`
	Span
}

// Quotation is a stored quote with the article it stands in, as lists of quotes show it. The same words of one speaker in
// several articles are one quotation.
type Quotation struct {
	Quote
	Person  int64     // who said it, in storage; 0: nobody who is known by name
	Article Article   // the newest, without Text, Summary and Quotes
	Also    []Article // others with the same words, newest first, of as many publishers; in the same way
}

// Person is somebody who is quoted, with how often.
type Person struct {
	Name   string
	Quotes int
}
