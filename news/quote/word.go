package quote

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/text"
)

// known is what a language knows of a word as it is written.
type known struct {
	low    string
	class  class
	elided int32 // bytes of a form that leans on the rest of the word, with its apostrophe; 0 for none
	upper  bool
	owner  bool
	past   bool
	opens  bool
}

// memory is what one reading after the other uses again: room, and what is known of the words met lately, since looking one
// up in the lists takes ten times as long.
type memory struct {
	toks    []token
	capital map[string]bool
	words   text.Memo[known]
}

var memories sync.Pool

// keptTokens is how many tokens a memory keeps room for at most.
const keptTokens = 1 << 14

// recall is a memory with room for n tokens.
func recall(n int) *memory {
	m, ok := memories.Get().(*memory)
	if !ok || m == nil {
		m = &memory{capital: map[string]bool{}}
	}
	if cap(m.toks) < n {
		m.toks = make([]token, 0, n)
	}
	return m
}

// release gives back what the reading needs no more.
func (r *reading) release() {
	m := r.memory
	if m.toks = r.toks[:0]; cap(m.toks) > keptTokens {
		m.toks = nil
	}
	if len(m.capital) > keptTokens {
		m.capital = map[string]bool{}
	}
	clear(m.capital)
	memories.Put(m)
	*r = reading{}
}

// know is what the language knows of a word as it is written; it holds until the next word.
func (r *reading) know(written string) *known {
	k, ok := r.memory.words.Of(written)
	if !ok {
		*k = r.lang.learn(written)
		k.low = strings.Clone(k.low)
	}
	return k
}

// learn looks a word up in the lists of the language.
func (l *language) learn(written string) known {
	k := known{low: strings.ToLower(written)}
	if strings.Contains(k.low, "’") {
		k.low = strings.ReplaceAll(k.low, "’", "'")
	}
	if i, n := apostrophe(written); i > 0 && l.words[strings.ToLower(written[:i])+"'"]&elision != 0 {
		k.elided = int32(i + n) //nolint:gosec // no word is that long
	}
	if head, ok := strings.CutSuffix(k.low, "'s"); ok {
		k.low, k.owner = head, true
	}
	if i := strings.IndexByte(k.low, '\''); i > 0 && l.suffixes {
		k.low, k.owner = k.low[:i], true // "Korkut'a"
	}
	first, _ := utf8.DecodeRuneInString(written)
	k.upper = unicode.IsUpper(first) || l.particled(written) || l.nounsUpper && strings.ContainsFunc(written, unicode.IsUpper) // "eBay"
	k.opens, k.past = l.opening[k.low], l.past(k.low)
	if k.class = l.words[k.low]; k.class == 0 && k.upper {
		k.class = l.class(k.low)
		if head, tail, ok := strings.Cut(written, "-"); ok && k.class == 0 && !l.nounsUpper && isUpper(tail) {
			k.class = l.class(strings.ToLower(head)) & (male | female) // "Paul-Henri"
		}
	}
	if i := strings.LastIndexByte(k.low, '-'); i > 0 && k.class == 0 && !l.nounsUpper {
		k.class = l.words[k.low[i+1:]] & (role | woman | man) // "ex-minister"
	}
	if k.class&day != 0 && k.class&(male|female) != 0 && l.free && !l.nounsUpper {
		if k.upper {
			k.class &^= day // "Julio", and no month
		} else {
			k.class &^= male | female
		}
	}
	if k.class == 0 && (k.upper && l.nounsUpper || l.compounds) {
		k.class = l.compound(k.low)
	}
	return k
}

// past tells a word that says that somebody has an office no more, or an office with such a word before it ("ex-minister").
func (l *language) past(w string) bool {
	head, _, _ := strings.Cut(w, "-")
	return slices.Contains(l.former, head)
}

// isUpper tells whether s begins with a capital.
func isUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// class is what a word with a capital can be: a given name of other languages where it is nothing in this one.
func (l *language) class(w string) class {
	if c := l.words[w]; c != 0 {
		return c
	}
	if c := l.given[w]; c != male|female {
		return c
	}
	return 0
}

// particled tells a name that begins with a particle and a hyphen ("al-Rashidi").
func (l *language) particled(s string) bool {
	head, tail, ok := strings.Cut(s, "-")
	if !ok {
		head, tail, ok = strings.Cut(s, "'")
		ok = ok && l.nounsUpper // "d'Arco"
	}
	c, _ := utf8.DecodeRuneInString(tail)
	return ok && unicode.IsUpper(c) && (l.words[head]&particle != 0 || len(head) == 1)
}

// address tells a word that is an address on the web ("norden.example").
func address(s string) bool {
	k := strings.LastIndexByte(s, '.')
	return k > 0 && k+1 < len(s) && isLower(s[k+1]) && !strings.ContainsAny(s, " \u00a0")
}

// apostrophe is where the first apostrophe of s stands and its length; -1: nowhere.
func apostrophe(s string) (at, size int) {
	for i := range len(s) {
		switch s[i] {
		case '\'':
			return i, 1
		case 0xe2:
			if strings.HasPrefix(s[i:], "’") {
				return i, len("’")
			}
		}
	}
	return -1, 0
}

// plain appends the tokens of a part without quoted stretches.
func (r *reading) plain(from, to int) {
	at := from
	for w := range text.Words(r.text[from:to]) {
		start, end := from+w.Start, from+w.End
		r.marks(at, start)
		if last := len(r.toks) - 1; start == at+1 && at > from && (r.text[at] == '-' || r.text[at] == '.' && isLower(r.text[start])) {
			r.toks = r.toks[:last] // drop the hyphen, or the dot of an address
			if r.hyphenated(last-1, start, end) {
				r.toks[last-1] = r.wordToken(r.toks[last-1].Start, end)
				r.toks[last-1].upper = r.toks[last-1].upper || r.text[at] == '.' // an address is a name
				at = end
				continue
			}
		}
		r.word(start, end)
		at = end
	}
	r.marks(at, to)
}

// maxWord is how many bytes a word has with its hyphens at most.
const maxWord = 100

// hyphenated tells whether the word from start to end belongs to the token at last before the hyphen: not where it is a
// pronoun ("dit-il").
func (r *reading) hyphenated(last, start, end int) bool {
	if last < 0 || r.toks[last].kind != word || r.toks[last].End != start-1 || end-r.toks[last].Start > maxWord {
		return false
	}
	low := strings.ToLower(r.text[start:end])
	return r.lang.words[low]&pronoun == 0 && !(len(low) == 1 && r.lang.words[low]&aux != 0)
}

// word appends a word, and what leans on it as a token of its own.
func (r *reading) word(start, end int) {
	for r.lang.spaceless && start < end {
		first, n := utf8.DecodeRuneInString(r.text[start:end])
		if !letter(first) || start+n == end {
			break
		}
		r.toks = append(r.toks, r.wordToken(start, start+n))
		start += n
	}
	k := r.know(r.text[start:end])
	if n := int(k.elided); n > 0 {
		k = r.know(r.text[start : start+n])
		r.toks = append(r.toks, token{Span: news.Span{Start: start, End: start + n}, low: k.low, class: k.class, opens: k.opens})
		start += n
		k = r.know(r.text[start:end])
	}
	r.toks = append(r.toks, k.token(start, end))
}

func (r *reading) wordToken(start, end int) token { return r.know(r.text[start:end]).token(start, end) }

// token is the word where it stands.
func (k *known) token(start, end int) token {
	return token{Span: news.Span{Start: start, End: end}, low: k.low, class: k.class, upper: k.upper, owner: k.owner, opens: k.opens, past: k.past}
}
