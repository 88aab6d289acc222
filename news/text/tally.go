package text

import (
	"maps"
	"slices"
	"sync"
)

// maxLanguages is room for the languages with a file in lang/.
const maxLanguages = 64

// tally is what speaks for each language, by its number.
type tally [maxLanguages]float64

// vote is what a sign says for a language that has it.
type vote struct {
	lang   int
	weight float64
}

// codes are the languages with a file in lang/, sorted; a language's number is its index.
var codes = sync.OnceValue(func() []string {
	all := slices.Sorted(maps.Keys(languages()))
	if len(all) > maxLanguages {
		panic("text: more languages than maxLanguages")
	}
	return all
})

func numberOf(lang string) (int, bool) { return slices.BinarySearch(codes(), lang) }

// votes weighs signs by how many languages have them. Languages that are only known so as not to be taken for others
// take nothing from those.
func votes(index map[string][]int) map[string][]vote {
	all := make(map[string][]vote, len(index))
	for sign, langs := range index {
		read := 0
		for _, lang := range langs {
			if !languages()[codes()[lang]].foreign {
				read++
			}
		}
		for _, lang := range langs {
			n := len(langs)
			if !languages()[codes()[lang]].foreign {
				n = read
			}
			all[sign] = append(all[sign], vote{lang, 1 / (0.6 + 0.4*float64(n))})
		}
	}
	return all
}

// add counts votes, each by weight.
func (t *tally) add(votes []vote, weight float64) {
	for _, v := range votes {
		t[v.lang] += weight * v.weight
	}
}

// best are the two languages for which most speaks; -1 where nothing does.
func (t *tally) best() (first, second int) {
	first, second = -1, -1
	for i, w := range t {
		switch {
		case w > t.of(first):
			first, second = i, first
		case w > t.of(second):
			second = i
		}
	}
	return first, second
}

// of is what speaks for a language, 0 for none.
func (t *tally) of(lang int) float64 {
	if lang < 0 {
		return 0
	}
	return t[lang]
}
