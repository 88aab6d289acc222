package storage

import (
	"context"
	"fmt"
	"time"

	"herald/news"
)

// Subscribe makes a place follow a feed from now on and tells whether it did not before. The chat and the feed must be
// stored: news.ErrNotFound where one is not.
func (db *DB) Subscribe(ctx context.Context, p news.Place, feedID int64, now time.Time) (bool, error) {
	n, err := affected(db.w.ExecContext(ctx, `INSERT INTO subscription (chat_id, topic, feed_id, since)
		VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, p.Chat, p.Topic, feedID, millis(now)))
	if orphan(err) {
		err = fmt.Errorf("%w: %w", news.ErrNotFound, err)
	}
	return n == 1, wrapf(err, "subscribe chat %d topic %d to feed %d", p.Chat, p.Topic, feedID)
}

// Unsubscribe ends a subscription and tells whether there was one. What the place is already owed is still delivered.
func (db *DB) Unsubscribe(ctx context.Context, p news.Place, feedID int64) (bool, error) {
	n, err := affected(db.w.ExecContext(ctx, "DELETE FROM subscription WHERE chat_id = ? AND topic = ? AND feed_id = ?",
		p.Chat, p.Topic, feedID))
	return n == 1, wrapf(err, "unsubscribe chat %d topic %d from feed %d", p.Chat, p.Topic, feedID)
}

// Subscriptions returns what a place follows, oldest first.
func (db *DB) Subscriptions(ctx context.Context, p news.Place) ([]news.Subscription, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT s.since, "+feedColumns+` FROM subscription s JOIN feed f ON f.id = s.feed_id
		WHERE s.chat_id = ? AND s.topic = ? ORDER BY s.since, f.id`, p.Chat, p.Topic)
	all, err := collect(rows, err, func(row scanner) (s news.Subscription, err error) {
		var since int64
		s.Place = p
		s.Feed, err = scanFeed(prefixed{row, &since})
		s.Since = moment(since)
		return s, err
	})
	return all, wrapf(err, "subscriptions of chat %d topic %d", p.Chat, p.Topic)
}

// ReaderKinds returns the kinds of active chats that follow a feed, by Lang, Length and Translate, which alone are set: at
// most n, those with most chats first.
func (db *DB) ReaderKinds(ctx context.Context, feedID int64, n int) ([]news.Chat, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT iif(c.translate, c.lang, '') reads, c.length, c.translate
		FROM subscription s JOIN chat c ON c.id = s.chat_id WHERE s.feed_id = ? AND c.active
		GROUP BY reads, c.length, c.translate ORDER BY count(*) DESC, reads, c.length, c.translate LIMIT ?`, feedID, n)
	kinds, err := collect(rows, err, func(row scanner) (c news.Chat, err error) {
		err = row.Scan(&c.Lang, &c.Length, &c.Translate)
		return c, err
	})
	return kinds, wrapf(err, "readers of feed %d", feedID)
}

// prefixed is a row with a column before those that its reader knows.
type prefixed struct {
	row   scanner
	first any
}

func (p prefixed) Scan(dest ...any) error { return p.row.Scan(append([]any{p.first}, dest...)...) }
