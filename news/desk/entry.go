package desk

import (
	"context"
	"errors"
	"strings"
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
		case err == nil && !poorer(p.Text, own):
			a = p
		}
	}
	if complete(a, f, e); a.Title == "" && a.Text == "" {
		return nil, errors.Join(news.ErrNotArticle, errors.New("an entry without words"))
	}
	return d.finishFetched(ctx, a)
}

// poorer tells whether a page says less than the feed itself: a wall, a player, a consent dialogue.
func poorer(text, own string) bool { return len(text) < len(own) }

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
