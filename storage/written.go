package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Written returns what a language model wrote when it was asked what key stands for, "" where that was refused, and
// whether anything is kept.
func (db *DB) Written(ctx context.Context, key string) (string, bool, error) {
	var text string
	err := db.r.QueryRowContext(ctx, "SELECT text FROM written WHERE key = ?", key).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return text, err == nil, wrapf(err, "written")
}

// SaveWritten keeps what a language model wrote.
func (db *DB) SaveWritten(ctx context.Context, key, text string, now time.Time) error {
	_, err := db.w.ExecContext(ctx, `INSERT INTO written (key, text, created) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET text = excluded.text, created = excluded.created`, key, text, millis(now))
	return wrapf(err, "save written")
}

// PruneWritten deletes what was written before a time and returns how much that was.
func (db *DB) PruneWritten(ctx context.Context, before time.Time) (int, error) {
	n, err := affected(db.w.ExecContext(ctx, "DELETE FROM written WHERE created < ?", millis(before)))
	return n, wrapf(err, "prune written")
}
