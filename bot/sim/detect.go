package sim

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// finders are what Telegram finds in a text by itself, the strongest first (Bot API, MessageEntity.type).
var finders = []struct {
	kind   string
	form   *regexp.Regexp
	before string // characters that may not stand before it, besides letters, digits and "_"
}{
	{"email", regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,12}`), ""},
	{"url", regexp.MustCompile(`(?i)(?:https?://)?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}]{1,24}` +
		`(?::[0-9]{1,5})?(?:[/?#][^\s<>"«»“”]*)?`), "@./"},
	{"bot_command", regexp.MustCompile(`/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?`), "/<>@"},
	{"mention", regexp.MustCompile(`@[A-Za-z][A-Za-z0-9_]{2,31}`), "@/"},
	{"hashtag", regexp.MustCompile(`#[\p{L}\p{N}_]{1,256}`), "#@"},
	{"cashtag", regexp.MustCompile(`\$[A-Z]{1,8}`), "$"},
}

// domains are the top-level domains of addresses that are found without "http://".
const domains = " com org net info io gov edu int eu uk de fr es it ru ua pl nl ch at be se no dk fi cz pt br in cn jp us ca au " +
	"me tv app dev news example test "

// detect adds what is found in the text outside of code and links.
func detect(text string, entities []Entity) []Entity {
	offsets := unitOffsets(text)
	taken := append([]Entity{}, entities...)
	var found []Entity
	for _, f := range finders {
		for _, at := range f.form.FindAllStringIndex(text, -1) {
			from, to := at[0], trimMatch(f.kind, text, at)
			if to <= from || !free(text, from, to, f.before) || !plausible(f.kind, text[from:to]) {
				continue
			}
			e := Entity{Type: f.kind, Offset: offsets[from], Length: offsets[to] - offsets[from]}
			if !blocked(taken, e) {
				taken = append(taken, e)
				found = append(found, e)
			}
		}
	}
	out := append(entities, found...)
	sortEntities(out)
	return out
}

// unitOffsets tells for each byte of a text how many UTF-16 code units stand before it.
func unitOffsets(text string) []int {
	out := make([]int, len(text)+1)
	n := 0
	for i, r := range text {
		out[i] = n
		n++
		if r > 0xffff {
			n++
		}
	}
	out[len(text)] = n
	return out
}

// blocked tells whether something that takes no entity inside is there already.
func blocked(taken []Entity, e Entity) bool {
	for _, o := range taken {
		if overlap(o, e) && !isStyle(o) && !isQuote(o) {
			return true
		}
	}
	return false
}

// free tells whether the match stands by itself.
func free(text string, from, to int, before string) bool {
	prev, _ := utf8.DecodeLastRuneInString(text[:from])
	next, _ := utf8.DecodeRuneInString(text[to:])
	if from > 0 && (wordRune(prev) || strings.ContainsRune(before, prev)) {
		return false
	}
	return to == len(text) || !wordRune(next)
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// trimMatch ends an address before the punctuation of the sentence around it.
func trimMatch(kind, text string, at []int) int {
	if kind != "url" {
		return at[1]
	}
	match := text[at[0]:at[1]]
	for {
		short := strings.TrimRight(match, ".,:;!?'\"…")
		if n := len(short); n > 0 && strings.IndexByte(")]}", short[n-1]) >= 0 && unbalanced(short) {
			short = short[:n-1]
		}
		if len(short) == len(match) {
			return at[0] + len(match)
		}
		match = short
	}
}

// unbalanced tells whether the closing bracket at the end was not opened in the address.
func unbalanced(s string) bool {
	last := s[len(s)-1]
	opening := map[byte]string{')': "(", ']': "[", '}': "{"}[last]
	return strings.Count(s, opening) < strings.Count(s, string(last))
}

// plausible refuses what only looks like it: a tag without letters, a word with a dot and no known domain.
func plausible(kind, match string) bool {
	switch kind {
	case "hashtag":
		return strings.ContainsFunc(match, unicode.IsLetter)
	case "url":
		if strings.Contains(match, "://") {
			_, err := checkLink(match)
			return err == nil
		}
		host := match
		if i := strings.IndexAny(host, ":/?#"); i >= 0 {
			host = host[:i]
		}
		top := strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])
		return strings.Contains(domains, " "+top+" ")
	}
	return true
}

// firstLink is the first address in a text, by entity, that a client would preview; "" where there is none.
func firstLink(text string, entities []Entity) string {
	for _, e := range entities {
		switch e.Type {
		case "text_link":
			if strings.HasPrefix(e.URL, "http") {
				return e.URL
			}
		case "url":
			if link, err := checkLink(part(text, e)); err == nil {
				return link
			}
		}
	}
	return ""
}

// part is the text that an entity covers.
func part(text string, e Entity) string {
	from, to, n := len(text), len(text), 0
	for i, r := range text {
		if n == e.Offset {
			from = i
		}
		if n == e.Offset+e.Length {
			to = i
			break
		}
		n++
		if r > 0xffff {
			n++
		}
	}
	return text[min(from, to):to]
}
