package storage

import (
	"context"
	"database/sql"
	"time"
)

// Owed tells whether a claim at now would find a delivery, a digest, a follow-up or an edit. It costs a few steps in indexes and does not wait for the
// writer, so that somebody may ask every second.
func (db *DB) Owed(ctx context.Context, now time.Time) (bool, error) {
	var owed bool
	err := db.ticks.owed.QueryRowContext(ctx, sql.Named("now", millis(now))).Scan(&owed)
	return owed, wrapf(err, "what is owed")
}

const owedQuery = `SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 0)
	OR EXISTS (SELECT 1 FROM delivery WHERE state = 2 AND next_at <= @now)
	OR EXISTS (SELECT 1 FROM delivery WHERE state = 3 AND next_at <= @now)
	OR EXISTS (SELECT 1 FROM digest WHERE state = 0)
	OR EXISTS (SELECT 1 FROM digest WHERE state = 2 AND next_at <= @now)
	OR EXISTS (SELECT 1 FROM digest WHERE state = 3 AND next_at <= @now)
	OR EXISTS (SELECT 1 FROM follow_up WHERE state = 0)
	OR EXISTS (SELECT 1 FROM follow_up WHERE state = 2 AND next_at <= @now)
	OR EXISTS (SELECT 1 FROM follow_up WHERE state = 3 AND next_at <= @now)
	OR EXISTS (SELECT 1 FROM card_edit WHERE due > 0 AND due <= @now)`
