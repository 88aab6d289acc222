package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"herald/news"
)

// outOfTurn is the minute of a digest that no digest time asked for.
const outOfTurn = -1

// SetDigestTimes replaces the digest times of a place; none: it has no digest. Two of the same minute become one with the
// days of both. ErrInvalid for a minute outside the day, news.ErrNotFound where the chat is not stored. What is held stays
// held: see ReleaseHeld.
func (db *DB) SetDigestTimes(ctx context.Context, p news.Place, times []news.DigestTime) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM digest_time WHERE chat_id = ? AND topic = ?", p.Chat, p.Topic); err != nil {
			return err
		}
		for _, t := range times {
			if err := addDigestTime(ctx, tx, p, t); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "set digest times of chat %d topic %d", p.Chat, p.Topic)
}

func addDigestTime(ctx context.Context, tx *sql.Tx, p news.Place, t news.DigestTime) error {
	if t.Minute < 0 || t.Minute >= 24*60 {
		return fmt.Errorf("%w: minute %d of a day", ErrInvalid, t.Minute)
	}
	// Days 0 means every day, and stays so when joined with any others.
	_, err := tx.ExecContext(ctx, `INSERT INTO digest_time (chat_id, topic, minute, days, next_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET days = iif(days = 0 OR excluded.days = 0, 0, days | excluded.days),
		next_at = min(next_at, excluded.next_at)`, p.Chat, p.Topic, t.Minute, t.Days, millis(t.Next))
	if orphan(err) {
		return fmt.Errorf("%w: %w", news.ErrNotFound, err)
	}
	return err
}

const digestTimeColumns = "chat_id, topic, minute, days, next_at"

func scanDigestTime(row scanner) (t news.DigestTime, err error) {
	var next int64
	err = row.Scan(&t.Place.Chat, &t.Place.Topic, &t.Minute, &t.Days, &next)
	t.Next = moment(next)
	return t, err
}

// DigestTimes returns the digest times of a place in the order of the day.
func (db *DB) DigestTimes(ctx context.Context, p news.Place) ([]news.DigestTime, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+digestTimeColumns+` FROM digest_time
		WHERE chat_id = ? AND topic = ? ORDER BY minute`, p.Chat, p.Topic)
	times, err := collect(rows, err, scanDigestTime)
	return times, wrapf(err, "digest times of chat %d topic %d", p.Chat, p.Topic)
}

// ChatDigestTimes returns the digest times of a chat in all its topics.
func (db *DB) ChatDigestTimes(ctx context.Context, chat int64) ([]news.DigestTime, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+digestTimeColumns+` FROM digest_time
		WHERE chat_id = ? ORDER BY topic, minute`, chat)
	times, err := collect(rows, err, scanDigestTime)
	return times, wrapf(err, "digest times of chat %d", chat)
}

// MoveDigestTime moves a digest time on to next without a digest: what is held waits for it.
func (db *DB) MoveDigestTime(ctx context.Context, t news.DigestTime, next time.Time) error {
	_, err := db.w.ExecContext(ctx, `UPDATE digest_time SET next_at = ? WHERE chat_id = ? AND topic = ? AND minute = ?`,
		millis(next), t.Place.Chat, t.Place.Topic, t.Minute)
	return wrapf(err, "move digest time of chat %d topic %d", t.Place.Chat, t.Place.Topic)
}

// DueDigests returns up to limit digest times that have come, the longest due first. PrepareDigest moves them on.
func (db *DB) DueDigests(ctx context.Context, now time.Time, limit int) ([]news.DigestTime, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+digestTimeColumns+` FROM digest_time
		WHERE next_at <= ? ORDER BY next_at LIMIT ?`, millis(now), limit)
	times, err := collect(rows, err, scanDigestTime)
	return times, wrapf(err, "due digests")
}

// PrepareDigest moves a digest time on to next and makes the digest that was due: the stories held for the place, to be
// claimed from now on. It returns false where nothing is held, the chat is inactive, or the place had its digest of that
// local date and minute before; what is held then waits for the next one.
func (db *DB) PrepareDigest(ctx context.Context, t news.DigestTime, localDate string, next, now time.Time) (bool, error) {
	made := false
	err := db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE digest_time SET next_at = ? WHERE chat_id = ? AND topic = ? AND minute = ?`,
			millis(next), t.Place.Chat, t.Place.Topic, t.Minute)
		if err != nil {
			return err
		}
		n, err := makeDigest(ctx, tx, t.Place, localDate, t.Minute, now)
		made = n > 0
		return err
	})
	return made, wrapf(err, "prepare digest of chat %d topic %d", t.Place.Chat, t.Place.Topic)
}

// ReleaseHeld makes one digest, due now, of what is held for a place, as when its digest is switched off, and returns the
// number of stories in it.
func (db *DB) ReleaseHeld(ctx context.Context, p news.Place, now time.Time) (int, error) {
	var n int
	err := db.write(ctx, func(tx *sql.Tx) (err error) {
		n, err = makeDigest(ctx, tx, p, now.UTC().Format(time.DateOnly), outOfTurn, now)
		return err
	})
	return n, wrapf(err, "release what is held for chat %d topic %d", p.Chat, p.Topic)
}

// makeDigest folds what is held for a place into a digest and returns how many stories that were; 0: no digest was made.
func makeDigest(ctx context.Context, tx *sql.Tx, p news.Place, localDate string, minute int, now time.Time) (int, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO digest (chat_id, topic, local_date, minute, state, due, next_at)
		SELECT id, @topic, @date, @minute, 0, @now, 0 FROM chat WHERE id = @chat AND active = 1
		AND EXISTS (SELECT 1 FROM delivery WHERE chat_id = @chat AND topic = @topic AND state = 1)
		ON CONFLICT DO NOTHING`, sql.Named("chat", p.Chat), sql.Named("topic", p.Topic), sql.Named("date", localDate),
		sql.Named("minute", minute), sql.Named("now", millis(now)))
	if n, err := affected(result, err); err != nil || n == 0 {
		return 0, err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return 0, err
	}
	return affected(tx.ExecContext(ctx, `UPDATE delivery SET state = 4, digest_id = ?
		WHERE chat_id = ? AND topic = ? AND state = 1`, id, p.Chat, p.Topic))
}

// ClaimDigests takes up to limit digests that are owed, the longest due first, and keeps them from other claims until now
// plus lease.
func (db *DB) ClaimDigests(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]news.Digest, error) {
	var digests []news.Digest
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := wake(ctx, tx, "digest", now); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT id, chat_id, topic, due, attempts FROM digest WHERE state = 0
			ORDER BY due, id LIMIT ?`, limit)
		if digests, err = collect(rows, err, scanDigest); err != nil {
			return err
		}
		for i := range digests {
			if err := claimDigest(ctx, tx, &digests[i], now.Add(lease)); err != nil {
				return err
			}
		}
		return nil
	})
	return digests, wrapf(err, "claim digests")
}

func scanDigest(row scanner) (d news.Digest, err error) {
	var due int64
	err = row.Scan(&d.ID, &d.Place.Chat, &d.Place.Topic, &due, &d.Attempts)
	d.Due = moment(due)
	return d, err
}

func claimDigest(ctx context.Context, tx *sql.Tx, d *news.Digest, until time.Time) error {
	if _, err := tx.ExecContext(ctx, "UPDATE digest SET state = 2, next_at = ? WHERE id = ?", millis(until), d.ID); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT story_id FROM delivery WHERE digest_id = ? AND digest_id > 0
		ORDER BY created DESC, id DESC`, d.ID)
	d.Stories, err = collect(rows, err, number)
	return err
}

// DigestDelivered records what became of a claimed digest and of the stories in it, as Outcome does for a delivery: an empty
// errText is a success, or with a retryAt a postponement; an errText without a retryAt drops it for good. An outcome for a
// digest that is finished changes nothing.
func (db *DB) DigestDelivered(ctx context.Context, id int64, messageID int, errText string, retryAt, now time.Time) error {
	o := Outcome{ID: id, MessageID: messageID, Error: errText, RetryAt: retryAt, Now: now}
	err := db.write(ctx, func(tx *sql.Tx) error {
		n, err := affected(tx.ExecContext(ctx, `UPDATE digest SET state = ?, next_at = ?, attempts = attempts + ?,
			message_id = ?, last_error = ?, finished = ? WHERE id = ? AND state IN (0, 2, 3)`, o.values()...))
		if err != nil || n == 0 || o.state() == waiting {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE delivery SET state = ?, message_id = ?, last_error = ?, finished = ?
			WHERE digest_id = ? AND digest_id > 0`, o.state(), messageID, errText, millis(now), id)
		return err
	})
	return wrapf(err, "record digest %d", id)
}

// PruneDigests deletes the digests that were sent or dropped before a time and returns how many they were.
func (db *DB) PruneDigests(ctx context.Context, before time.Time) (int, error) {
	n, err := affected(db.w.ExecContext(ctx, "DELETE FROM digest WHERE state IN (5, 6) AND due < ?", millis(before)))
	return n, wrapf(err, "prune digests")
}
