package model

import (
	"embed"
	"strings"
	"sync"

	"herald/news/text"
)

// The language files: "[section]" lines, words in lower case separated by white space. Of a language without a file no
// number written in letters and no negation is known.
//
//	count   a number in digits and its words; commas part one from the next
//	not     words that deny what follows them
//	around  words that deny what stands on either side of them
//	percent what "%" is in words, by the last of them
//
//go:embed lang/*.txt
var files embed.FS

// tongue is what the check knows of one language; the zero value is a language it knows nothing of.
type tongue struct {
	counts               map[string]string // digits by word
	not, around, percent map[string]bool
}

// tongues reads the language files once; they are part of the program, so a broken one is a programming error.
var tongues = sync.OnceValue(func() map[string]*tongue {
	all := map[string]*tongue{}
	for lang, data := range text.LanguageFiles(files) {
		all[lang] = readTongue(data)
	}
	return all
})

func tongueOf(lang string) *tongue {
	if l := tongues()[lang]; l != nil {
		return l
	}
	return &tongue{}
}

func readTongue(data string) *tongue {
	l := &tongue{counts: map[string]string{}, not: map[string]bool{}, around: map[string]bool{}, percent: map[string]bool{}}
	for section, line := range text.SectionLines(data) {
		if section == "count" {
			for part := range strings.SplitSeq(line, ",") {
				digits, words, _ := strings.Cut(strings.TrimSpace(part), " ")
				for _, w := range strings.Fields(words) {
					l.counts[w] = digits
				}
			}
			continue
		}
		for _, w := range strings.Fields(line) {
			l.not[w] = l.not[w] || section == "not"
			l.around[w] = l.around[w] || section == "around"
			l.percent[w] = l.percent[w] || section == "percent"
		}
	}
	return l
}
