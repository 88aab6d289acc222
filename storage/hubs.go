package storage

import (
	"context"
	"time"

	"herald/news"
)

const hubColumns = "h.feed_id, h.url, h.topic, h.token, h.secret, h.until, h.next_ask, h.failures"

func scanHub(row scanner) (h news.Hub, err error) {
	var until, next int64
	err = row.Scan(&h.FeedID, &h.URL, &h.Topic, &h.Token, &h.Secret, &until, &next, &h.Failures)
	h.Until, h.NextAsk = moment(until), moment(next)
	return h, err
}

// SaveHub stores the hub of a feed in the place of what was stored.
func (db *DB) SaveHub(ctx context.Context, h news.Hub) error {
	_, err := db.w.ExecContext(ctx, `INSERT OR REPLACE INTO hub (feed_id, url, topic, token, secret, until, next_ask, failures)
		SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM feed WHERE id = ?)`,
		h.FeedID, h.URL, h.Topic, h.Token, h.Secret, millis(h.Until), millis(h.NextAsk), h.Failures, h.FeedID)
	return wrapf(err, "save hub of feed %d", h.FeedID)
}

// HubOf returns the hub of a feed; news.ErrNotFound where it has none.
func (db *DB) HubOf(ctx context.Context, feedID int64) (news.Hub, error) {
	return db.hub(ctx, "h.feed_id = ?", feedID)
}

// HubByToken returns the hub that was given a token; news.ErrNotFound where none was.
func (db *DB) HubByToken(ctx context.Context, token string) (news.Hub, error) {
	return db.hub(ctx, "h.token = ?", token)
}

func (db *DB) hub(ctx context.Context, condition string, key any) (news.Hub, error) {
	h, err := scanHub(db.r.QueryRowContext(ctx, "SELECT "+hubColumns+" FROM hub h WHERE "+condition, key))
	return h, wrapf(found(err), "hub")
}

// DueHubs returns up to limit hubs that are to be asked at now, the longest due first, but those of feeds that are gone.
func (db *DB) DueHubs(ctx context.Context, now time.Time, limit int) ([]news.Hub, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT "+hubColumns+` FROM hub h JOIN feed f ON f.id = h.feed_id
		WHERE h.next_ask <= ? AND f.gone = 0 ORDER BY h.next_ask LIMIT ?`, millis(now), limit)
	hubs, err := collect(rows, err, scanHub)
	return hubs, wrapf(err, "due hubs")
}

// RemoveHub forgets the hub of a feed.
func (db *DB) RemoveHub(ctx context.Context, feedID int64) error {
	_, err := db.w.ExecContext(ctx, "DELETE FROM hub WHERE feed_id = ?", feedID)
	return wrapf(err, "remove hub of feed %d", feedID)
}

// HubAsked notes that a hub was asked, for the how-manieth time without an answer, and when to ask again.
func (db *DB) HubAsked(ctx context.Context, token string, failures int, next time.Time) error {
	_, err := db.w.ExecContext(ctx, "UPDATE hub SET failures = ?, next_ask = ? WHERE token = ?", failures, millis(next), token)
	return wrapf(err, "note that a hub was asked")
}

// HubAnswered notes until when a hub will announce news, the zero time where it does not, and when to ask it again.
func (db *DB) HubAnswered(ctx context.Context, token string, until, next time.Time) error {
	_, err := db.w.ExecContext(ctx, "UPDATE hub SET failures = 0, until = ?, next_ask = ? WHERE token = ?", millis(until), millis(next), token)
	return wrapf(err, "note a hub's answer")
}

// PollBy makes a feed due at the given time where it would be later. One that is gone stays so, and one that failed waits: its server
// may have asked to.
func (db *DB) PollBy(ctx context.Context, feedID int64, at time.Time) error {
	_, err := db.w.ExecContext(ctx, "UPDATE feed SET next_poll = ? WHERE id = ? AND gone = 0 AND failures = 0 AND next_poll > ?", millis(at), feedID, millis(at))
	return wrapf(err, "poll feed %d soon", feedID)
}
