package quote

import (
	"strings"
	"unicode"
)

// Languages that write without spaces, and without capitals that would show a name. A speaker is given only where words for
// speaking stand right beside the marks, and where the text shows how far the mention reaches.

// mentionLetters is how many letters a mention has at most.
const mentionLetters = 20

// letter tells the letters that are each a word of its own for the rules: those of scripts without spaces.
func letter(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// spaceless claims the quotations of a clause.
func (f *finder) spaceless(c clause) {
	for i := c.from; i < c.to; i++ {
		if f.toks[i].kind != quoted {
			continue
		}
		s := f.saidBefore(c, i)
		if s == nil {
			s = f.saidBehind(c, i)
		}
		if s == nil {
			s = f.saidAfter(c, i)
		}
		if s != nil {
			f.claim(f.toks[i].stretch, s)
			f.note(s, c)
		}
	}
}

// saidBefore reads a speaker and a word for speaking before the quotation at token i: 市长李明说：“…”.
func (f *finder) saidBefore(c clause, i int) *said {
	end := i
	for end > c.from && (f.toks[end-1].kind == comma || f.toks[end-1].kind == colon) {
		end--
	}
	for from := end - 1; from >= c.from && f.toks[from].kind == word && end-from <= mentionLetters; from-- {
		if cue := f.cueFrom(from, end); cue > 0 {
			return &said{subject: f.mentionOf(from, cue), cue: cue, cueTo: end}
		}
		if from == c.from || f.toks[from-1].kind != word {
			return nil
		}
	}
	return nil
}

// saidAfter is the same behind the quotation: “…”李明说。
func (f *finder) saidAfter(c clause, i int) *said {
	from := i + 1
	if from < c.to && f.toks[from].kind == comma {
		from++
	}
	end := from
	for end < c.to && f.toks[end].kind == word {
		end++
	}
	if cue := f.cueFrom(from, end); cue > from {
		return &said{subject: f.mentionOf(from, cue), cue: cue, cueTo: end}
	}
	return nil
}

// cueFrom is the token where a word for speaking begins that ends the words from from to to, where these begin a part of the
// sentence; 0 for none.
func (f *finder) cueFrom(from, to int) int {
	if from >= to || to-from > mentionLetters || from > 0 && f.toks[from-1].kind == word {
		return 0
	}
	part := f.tokens(from, to).In(f.text)
	for _, w := range f.lang.saying {
		if rest, ok := strings.CutSuffix(part, w); ok && rest != "" {
			for k := from + 1; k < to; k++ {
				if f.toks[k].Start == f.toks[from].Start+len(rest) {
					return k
				}
			}
		}
	}
	return 0
}

// mentionOf is the speaker in the tokens from from to to: up to the first word for where, when or to whom.
func (f *finder) mentionOf(from, to int) phrase {
	for k := from + 2; k < to; k++ {
		if f.toks[k].class&prep != 0 {
			to = k
		}
	}
	if to-from < 2 {
		return phrase{}
	}
	return phrase{from, to, from, to}
}

// saidBehind reads a word for speaking right behind the quotation at token i, and who the sentence before it is about:
// 市長は会見で「…」と述べた。
func (f *finder) saidBehind(c clause, i int) *said {
	rest := f.text[f.toks[i].End:]
	for _, w := range f.lang.saidAfter {
		if !strings.HasPrefix(rest, w) {
			continue
		}
		end := i + 1
		for end < c.to && f.toks[end].End <= f.toks[i].End+len(w) {
			end++
		}
		s := &said{subject: f.topic(c, i), cue: i + 1, cueTo: end}
		s.unnamed = !s.subject.ok()
		return s
	}
	return nil
}

// topic is what stands before the first particle that marks what a sentence is about, before token end: behind a comma or at
// the beginning of the clause.
func (f *finder) topic(c clause, end int) phrase {
	from := c.from
	for k := c.from; k < end && end-c.from <= maxReport; k++ {
		switch t := &f.toks[k]; {
		case t.kind != word:
			from = k + 1
		case t.class&about != 0 && k-from >= 2 && k-from <= mentionLetters && f.bounds(from, k):
			return phrase{from, k, from, k}
		case t.class&about != 0:
			from = k + 1
		}
	}
	return phrase{}
}

// bounds tells whether no particle stands between tokens from and to, which would make them more than a name.
func (f *finder) bounds(from, to int) bool {
	for k := from; k < to; k++ {
		if f.toks[k].class&(prep|about) != 0 {
			return false
		}
	}
	return true
}
