package storage

import (
	"context"
	"time"
)

// KeepFlood notes that Telegram takes nothing for a chat, or with 0 for any, before until. Chats need not be known.
func (db *DB) KeepFlood(ctx context.Context, chat int64, until time.Time) error {
	_, err := db.w.ExecContext(ctx, `INSERT INTO flood (chat_id, until) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET until = max(until, excluded.until)`, chat, millis(until.Add(time.Millisecond)))
	return wrapf(err, "keep the flood wait of chat %d", chat)
}

// Floods returns the flood waits that are not over, and forgets the others.
func (db *DB) Floods(ctx context.Context, now time.Time) (map[int64]time.Time, error) {
	if _, err := db.w.ExecContext(ctx, "DELETE FROM flood WHERE until <= ?", millis(now)); err != nil {
		return nil, wrapf(err, "forget flood waits")
	}
	type flood struct{ chat, until int64 }
	rows, err := db.r.QueryContext(ctx, "SELECT chat_id, until FROM flood")
	list, err := collect(rows, err, func(row scanner) (f flood, err error) {
		err = row.Scan(&f.chat, &f.until)
		return f, err
	})
	floods := make(map[int64]time.Time, len(list))
	for _, f := range list {
		floods[f.chat] = moment(f.until)
	}
	return floods, wrapf(err, "flood waits")
}

// Sending is a message that was sent to a chat, or may have been.
type Sending struct {
	Chat int64
	At   time.Time
}

// RecentSendings are, oldest first, the messages that count in the pace of Telegram's limits after a restart: those to groups and
// channels since a time, and those that are claimed, of which nobody knows whether they went out just before now.
func (db *DB) RecentSendings(ctx context.Context, since, now time.Time) ([]Sending, error) {
	rows, err := db.r.QueryContext(ctx, recentQuery, millis(since), millis(now))
	list, err := collect(rows, err, func(row scanner) (s Sending, err error) {
		var at int64
		err = row.Scan(&s.Chat, &at)
		s.At = moment(at)
		return s, err
	})
	return list, wrapf(err, "recent sendings")
}

const recentQuery = `SELECT chat_id, min(finished, ?2) FROM delivery WHERE state = 5 AND chat_id < 0 AND finished >= ?1
	UNION ALL SELECT chat_id, min(finished, ?2) FROM digest WHERE state = 5 AND chat_id < 0 AND finished >= ?1
	UNION ALL SELECT d.chat_id, min(f.finished, ?2) FROM follow_up f JOIN delivery d ON d.id = f.delivery_id
		WHERE f.state = 5 AND f.finished >= ?1 AND d.chat_id < 0
	UNION ALL SELECT chat_id, ?2 FROM delivery WHERE state = 2
	UNION ALL SELECT chat_id, ?2 FROM digest WHERE state = 2
	UNION ALL SELECT d.chat_id, ?2 FROM follow_up f JOIN delivery d ON d.id = f.delivery_id WHERE f.state = 2
	ORDER BY 2`
