package storage

import (
	"context"
	"database/sql"
	"time"

	"herald/news"
)

const (
	editSettle = 30 * time.Second // after an article, so that several publishers that report together are one edit
	editGap    = 10 * time.Minute // between two edits of a card
	cardAge    = 48 * time.Hour   // an older card is left as it is: nobody looks back so far
)

// oweEdits has the cards of a story edited that were sent before a further publisher reported it, in the places that may read
// that publisher's feed. A card that is on its way counts as sent.
func oweEdits(ctx context.Context, tx *sql.Tx, a *news.Article, now time.Time) error {
	_, err := tx.ExecContext(ctx, oweEditsQuery,
		sql.Named("story", a.StoryID), sql.Named("article", a.ID), sql.Named("source", a.Source), sql.Named("feed", a.FeedID),
		sql.Named("young", millis(now.Add(-cardAge))), sql.Named("at", millis(now.Add(editSettle))), sql.Named("gap", editGap.Milliseconds()))
	return err
}

const oweEditsQuery = `INSERT INTO card_edit (delivery_id, due, edited) SELECT d.id, @at, 0
	FROM delivery d JOIN chat c ON c.id = d.chat_id
	WHERE d.story_id = @story AND (d.message_id > 0 AND d.digest_id = 0 AND d.finished > @young OR d.state = 2) AND c.active = 1
	AND (EXISTS (SELECT 1 FROM feed WHERE id = @feed AND shared = 1)
		OR EXISTS (SELECT 1 FROM subscription s WHERE s.chat_id = d.chat_id AND s.topic = d.topic AND s.feed_id = @feed))
	AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = @story AND source = @source AND id <> @article)
	ON CONFLICT DO UPDATE SET due = max(@at, edited + @gap)`

// ClaimEdits takes up to limit cards that are to be edited, the longest due first, and keeps them from other claims until now
// plus lease.
func (db *DB) ClaimEdits(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]news.CardEdit, error) {
	var edits []news.CardEdit
	err := db.write(ctx, func(tx *sql.Tx) error {
		// A card that is on its way is looked at again; one that never arrived has nothing to edit.
		if _, err := tx.ExecContext(ctx, restEdits, sql.Named("now", millis(now)), sql.Named("later", millis(now.Add(editSettle)))); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, dueEditsQuery, millis(now), limit)
		if edits, err = collect(rows, err, scanEdit); err != nil {
			return err
		}
		for i := range edits {
			edits[i].Claim = now.Add(lease)
			if _, err := tx.ExecContext(ctx, "UPDATE card_edit SET due = ? WHERE delivery_id = ?",
				millis(edits[i].Claim), edits[i].Delivery); err != nil {
				return err
			}
		}
		return nil
	})
	return edits, wrapf(err, "claim edits")
}

const restEdits = `UPDATE card_edit AS e SET due = iif(d.state = 2, @later, 0) FROM delivery d
	WHERE d.id = e.delivery_id AND e.due > 0 AND e.due <= @now AND (d.message_id = 0 OR d.digest_id > 0)`

const dueEditsQuery = `SELECT d.id, d.chat_id, d.topic, d.story_id, d.lead_id, d.message_id FROM card_edit e JOIN delivery d ON d.id = e.delivery_id
	WHERE e.due > 0 AND e.due <= ? AND d.message_id > 0 AND d.digest_id = 0 ORDER BY e.due LIMIT ?`

func scanEdit(row scanner) (e news.CardEdit, err error) {
	err = row.Scan(&e.Delivery, &e.Place.Chat, &e.Place.Topic, &e.StoryID, &e.Lead, &e.Message)
	return e, err
}

// Edited records that a claimed edit ended: for good or, with a retryAt, until then. A card whose story has grown again
// meanwhile stays due.
func (db *DB) Edited(ctx context.Context, e news.CardEdit, retryAt, now time.Time) error {
	_, err := db.w.ExecContext(ctx, `UPDATE card_edit SET edited = iif(@retry > 0, edited, @now),
		due = iif(due = @claim, @retry, max(due, @now + @gap)) WHERE delivery_id = @id`,
		sql.Named("retry", millis(retryAt)), sql.Named("now", millis(now)), sql.Named("claim", millis(e.Claim)),
		sql.Named("gap", editGap.Milliseconds()), sql.Named("id", e.Delivery))
	return wrapf(err, "record edit of delivery %d", e.Delivery)
}
