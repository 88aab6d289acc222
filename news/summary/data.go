package summary

import (
	"embed"
	"path"
	"strings"
	"sync"
)

// The language files list, separated by white space, the words that make a sentence lean on the one before it when it
// begins with them; "two_words" count together. "#" starts a comment line. A language without a file has no such words.
//
//go:embed lang/*.txt
var files embed.FS

// leaning reads the language files once; they are part of the program, so a broken one is a programming error.
var leaning = sync.OnceValue(func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	entries, err := files.ReadDir("lang")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		data, err := files.ReadFile(path.Join("lang", e.Name()))
		if err != nil {
			panic(err)
		}
		words := map[string]bool{}
		for line := range strings.Lines(string(data)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			for _, w := range strings.Fields(line) {
				words[w] = true
			}
		}
		all[strings.TrimSuffix(e.Name(), ".txt")] = words
	}
	return all
})
