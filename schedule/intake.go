package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"herald/news"
	"herald/news/feed"
	"herald/news/story"
	"herald/storage"
)

const (
	firstReaders = 4                  // first looks read side by side: one slow site does not hold up another
	firstReading = 30                 // entries of a new feed that are read; older ones are only remembered as seen
	entryTimeout = time.Minute        // for one entry, its page included
	storyWindow  = 7 * 24 * time.Hour // articles this old can still be joined by others
)

// intake turns the entries of a feed into stored, placed articles and the deliveries they cause.
type intake struct {
	Config
	fresh func()           // called when there may be something to deliver
	first chan feed.Result // first looks at new feeds, waiting to be read
}

func newIntake(c Config, fresh func()) *intake {
	return &intake{Config: c, fresh: fresh, first: make(chan feed.Result, 64)}
}

// take queues a first look. Where too many wait already it is dropped: the feed will be polled.
func (in *intake) take(r feed.Result) {
	select {
	case in.first <- r:
	default:
	}
}

// run reads first looks until ctx ends.
func (in *intake) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-in.first:
			in.store(ctx, r)
		}
	}
}

// store keeps the new entries of a fetched feed and then the feed itself. Entries come first: a crash in between fetches the
// feed once more and finds them seen.
func (in *intake) store(ctx context.Context, r feed.Result) {
	log := in.Log.With("feed", r.Feed.URL)
	fresh, err := in.unseen(ctx, r)
	if err != nil {
		log.Error("which entries are new", "err", err)
		return
	}
	for i := len(fresh) - 1; i >= 0; i-- { // oldest first, so that the first to report starts the story
		if err := in.entry(ctx, r.Feed, fresh[i]); err != nil {
			if ctx.Err() == nil {
				log.Error("store entry", "entry", fresh[i].URL, "err", err)
			}
			return
		}
	}
	in.polled(ctx, log, r, len(fresh))
}

// unseen are the entries to be read, newest first. Of a feed read for the first time the old ones are only noted.
func (in *intake) unseen(ctx context.Context, r feed.Result) ([]news.Entry, error) {
	if r.NotModified {
		return nil, nil
	}
	fresh, err := in.DB.Unseen(ctx, r.Feed.ID, r.Entries)
	if err != nil || !isFirst(r.Feed) || len(fresh) <= firstReading {
		return fresh, err
	}
	return fresh[:firstReading], in.DB.MarkSeen(ctx, r.Feed.ID, fresh[firstReading:], in.Now())
}

// isFirst tells whether the feed has never been read to the end, so that its entries are backlog and not news.
func isFirst(f news.Feed) bool { return f.LastPoll.IsZero() }

// entry reads, places and stores one entry.
func (in *intake) entry(ctx context.Context, f news.Feed, e news.Entry) error {
	reading, cancel := context.WithTimeout(ctx, entryTimeout)
	defer cancel()
	a, err := in.Desk.Entry(reading, f, e)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		in.Log.Warn("entry without text", "feed", f.URL, "entry", e.URL, "err", err)
		return in.DB.MarkSeen(ctx, f.ID, []news.Entry{e}, in.Now())
	}
	err = in.place(ctx, a, !isFirst(f))
	if errors.Is(err, storage.ErrInvalid) || errors.Is(err, news.ErrTooLarge) {
		// It will never fit; the entries after it must not wait for it.
		in.Log.Error("entry can't be stored", "feed", f.URL, "entry", e.URL, "err", err)
		return in.DB.MarkSeen(ctx, f.ID, []news.Entry{e}, in.Now())
	}
	return err
}

// place gives the article its story and stores it with everything it causes. What was published before storyWindow is no news: a
// feed that renames its entries or comes back after long would tell again what everybody had, and no story would show it.
func (in *intake) place(ctx context.Context, a *news.Article, push bool) error {
	var err error
	if a.ID, err = in.DB.NewArticleID(ctx); err != nil {
		return err
	}
	a.Fetched = in.Now()
	placed := in.Stories.Add(story.DocOf(a))
	a.StoryID = placed.Story
	push = push && a.Fetched.Sub(a.Time()) < storyWindow
	owed, err := in.DB.SaveArticle(ctx, a, storage.Save{Push: push, Related: placed.Related, Now: in.Now()})
	if errors.Is(err, storage.ErrKnown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("save article: %w", err)
	}
	in.Log.Info("article", "id", a.ID, "story", a.StoryID, "title", a.Title, "source", a.Source, "deliveries", owed)
	if owed > 0 {
		in.fresh()
	}
	return nil
}

// polled records a poll that went well.
func (in *intake) polled(ctx context.Context, log *slog.Logger, r feed.Result, fresh int) {
	f, now := r.Feed, in.Now()
	f.Failures, f.Trouble, f.LastError, f.LastPoll = 0, "", "", now
	f.EntryCount += fresh
	if fresh > 0 {
		f.LastNews = now
	}
	f.Interval = interval(r, in.PollMin, in.PollMax)
	f.NextPoll = now.Add(spread(f.Interval))
	err := in.DB.SaveFeed(ctx, f)
	if errors.Is(err, storage.ErrInvalid) { // it has moved to where another feed is: it keeps its old address, which leads there
		var stored news.Feed
		if stored, err = in.DB.Feed(ctx, f.ID); err == nil {
			f.URL = stored.URL
			err = in.DB.SaveFeed(ctx, f)
		}
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, news.ErrNotFound) {
		log.Error("record poll", "err", err)
	}
}

// restore fills the story index with what storage remembers, so that a restart groups as if it had not happened.
func (s *Scheduler) restore(ctx context.Context) error {
	err := s.DB.RecentArticles(ctx, s.Now().Add(-storyWindow), func(a news.Article) error {
		s.Stories.Restore(story.DocOf(&a), a.StoryID)
		return nil
	})
	if err != nil {
		return fmt.Errorf("restore stories: %w", err)
	}
	return nil
}
