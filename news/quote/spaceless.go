package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Languages that write without spaces, and without capitals that would show a name. A speaker is given only where words for
// speaking stand right beside the marks or behind the comma that opens a report, and where the text shows how far the mention
// reaches.

const (
	// mentionLetters is how many letters a mention has at most.
	mentionLetters = 20
	// nameLetters is how many letters a name has at most behind an office, its surname counted.
	nameLetters = 4
)

// letter tells the letters that are each a word of its own for the rules: those of scripts without spaces.
func letter(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// spaceless claims the quotations of a clause, and the reports behind a comma.
func (f *finder) spaceless(c clause) {
	f.saysSo(c)
	alone := f.alone(c)
	for i := c.from; i < c.to; i++ {
		switch f.toks[i].kind {
		case quoted:
			if s := f.saidAround(c, i, alone); s != nil {
				f.claim(f.toks[i].stretch, s)
				f.note(s, c)
			}
		case comma:
			if s := f.saidBefore(c, i+1); s != nil && s.cued() && f.reportedWhole(c, i+1) && f.give(i+1, c.to, s, frame{}) {
				f.note(s, c)
				return
			}
		}
	}
}

// saysSo gives the quotation that is the sentence before to whom c names for it: 「…」。そう話すのは、農家の山田さんだ。
func (f *finder) saysSo(c clause) {
	if len(f.lang.saidSo) == 0 || f.n == 0 || f.clauses[f.n-1].para != c.para || !f.alone(f.clauses[f.n-1]) {
		return
	}
	for k := c.from; k < c.to && k-c.from < mentionLetters; k++ {
		rest := f.text[f.toks[k].Start:f.toks[c.to-1].End]
		if !slices.ContainsFunc(f.lang.saidSo, func(w string) bool { return strings.HasPrefix(rest, w) }) {
			continue
		}
		p := f.topic(c, k)
		for at := k; at < c.to && !p.ok(); at++ { // behind the words, before a comma or the end
			if end := f.part(c, at); f.toks[at].kind == comma && end > at+1 {
				p = f.title(at+1, end)
			}
		}
		if before := f.clauses[f.n-1]; p.ok() {
			s := &said{subject: p}
			for i := before.from; i < before.to; i++ {
				if f.toks[i].kind == quoted && f.claims[f.toks[i].stretch] == nil {
					f.claim(f.toks[i].stretch, s)
				}
			}
			f.note(s, c)
		}
		return
	}
}

// part is the token where the mention that begins behind token i ends: before the verb "だ" or a mark.
func (f *finder) part(c clause, i int) int {
	end := i + 1
	for end < c.to && f.inMention(end) {
		end++
	}
	if end-1 > i && hiragana(f.toks[end-1].In(f.text)) && f.lang.endingOf(f.tokens(i+1, end).In(f.text)) == "" {
		end-- // だ
	}
	return end
}

// saidAround is who says the quotation at token i, by the words beside it; the last speaker where it is a sentence of its own.
func (f *finder) saidAround(c clause, i int, alone bool) *said {
	if s := f.saidBefore(c, i); s != nil {
		return s
	}
	if s := f.saidBehind(c, i); s != nil {
		return s
	}
	if s := f.saidAfter(c, i); s != nil {
		return s
	}
	if alone && f.last != nil && f.n > 0 && f.at == f.clauses[f.n-1] && f.at.para == c.para {
		return f.last
	}
	return nil
}

// reportedWhole tells whether what stands from token i to the end of c is a report: no quotation and nothing else.
func (f *finder) reportedWhole(c clause, i int) bool {
	for k := i; k < c.to; k++ {
		if f.toks[k].kind == colon || k-i > maxReport {
			return false
		}
	}
	return i < c.to && f.toks[i].kind == word && c.to-i >= minClause
}

// inMention tells a letter or word, or the dot that parts foreign names.
func (f *finder) inMention(i int) bool {
	t := &f.toks[i]
	return t.kind == word || t.kind == other && (strings.HasPrefix(f.text[t.Start:], "・") || strings.HasPrefix(f.text[t.Start:], "·"))
}

// saidBefore reads a speaker and a word for speaking before token i: 市长李明说：“…”.
func (f *finder) saidBefore(c clause, i int) *said {
	end := i
	for n := 0; n < 2 && end > c.from && (f.toks[end-1].kind == comma || f.toks[end-1].kind == colon); n++ {
		end--
	}
	for from := end - 1; from >= c.from && f.inMention(from) && end-from <= mentionLetters; from-- {
		if cue := f.cueFrom(from, end); cue > 0 {
			return f.saidBy(c, from, cue, end)
		}
		if from == c.from || !f.inMention(from-1) {
			return nil
		}
	}
	return nil
}

// saidAfter is the same behind the quotation: “…”李明说。 What stands before "、" describes the speaker.
func (f *finder) saidAfter(c clause, i int) *said {
	from := i + 1
	if from < c.to && f.toks[from].kind == comma {
		from++
	}
	end := from
	for end < c.to && (f.inMention(end) || f.toks[end].kind == comma && f.text[f.toks[end].Start:f.toks[end].End] == "、") {
		if end++; f.toks[end-1].kind == comma {
			from = end
		}
	}
	if cue := f.cueFrom(from, end); cue > from {
		return f.saidBy(c, from, cue, end)
	}
	return nil
}

// saidBy is the speaker in the tokens from from to cue. A pronoun stands for who spoke last.
func (f *finder) saidBy(c clause, from, cue, end int) *said {
	s := &said{subject: f.mentionOf(from, cue), cue: cue, cueTo: end}
	if s.subject.ok() && f.stands(s.subject) && f.last != nil && (f.at == c || f.n > 0 && f.at == f.clauses[f.n-1]) {
		if s.behind = f.last.subject; f.last.behind.ok() {
			s.behind = f.last.behind
		}
	}
	s.unnamed = !s.subject.ok()
	return s
}

// stands tells a pronoun.
func (f *finder) stands(p phrase) bool {
	return f.lang.words[f.span(p).In(f.text)]&(he|she) != 0
}

// cueFrom is the token where the words for speaking begin that end the words from from to to, where these begin a part of the
// sentence; 0 for none.
func (f *finder) cueFrom(from, to int) int {
	if from >= to || to-from > mentionLetters || from > 0 && f.inMention(from-1) {
		return 0
	}
	rest, cut := f.tokens(from, to).In(f.text), false
	for again := true; again; {
		again = false
		for _, w := range f.lang.saying {
			if head, ok := strings.CutSuffix(rest, w); ok && head != "" {
				rest, cut, again = head, true, true // 警告+说
				break
			}
		}
	}
	for k := from + 1; cut && k < to; k++ {
		if f.toks[k].Start == f.toks[from].Start+len(rest) {
			return k
		}
	}
	return 0
}

// mentionOf is the speaker in the tokens from from to to: behind what describes him, up to the first word for where, when or to
// whom.
func (f *finder) mentionOf(from, to int) phrase {
	if f.toks[from].class&by != 0 {
		from++ // 据…报道
	}
	if from < to && f.toks[from].class&(he|she) != 0 && !(from+1 < to && f.toks[from+1].class&genitive != 0) {
		return phrase{from, from + 1, from, from + 1}
	}
	if len(f.lang.surnames) > 0 {
		for k := to - 2; k > from; k-- {
			if f.toks[k-1].class&genitive != 0 {
				from = k
				break
			}
		}
	}
	if len(f.lang.surnames) == 0 && !f.bounds(from, to) {
		if p := f.title(from, to); p.ok() {
			return p
		}
	}
	whole := to
	for k := from + 2; k < to; k++ {
		if f.toks[k].class&prep != 0 {
			to = k
		}
	}
	if to < whole && to > from && f.lang.calledName(f.tokens(from, to).In(f.text)) == "" && f.lang.calledName(f.tokens(from, whole).In(f.text)) != "" {
		to = whole // 渔民周大勇, and no 周三
	}
	for k := from; k < to; k++ {
		if f.toks[k].class&aux != 0 {
			return phrase{} // 停了一下又说
		}
	}
	if to <= from || to-from < 2 && (len(f.lang.surnames) > 0 || hiragana(f.toks[from].In(f.text))) {
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
		if i == c.from && f.n > 0 && f.clauses[f.n-1].para == c.para { // the sentence before is about the speaker
			if before := f.clauses[f.n-1]; f.at == before && f.last != nil {
				s.subject = f.last.subject
			} else {
				s.subject = f.topic(before, before.to)
			}
		}
		s.unnamed = !s.subject.ok()
		if s.subject.ok() && f.stands(s.subject) && f.last != nil && f.at.para >= c.para-1 {
			s.behind = f.last.subject
		}
		return s
	}
	return nil
}

// topic is what stands before the first particle that marks what a sentence is about, before token end: behind a comma or at
// the beginning of the clause, or what is no more than a name behind words that describe it.
func (f *finder) topic(c clause, end int) phrase {
	from := c.from
	for k := c.from; k < end && end-c.from <= maxReport; k++ {
		switch t := &f.toks[k]; {
		case !f.inMention(k):
			from = k + 1
		case t.class&about == 0:
		case k-from >= 2 && k-from <= mentionLetters && f.bounds(from, k):
			return phrase{from, k, from, k}
		default:
			if p := f.title(from, k); p.ok() {
				return p
			}
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

// title is the end of the tokens from from to to that has an office or a form of address at its end and no letters but those of
// names and offices: 近くで釣りをしていた会社員の山田健さん.
func (f *finder) title(from, to int) phrase {
	part := f.tokens(from, to).In(f.text)
	w := f.ending(part)
	if w == "" {
		return phrase{}
	}
	at := to - utf8.RuneCountInString(w)
	for at > from && (f.toks[at-1].class&genitive != 0 || !hiragana(f.toks[at-1].In(f.text))) && to-at < mentionLetters {
		at--
	}
	for at < to && f.toks[at].class&genitive != 0 {
		at++
	}
	if to-at < 2 {
		return phrase{}
	}
	return phrase{at, to, at, to}
}

func hiragana(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Hiragana, r)
}

// ending is the longest office or form of address that s ends in.
func (f *finder) ending(s string) string { return f.lang.endingOf(s) }

func (l *language) endingOf(s string) string {
	best := ""
	for _, w := range l.callings {
		if len(w) > len(best) && strings.HasSuffix(s, w) {
			best = w
		}
	}
	return best
}

// calledName is the name in a mention of such a language: behind an office (市长李明), or before one or a form of address (市長の
// 山田健一氏); "" where the mention only describes.
func (l *language) calledName(mention string) string {
	if len(l.surnames) > 0 {
		return l.behindOffice(mention)
	}
	w := l.endingOf(mention)
	if w == "" {
		return ""
	}
	name := strings.TrimSuffix(mention, w)
	if i := strings.LastIndex(name, "の"); i >= 0 {
		name = name[i+len("の"):]
	}
	if utf8.RuneCountInString(name) < 2 || l.endingOf(name) == name {
		return ""
	}
	return name
}

// behindOffice is the name that a mention ends in: a surname and a letter or more, behind an office or alone.
func (l *language) behindOffice(mention string) string {
	letters := []rune(mention)
	if strings.Contains(mention, "·") { // a foreign name: what stands behind the office
		for n := 3; n < len(letters); n++ {
			if head := string(letters[:len(letters)-n]); l.endingOf(head) != "" && strings.Contains(string(letters[len(letters)-n:]), "·") {
				return string(letters[len(letters)-n:])
			}
		}
		return mention
	}
	for n := min(nameLetters, len(letters)); n >= 2; n-- {
		name := string(letters[len(letters)-n:])
		head := string(letters[:len(letters)-n])
		if !slices.ContainsFunc(l.surnames, func(s string) bool { return strings.HasPrefix(name, s) }) || l.endingOf(name) != "" {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(head)
		if head == "" && n < nameLetters || head != "" && (l.endingOf(head) != "" || l.words[string(last)]&role != 0) {
			return name
		}
	}
	return ""
}
