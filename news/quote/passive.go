package quote

import "slices"

// Auxiliaries, and verbs whose subject is spoken of: "was called “…” by the mayor".

// auxiliaries is the token where the verb at token i begins with what belongs to it, and whether that makes it a passive.
func (r *reading) auxiliaries(c clause, i int, f *frame) (end int, passive bool) {
	end = i
	if end-2 > c.from && r.adverb(end-1) {
		end-- // "had publicly said"
	}
	end = r.wentOn(c, end)
	reflexive := false
	for r.auxiliary(c, end-1) {
		end--
		f.denied = f.denied || r.toks[end].class&neg != 0
		passive = passive || r.toks[end].class&be != 0
		reflexive = reflexive || slices.Contains(r.lang.reflexive, r.toks[end].low)
	}
	if end-1 > c.from && slices.Contains(r.lang.nothing, r.toks[end-1].low) && r.toks[end-2].class&(aux|neg) != 0 { // "n'a rien dit"
		end, f.denied = end-2, true
		for r.auxiliary(c, end-1) {
			end--
		}
	}
	if r.clitic(c, i) {
		end--
	}
	return end, passive && !reflexive // "s'est dit" is none
}

// wentOn is the token where what stands before the infinitive at token i as an auxiliary does begins: "went on to say".
func (r *reading) wentOn(c clause, i int) int {
	for _, words := range r.lang.goesOn {
		if from := i - len(words); from >= c.from && r.toks[i-1].low == words[len(words)-1] && r.follows(c, from, words) {
			return from
		}
	}
	return i
}

// pastVerbs is the token right behind a quotation from which on only verbs and small words lead to the verb that begins at token i:
// "« … », s'est contenté de dire le maire". i where there is none.
func (r *reading) pastVerbs(c clause, i int) int {
	for k := i; k > c.from && i-k < nounReach; k-- {
		if r.quotedBefore(k) {
			return k
		}
		if t := &r.toks[k-1]; t.kind != word || t.upper || t.class&(det|that|conj|who|anyCue|role|body|kin) != 0 && t.class&(prep|elision|aux) == 0 {
			return i
		}
	}
	return i
}

// auxiliary tells whether token i can stand between a subject and its verb.
func (r *reading) auxiliary(c clause, i int) bool {
	return i >= c.from && r.toks[i].kind == word && r.toks[i].class&(aux|neg) != 0 && r.toks[i].class&pronoun == 0 && !r.surname(c, i)
}

// agent is who does what the verb at token i says, where it is passive ("was asked by a reporter").
func (r *reading) agent(c clause, i int) phrase {
	if i+1 >= c.to || r.toks[i+1].class&agent == 0 || r.toks[i].class&active != 0 {
		return phrase{}
	}
	if p := r.after(c, i+2); p.ok() && r.person(p) {
		return p
	}
	return phrase{}
}

// suffered tells whether the subject of a passive verb is who is spoken of in the marks behind it ("was called “…”"): who
// speaks is named behind them, or not at all. A participle behind a comma may be one, too ("Reed, called “…” by the mayor").
func (r *reading) suffered(c clause, f *frame, passive bool) bool {
	if !passive && (f.start == c.from || r.toks[f.start-1].kind != comma) {
		return false
	}
	q := f.next
	for q < c.to && q < f.next+nounReach && r.toks[q].kind == word && r.toks[q].class&(function|aux|as|infinitive) != 0 {
		q++ // "as a", "that he was"
	}
	if passive && slices.Contains(r.lang.asked, r.toks[f.cue].low) {
		for q < c.to && q < f.next+nounReach && r.toks[q].kind == word && r.toks[q].class&day != 0 {
			q++
		}
		if q < c.to && (r.toks[q].kind == comma || r.toks[q].kind == colon) {
			q++ // "was asked on Monday: “…”"
		}
	}
	if q >= c.to || r.toks[q].kind != quoted {
		return false
	}
	p := r.agent(c, q)
	if !passive && !p.ok() {
		return false
	}
	f.sure, f.weak, f.subject, f.unnamed = true, true, p, !p.ok()
	return true
}

// clitic tells whether an article before the verb at token i is its object: "el relojero, que …, la describe como".
func (r *reading) clitic(c clause, i int) bool {
	return r.lang.articles && !r.lang.nounsUpper && i-2 > c.from && r.toks[i-1].class&det != 0 && r.toks[i-2].kind == comma && i+1 < c.to && r.toks[i+1].class&as != 0
}

// adverb tells whether token i is a word in lower case between an auxiliary and its verb.
func (r *reading) adverb(i int) bool {
	t, before := &r.toks[i], &r.toks[i-1]
	return t.kind == word && !t.upper && t.class == 0 && before.kind == word && before.class&aux != 0 && before.class&(prep|det|pronoun) == 0
}

// doing is who does what a participle says that begins at token end, where the order is fixed: whom "with" names before it ("with Tom Reed
// saying …"), or who ends a phrase for a thing ("footage of Tom Reed saying …"); else p.
func (r *reading) doing(c clause, end int, p phrase) phrase {
	if end-2 < c.from || r.toks[end-1].kind != word || p.ok() && (p.allTo != end || p.to == end || r.person(p)) {
		return p
	}
	from := r.phraseStart(c, end-1)
	q := phrase{from, end, from, end}
	if from == c.from || !r.person(q) || !p.ok() && !slices.Contains(r.lang.with, r.toks[from-1].low) || p.ok() && !r.name(end-1) {
		return p
	}
	return r.shorten(q)
}
