package desk

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
	"herald/news/page"
)

// fullText is the length, in characters, from which on an entry's own content is taken for the whole article and its
// page is not fetched: about three paragraphs.
const fullText = 900

// Entry makes an article of a feed's entry. Content that is long enough is the article; else the page is fetched, and
// where that fails, what the feed has is used. The entry's title, date, author and image win over the page's. The only
// errors are the context's own, and news.ErrNotArticle for an entry without any words.
func (d *Desk) Entry(ctx context.Context, f news.Feed, e news.Entry) (*news.Article, error) {
	own := ownText(e)
	a := &news.Article{Text: own}
	if utf8.RuneCountInString(own) < fullText && e.URL != "" {
		p, err := d.page(ctx, e.URL)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil && richer(p, own):
			a = p
		}
	}
	if complete(a, f, e); a.Title == "" && a.Text == "" {
		return nil, errors.Join(news.ErrNotArticle, errors.New("an entry without words"))
	}
	return d.finishFetched(ctx, a)
}

// The measure by which a page is taken for the article that the feed announces.
const (
	telling   = 6    // letters from which on a word tells what a text is about
	minWords  = 5    // telling words of the feed that a page can be measured by
	sameStory = 0.25 // share of them that the article has: a teaser says some things in other words
)

// richer tells whether a page has more of the article than the feed itself. A wall, a player, a consent dialogue has less, or
// is about something else.
func richer(p *news.Article, own string) bool {
	if len(p.Text) < len(own) {
		return false
	}
	said := tellingWords(own)
	if len(said) < minWords {
		return true
	}
	has, shared := tellingWords(p.Title+"\n"+p.Text), 0
	for w := range said {
		if has[w] {
			shared++
		}
	}
	return float64(shared) >= sameStory*float64(len(said))
}

// tellingWords are the longer words of a text.
func tellingWords(s string) map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if utf8.RuneCountInString(w) >= telling {
			words[w] = true
		}
	}
	return words
}

// ownText is the entry's content as plain text, or its teaser where that says more.
func ownText(e news.Entry) string {
	content, teaser := page.PlainText(e.Content), page.PlainText(e.Teaser)
	if len(teaser) > len(content) {
		return teaser
	}
	return content
}

// complete fills in what the feed knows.
func complete(a *news.Article, f news.Feed, e news.Entry) {
	a.FeedID, a.Identity = f.ID, e.Identity
	a.Title = first(strings.TrimSpace(e.Title), a.Title)
	a.Byline = first(strings.TrimSpace(e.Author), a.Byline)
	a.Image = first(a.Image, e.Image)
	a.URL = first(e.URL, a.URL)
	a.Source = first(f.Title, a.Source, news.Host(first(e.URL, f.Site, f.URL)))
	if !e.Published.IsZero() {
		a.Published = e.Published
	}
	// A page that declares no language has it from its text in finish; the feed's is a guess about all its entries.
	a.Lang = first(language(e.Lang), a.Lang)
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
