package bot

import (
	"fmt"
	"strings"
	"sync"

	"herald/bot/locale"
	"herald/news"
	"herald/news/summary"
	"herald/news/text"
)

// told is a summary in parts: what an article says, each with the article's source where it is not the lead's.
type told []part

type part struct {
	words       string
	source, url string // "": the lead's
}

// summaryOf is a story's summary at the length wanted: the model's where there is one, else the sentences that matter, of
// all the articles whose texts are there. Without a text, as in lists, it is the beginning of the stored summary.
func summaryOf(m *Summaries, s news.Story, l news.Length) told {
	lead := s.Lead()
	if lead.Written != nil && lead.Written.Text != "" {
		return told{{words: lead.Written.Text}}
	}
	if t := m.of(s, l); len(t) > 0 {
		return t
	}
	return told{{words: joined(lead.Summary[:min(len(lead.Summary), sentencesOf(l))])}}
}

// summing reads the articles of a story.
func summing(s news.Story, l news.Length) told {
	lead := s.Lead()
	if lead.Text == "" {
		return nil
	}
	articles := []*news.Article{lead}
	for i := range s.Articles[1:] {
		if a := &s.Articles[i+1]; a.Text != "" {
			articles = append(articles, a)
		}
	}
	if len(articles) == 1 {
		fit := summary.Fit(lead, l)
		if len(fit) == 0 {
			return nil
		}
		return told{{words: summary.Clip(joined(fit), lead.Lang, summary.Runes(l))}}
	}
	var out told
	for _, t := range summary.Story(articles, l) {
		p := part{words: t.Plain()}
		if t.Article != lead && t.Article.Source != lead.Source {
			p.source, p.url = sourceOf(t.Article), t.Article.URL
		}
		if n := len(out); n > 0 && out[n-1].source == p.source && out[n-1].url == p.url {
			out[n-1].words += " " + p.words
			continue
		}
		out = append(out, p)
	}
	return out
}

func joined(sentences []news.Sentence) string {
	var words []string
	for _, s := range sentences {
		words = append(words, s.Plain())
	}
	return strings.Join(words, " ")
}

// plain are the words alone.
func (t told) plain() string {
	var words []string
	for _, p := range t {
		words = append(words, p.words)
	}
	return strings.Join(words, " ")
}

// html is the summary for a card, at most cardSummary characters of it, with the sources behind what others say.
func (t told) html() string {
	var parts []string
	left := cardSummary
	for _, p := range t {
		words := text.Clip(p.words, left)
		if words == "" {
			break
		}
		left -= len([]rune(words))
		one := Escape(words)
		if p.source != "" {
			one += " (" + Link(p.source, p.url) + ")"
		}
		parts = append(parts, one)
	}
	return strings.Join(parts, " ")
}

// kind tells whose words the summary is in, where a language model is in use.
func (t told) kind(w *locale.Words, lead *news.Article) string {
	switch {
	case lead.Written == nil || t.plain() == "":
		return ""
	case lead.Written.Text != "":
		return "<i>" + Escape(w.T("card.written")) + "</i>"
	}
	return "<i>" + Escape(w.T("card.verbatim")) + "</i>"
}

// sentencesOf is the most sentences of a length.
func sentencesOf(l news.Length) int {
	switch l {
	case news.Headline:
		return 1
	case news.Long:
		return 8
	}
	return 3
}

// Summaries remembers the summaries of the stories that are sent right now, by what they were made of: a broadcast shows the
// same one thousands of times, and the text of a stored article never changes. The zero value is ready to use, a nil one
// remembers nothing. Safe for concurrent use.
type Summaries struct {
	mu    sync.Mutex
	known map[string]told
}

// summariesKept are the summaries remembered at most.
const summariesKept = 256

func (m *Summaries) of(s news.Story, l news.Length) told {
	if m == nil {
		return summing(s, l)
	}
	key := string(l)
	for i := range s.Articles {
		if a := &s.Articles[i]; a.Text != "" && a.ID == 0 {
			return summing(s, l)
		} else if a.Text != "" {
			key += fmt.Sprintf(" %d:%d", a.ID, len(a.Text))
		}
	}
	m.mu.Lock()
	t, ok := m.known[key]
	m.mu.Unlock()
	if ok {
		return t
	}
	t = summing(s, l)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= summariesKept {
		m.known = map[string]told{}
	}
	m.known[key] = t
	return t
}
