package storage

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"herald/news"
)

// The states of a delivery and of a digest, as the schema lists them.
const (
	due = iota
	held
	claimed
	waiting
	folded
	sent
	dropped
)

// perPlace is how many deliveries of one place may be claimed at a time: enough to keep a chat at its pace of one a second
// while a claim is worked off, few enough that a place with a backlog does not hold up the others.
const perPlace = 3

// scanLimit bounds how many due rows one claim looks at, in places whose share is used up.
const scanLimit = 20_000

// Outcome is what became of a claimed delivery or digest.
//
//	Error "", RetryAt zero   it was sent as MessageID
//	Error "", RetryAt set    it was not tried (the chat is at its limit) and becomes due again then; no attempt is counted
//	Error set, RetryAt set   it failed and becomes due again then
//	Error set, RetryAt zero  it failed for good and is dropped
//	HoldUntil set            it was not tried: the chat is quiet until then
type Outcome struct {
	ID        int64
	Digest    bool // ID is a digest's: what is said of it goes for the stories in it
	FollowUp  bool // ID is a follow-up's
	MessageID int
	Lead      int64 // the article that the card is led by, of a delivery that was sent
	Error     string
	RetryAt   time.Time
	HoldUntil time.Time
	Now       time.Time
}

// state is where the outcome leaves a delivery.
func (o Outcome) state() int {
	switch {
	case !o.RetryAt.IsZero():
		return waiting
	case o.Error != "":
		return dropped
	}
	return sent
}

// oweStory writes the deliveries that an article causes, one for each place that follows its feed in an active chat since
// before the article was seen and that was never owed the story. A place with digest times gets its row held.
func oweStory(ctx context.Context, tx *sql.Tx, a *news.Article, now time.Time) (int, error) {
	return affected(tx.ExecContext(ctx, `INSERT INTO delivery (chat_id, topic, story_id, state, created, next_at)
		SELECT s.chat_id, s.topic, @story, EXISTS (SELECT 1 FROM digest_time t
			WHERE t.chat_id = s.chat_id AND t.topic = s.topic), @now, 0
		FROM subscription s JOIN chat c ON c.id = s.chat_id
		WHERE s.feed_id = @feed AND s.since <= @seen AND c.active = 1
		ON CONFLICT DO NOTHING`,
		sql.Named("story", a.StoryID), sql.Named("now", millis(now)),
		sql.Named("feed", a.FeedID), sql.Named("seen", millis(a.Fetched))))
}

// ClaimDeliveries takes up to limit due deliveries, the freshest first and at most a few of each place, and keeps them from
// other claims until now plus lease. What has no outcome by then is due again.
func (db *DB) ClaimDeliveries(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]news.Delivery, error) {
	var claims []news.Delivery
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := wake(ctx, tx, "delivery", now); err != nil {
			return err
		}
		ids, err := claimable(ctx, tx, limit)
		if err != nil || len(ids) == 0 {
			return err
		}
		list := packJSON(ids)
		// The answer of RETURNING is in no order of use.
		if _, err := tx.ExecContext(ctx, `UPDATE delivery SET state = ?, next_at = ?
			WHERE id IN (SELECT value FROM json_each(?))`, claimed, millis(now.Add(lease)), list); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT d.id, d.chat_id, d.topic, d.story_id, d.attempts, d.created
			FROM json_each(?) j CROSS JOIN delivery d ON d.id = j.value ORDER BY j.key`, list)
		claims, err = collect(rows, err, scanDelivery)
		return err
	})
	return claims, wrapf(err, "claim deliveries")
}

func scanDelivery(row scanner) (d news.Delivery, err error) {
	var created int64
	err = row.Scan(&d.ID, &d.Place.Chat, &d.Place.Topic, &d.StoryID, &d.Attempts, &created)
	d.Created = moment(created)
	return d, err
}

// wake makes the rows of an outbox table due again whose claim has ended or whose time to try again has come.
func wake(ctx context.Context, tx *sql.Tx, table string, now time.Time) error {
	for _, state := range []string{"2", "3"} { // literal, so that the partial index of the state is used
		_, err := tx.ExecContext(ctx, "UPDATE "+table+" SET state = 0 WHERE state = "+state+" AND next_at <= ?", millis(now))
		if err != nil {
			return err
		}
	}
	return nil
}

const dueQuery = "SELECT id, chat_id, topic FROM delivery WHERE state = 0 ORDER BY created DESC, id DESC LIMIT ?"

// claimable chooses the deliveries of a claim.
func claimable(ctx context.Context, tx *sql.Tx, limit int) ([]int64, error) {
	taken, err := claimedByPlace(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, dueQuery, scanLimit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for len(ids) < limit && rows.Next() {
		var id int64
		var p news.Place
		if err := rows.Scan(&id, &p.Chat, &p.Topic); err != nil {
			return nil, err
		}
		if taken[p] < perPlace {
			taken[p]++
			ids = append(ids, id)
		}
	}
	return ids, rows.Err()
}

// claimedByPlace counts the deliveries that are claimed and have no outcome yet.
func claimedByPlace(ctx context.Context, tx *sql.Tx) (map[news.Place]int, error) {
	rows, err := tx.QueryContext(ctx, "SELECT chat_id, topic FROM delivery WHERE state = 2")
	places, err := collect(rows, err, func(row scanner) (p news.Place, err error) {
		err = row.Scan(&p.Chat, &p.Topic)
		return p, err
	})
	count := make(map[news.Place]int, len(places))
	for _, p := range places {
		count[p]++
	}
	return count, err
}

// Delivered records outcomes, all in one transaction. An outcome for a delivery or digest that is finished, or gone with its
// chat, changes nothing.
func (db *DB) Delivered(ctx context.Context, outcomes []Outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	err := db.write(ctx, func(tx *sql.Tx) error {
		record, err := tx.PrepareContext(ctx, `UPDATE delivery SET state = ?, next_at = ?, attempts = attempts + ?,
			message_id = ?, last_error = ?, finished = ?, lead_id = ? WHERE id = ? AND state IN (0, 2, 3)`)
		if err != nil {
			return err
		}
		defer record.Close()
		for _, o := range outcomes {
			switch {
			case !o.HoldUntil.IsZero():
				err = holdQuiet(ctx, tx, o)
			case o.Digest:
				err = recordDigest(ctx, tx, o)
			case o.FollowUp:
				err = recordFollowUp(ctx, tx, o)
			default:
				_, err = record.ExecContext(ctx, slices.Insert(o.values(), 6, any(o.Lead))...)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "record %d deliveries", len(outcomes))
}

// values are the parameters that record an outcome.
func (o Outcome) values() []any {
	var finished int64
	if o.state() != waiting {
		finished = millis(o.Now)
	}
	return []any{o.state(), millis(o.RetryAt), o.Error != "", o.MessageID, o.Error, finished, o.ID}
}

// ReleaseClaims makes everything that is claimed due at once: at the start of the program, when nobody can still be sending.
func (db *DB) ReleaseClaims(ctx context.Context) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"delivery", "digest", "follow_up"} {
			if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET state = 0 WHERE state = 2"); err != nil {
				return err
			}
		}
		return nil
	})
	return wrapf(err, "release claims")
}

// PendingDeliveries counts what is due, claimed or waiting for another try; not what is held for a digest.
func (db *DB) PendingDeliveries(ctx context.Context) (int, error) {
	n, err := number(db.r.QueryRowContext(ctx, pendingQuery))
	return int(n), wrapf(err, "pending deliveries")
}

const pendingQuery = `SELECT (SELECT count(*) FROM delivery WHERE state = 0) +
	(SELECT count(*) FROM delivery WHERE state = 2) + (SELECT count(*) FROM delivery WHERE state = 3)`

// PruneDeliveries deletes up to limit deliveries that were owed before a time, are sent or dropped, and whose story has had
// no article since then: one that could still grow needs its rows, or it would be sent again. It returns how many they were.
func (db *DB) PruneDeliveries(ctx context.Context, before time.Time, limit int) (int, error) {
	n, err := affected(db.w.ExecContext(ctx, `DELETE FROM delivery WHERE id IN (SELECT d.id FROM delivery d
		LEFT JOIN story s ON s.id = d.story_id
		WHERE d.id < ifnull((SELECT id FROM delivery WHERE created >= @before ORDER BY id LIMIT 1), 9223372036854775807)
		AND d.state IN (5, 6) AND ifnull(s.updated, 0) < @before ORDER BY d.id LIMIT @limit)`,
		sql.Named("before", millis(before)), sql.Named("limit", limit)))
	return n, wrapf(err, "prune deliveries")
}
