package storage

import (
	"context"
	"database/sql"
	"time"
)

// SetBack brings forward what was planned by a clock that has been set back to now, by that much: polls, further tries, edits,
// hubs and flood waits would otherwise wait until the clock shows again what it showed before. A flood wait that was over by the
// clock of before is forgotten. What is planned at local times is planned anew (RetimeDigests, EndQuiet).
func (db *DB) SetBack(ctx context.Context, now time.Time, by time.Duration) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{
			"UPDATE feed SET next_poll = next_poll - @by WHERE next_poll > @now",
			"UPDATE hub SET until = until - @by, next_ask = next_ask - @by WHERE next_ask > @now",
			"UPDATE delivery SET next_at = next_at - @by WHERE state = 3 AND next_at > @now",
			"UPDATE digest SET next_at = next_at - @by WHERE state = 3 AND next_at > @now",
			"UPDATE follow_up SET next_at = next_at - @by WHERE state = 3 AND next_at > @now",
			"UPDATE card_edit SET due = due - @by WHERE due > @now",
			"DELETE FROM flood WHERE until > @now AND until <= @now + @by",
			"UPDATE flood SET until = until - @by WHERE until > @now",
		} {
			if _, err := tx.ExecContext(ctx, query, sql.Named("now", millis(now)), sql.Named("by", by.Milliseconds())); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "bring forward by %s what was planned", by)
}
