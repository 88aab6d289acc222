package text

import (
	"embed"
	"path"
	"strings"
	"sync"
)

// The language files: "[section]" lines, words separated by white space, "#" starts a comment line.
// Sections: stop (function words), abbr (abbreviations that never end a sentence), abbr-end (those that may),
// sign (what speaks for the language in a headline, see signIndex), letters (its alphabet), usual (those of its own that few headlines lack),
// suffix (endings the light stemmer takes off, longest first), rule (names of switches, see language).
//
//go:embed lang/*.txt
var files embed.FS

// language is what this package knows of one language; the zero value is a language it knows nothing of.
type language struct {
	stop     map[string]bool
	abbr     map[string]bool // never ends a sentence
	abbrEnd  map[string]bool // ends one where a function word follows
	sign     map[string]bool
	letters  string
	usual    string
	suffix   []string
	ordinals bool // "3." is the third
}

// languages reads the language files once; they are part of the program, so a broken one is a programming error.
var languages = sync.OnceValue(func() map[string]*language {
	all := map[string]*language{}
	entries, err := files.ReadDir("lang")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		data, err := files.ReadFile(path.Join("lang", e.Name()))
		if err != nil {
			panic(err)
		}
		all[strings.TrimSuffix(e.Name(), ".txt")] = readLanguage(string(data))
	}
	return all
})

var unknown language

func languageOf(lang string) *language {
	if l := languages()[lang]; l != nil {
		return l
	}
	return &unknown
}

func readLanguage(data string) *language {
	sections := map[string][]string{}
	section := ""
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		default:
			sections[section] = append(sections[section], strings.Fields(line)...)
		}
	}
	l := &language{
		stop:    setOf(sections["stop"]),
		abbr:    setOf(sections["abbr"]),
		abbrEnd: setOf(sections["abbr-end"]),
		sign:    setOf(sections["sign"]),
		letters: strings.Join(sections["letters"], ""),
		usual:   strings.Join(sections["usual"], ""),
		suffix:  sections["suffix"],
	}
	l.ordinals = setOf(sections["rule"])["ordinals"]
	return l
}

func setOf(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
