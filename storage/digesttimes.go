package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"herald/news"
)

// SetDigestTimes replaces the digest times of a place; none: it has no digest. Two of the same minute become one with the
// days of both. A digest that was prepared for later is taken back. ErrInvalid for a minute outside the day, news.ErrNotFound
// where the chat is not stored. What is held stays held: see EndDigests.
func (db *DB) SetDigestTimes(ctx context.Context, p news.Place, times []news.DigestTime) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := dropDigestTimes(ctx, tx, p); err != nil {
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

func dropDigestTimes(ctx context.Context, tx *sql.Tx, p news.Place) error {
	for _, query := range []string{
		"DELETE FROM digest_time WHERE chat_id = ? AND topic = ?",
		"DELETE FROM digest WHERE chat_id = ? AND topic = ? AND state = 3 AND gathers = 1",
	} {
		if _, err := tx.ExecContext(ctx, query, p.Chat, p.Topic); err != nil {
			return err
		}
	}
	return nil
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

// EndDigests takes the digest times of a place away, has what is held for it come in one digest that is due now, and returns
// the number of stories in it.
func (db *DB) EndDigests(ctx context.Context, p news.Place, now time.Time) (int, error) {
	var n int
	err := db.write(ctx, func(tx *sql.Tx) (err error) {
		if err := dropDigestTimes(ctx, tx, p); err != nil {
			return err
		}
		insert, err := tx.PrepareContext(ctx, insertDigest)
		if err != nil {
			return err
		}
		defer insert.Close()
		n, err = makeDigest(ctx, tx, insert, p, edition{date: now.UTC().Format(time.DateOnly), minute: outOfTurn, due: now}, now)
		return err
	})
	return n, wrapf(err, "end digests of chat %d topic %d", p.Chat, p.Topic)
}

const digestTimeQuery = `SELECT t.chat_id, t.topic, t.minute, t.days, t.next_at, c.zone
	FROM digest_time t CROSS JOIN chat c ON c.id = t.chat_id`

func scanDigestTime(row scanner) (t news.DigestTime, err error) {
	var next int64
	err = row.Scan(&t.Place.Chat, &t.Place.Topic, &t.Minute, &t.Days, &next, &t.Zone)
	t.Next = moment(next)
	return t, err
}

// DigestTimes returns the digest times of a place in the order of the day.
func (db *DB) DigestTimes(ctx context.Context, p news.Place) ([]news.DigestTime, error) {
	rows, err := db.r.QueryContext(ctx, digestTimeQuery+" WHERE t.chat_id = ? AND t.topic = ? ORDER BY t.minute", p.Chat, p.Topic)
	times, err := collect(rows, err, scanDigestTime)
	return times, wrapf(err, "digest times of chat %d topic %d", p.Chat, p.Topic)
}

// ChatDigestTimes returns the digest times of a chat in all its topics.
func (db *DB) ChatDigestTimes(ctx context.Context, chat int64) ([]news.DigestTime, error) {
	rows, err := db.r.QueryContext(ctx, digestTimeQuery+" WHERE t.chat_id = ? ORDER BY t.topic, t.minute", chat)
	times, err := collect(rows, err, scanDigestTime)
	return times, wrapf(err, "digest times of chat %d", chat)
}

// DueDigests returns up to limit digest times whose next instant has come by a time, the first ones first, of those that come
// after one in that order. The zero DigestTime comes before all.
func (db *DB) DueDigests(ctx context.Context, after news.DigestTime, by time.Time, limit int) ([]news.DigestTime, error) {
	rows, err := db.ticks.dueDigests.QueryContext(ctx, millis(after.Next), after.Place.Chat, after.Place.Topic, after.Minute,
		millis(by), limit)
	times, err := collect(rows, err, scanDigestTime)
	return times, wrapf(err, "due digests")
}

const dueDigests = digestTimeQuery + ` WHERE (t.next_at, t.chat_id, t.topic, t.minute) > (?, ?, ?, ?) AND t.next_at <= ?
	ORDER BY t.next_at, t.chat_id, t.topic, t.minute LIMIT ?`

// RetimeDigests gives digest times their Next anew, as after the clock was wrong, and takes back what was prepared for them.
// One that has changed meanwhile, so that it has another minute, is left alone.
func (db *DB) RetimeDigests(ctx context.Context, times []news.DigestTime) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, t := range times {
			for _, query := range []string{
				"UPDATE digest_time SET next_at = @next WHERE chat_id = @chat AND topic = @topic AND minute = @minute",
				`DELETE FROM digest WHERE chat_id = @chat AND topic = @topic AND minute = @minute AND state = 3 AND gathers = 1`,
			} {
				if _, err := tx.ExecContext(ctx, query, sql.Named("next", millis(t.Next)), sql.Named("chat", t.Place.Chat),
					sql.Named("topic", t.Place.Topic), sql.Named("minute", t.Minute)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return wrapf(err, "retime %d digests", len(times))
}
