package storage

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"time"

	"herald/news"
)

// The minutes of digests that no digest time asked for; a place may have as many as it needs.
const (
	outOfTurn = -1
	quietEnd  = -2 // what a quiet time held
	tooLate   = -3 // what could not be sent in time
)

// Preparation is the turn of a digest time.
type Preparation struct {
	Time news.DigestTime // as DueDigests returned it
	Due  time.Time       // when its digest is to be sent; the zero time: there is none, and what is held waits
	Date string          // the local date of the digest
	Next time.Time       // when the digest time has its next turn; the zero time: that stays as it is
}

// PrepareDigests gives digest times their turn, all in one transaction, and returns how many digests that made. There is none
// where nothing is held, the chat is inactive, or the place had its digest of that local date and minute before; what is held
// then waits for the next one. Nothing is done for a digest time that was changed meanwhile.
//
// One that is due after now takes what is held when it is claimed, one that is due what is held now.
func (db *DB) PrepareDigests(ctx context.Context, list []Preparation, now time.Time) (int, error) {
	made := 0
	err := db.write(ctx, func(tx *sql.Tx) error {
		turn, err := tx.PrepareContext(ctx, `UPDATE digest_time SET next_at = ?
			WHERE chat_id = ? AND topic = ? AND minute = ? AND next_at = ?`)
		if err != nil {
			return err
		}
		defer turn.Close()
		insert, err := tx.PrepareContext(ctx, insertDigest)
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, p := range list {
			if given, err := giveTurn(ctx, turn, p); err != nil {
				return err
			} else if !given || p.Due.IsZero() {
				continue
			}
			e := edition{date: p.Date, minute: p.Time.Minute, due: p.Due, turn: rand.Int32()}
			n, err := makeDigest(ctx, tx, insert, p.Time.Place, e, now)
			if err != nil {
				return err
			}
			made += min(n, 1)
		}
		return nil
	})
	return made, wrapf(err, "prepare %d digests", len(list))
}

// giveTurn sets a digest time's next turn; false where it was changed meanwhile.
func giveTurn(ctx context.Context, turn *sql.Stmt, p Preparation) (bool, error) {
	t := p.Time
	next := p.Next
	if next.IsZero() {
		next = t.Next
	}
	n, err := affected(turn.ExecContext(ctx, millis(next), t.Place.Chat, t.Place.Topic, t.Minute, millis(t.Next)))
	return n > 0, err
}

// edition is what a digest is to be.
type edition struct {
	date   string
	minute int
	due    time.Time
	turn   int32
}

// insertDigest makes a digest where something is held for a place.
const insertDigest = `INSERT INTO digest (chat_id, topic, local_date, minute, state, due, next_at, gathers, turn)
	SELECT id, @topic, @date, @minute, @state, @due, @due, @later, @turn FROM chat WHERE id = @chat AND active = 1
	AND EXISTS (SELECT 1 FROM delivery WHERE chat_id = @chat AND topic = @topic AND state = 1)
	ON CONFLICT DO NOTHING`

// makeDigest makes a digest, by insertDigest, of what is held for a place and returns how many stories that are; 0: no digest was made.
func makeDigest(ctx context.Context, tx *sql.Tx, insert *sql.Stmt, p news.Place, d edition, now time.Time) (int, error) {
	later := d.due.After(now)
	state := due
	if later {
		state = waiting
	}
	result, err := insert.ExecContext(ctx, sql.Named("chat", p.Chat), sql.Named("topic", p.Topic), sql.Named("date", d.date),
		sql.Named("minute", d.minute), sql.Named("state", state), sql.Named("due", millis(d.due)), sql.Named("later", later),
		sql.Named("turn", d.turn))
	if n, err := affected(result, err); err != nil || n == 0 || later {
		return n, err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return 0, err
	}
	return gather(ctx, tx, id, p)
}

// gather moves what is held for a place into a digest.
func gather(ctx context.Context, tx *sql.Tx, digest int64, p news.Place) (int, error) {
	return affected(tx.ExecContext(ctx, `UPDATE delivery SET state = 4, digest_id = ?
		WHERE chat_id = ? AND topic = ? AND state = 1`, digest, p.Chat, p.Topic))
}

// ClaimDigests takes up to limit digests that are owed, the longest due first, and keeps them from other claims until now
// plus lease. Those of the same time come in an order of their own each day, so that nobody is always the last. One that has
// nothing to tell ends here.
func (db *DB) ClaimDigests(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]news.Digest, error) {
	var digests []news.Digest
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := wakeDigests(ctx, tx, now, 4*limit); err != nil {
			return err
		}
		for more := true; more && len(digests) < limit; {
			want := limit - len(digests)
			rows, err := tx.QueryContext(ctx, dueDigest, want)
			due, err := collect(rows, err, scanDigest)
			if err != nil {
				return err
			}
			more = len(due) == want
			for _, d := range due {
				if err := d.claim(ctx, tx, now, lease); err != nil {
					return err
				}
				if len(d.Stories) > 0 {
					digests = append(digests, d.Digest)
				}
			}
		}
		return nil
	})
	return digests, wrapf(err, "claim digests")
}

const dueDigest = `SELECT id, chat_id, topic, minute, due, attempts, gathers FROM digest WHERE state = 0
	ORDER BY due, turn LIMIT ?`

// wakeDigests makes digests due whose claim has ended or whose time has come, up to limit of the latter: at eight there may
// be a hundred thousand, and somebody may wait for the writer.
func wakeDigests(ctx context.Context, tx *sql.Tx, now time.Time, limit int) error {
	if _, err := tx.ExecContext(ctx, "UPDATE digest SET state = 0 WHERE state = 2 AND next_at <= ?", millis(now)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE digest SET state = 0 WHERE id IN (SELECT id FROM digest
		WHERE state = 3 AND next_at <= ? ORDER BY next_at, turn LIMIT ?)`, millis(now), limit)
	return err
}

// owedDigest is a digest that is about to be claimed.
type owedDigest struct {
	news.Digest
	gathers bool
}

func scanDigest(row scanner) (d owedDigest, err error) {
	var due int64
	var minute int
	err = row.Scan(&d.ID, &d.Place.Chat, &d.Place.Topic, &minute, &due, &d.Attempts, &d.gathers)
	d.Due, d.Quiet, d.Late = moment(due), minute == quietEnd, minute == tooLate
	return d, err
}

func (d *owedDigest) claim(ctx context.Context, tx *sql.Tx, now time.Time, lease time.Duration) error {
	if d.gathers {
		if _, err := gather(ctx, tx, d.ID, d.Place); err != nil {
			return err
		}
	}
	feeds, err := listed(ctx, tx, d.Place, false)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, digestStories, feeds.args(sql.Named("digest", d.ID))...)
	if d.Stories, err = collect(rows, err, number); err != nil {
		return err
	}
	if len(d.Stories) == 0 {
		_, err := tx.ExecContext(ctx, "UPDATE digest SET state = 6, gathers = 0, finished = ?, last_error = 'nothing to tell' WHERE id = ?",
			millis(now), d.ID)
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE digest SET state = 2, gathers = 0, next_at = ? WHERE id = ?",
		millis(now.Add(lease)), d.ID); err != nil {
		return err
	}
	if !d.Quiet {
		d.Pushed, err = pushedBefore(ctx, tx, d.Place, now)
	}
	return err
}

// digestStories are the stories of a digest, the weightiest first.
var digestStories = `SELECT d.story_id FROM delivery d LEFT JOIN story s ON s.id = d.story_id
	WHERE d.digest_id = @digest AND d.digest_id > 0
	ORDER BY ` + weight("min(s.updated) OVER ()", "max(s.updated) OVER ()") + ` DESC, s.updated DESC, d.id DESC`

// pushedMost bounds how many stories that a place got at once its digest knows of.
const pushedMost = 10

// pushedBefore are the stories of a day that a place got at once and since its last digest, the newest first.
func pushedBefore(ctx context.Context, tx *sql.Tx, p news.Place, now time.Time) ([]int64, error) {
	rows, err := tx.QueryContext(ctx, pushedStories, sql.Named("chat", p.Chat), sql.Named("topic", p.Topic),
		sql.Named("since", millis(now.Add(-24*time.Hour))), sql.Named("most", pushedMost))
	return collect(rows, err, number)
}

// pushedStories reads no more of a place's deliveries than those of stories that a day's first article or a later one began: stories
// are numbered in the order of their articles.
const pushedStories = `SELECT story_id FROM delivery WHERE chat_id = @chat AND topic = @topic
	AND story_id >= (SELECT id FROM article WHERE fetched >= @since ORDER BY fetched LIMIT 1) AND state = 5 AND message_id > 0 AND digest_id = 0
	AND finished > (SELECT ifnull(max(finished), 0) FROM digest WHERE chat_id = @chat AND topic = @topic AND state = 5)
	ORDER BY story_id DESC LIMIT @most`

// recordDigest records what became of a claimed digest and, once it is finished, of the stories in it.
func recordDigest(ctx context.Context, tx *sql.Tx, o Outcome) error {
	n, err := affected(tx.ExecContext(ctx, `UPDATE digest SET state = ?, next_at = ?, attempts = attempts + ?,
		message_id = ?, last_error = ?, finished = ? WHERE id = ? AND state IN (0, 2, 3)`, o.values()...))
	if err != nil || n == 0 || o.state() == waiting {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE delivery SET state = ?, message_id = ?, last_error = ?, finished = ?
		WHERE digest_id = ? AND digest_id > 0`, o.state(), o.MessageID, o.Error, millis(o.Now), o.ID)
	return err
}

// PruneDigests deletes the digests that were sent or dropped before a time and returns how many they were.
func (db *DB) PruneDigests(ctx context.Context, before time.Time) (int, error) {
	n, err := affected(db.w.ExecContext(ctx, "DELETE FROM digest WHERE state IN (5, 6) AND due < ?", millis(before)))
	return n, wrapf(err, "prune digests")
}
