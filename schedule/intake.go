package schedule

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"herald/news"
	"herald/news/feed"
	"herald/news/story"
	"herald/storage"
)

const (
	firstReaders = 4           // first looks read side by side: one slow site does not hold up another
	entryTimeout = time.Minute // for one entry, its page included
)

// intake turns the entries of a feed into stored, placed articles and the deliveries they cause.
type intake struct {
	Config
	grown func(story int64) // called when a story has grown: there may be something to deliver
	first chan feed.Result  // first looks at new feeds, waiting to be read
	order sync.Mutex        // held while an article is placed and stored: storage follows the index step by step
}

func newIntake(c Config, grown func(story int64)) *intake {
	return &intake{Config: c, grown: grown, first: make(chan feed.Result, 64)}
}

// take notes a first look and queues it. Where too many wait already it is dropped: the feed will be polled.
func (in *intake) take(r feed.Result) {
	if err := in.noteFirst(context.Background(), r); err != nil {
		in.Log.Error("note first look", "feed", address(r.Feed), "err", redact(err.Error()))
	}
	select {
	case in.first <- r:
	default:
	}
}

// store keeps the new entries of a fetched feed and then the feed itself. Entries come first: a crash in between fetches the
// feed once more and finds them seen. An error is Herald's own, not the feed's.
func (in *intake) store(ctx context.Context, r feed.Result) error {
	fresh, err := in.DB.Unseen(ctx, r.Feed.ID, r.Entries)
	if err != nil {
		return fmt.Errorf("which entries are new: %w", err)
	}
	if fresh, err = in.renamed(ctx, r.Feed, fresh, len(fresh) == len(r.Entries)); err != nil {
		return fmt.Errorf("which entries have other names: %w", err)
	}
	known, err := in.sort(ctx, r.Feed, fresh)
	if err == nil {
		fresh, err = in.trim(ctx, r.Feed, fresh, known)
	}
	if err != nil {
		return fmt.Errorf("note the backlog: %w", err)
	}
	pages, written := newPatience(), in.newWriting()
	for i := len(fresh) - 1; i >= 0; i-- { // oldest first, so that the first to report starts the story
		if err := in.entry(ctx, r.Feed, fresh[i], !known[fresh[i].Identity], pages, written); err != nil {
			return fmt.Errorf("store entry %s: %w", fresh[i].URL, err)
		}
	}
	if err := in.polled(ctx, r, fresh); err != nil {
		return fmt.Errorf("record poll: %w", err)
	}
	return in.forget(ctx, r.Feed.ID, known) // last: a feed that was not read to the end and has no backlog has never been looked at
}

// entry reads, places and stores one entry. One that makes this panic is passed over: it would do so at every start.
func (in *intake) entry(ctx context.Context, f news.Feed, e news.Entry, push bool, pages *patience, written *writing) (err error) {
	log := in.Log.With("feed", address(f), "entry", redact(e.URL))
	defer func() {
		if p := recover(); p != nil {
			panicked(log, "reading an entry", p)
			err = in.DB.MarkSeen(ctx, f.ID, []news.Entry{e}, in.Now())
		}
	}()
	a, err := in.read(ctx, f, e, pages)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		log.Warn("entry without text", "err", redact(err.Error()))
		return in.DB.MarkSeen(ctx, f.ID, []news.Entry{e}, in.Now())
	}
	if push {
		written.prepare(ctx, f.ID, a)
	}
	err = in.place(ctx, a, push)
	if errors.Is(err, storage.ErrInvalid) || errors.Is(err, news.ErrTooLarge) {
		// It will never fit; the entries after it must not wait for it.
		log.Error("entry can't be stored", "err", redact(err.Error()))
		return in.DB.MarkSeen(ctx, f.ID, []news.Entry{e}, in.Now())
	}
	return err
}

// read makes an article of an entry; where its page takes too long, of what the feed itself says.
func (in *intake) read(ctx context.Context, f news.Feed, e news.Entry, pages *patience) (*news.Article, error) {
	if limit := pages.next(); limit > 0 {
		reading, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		start := time.Now()
		a, err := in.Desk.Entry(reading, f, e)
		pages.spend(time.Since(start))
		if err == nil || ctx.Err() != nil || reading.Err() == nil {
			return a, err
		}
	}
	where := e.URL
	e.URL = "" // no page to read
	a, err := in.Desk.Entry(ctx, f, e)
	if err == nil {
		a.URL = where
	}
	return a, err
}

// place gives the article its story and stores it with everything it causes.
func (in *intake) place(ctx context.Context, a *news.Article, push bool) error {
	owed, err := in.keep(ctx, a, push)
	if errors.Is(err, storage.ErrKnown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("save article: %w", err)
	}
	in.Log.Info("article", "id", a.ID, "story", a.StoryID, "title", a.Title, "source", a.Source, "deliveries", owed)
	in.grown(a.StoryID)
	return nil
}

// keep places and stores an article. What can't be stored is not in the index either.
func (in *intake) keep(ctx context.Context, a *news.Article, push bool) (int, error) {
	in.order.Lock()
	defer in.order.Unlock()
	var err error
	if a.ID, err = in.DB.NewArticleID(ctx); err != nil {
		return 0, err
	}
	a.Fetched = in.Now()
	id, placed := a.ID, in.Stories.Add(story.DocOf(a))
	a.StoryID = placed.Story
	if push {
		err = in.noteFresh(ctx, a, placed.Moved)
	}
	if err != nil {
		in.Stories.Undo(id, placed)
		return 0, err
	}
	owed, err := in.DB.SaveArticle(ctx, a, storage.Save{Push: push, Moved: placed.Moved, Related: placed.Related, Central: placed.Central, Now: in.Now()})
	if err != nil {
		in.Stories.Undo(id, placed)
	}
	return owed, err
}

// polled records a poll that went well.
func (in *intake) polled(ctx context.Context, r feed.Result, fresh []news.Entry) error {
	f, now := r.Feed, in.Now()
	f.Failures, f.Trouble, f.LastError, f.LastPoll = 0, "", "", now
	f.EntryCount += len(fresh)
	for _, e := range fresh {
		if told := published(e, now); told.After(f.LastNews) {
			f.LastNews = told
		}
	}
	follow(&f, r, now)
	f.Interval = in.interval(f)
	f.NextPoll = f.Rest.Next(now.Add(spread(f.Interval)))
	err := in.DB.SaveFeed(ctx, f)
	if errors.Is(err, storage.ErrInvalid) { // it has moved to where another feed is: it keeps its old address, which leads there
		var stored news.Feed
		if stored, err = in.DB.Feed(ctx, f.ID); err == nil {
			f.URL, f.Moved = stored.URL, ""
			err = in.DB.SaveFeed(ctx, f)
		}
	}
	if errors.Is(err, news.ErrNotFound) { // removed meanwhile
		return nil
	}
	if err != nil {
		return err
	}
	return in.noteHub(ctx, r)
}

// published is when an entry was, or now where it does not say or says the future.
func published(e news.Entry, now time.Time) time.Time {
	if e.Published.IsZero() || e.Published.After(now) {
		return now
	}
	return e.Published
}

// remember fills the story index with what storage remembers, so that a restart groups as if it had not happened. The index
// forgets by itself what is over. With many articles that takes a while: feeds are polled and messages sent meanwhile, and only
// placing waits. The caller has taken the order.
func (in *intake) remember(ctx context.Context) error {
	defer in.order.Unlock()
	err := in.DB.RecentArticles(ctx, in.Now().Add(-2*story.DefaultWindow), story.MaxDocs, func(a news.Article) error {
		in.Stories.Restore(story.DocOf(&a), a.StoryID)
		return nil
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("restore stories: %w", err)
	}
	return nil
}
