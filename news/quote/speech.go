package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands in marks is somebody's words, or a name, a title, a term or irony.

// speech tells whether a stretch that nobody was found for is a quotation all the same: a whole sentence is, a heading,
// a title or a few ironic words are not.
func (f *finder) speech(k int) bool {
	s, c := &f.stretches[k], f.claims[k]
	cued := c != nil && c.cued()
	part := s.In(f.text)
	last, _ := utf8.DecodeLastRuneInString(part)
	if behind := firstRune(f.text[s.outer.End:]); behind == '!' || behind == '?' {
		last = behind // "„Kommt“!"
	}
	colon := s.tok > 0 && f.toks[s.tok-1].kind == colon
	ended := last == '.' || last == '!' || last == '?' || last == '…' || last == ',' ||
		(cued || !f.lang.nounsUpper) && strings.HasPrefix(f.text[s.outer.End:], ",") || cued && colon
	if cued && (f.called(s, c) || f.uttered(s, c)) {
		return true
	}
	switch {
	case s.words < minWords && !(cued && (ended || s.dash)), (s.single || s.dash && !s.turn) && !cued, s.makeshift && c == nil:
		return false
	}
	switch {
	case f.bears(s), s.words < minWords && f.lang.free && f.label(s, false) && f.toks[s.tok-1].class&anyCue == 0,
		f.lang.nounsUpper && !cued && !ended && (s.words <= uncuedWords || f.capitals(part)):
		return false
	}
	if f.lang.free && !f.lang.nounsUpper && c == nil && f.sentence(s) {
		return true
	}
	if (!ended || s.single && k > 0 && !f.stretches[k-1].single) && f.heading(s) {
		return false // between single marks, where the text has others for speech
	}
	if !ended && f.label(s, cued) {
		return false
	}
	if c == nil {
		first, _ := utf8.DecodeRuneInString(part)
		return ended && unicode.IsUpper(first) && (s.words > minWords || colon && s.words == minWords)
	}
	return ended || !f.titled(part) || f.vague(s) || f.lang.nounsUpper && s.tok > 0 && f.toks[s.tok-1].class&source != 0
}

// called tells whether a stretch is what somebody calls something: it stands between a word for that and its verb ("wurde von Reed als
// „Farce“ bezeichnet").
func (f *finder) called(s *stretch, by *said) bool {
	return by.subject.ok() && by.cue == s.tok+1 && f.calls(s.tok)
}

// uttered tells whether a few words stand right behind the verb that says they were spoken, where the order is fixed:
// "said “no”".
func (f *finder) uttered(s *stretch, by *said) bool {
	t := &f.toks[by.cue]
	return !f.lang.free && !f.lang.nounsUpper && by.cueTo == s.tok && s.words < minWords && by.subject.ok() && t.class&cue != 0 && t.class&(homonym|apart) == 0 && f.person(by.subject)
}

// calls tells whether token i is a quotation behind a word for "as", where nouns have capitals.
func (r *reading) calls(i int) bool {
	return r.lang.nounsUpper && i > 0 && r.toks[i].kind == quoted && r.toks[i-1].class&(prep|sub) == prep|sub
}

// uncuedWords is how many words may be a name or a term where nobody is reported to have said them, they are no sentence, and nouns have capitals.
const uncuedWords = 5

// vague tells whether a stretch stands behind an article of what is not known yet, which names have not ("nannte es
// einen „Schlag ins Wasser“").
func (f *finder) vague(s *stretch) bool {
	return f.lang.nounsUpper && s.tok > 0 && f.toks[s.tok-1].class&some != 0
}

// sentence tells whether a stretch is all that its sentence holds, with the full stop behind the mark.
func (f *finder) sentence(s *stretch) bool {
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	if !unicode.IsUpper(first) || s.words <= minWords || s.tok+1 >= len(f.toks) || f.titled(s.In(f.text)) {
		return false
	}
	return (s.tok == 0 || f.toks[s.tok-1].kind == stop || f.paras[s.para].Start == s.outer.Start) && f.toks[s.tok+1].kind == stop && f.toks[s.tok+1].Start == s.outer.End
}

// bears tells whether a stretch is the name that the noun right before it bears ("the company “Mill & Sons”"); a sentence
// with its mark is none.
func (f *finder) bears(s *stretch) bool {
	if f.work(s) {
		return true
	}
	if s.tok == 0 || s.words > maxName {
		return s.speaks
	}
	t := &f.toks[s.tok-1]
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	last, _ := utf8.DecodeLastRuneInString(s.In(f.text))
	if t.class&prep != 0 && t.class&namer == 0 && s.tok > 1 && !f.lang.nounsUpper && f.toks[s.tok-2].class&(namer|role|body) != 0 && f.toks[s.tok-2].kind == word && last != '.' {
		return s.speaks || unicode.IsUpper(first) && s.outer.Start-t.End <= 1 && !strings.ContainsRune("!?…,", last) // "the author of “…”"
	}
	return s.speaks || !unicode.IsLower(first) && t.kind == word && t.class&namer != 0 && s.outer.Start-t.End <= 1 && !strings.ContainsRune("!?…,", last)
}

// work tells whether a stretch is the title of a work or a programme behind a preposition, an owner or a verb that names the listener,
// or one more of them, where not all nouns have capitals: "on “The Late Tide,”", "Radio Aue’s “Good Evening,”", "told “Harbour and Home”".
func (f *finder) work(s *stretch) bool {
	if f.lang.nounsUpper {
		return f.entitled(s)
	}
	for n := 0; n < titleWords; n++ {
		if s.tok == 0 || s.words > maxName || !f.capitals(s.In(f.text)) {
			return false
		}
		k := s.tok - 1
		for k > 0 && (f.toks[k].kind == comma || f.toks[k].class&conj != 0 && f.toks[k-1].kind != word) {
			k--
		}
		t := &f.toks[k]
		if t.kind != quoted {
			return k == s.tok-1 && t.kind == word && (t.owner || t.class&prep != 0 && t.class&(as|that|by|agent) == 0 || t.class&tell != 0 && !t.upper)
		}
		s = &f.stretches[t.stretch]
	}
	return false
}

// entitled is work where nouns have capitals: a stretch without another word in lower case than small ones is a name behind an article of
// what is known or an adjective ("die „Stiftung für Land und Meer“", "das neue „Gesetz über die Häfen“").
func (f *finder) entitled(s *stretch) bool {
	if s.tok == 0 || s.words < minWords || s.words > maxName || !f.capitals(s.In(f.text)) {
		return false
	}
	k := s.tok - 1
	if s.outer.Start-f.toks[k].End > 1 {
		return false
	}
	if t := &f.toks[k]; k > 0 && t.kind == word && !t.upper && t.class == 0 && f.declined(k) {
		k-- // "die regierende „…“"
	}
	return f.toks[k].kind == word && f.toks[k].class&det != 0 && f.toks[k].class&some == 0
}

// shortWord is how many letters a small word of another language has at most ("of", "du").
const shortWord = 3

// capitals tells whether all words of s but small ones begin with a capital, two at least and the first.
func (f *finder) capitals(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if !unicode.IsUpper(first) || last == '!' || last == '?' || f.lang.nounsUpper && (last == '.' || last == '…') {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(s) {
		c, known := f.lang.words[strings.TrimFunc(w, unicode.IsPunct)]
		switch first, _ := utf8.DecodeRuneInString(w); {
		case !unicode.IsLower(first):
			n++
		case c&(det|prep|conj|particle) == 0 && (known || len(w) > shortWord):
			return false
		}
	}
	return n > 1
}

// maxName is how many words a name in marks has at most.
const maxName = 8

// label tells whether a stretch names the noun that it stands behind ("the museum “The Old Mill”"): it begins with a
// capital, and the noun is none for words that are spoken. Behind an article it does so where no verb reports it.
func (f *finder) label(s *stretch, cued bool) bool {
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	if s.tok == 0 || unicode.IsLower(first) {
		return false
	}
	t := &f.toks[s.tok-1]
	if t.kind != word || s.outer.Start-t.End > 1 {
		return false
	}
	if f.lang.nounsUpper && t.upper && !t.leads {
		return t.class&(source|cueNoun|pronoun) == 0
	}
	if f.lang.nounsUpper {
		return t.class&(det|genitive) == det|genitive && !(cued && t.class&some != 0) || !cued && t.class&(det|prep|as) != 0
	}
	return !cued && f.lang.free
}

// termed tells whether a stretch is rather a name or a term than somebody’s words, where nouns have capitals: a few capitals, or a noun or two
// that stand in their sentence like any other ("den „Alten Turm“", "ein neues „Bildungszentrum“").
func (f *finder) termed(s *stretch) bool {
	first, _ := utf8.DecodeRuneInString(s.In(f.text))
	if !f.lang.nounsUpper || s.tok == 0 || s.words > titleWords || unicode.IsLower(first) {
		return false
	}
	t := &f.toks[s.tok-1]
	if onlyCapitals(s.In(f.text)) {
		return t.kind != word || t.class&(some|as) == 0 && !(t.class&prep != 0 && t.class&det == 0)
	}
	if s.words >= minWords {
		return false
	}
	return t.kind == word && (t.class&det != 0 && t.class&some == 0 || t.class == 0)
}

// onlyCapitals tells whether no word of s begins with a small letter, and it does not end as a sentence does.
func onlyCapitals(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	return !strings.ContainsRune(".!?…", last)
}

// heading tells whether a stretch is all that its paragraph holds.
func (f *finder) heading(s *stretch) bool {
	return f.paras[s.para] == s.outer
}

// titleWords is how many words a title has mostly; where nouns have capitals too, more would hit speech.
const titleWords = 4

// titled tells whether most words of a stretch begin with a capital, as titles of works do, or, where nouns do so too,
// whether it is short and begins with one.
func (f *finder) titled(s string) bool {
	if f.lang.nounsUpper {
		first, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(first) && countWords(s) <= titleWords
	}
	upper, words, start := 0, 0, true
	for _, r := range s {
		if unicode.IsLetter(r) && start {
			words++
			if unicode.IsUpper(r) {
				upper++
			}
		}
		start = unicode.IsSpace(r)
	}
	return upper*3 >= words*2
}
