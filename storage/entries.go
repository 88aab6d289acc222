package storage

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/url"
	"time"

	"herald/news"
)

// identityKey is how an identity is stored: a SHA-256 in half the space of its hex digits, anything else as it is.
func identityKey(identity string) []byte {
	if raw, err := hex.DecodeString(identity); err == nil && len(raw) == 32 {
		return raw
	}
	return []byte(identity)
}

// Unseen returns the entries that were never saved or marked for this feed, each identity once, in their order. An entry
// without an identity is always unseen.
func (db *DB) Unseen(ctx context.Context, feedID int64, entries []news.Entry) ([]news.Entry, error) {
	var unseen []news.Entry
	err := db.read(ctx, func(tx *sql.Tx) error {
		known, err := tx.PrepareContext(ctx, "SELECT 1 FROM entry WHERE feed_id = ? AND identity = ?")
		if err != nil {
			return err
		}
		defer known.Close()
		here := map[string]bool{}
		for _, e := range entries {
			var one int
			err := known.QueryRowContext(ctx, feedID, identityKey(e.Identity)).Scan(&one)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				if e.Identity == "" || !here[e.Identity] {
					unseen = append(unseen, e)
				}
				here[e.Identity] = true
			case err != nil:
				return err
			}
		}
		return nil
	})
	return unseen, wrapf(err, "unseen entries of feed %d", feedID)
}

// lastTold are the newest articles of a feed.
const lastTold = `SELECT a.url, a.title, a.published FROM story_feed x JOIN article a ON a.story_id = x.story_id AND a.feed_id = x.feed_id
	WHERE x.feed_id = ? ORDER BY x.updated DESC LIMIT 500`

// SameAsStored returns the entries, in their order, that are one of the feed's newest articles by other signs than their identity.
// sure are those whose title, address but for scheme and host and, where they have one, date are an article's; likely those whose
// title or address is one's.
func (db *DB) SameAsStored(ctx context.Context, feedID int64, entries []news.Entry) (sure, likely []news.Entry, err error) {
	stored, whole := map[string]bool{}, map[told]bool{}
	rows, err := db.r.QueryContext(ctx, lastTold, feedID)
	_, err = collect(rows, err, func(row scanner) (none struct{}, err error) {
		var address, title string
		var published int64
		err = row.Scan(&address, &title, &published)
		path := pathOf(address)
		stored[title], stored[path] = true, true
		whole[told{title, path, published}], whole[told{title, path, 0}] = true, true
		return none, err
	})
	if err != nil {
		return nil, nil, wrapf(err, "newest articles of feed %d", feedID)
	}
	stored[""] = false
	for _, e := range entries {
		path := pathOf(e.URL)
		if stored[e.Title] || stored[path] {
			likely = append(likely, e)
		}
		if path != "" && whole[told{e.Title, path, millis(e.Published)}] {
			sure = append(sure, e)
		}
	}
	return sure, likely, nil
}

// told is what an article shows of itself; published is 0 where its entry has no date.
type told struct {
	title, path string
	published   int64
}

// pathOf is what an address is on its host; "" where that tells nothing.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(u.Path) < 2 && u.RawQuery == "" {
		return ""
	}
	return u.EscapedPath() + "?" + u.RawQuery
}

// MarkSeen remembers entries of which no article was made (a page that can't be read, the backlog of a new feed), so that
// they are not tried again. Entries already seen and entries without an identity are left alone.
func (db *DB) MarkSeen(ctx context.Context, feedID int64, entries []news.Entry, now time.Time) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, e := range entries {
			if err := markEntry(ctx, tx, feedID, e.Identity, 0, now); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "mark entries of feed %d", feedID)
}

// markEntry remembers an entry and the article made of it, 0: none.
func markEntry(ctx context.Context, tx *sql.Tx, feedID int64, identity string, articleID int64, now time.Time) error {
	if identity == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO entry (feed_id, identity, article_id, seen) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET article_id = excluded.article_id WHERE article_id = 0`,
		feedID, identityKey(identity), articleID, millis(now))
	return err
}

// savedEntry returns the article that was made of an entry, and its story; 0 where none was.
func savedEntry(ctx context.Context, tx *sql.Tx, feedID int64, identity string) (article, story int64, err error) {
	if identity == "" {
		return 0, 0, nil
	}
	err = tx.QueryRowContext(ctx, `SELECT a.id, a.story_id FROM entry e JOIN article a ON a.id = e.article_id
		WHERE e.feed_id = ? AND e.identity = ?`, feedID, identityKey(identity)).Scan(&article, &story)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return article, story, err
}
