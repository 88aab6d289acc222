package summary

import (
	"slices"
	"strings"
	"sync"

	"herald/news"
	"herald/news/text"
)

// reader makes documents, one after the other.
type reader struct {
	d        document
	language *language
	words    text.Memo[word]
	headings []heading
	progress []progress // by article
	terms    table      // by the hash of the stem
	pairs    table      // by both terms, 32 bits each
	said     table      // sentences, by their terms
	tokens   []int      // those of the sentences, one behind the other
}

// progress is how far an article was read.
type progress struct {
	end      int  // of the latest sentence
	inside   bool // which ends inside quotation marks
	dialogue bool // its paragraph is somebody's words, by the dash before them

	interview bool // questions and answers
	live      bool // has the times of day
	points    int  // where the first of them stands
	talk      int  // from here on it is nothing else
	under     bool // the latest sentence stands under a heading
	labels    int  // paragraphs that begin with a label and a colon
	labelled  bool // its paragraph does, and another before
	asked     bool // the latest sentence is a question in it
	answer    bool // its paragraph answers one
}

// heading is a headline, folded.
type heading struct {
	text  string
	words int
}

// readers are kept for the next article: they hold much memory.
var readers = sync.Pool{New: func() any { return new(reader) }}

// reset makes room for another article.
func (r *reader) reset(w *Weights, lang string) {
	r.terms.clear()
	r.pairs.clear()
	r.said.clear()
	r.language = languageOf(lang)
	r.words.Language(lang)
	clear(r.d.sentences) // lets go of the text
	r.headings, r.tokens = r.headings[:0], r.tokens[:0]
	r.d = document{
		weights: w, lang: lang, reader: r, care: 1,
		grown: r.d.grown, sentences: r.d.sentences[:0], terms: r.d.terms[:0], pairs: r.d.pairs[:0],
	}
}

// release ends the use of d, which may serve another article then.
func (d *document) release() { readers.Put(d.reader) }

// title reads a headline. What somebody says is not what the news is called.
func (r *reader) title(s string) {
	h := heading{text: plainly(s)}
	last, says := -1, wholly(s)
	for at := range text.Words(s) {
		written := at.In(s)
		w := r.word(written)
		id := r.term(w, written)
		if t := &r.d.terms[id]; !t.title {
			t.title = !says && !w.kinds.is(label)
			r.d.titles += int(flag(t.title && !t.function))
		}
		if last >= 0 && !says {
			r.d.pairs[r.pair(last, id)].title = true
		}
		last = id
		h.words++
	}
	if h.words > 0 {
		r.headings = append(r.headings, h)
		r.d.headed, r.d.checked = r.d.headed || !says, r.d.checked || r.language.checks(s)
	}
}

// sentence reads sentence number place of an article.
func (r *reader) sentence(source, place int, span news.Span, body string) {
	k, part := len(r.d.sentences), span.In(body)
	s := sentence{Span: span, text: part, source: source, place: place, rank: place, origin: k, telling: min(len(r.language.start), 1)}
	most := len(part)/2 + 1 // words
	s.tokens, s.pairs, s.content = r.room(most), r.room(most), r.room(most)
	for at := range text.Words(part) {
		written := at.In(part)
		w := r.word(written)
		term := r.term(w, written)
		t := &r.d.terms[term]
		r.count(t, &s, w)
		if s.words < int(w.telling) || w.kinds.is(pronoun) && s.words < far && (len(s.content) <= dateWords || strings.HasSuffix(part[:at.Start], ", ")) {
			s.telling = s.words + 1
		}
		s.kinds |= w.kinds
		if t.last != k {
			t.last = k
			t.sentences++
			if !t.function {
				s.content = append(s.content, term)
				s.titles += int(flag(t.title))
			}
		}
		if s.words > 0 {
			id := r.pair(s.tokens[s.words-1], term)
			if p := &r.d.pairs[id]; r.countPair(p, k, place) {
				s.pairs = append(s.pairs, id)
			}
		}
		s.tokens = append(s.tokens, term)
		s.words++
	}
	r.flow(&s, body)
	s.usable = (usable(part, s.words) || r.point(&s)) && !(s.kinds.is(label) && r.progress[source].live) && !r.heading(&s) && !r.again(&s) && (s.opens || s.telling == 0 || !r.language.announces(part) && !r.language.credits(&s))
	r.d.deny(&s)
	if s.telling > 0 && !s.inside && r.language.but.begin(part) {
		r.d.turn(&s)
	}
	r.d.sentences = append(r.d.sentences, s)
}

// flow notes how s goes on from the sentence before it in its article.
func (r *reader) flow(s *sentence, body string) {
	p := &r.progress[s.source]
	between := body[p.end:s.Start]
	question := p.interview && inQuestion(body, s.End)
	paragraph := s.place == 0 || strings.ContainsRune(between, '\n')
	s.apart = s.place > 0 && strings.TrimSpace(between) != ""
	if paragraph {
		talk := s.Start >= p.talk && (p.answer || !question)
		s.apart = s.apart || talk && !p.asked // may be the answer to what is no question by its mark
		p.inside, p.dialogue = false, strings.HasPrefix(s.text, "—") || strings.HasPrefix(s.text, "–")
		p.answer = p.asked || talk
		here := labelled(s.text)
		p.labelled = here && p.labels > 0
		p.labels += int(flag(here))
	}
	p.asked = question || p.dialogue && asks(s.text)
	s.inside, s.opener = p.inside, paragraph
	p.end, p.inside = s.End, s.look(r.d.lang)
	s.unclosed = p.inside
	s.asks, s.answers = p.asked, p.answer
	headed := strings.IndexByte(s.text, '\n') >= 0
	further := (p.dialogue || p.labelled || question) && !paragraph || p.under && !headed
	s.leaning = s.leaning || s.inside || s.answers || further || s.telling > 0 && r.d.unnamed(s, r.language)
	p.under = p.under || headed
	s.given = -1
	if s.telling > 0 && !s.leaning {
		s.given = r.d.given(s, r.language)
	}
}

// room is place for n terms.
func (r *reader) room(n int) []int {
	at := len(r.tokens)
	r.tokens = slices.Grow(r.tokens, n)[:at+n]
	return r.tokens[at : at : at+n]
}

// heading tells whether s repeats a headline.
func (r *reader) heading(s *sentence) bool {
	return slices.ContainsFunc(r.headings, func(h heading) bool { return h.words == s.words && h.text == plainly(s.text) })
}

// again tells whether s says what a sentence before it did, word for word.
func (r *reader) again(s *sentence) bool {
	key := uint64(0)
	for _, id := range s.tokens {
		key = (key ^ uint64(id+1)) * 0x9e3779b97f4a7c15 // 2^64 by the golden ratio, which scatters
		key ^= key >> 32
	}
	_, fresh := r.said.number(key, len(r.d.sentences))
	return !fresh
}

// count notes an occurrence of t as the next word of s.
func (r *reader) count(t *term, s *sentence, w *word) {
	if t.count == 0 {
		t.first, t.origin = s.place, s.origin
	}
	t.count++
	s.number = s.number || t.digit
	if s.words == 0 {
		return
	}
	t.inside++
	if w.capital {
		t.capital++
		s.capital++
	}
}

// countPair notes an occurrence of p in sentence number k, and tells whether it is the first there.
func (r *reader) countPair(p *pair, k, place int) bool {
	if p.count == 0 {
		p.first = place
	}
	first := p.count == 0 || p.last != k
	p.count++
	p.last = k
	return first
}

// term is the number of a word's stem in the article.
func (r *reader) term(w *word, written string) int {
	id, fresh := r.terms.number(w.stem, len(r.d.terms))
	if fresh {
		r.d.terms = append(r.d.terms, term{written: written, function: w.function, digit: w.digit, letters: int(w.letters), last: -1})
	}
	return id
}

// pair is the number of a pair of terms.
func (r *reader) pair(a, b int) int {
	id, fresh := r.pairs.number(uint64(a)<<32|uint64(b), len(r.d.pairs))
	if fresh {
		r.d.pairs = append(r.d.pairs, pair{a: a, b: b})
	}
	return id
}
