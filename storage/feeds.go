package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"herald/news"
)

const feedColumns = `f.id, f.url, f.site, f.title, f.lang, f.etag, f.last_modified, f.added, f.last_poll, f.last_news,
	f.next_poll, f.interval_ms, f.failures, f.trouble, f.last_error, f.gone, f.entry_count, f.rest,
	f.moved, f.moved_since, f.shared`

func scanFeed(row scanner) (f news.Feed, err error) {
	var added, polled, fresh, next, interval, moved int64
	err = row.Scan(&f.ID, &f.URL, &f.Site, &f.Title, &f.Lang, &f.ETag, &f.LastModified, &added, &polled, &fresh,
		&next, &interval, &f.Failures, &f.Trouble, &f.LastError, &f.Gone, &f.EntryCount, &f.Rest,
		&f.Moved, &moved, &f.Shared)
	f.Added, f.LastPoll, f.LastNews, f.NextPoll = moment(added), moment(polled), moment(fresh), moment(next)
	f.MovedSince = moment(moved)
	f.Interval = time.Duration(interval) * time.Millisecond
	return f, err
}

// feedValues are the columns after the id and before shared, in order.
func feedValues(f news.Feed) []any {
	return []any{
		f.URL, news.Bare(f.Site), f.Title, f.Lang, f.ETag, f.LastModified, millis(f.Added), millis(f.LastPoll),
		millis(f.LastNews), millis(f.NextPoll), f.Interval.Milliseconds(), f.Failures, f.Trouble, f.LastError, f.Gone, f.EntryCount,
		f.Rest, f.Moved, millis(f.MovedSince),
	}
}

// AddFeed stores a feed and returns it with its id and true, or the stored feed of that URL and false. A stored feed stays as it
// is, but that the operator can share it by adding it, too.
func (db *DB) AddFeed(ctx context.Context, f news.Feed) (news.Feed, bool, error) {
	fresh := false
	err := db.write(ctx, func(tx *sql.Tx) error {
		n, err := affected(tx.ExecContext(ctx, `INSERT INTO feed (url, site, title, lang, etag, last_modified, added,
			last_poll, last_news, next_poll, interval_ms, failures, trouble, last_error, gone, entry_count, rest, moved, moved_since, shared)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO NOTHING`, append(feedValues(f), f.Shared)...))
		if err != nil {
			return err
		}
		fresh = n == 1
		if !fresh && f.Shared {
			if _, err := tx.ExecContext(ctx, "UPDATE feed SET shared = 1 WHERE url = ?", f.URL); err != nil {
				return err
			}
		}
		f, err = feedBy(ctx, tx, "url = ?", f.URL)
		return err
	})
	return f, fresh, wrapf(err, "add feed %s", news.Bare(f.URL))
}

// Feed returns a feed; news.ErrNotFound where there is none.
func (db *DB) Feed(ctx context.Context, id int64) (news.Feed, error) {
	f, err := feedBy(ctx, db.r, "id = ?", id)
	return f, wrapf(err, "feed %d", id)
}

// FeedByURL returns the feed of exactly that address; news.ErrNotFound where there is none.
func (db *DB) FeedByURL(ctx context.Context, url string) (news.Feed, error) {
	f, err := feedBy(ctx, db.r, "url = ?", url)
	return f, wrapf(err, "feed %s", news.Bare(url))
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func feedBy(ctx context.Context, q querier, condition string, key any) (news.Feed, error) {
	f, err := scanFeed(q.QueryRowContext(ctx, "SELECT "+feedColumns+" FROM feed f WHERE f."+condition, key))
	return f, found(err)
}

// found turns SQL's word for an absent row into Herald's.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return news.ErrNotFound
	}
	return err
}

// Feeds returns all feeds in the order they were added.
func (db *DB) Feeds(ctx context.Context) ([]news.Feed, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+feedColumns+" FROM feed f ORDER BY f.id")
	feeds, err := collect(rows, err, scanFeed)
	return feeds, wrapf(err, "feeds")
}

// knownFeed is the condition that a place may know of a feed.
const knownFeed = "(f.shared = 1 OR EXISTS (SELECT 1 FROM subscription s WHERE s.chat_id = ? AND s.topic = ? AND s.feed_id = f.id))"

// FeedsFor returns the feeds that a place may know of, in the order they were added: those that the operator shares and those
// that it follows.
func (db *DB) FeedsFor(ctx context.Context, p news.Place) ([]news.Feed, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+feedColumns+" FROM feed f WHERE "+knownFeed+" ORDER BY f.id", p.Chat, p.Topic)
	feeds, err := collect(rows, err, scanFeed)
	return feeds, wrapf(err, "feeds for chat %d topic %d", p.Chat, p.Topic)
}

// FeedFor returns a feed that a place may know of; news.ErrNotFound where there is none.
func (db *DB) FeedFor(ctx context.Context, p news.Place, id int64) (news.Feed, error) {
	f, err := scanFeed(db.r.QueryRowContext(ctx, "SELECT "+feedColumns+" FROM feed f WHERE f.id = ? AND "+knownFeed, id, p.Chat, p.Topic))
	return f, wrapf(found(err), "feed %d for chat %d topic %d", id, p.Chat, p.Topic)
}

// DueFeeds returns up to limit feeds to poll at now, the longest due first. A feed that is gone is never due.
func (db *DB) DueFeeds(ctx context.Context, now time.Time, limit int) ([]news.Feed, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+feedColumns+` FROM feed f WHERE f.gone = 0 AND f.next_poll <= ?
		ORDER BY f.next_poll, f.id LIMIT ?`, millis(now), limit)
	feeds, err := collect(rows, err, scanFeed)
	return feeds, wrapf(err, "due feeds")
}

// SaveFeed stores every field of a feed but Shared, as after a poll. news.ErrNotFound where the feed was removed meanwhile, ErrInvalid
// where another feed already has its (new) URL.
func (db *DB) SaveFeed(ctx context.Context, f news.Feed) error {
	n, err := affected(db.w.ExecContext(ctx, `UPDATE feed SET url = ?, site = ?, title = ?, lang = ?, etag = ?,
		last_modified = ?, added = ?, last_poll = ?, last_news = ?, next_poll = ?, interval_ms = ?, failures = ?,
		trouble = ?, last_error = ?, gone = ?, entry_count = ?, rest = ?, moved = ?, moved_since = ? WHERE id = ?`, append(feedValues(f), f.ID)...))
	switch {
	case duplicate(err):
		err = fmt.Errorf("%w: another feed has the address %s: %w", ErrInvalid, f.URL, err)
	case err == nil && n == 0:
		err = news.ErrNotFound
	}
	return wrapf(err, "save feed %d", f.ID)
}

// RemoveFeed deletes a feed, what was seen in it and the subscriptions to it. Its articles and stories stay; they keep its
// id, which is never given to another feed. news.ErrNotFound where there is none.
func (db *DB) RemoveFeed(ctx context.Context, id int64) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM entry WHERE feed_id = ?", id); err != nil {
			return err
		}
		n, err := affected(tx.ExecContext(ctx, "DELETE FROM feed WHERE id = ?", id))
		if err == nil && n == 0 {
			return news.ErrNotFound
		}
		return err
	})
	return wrapf(err, "remove feed %d", id)
}

// FeedFollowers returns the places that follow a feed, in active chats only.
func (db *DB) FeedFollowers(ctx context.Context, id int64) ([]news.Place, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT s.chat_id, s.topic FROM subscription s JOIN chat c ON c.id = s.chat_id
		WHERE s.feed_id = ? AND c.active = 1 ORDER BY s.chat_id, s.topic`, id)
	places, err := collect(rows, err, func(row scanner) (p news.Place, err error) {
		err = row.Scan(&p.Chat, &p.Topic)
		return p, err
	})
	return places, wrapf(err, "followers of feed %d", id)
}
