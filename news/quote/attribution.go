package quote

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Who spoke a quotation, said beside it without a reporting verb or in a sentence of its own.

// attributionReach is how many tokens may stand between a quotation and the verb that says who spoke it.
const attributionReach = 7

// attributes tells whether the words from token i on say who spoke the question, exclamation or, in
// untidy texts, sentence quoted before them: a cue comes soon, and nothing that it could report itself follows it.
func (r *reading) attributes(i int) bool {
	if r.toks[i-1].kind == quoted && r.toks[i].kind == dash {
		return r.signature(i + 1)
	}
	if r.toks[i-1].kind != quoted || r.toks[i].kind != word {
		return false
	}
	if r.lang.nounsUpper && r.toks[i].class&(aux|perfect|as|anyCue) == 0 {
		return false // a subject: the verb stands first behind its quotation
	}
	last, _ := utf8.DecodeLastRuneInString(r.stretches[r.toks[i-1].stretch].In(r.text))
	for j := i; j < len(r.toks) && j < i+attributionReach; j++ {
		t := &r.toks[j]
		if t.kind != word && t.kind != dot {
			return false
		}
		if t.class&anyCue != 0 && !t.upper {
			if j+1 == len(r.toks) {
				return true
			}
			next := &r.toks[j+1]
			if last == '.' {
				return t.class&cue != 0 && next.kind == dot
			}
			if t.class&(cue|cueThat) == 0 && r.silent(j+1) {
				return true
			}
			if i > 1 && (r.toks[i-2].kind == comma || r.toks[i-2].kind == colon) && next.kind == comma && j+2 < len(r.toks) && r.toks[j+2].kind == quoted {
				return false // "Reed asked, “…?” The mayor answered, “…”"
			}
			return next.kind != quoted && next.kind != colon && next.class&(that|det|pronoun) == 0
		}
	}
	return false
}

// signature tells whether nothing but a name stands from token i to the end of the paragraph in hand.
func (r *reading) signature(i int) bool {
	if i == len(r.toks) || len(r.toks)-i > attributionReach || r.lang.dashes {
		return false
	}
	for ; i < len(r.toks); i++ {
		if t := &r.toks[i]; t.kind != dot && (t.kind != word || !t.upper) {
			return false
		}
	}
	return true
}

// silent tells whether no quotation and no word that opens a report follows from token i to the end of its sentence: "she
// asked the mayor."
func (r *reading) silent(i int) bool {
	for end := i + attributionReach; i < len(r.toks) && i < end; i++ {
		switch t := &r.toks[i]; {
		case t.kind == dot || t.kind == stop:
			return true
		case t.kind == quoted || t.kind == colon || t.class&that != 0:
			return false
		}
	}
	return i == len(r.toks)
}

// labels gives the quotations of c to the names that are set before or behind them by marks alone: "The vote — Tom Reed:
// “…”", "“…” — Tom Reed".
func (f *finder) labels(c clause) {
	for i := c.from; i < c.to; i++ {
		if f.toks[i].kind != quoted {
			continue
		}
		if f.putTo(c, i) {
			f.claim(f.toks[i].stretch, &said{unnamed: true, sure: true})
			continue
		}
		p := f.labelBefore(c, i)
		if !p.ok() {
			p = f.labelBehind(c, i)
		}
		if !p.ok() {
			p = f.labelBelow(c)
		}
		if p.ok() {
			s := &said{subject: p, sure: p.from > c.from && f.toks[p.from-1].class&agent != 0} // "was asked by Reed: “…?”"
			f.claim(f.toks[i].stretch, s)
			f.note(s, c)
		}
	}
}

// putTo tells whether the quotation at token i is a question that was put to who speaks then: "Asked “…?” Reed laughed",
// "Auf die Frage „…?“ lachte Reed".
func (f *finder) putTo(c clause, i int) bool {
	if !strings.HasSuffix(f.stretches[f.toks[i].stretch].In(f.text), "?") {
		return false
	}
	k := i - 1
	if k > c.from && (f.toks[k].kind == comma || f.toks[k].kind == colon) {
		k--
	}
	if k < c.from || f.toks[k].kind != word {
		return false
	}
	if slices.Contains(f.lang.asked, f.toks[k].low) {
		return k == c.from || k == c.from+1 && f.toks[c.from].class&conj != 0
	}
	return k-2 >= c.from && slices.Contains(f.lang.questions, f.toks[k].low) && f.toks[k-1].class&det != 0 && f.toks[k-2].class&prep != 0 && (k-2 == c.from || f.toks[k-3].kind == word)
}

// labelBefore is the name between a mark, or "by", and the colon before the quotation at token i.
func (f *finder) labelBefore(c clause, i int) phrase {
	if i-2 < c.from || f.toks[i-1].kind != colon || !f.name(i-2) {
		return phrase{}
	}
	from := f.phraseStart(c, i-2)
	joined := from > c.from && f.lang.nounsUpper && f.toks[from].class&det != 0 && f.toks[from-1].class&conj != 0
	if from > c.from && !joined && f.toks[from-1].kind == word && f.toks[from-1].class&agent == 0 || from == c.from && c.to-i > 1 {
		return phrase{}
	}
	for k := from + 1; k < i-1 && f.lang.nounsUpper; k++ {
		if t := &f.toks[k]; t.kind == word && !t.upper && t.class == 0 && f.toks[k-1].upper {
			return phrase{} // "Reed zog Bilanz:"
		}
	}
	p := f.shorten(phrase{from, i - 1, from, i - 1})
	if from > c.from && f.toks[from-1].kind == comma || f.toks[p.from].class&(role|body) != 0 {
		return phrase{}
	}
	return p
}

// labelBehind is the name behind a dash that closes the clause of the quotation at token i.
func (f *finder) labelBehind(c clause, i int) phrase {
	if i+2 >= c.to || f.toks[i+1].kind != dash || f.lang.dashes || !f.name(i+2) {
		return phrase{}
	}
	p := f.after(c, i+2)
	if p.ok() && (p.allTo >= c.to || f.toks[p.allTo].kind != word) && f.full(p) {
		return p
	}
	return phrase{}
}

// labelReach is how many tokens a paragraph has at most that is nothing but a name and what describes it.
const labelReach = 12

// labelBelow is the name that the paragraph below a quotation which stands alone is made of: "Tom Reed, Port of Aldmoor".
func (f *finder) labelBelow(c clause) phrase {
	if c.to-c.from > labelReach {
		return phrase{} // each of its quotations would look through all of it
	}
	if f.n+1 >= len(f.clauses) || !f.alone(c) || f.n > 0 && f.last != nil && f.at == f.clauses[f.n-1] {
		return phrase{} // who spoke right before goes on, and a heading follows
	}
	n := f.clauses[f.n+1]
	if n.para != c.para+1 || n.to-n.from > labelReach || f.n > 0 && f.clauses[f.n-1].para == c.para || f.n+2 < len(f.clauses) && f.clauses[f.n+2].para == n.para {
		return phrase{}
	}
	p := f.after(n, n.from)
	if !p.ok() || !f.full(p) || p.from != n.from || p.allTo < n.to && f.toks[p.allTo].kind == word {
		return phrase{}
	}
	for i := p.allTo; i < n.to; i++ {
		if t := &f.toks[i]; t.kind == quoted || t.kind == colon || t.class&(anyCue|be|perfect) != 0 && !t.upper {
			return phrase{}
		}
	}
	return p
}
