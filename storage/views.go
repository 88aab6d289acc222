package storage

import (
	"context"
	"time"
)

// SaveView stores what the buttons of a message in a chat refer to, and returns the number they carry.
func (db *DB) SaveView(ctx context.Context, chat int64, payload string, now time.Time) (int64, error) {
	var id int64
	err := db.w.QueryRowContext(ctx, "INSERT INTO view (chat_id, payload, created) VALUES (?, ?, ?) RETURNING id",
		chat, payload, millis(now)).Scan(&id)
	return id, wrapf(err, "save view of chat %d", chat)
}

// View returns what was stored; news.ErrNotFound where it was pruned, or belongs to another chat.
func (db *DB) View(ctx context.Context, chat, id int64) (string, error) {
	var payload string
	err := db.r.QueryRowContext(ctx, "SELECT payload FROM view WHERE id = ? AND chat_id = ?", id, chat).Scan(&payload)
	return payload, wrapf(found(err), "view %d of chat %d", id, chat)
}

// PruneViews deletes the views made before a time and returns how many they were.
func (db *DB) PruneViews(ctx context.Context, before time.Time) (int, error) {
	n, err := affected(db.w.ExecContext(ctx, "DELETE FROM view WHERE created < ?", millis(before)))
	return n, wrapf(err, "prune views")
}
