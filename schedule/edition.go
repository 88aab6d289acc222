package schedule

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"herald/bot"
	"herald/news"
)

// digestMost is how many stories one digest names; the rest is counted.
const digestMost = 60

// errNothingNew says that all that a digest has to tell is told already.
var errNothingNew = errors.New("nothing to tell that is new")

// edition edits a digest: the weightiest stories that are still there for its place, each event once, and none that the place
// has already.
func (c *courier) edition(ctx context.Context, d news.Digest) (bot.Edition, error) {
	named := d.Stories[:min(len(d.Stories), digestMost)]
	e := bot.Edition{Quiet: d.Quiet, Further: len(d.Stories) - len(named)}
	stories, err := c.DB.StoriesFor(ctx, d.Place, named)
	if err != nil {
		return e, err
	}
	if len(stories) == 0 {
		// The place may be stored under another number meanwhile, and may read them there.
		if _, err := c.DB.Chat(ctx, d.Place.Chat); errors.Is(err, news.ErrNotFound) {
			return e, errMoved
		}
		return e, news.ErrNotFound
	}
	if len(d.Pushed) > 0 {
		if e.Pushed, err = c.DB.StoriesFor(ctx, d.Place, d.Pushed); err != nil {
			return e, err
		}
	}
	if e.Stories = distinct(stories, e.Pushed); len(e.Stories) == 0 {
		return e, errNothingNew
	}
	return e, nil
}

// distinct are the stories without those of the same event as one before them, whose sources they add to, or as one that is
// known. Stories are grouped when they are stored; this catches what was stored side by side: the same headline or address.
func distinct(stories, known []news.Story) []news.Story {
	var kept []news.Story
	at := map[string]int{} // of the story with the key in kept; -1: known
	for i := range known {
		for _, key := range keysOf(&known[i]) {
			at[key] = -1
		}
	}
	for _, s := range stories {
		twin := len(kept)
		keys := keysOf(&s)
		for _, key := range keys {
			if n, ok := at[key]; ok {
				twin = min(twin, n)
			}
		}
		switch {
		case twin == len(kept):
			kept = append(kept, s)
		case twin >= 0:
			same := &kept[twin]
			same.Articles = append(same.Articles[:len(same.Articles):len(same.Articles)], s.Articles...)
		}
		for _, key := range keys {
			at[key] = twin
		}
	}
	return kept
}

// keysOf are what two stories of the same event have in common: the words of the headline, the address of the article.
func keysOf(s *news.Story) []string {
	var keys []string
	words := strings.FieldsFunc(strings.ToLower(s.Title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > 0 {
		keys = append(keys, strings.Join(words, " "))
	}
	if address := s.Lead().URL; address != "" {
		keys = append(keys, "at "+address)
	}
	return keys
}
