package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"herald/news"
)

// FoldStale makes one digest, due now, of the deliveries of each place that have been owed since before a time and are not in hand,
// where they are at least two; what comes behind joins it while it is not sent. For up to limit places, whose number it returns.
func (db *DB) FoldStale(ctx context.Context, before, now time.Time, limit int) (int, error) {
	places := 0
	err := db.write(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, staleQuery, millis(before), limit)
		stale, err := collect(rows, err, func(row scanner) (p news.Place, err error) {
			err = row.Scan(&p.Chat, &p.Topic)
			return p, err
		})
		for _, p := range stale {
			if err := foldStale(ctx, tx, p, before, now); err != nil {
				return err
			}
		}
		places = len(stale)
		return err
	})
	return places, wrapf(err, "fold what is stale")
}

// staleQuery names the states one by one, so that their partial indexes are used.
const staleQuery = `SELECT o.chat_id, o.topic FROM (
		SELECT chat_id, topic FROM delivery WHERE state = 0 AND created < ?1
		UNION ALL SELECT chat_id, topic FROM delivery WHERE state = 3 AND created < ?1) o
	JOIN chat c ON c.id = o.chat_id AND c.active = 1
	GROUP BY o.chat_id, o.topic HAVING count(*) > 1 OR EXISTS (SELECT 1 FROM digest d
		WHERE d.chat_id = o.chat_id AND d.topic = o.topic AND d.minute = -3 AND d.state IN (0, 3)) LIMIT ?2`

func foldStale(ctx context.Context, tx *sql.Tx, p news.Place, before, now time.Time) error {
	id, err := number(tx.QueryRowContext(ctx, `SELECT id FROM digest
		WHERE chat_id = ? AND topic = ? AND minute = ? AND state IN (0, 3) LIMIT 1`, p.Chat, p.Topic, tooLate))
	if errors.Is(err, sql.ErrNoRows) {
		id, err = number(tx.QueryRowContext(ctx, `INSERT INTO digest (chat_id, topic, local_date, minute, state, due, next_at)
			VALUES (?, ?, ?, ?, 0, ?, 0) RETURNING id`, p.Chat, p.Topic, now.UTC().Format(time.DateOnly), tooLate, millis(now)))
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE delivery SET state = 4, digest_id = ?
		WHERE chat_id = ? AND topic = ? AND state IN (0, 3) AND created < ?`, id, p.Chat, p.Topic, millis(before))
	return err
}
