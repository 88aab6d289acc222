package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"herald/news"
	"herald/news/summary"
	"herald/news/text"
)

// What models put around a summary although they are told not to.
var (
	thinking = regexp.MustCompile(`(?s)^.*</think(ing)?>`)          // reasoning models show how they came to it
	markup   = regexp.MustCompile("\\*\\*|__|`")                    // Markdown
	bullet   = regexp.MustCompile(`(?m)^\s*(?:[-*•#>]+|\d+[.)])\s`) // of lists and headings
)

// sentencesOf are the sentences of an answer that fit into the length, with what is no summary around them taken off.
func sentencesOf(w Wanted, answer string) []string {
	answer = markup.ReplaceAllString(thinking.ReplaceAllString(answer, ""), "")
	answer = bullet.ReplaceAllString(answer, "")
	lang := languageWanted(w)
	var out []string
	runes := 0
	for _, p := range text.Paragraphs(answer) {
		if line := p.In(answer); strings.HasSuffix(line, ":") { // "Here is the summary:"
			continue
		}
		for _, s := range text.Sentences(p.In(answer), lang) {
			one := strings.Join(strings.Fields(s.In(p.In(answer))), " ")
			if slices.Contains(out, one) {
				continue
			}
			runes += utf8.RuneCountInString(one) + 1
			if !ended(one) || runes > summary.Runes(w.Length)+1 {
				return out
			}
			out = append(out, one)
			if w.Length == news.Headline {
				return out
			}
		}
	}
	return out
}

func languageWanted(w Wanted) string {
	if w.Lang != "" {
		return w.Lang
	}
	return w.Article.Lang
}

// ended tells whether a sentence is whole: a model that may say no more breaks off.
func ended(s string) bool {
	s = strings.TrimRight(s, "\"'”’»›)」』")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？।؟", last)
}
