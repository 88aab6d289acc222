package storage

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"herald/news"
)

const (
	// sameWords is how many words a quotation has at least that is known again elsewhere: fewer are said every day.
	sameWords = 4
	// sameMost is how many quotations of a speaker are compared with the next one, the latest; it bounds the work.
	sameMost = 200
)

// onceEach reads quotations until need of them differ, or there are no more; read returns the first k.
func onceEach(need int, read func(k int) ([]news.Quotation, error)) ([]news.Quotation, error) {
	for k := 2 * need; ; k *= 2 {
		all, err := read(k)
		if err != nil {
			return nil, err
		}
		if once := fold(all); len(once) >= need || len(all) < k {
			return once, nil
		}
	}
}

// fold makes quotations of one speaker with the same words one: the first, with the articles of the others.
func fold(all []news.Quotation) []news.Quotation {
	type told struct {
		words string
		at    int
	}
	var once []news.Quotation
	bySpeaker := map[string][]told{}
	for _, q := range all {
		who, words := speakerKey(&q), plainWords(q.Text)
		said := bySpeaker[who]
		same := slices.IndexFunc(said[max(0, len(said)-sameMost):], func(t told) bool { return alike(t.words, words) })
		if same < 0 {
			bySpeaker[who] = append(said, told{words, len(once)})
			once = append(once, q)
			continue
		}
		first := &once[said[max(0, len(said)-sameMost)+same].at]
		if !slices.ContainsFunc(append(first.Also, first.Article), func(a news.Article) bool { return a.Source == q.Article.Source }) {
			first.Also = append(first.Also, q.Article)
		}
	}
	return once
}

// speakerKey tells speakers apart: by the person or, where nobody is known, by the name.
func speakerKey(q *news.Quotation) string {
	switch {
	case q.Person != 0:
		return strconv.FormatInt(q.Person, 10)
	case q.Speaker != nil:
		return "=" + q.Speaker.Name
	}
	return ""
}

// alike tells whether two quotations are the same, or one a part of the other.
func alike(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return strings.Count(a, " ") > sameWords && strings.Contains(b, a)
}

// plainWords are the words of a text in lower case with a space around each, without punctuation.
func plainWords(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return " " + strings.Join(words, " ") + " "
}
