package storage

import (
	"context"
	"database/sql"
	"time"
)

// ClockKey is where the latest time is stored that the clock has shown, in Unix seconds (Get, Set).
const ClockKey = "clock"

// SetBack brings forward what was planned by a clock that has been set back to now, by that much: polls, further tries, edits,
// hubs and flood waits would otherwise wait until the clock shows again what it showed before. A flood wait that was over by the
// clock of before is forgotten. What is planned at local times is planned anew before (RetimeDigests, EndQuiet) and left alone here.
// ClockKey is set with it, for done twice it would bring all forward too far.
func (db *DB) SetBack(ctx context.Context, now time.Time, by time.Duration) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{
			"UPDATE feed SET next_poll = next_poll - @by WHERE next_poll > @now",
			"UPDATE hub SET until = until - @by, next_ask = next_ask - @by WHERE next_ask > @now",
			"UPDATE delivery SET next_at = next_at - @by WHERE state = 3 AND next_at > @now",
			"UPDATE digest SET next_at = next_at - @by WHERE state = 3 AND next_at > @now AND gathers = 1 AND minute <> @quiet",
			"UPDATE card_edit SET due = due - @by WHERE due > @now",
			"DELETE FROM flood WHERE until > @now AND until <= @now + @by",
			"UPDATE flood SET until = until - @by WHERE until > @now",
			"INSERT INTO state (key, value) VALUES (@clock, @now / 1000) ON CONFLICT DO UPDATE SET value = excluded.value",
		} {
			if _, err := tx.ExecContext(ctx, query, sql.Named("now", millis(now)), sql.Named("by", by.Milliseconds()),
				sql.Named("quiet", quietEnd), sql.Named("clock", ClockKey)); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "bring forward by %s what was planned", by)
}
