package storage

import (
	"context"
	"database/sql"
	"time"

	"herald/news"
)

// holdQuiet holds a delivery back until the quiet time of its chat ends. It comes with the next digest where the place has
// digest times, otherwise together with all that is held in one digest at the end.
func holdQuiet(ctx context.Context, tx *sql.Tx, o Outcome) error {
	n, err := affected(tx.ExecContext(ctx, "UPDATE delivery SET state = 1 WHERE id = ? AND state IN (0, 2, 3)", o.ID))
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO digest (chat_id, topic, local_date, minute, state, due, next_at, gathers)
		SELECT d.chat_id, d.topic, '', @minute, 3, @due, @due, 1 FROM delivery d WHERE d.id = @id
		AND NOT EXISTS (SELECT 1 FROM digest_time t WHERE t.chat_id = d.chat_id AND t.topic = d.topic)
		AND NOT EXISTS (SELECT 1 FROM digest q WHERE q.chat_id = d.chat_id AND q.topic = d.topic AND q.minute = @minute
			AND q.gathers = 1 AND q.state IN (0, 3))`, sql.Named("id", o.ID), sql.Named("minute", quietEnd), sql.Named("due", millis(o.HoldUntil)))
	return err
}

// EndQuiet has what waits for the end of a chat's quiet time come at another time, as when that is set anew or the time zone is: what
// it holds, what is new below a card, though not within followUpGap of the last, and a digest that is late.
func (db *DB) EndQuiet(ctx context.Context, chat int64, at time.Time) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{
			"UPDATE digest SET state = 3, due = @at, next_at = @at WHERE chat_id = @chat AND minute = @minute AND gathers = 1 AND state IN (0, 3)",
			"UPDATE digest SET next_at = @at WHERE chat_id = @chat AND gathers = 0 AND state = 3",
			`UPDATE follow_up AS f SET next_at = max(@at, ifnull((SELECT max(finished) + @gap FROM follow_up
				WHERE delivery_id = f.delivery_id AND state = 5), 0))
				WHERE state = 3 AND delivery_id IN (SELECT id FROM delivery WHERE chat_id = @chat)`,
		} {
			_, err := tx.ExecContext(ctx, query, sql.Named("chat", chat), sql.Named("at", millis(at)), sql.Named("minute", quietEnd),
				sql.Named("gap", followUpGap.Milliseconds()))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "end the quiet time of chat %d", chat)
}

// QuietChats returns up to limit chats for which something may wait for the end of a quiet time, in the order of their ids after one.
func (db *DB) QuietChats(ctx context.Context, after int64, limit int) ([]news.Chat, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+chatColumns+` FROM chat WHERE id > ? AND id IN (
		SELECT chat_id FROM digest WHERE state = 3 AND (minute = ? OR gathers = 0)
		UNION SELECT d.chat_id FROM follow_up f JOIN delivery d ON d.id = f.delivery_id WHERE f.state = 3) ORDER BY id LIMIT ?`,
		after, quietEnd, limit)
	chats, err := collect(rows, err, scanChat)
	return chats, wrapf(err, "chats with a quiet time")
}
