package storage

import (
	"context"
	"fmt"
)

// Stats are the sizes of things.
type Stats struct {
	Feeds, FailingFeeds, GoneFeeds int
	Articles, Stories, Quotes      int
	People                         int // persons and bodies that are quoted
	Chats, ActiveChats             int
	Subscriptions                  int
	Pending                        int   // deliveries due, claimed or waiting for another try
	Held                           int   // deliveries held for a digest
	Digests                        int   // digests owed
	Bytes                          int64 // size of the database without its write-ahead log
}

// Stats counts what is stored.
func (db *DB) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := db.r.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM feed), (SELECT count(*) FROM feed WHERE failures > 0),
		(SELECT count(*) FROM feed WHERE gone = 1), (SELECT count(*) FROM article), (SELECT count(*) FROM story),
		(SELECT ifnull(sum(quotes), 0) FROM article WHERE quotes > 0), (SELECT count(*) FROM person),
		(SELECT count(*) FROM chat), (SELECT count(*) FROM chat WHERE active = 1), (SELECT count(*) FROM subscription),
		(`+pendingQuery+`), (SELECT count(*) FROM delivery WHERE state = 1),
		(SELECT count(*) FROM digest WHERE state IN (0, 2, 3)),
		(SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s)`).Scan(
		&s.Feeds, &s.FailingFeeds, &s.GoneFeeds, &s.Articles, &s.Stories, &s.Quotes, &s.People, &s.Chats, &s.ActiveChats,
		&s.Subscriptions, &s.Pending, &s.Held, &s.Digests, &s.Bytes)
	return s, wrapf(err, "stats")
}

// Check reads the whole database and returns ErrCorrupt, with what was found first, where it is damaged.
func (db *DB) Check(ctx context.Context) error {
	var verdict string
	if err := db.r.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return wrapf(err, "check")
	}
	if verdict != "ok" {
		return wrapf(fmt.Errorf("%w: %s", ErrCorrupt, verdict), "check")
	}
	return nil
}
