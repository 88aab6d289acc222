package schedule

import (
	"context"
	"slices"
	"sync"
	"time"

	"herald/news"
	"herald/news/summary/model"
)

const (
	// writingTime is how long one reading of a feed waits in all for a language model, so that what is pushed has its summaries.
	// What is not written by then goes out with the article's own sentences.
	writingTime = 30 * time.Second
	// readerKinds are the kinds of readers that are written for before a push, those with most readers.
	readerKinds = 6
)

// writing has summaries written for the readers of one reading of a feed.
type writing struct {
	*intake
	left time.Duration
}

func (in *intake) newWriting() *writing { return &writing{in, writingTime} }

// prepare has the summaries of an article written that its readers will want.
func (w *writing) prepare(ctx context.Context, feed int64, a *news.Article) {
	if w.Model == nil || w.left <= 0 {
		return
	}
	kinds, err := w.DB.ReaderKinds(ctx, feed, readerKinds)
	if err != nil {
		w.Log.Error("who reads a feed", "feed", feed, "err", err)
		return
	}
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, w.left)
	defer cancel()
	var all sync.WaitGroup
	for _, chat := range kinds {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panicked(w.Log, "writing a summary", p)
				}
			}()
			_, _ = w.Model.Summary(ctx, w.wanted(chat, a)) // the model logs why not
		})
	}
	all.Wait()
	w.left -= time.Since(start)
}

// wanted is the summary of an article that a chat wants.
func (c Config) wanted(chat news.Chat, a *news.Article) model.Wanted {
	return model.WantedBy(chat, c.words(chat).Lang(), a)
}

// attach gives a story, which others share, the summary that a chat wants, as far as a model has written it.
func (c *courier) attach(ctx context.Context, chat news.Chat, s *news.Story) {
	if c.Model != nil && len(s.Articles) > 0 {
		s.Articles = slices.Clone(s.Articles)
		c.Model.Attach(ctx, c.wanted(chat, s.Lead()))
	}
}
