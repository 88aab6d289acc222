package page

import "strings"

// How two extractions are weighed against each other. What both found is the article for certain; the rest is judged by
// where it stands and whether it reads like text.
const (
	missed    = 3    // an extraction with so many times the other's text: the other has missed the article
	agreement = 0.4  // share of the shorter text's paragraphs' bytes that both must have to be merged
	sentence  = 60   // bytes of a paragraph that reads like text, if it also ends like a sentence
	maxMerge  = 1500 // paragraphs of a text; with more the first extraction is taken as it is
)

// better makes one text of two extractions: the first, which is the more precise, with what only the second found in
// the midst of the article, and without what only the first found around it and does not read like text. Only the second
// looks for the author.
func better(first, second extraction) extraction {
	first.byline = or(first.byline, second.byline)
	switch {
	case len(second.text) > missed*len(first.text):
		return second
	case len(first.text) > missed*len(second.text):
		return first
	}
	a, b := split(first.text), split(second.text)
	if len(a) > maxMerge || len(b) > maxMerge {
		return first
	}
	pairs := align(a, b)
	both := 0
	for _, p := range pairs {
		both += len(a[p[0]].text)
	}
	if float64(both) < agreement*float64(min(len(first.text), len(second.text))) {
		return first
	}
	first.text = merge(a, b, pairs)
	return first
}

// para is a paragraph with its letters.
type para struct{ text, key string }

func split(text string) []para {
	var out []para
	for p := range strings.SplitSeq(text, "\n\n") {
		if p != "" {
			out = append(out, para{p, letters(p)})
		}
	}
	return out
}

// align finds the longest common run of paragraphs, gaps allowed, as pairs of indices.
func align(a, b []para) [][2]int {
	width := len(b) + 1
	best := make([]int32, (len(a)+1)*width) // bytes in common from i, j on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1])
			if a[i].key != "" && a[i].key == b[j].key {
				best[i*width+j] = max(best[i*width+j], best[(i+1)*width+j+1]+int32(len(a[i].key)))
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].key != "" && a[i].key == b[j].key:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case best[(i+1)*width+j] >= best[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// merge joins two aligned texts.
func merge(a, b []para, pairs [][2]int) string {
	var out []string
	lastA, lastB := 0, 0
	for n, p := range pairs {
		out = gap(out, a[lastA:p[0]], b[lastB:p[1]], n > 0)
		out = append(out, a[p[0]].text)
		lastA, lastB = p[0]+1, p[1]+1
	}
	out = gap(out, a[lastA:], b[lastB:], false)
	return strings.Join(out, "\n\n")
}

// gap adds what stands between two paragraphs that both have, or before the first, or after the last.
func gap(out []string, a, b []para, inside bool) []string {
	all := ""
	for _, p := range a {
		if inside || readsLikeText(p.text) {
			out = append(out, p.text)
		}
		all += p.key
	}
	for _, p := range b {
		if inside && readsLikeText(p.text) && !strings.Contains(all, p.key) {
			out = append(out, p.text)
		}
	}
	return out
}

// readsLikeText tells whether a paragraph is a sentence or more.
func readsLikeText(s string) bool {
	l := line{text: s}
	return len(s) >= sentence && l.ends()
}
