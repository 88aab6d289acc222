package handlers

import (
	"fmt"
	"testing"

	"herald/bot/locale"
	"herald/news"
)

// TestTroubleWords: for everything that can be wrong with a source people have a sentence of its own, in every language.
func TestTroubleWords(t *testing.T) {
	for _, lang := range locale.Languages() {
		said := map[string]error{}
		for _, err := range []error{
			news.ErrBadAddress, news.ErrForbidden, news.ErrBlocked, news.ErrMissing, news.ErrGone, news.ErrBusy, news.ErrTooLarge, news.ErrNotFeed,
			news.ErrNotArticle, news.ErrBroken, news.ErrUnreach,
		} {
			key := failure(fmt.Errorf("get https://a.example/: %w", err))
			s := locale.For(lang).T(key)
			if key == unexplained || s == "" || s == key {
				t.Errorf("%s: %v has no sentence", lang, err)
			}
			if said[s] != nil {
				t.Errorf("%s: %q is said of %v and of %v", lang, s, said[s], err)
			}
			said[s] = err
		}
	}
}
