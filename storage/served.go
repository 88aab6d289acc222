package storage

import (
	"context"
	"database/sql"

	"herald/news"
)

// LostChats returns the chats that rest, were served from a private chat that can be reached, and of which its person was not told.
func (db *DB) LostChats(ctx context.Context) ([]news.Chat, error) {
	rows, err := db.r.QueryContext(ctx, lostChats)
	chats, err := collect(rows, err, scanChat)
	return chats, wrapf(err, "chats that are lost")
}

const (
	reachable = " AND EXISTS (SELECT 1 FROM chat p WHERE p.id = chat.served_from AND p.active = 1)"
	lostChats = "SELECT " + chatColumns + " FROM chat WHERE active = 0 AND served_from > 0 AND told_lost = 0" + reachable
)

// ToldLost notes that who served a chat was told of its loss, so that nobody is until it is back and lost again. Who can't be reached
// was not told.
func (db *DB) ToldLost(ctx context.Context, id int64) error {
	_, err := db.w.ExecContext(ctx, "UPDATE chat SET told_lost = 1 WHERE id = ? AND active = 0"+reachable, id)
	return wrapf(err, "told that chat %d is lost", id)
}

// servedFrom are the names of the chats that are served from a private chat.
func servedFrom(ctx context.Context, tx *sql.Tx, id int64) ([]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT title FROM chat WHERE served_from = ? ORDER BY title", id)
	return collect(rows, err, func(row scanner) (title string, err error) {
		err = row.Scan(&title)
		return title, err
	})
}
