package text

import (
	"io/fs"
	"iter"
	"path"
	"strings"
)

// LanguageFiles are the files "lang/xx.txt" of a room: each language and its text. They are part of the program, so that one that can't
// be read is a programming error.
func LanguageFiles(files fs.FS) iter.Seq2[string, string] {
	return func(yield func(lang, data string) bool) {
		entries, err := fs.ReadDir(files, "lang")
		if err != nil {
			panic(err)
		}
		for _, e := range entries {
			data, err := fs.ReadFile(files, path.Join("lang", e.Name()))
			if err != nil {
				panic(err)
			}
			if !yield(strings.TrimSuffix(e.Name(), ".txt"), string(data)) {
				return
			}
		}
	}
}

// SectionLines are the lines of a language file, each with the "[section]" it stands in. Empty lines and remarks behind "#" are left out.
func SectionLines(data string) iter.Seq2[string, string] {
	return func(yield func(section, line string) bool) {
		section := ""
		for line := range strings.Lines(data) {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || line[0] == '#':
			case line[0] == '[':
				section = strings.Trim(line, "[]")
			case !yield(section, line):
				return
			}
		}
	}
}

// Sections are the words of a language file by the section they stand in.
func Sections(data string) map[string][]string {
	sections := map[string][]string{}
	for section, line := range SectionLines(data) {
		sections[section] = append(sections[section], strings.Fields(line)...)
	}
	return sections
}
