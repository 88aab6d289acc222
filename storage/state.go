package storage

import (
	"context"
	"database/sql"
	"errors"
)

// Get returns the value that was set for a key, or "" where none was.
func (db *DB) Get(ctx context.Context, key string) (string, error) {
	var value string
	err := db.r.QueryRowContext(ctx, "SELECT value FROM state WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, wrapf(err, "state %q", key)
}

// Set stores a value for a key; "" removes it.
func (db *DB) Set(ctx context.Context, key, value string) error {
	query, args := `INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`, []any{key, value}
	if value == "" {
		query, args = "DELETE FROM state WHERE key = ?", []any{key}
	}
	_, err := db.w.ExecContext(ctx, query, args...)
	return wrapf(err, "set state %q", key)
}

// SetFirst stores a value for a key that has none, and returns what is stored then: of programs that do so at once, the same for all.
func (db *DB) SetFirst(ctx context.Context, key, value string) (string, error) {
	if _, err := db.w.ExecContext(ctx, "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", key, value); err != nil {
		return "", wrapf(err, "set state %q", key)
	}
	return db.Get(ctx, key)
}
