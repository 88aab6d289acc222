package storage

import (
	"context"
	"database/sql"
	"time"

	"herald/news"
)

// followUpGap is the least time between two follow-ups of a story in a place.
const followUpGap = time.Hour

// oweFollowUps writes the follow-ups that an article causes: one for each place that got the story's card, follows the article's
// feed and wants updates. One that waits already will tell this article as well; one that is on its way counts as sent.
func oweFollowUps(ctx context.Context, tx *sql.Tx, a *news.Article, now time.Time) (int, error) {
	return affected(tx.ExecContext(ctx, oweFollowUpsQuery, sql.Named("story", a.StoryID), sql.Named("article", a.ID),
		sql.Named("feed", a.FeedID), sql.Named("seen", millis(a.Fetched)), sql.Named("now", millis(now)),
		sql.Named("young", millis(now.Add(-cardAge))), sql.Named("gap", followUpGap.Milliseconds())))
}

const oweFollowUpsQuery = `INSERT INTO follow_up (delivery_id, article_id, state, created, next_at)
	SELECT id, @article, iif(free > @now, 3, 0), @now, free FROM (SELECT d.id, ifnull((SELECT max(iif(f.state = 2, @now, f.finished)) + @gap FROM follow_up f
		WHERE f.delivery_id = d.id AND f.state IN (2, 5)), 0) free
		FROM delivery d JOIN chat c ON c.id = d.chat_id
		JOIN subscription s ON s.chat_id = d.chat_id AND s.topic = d.topic AND s.feed_id = @feed
		WHERE d.story_id = @story AND d.message_id > 0 AND d.digest_id = 0 AND d.finished > @young
		AND s.since <= @seen AND c.active = 1 AND c.updates = 1
		AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.delivery_id = d.id AND f.state IN (0, 3)))`

// ClaimFollowUps takes up to limit due follow-ups, the freshest first, and keeps them from other claims until now plus lease.
func (db *DB) ClaimFollowUps(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]news.FollowUp, error) {
	var claims []news.FollowUp
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := wake(ctx, tx, "follow_up", now); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, dueFollowUpsQuery, limit)
		if claims, err = collect(rows, err, scanFollowUp); err != nil {
			return err
		}
		for _, f := range claims {
			if _, err := tx.ExecContext(ctx, "UPDATE follow_up SET state = ?, next_at = ? WHERE id = ?", claimed, millis(now.Add(lease)), f.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return claims, wrapf(err, "claim follow-ups")
}

// dueFollowUpsQuery ends each where the next one of its place begins, or with the newest article.
const dueFollowUpsQuery = `SELECT f.id, d.chat_id, d.topic, d.story_id, d.message_id, f.article_id, ifnull((SELECT min(n.article_id) - 1
		FROM follow_up n WHERE n.delivery_id = f.delivery_id AND n.id > f.id), (SELECT max(id) FROM article)), f.attempts
	FROM follow_up f JOIN delivery d ON d.id = f.delivery_id WHERE f.state = 0 ORDER BY f.created DESC LIMIT ?`

func scanFollowUp(row scanner) (f news.FollowUp, err error) {
	err = row.Scan(&f.ID, &f.Place.Chat, &f.Place.Topic, &f.StoryID, &f.Card, &f.From, &f.To, &f.Attempts)
	return f, err
}

// recordFollowUp records what became of a claimed follow-up. An outcome for one that is finished changes nothing.
func recordFollowUp(ctx context.Context, tx *sql.Tx, o Outcome) error {
	_, err := tx.ExecContext(ctx, `UPDATE follow_up SET state = ?, next_at = ?, attempts = attempts + ?,
		message_id = ?, last_error = ?, finished = ? WHERE id = ? AND state IN (0, 2, 3)`, o.values()...)
	return err
}

// freshMost is how many articles one follow-up tells.
const freshMost = 3

// FreshIn returns the articles of a follow-up that brought something new and that its place may read: the newest three, oldest
// first, light but with Fresh.
func (db *DB) FreshIn(ctx context.Context, f news.FollowUp) ([]news.Article, error) {
	var articles []news.Article
	err := db.read(ctx, func(tx *sql.Tx) error {
		feeds, err := readable(ctx, tx, f.Place)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT * FROM (SELECT "+articleColumns+`, a.fresh FROM article a
			WHERE a.story_id = @story AND a.id BETWEEN @from AND @to AND a.fresh <> '[]' AND a.pushed = 1 AND a.feed_id > 0 AND `+inSet("a.feed_id")+`
			ORDER BY a.id DESC LIMIT @k) ORDER BY id`,
			feeds.args(sql.Named("story", f.StoryID), sql.Named("from", f.From), sql.Named("to", f.To), sql.Named("k", freshMost))...)
		articles, err = collect(rows, err, func(row scanner) (news.Article, error) {
			var fresh string
			a, err := scanArticle(row, &fresh)
			if err == nil {
				a.Fresh, err = unpackSentences(fresh)
			}
			return a, err
		})
		return err
	})
	return articles, wrapf(err, "what is new in story %d", f.StoryID)
}

// toldMost is how many articles of a story Told returns.
const toldMost = 20

// Told returns the articles of a story that feeds brought, and others that come to it, the newest twenty, oldest first, light but
// with text and asides.
func (db *DB) Told(ctx context.Context, story int64, coming []int64) ([]*news.Article, error) {
	rows, err := db.r.QueryContext(ctx, "SELECT * FROM (SELECT "+articleColumns+`, a.asides, b.text FROM article a
		JOIN body b ON b.article_id = a.id WHERE (a.story_id = ? OR a.id IN (SELECT value FROM json_each(?))) AND a.feed_id > 0
		ORDER BY a.id DESC LIMIT ?) ORDER BY id`, story, packJSON(append([]int64{}, coming...)), toldMost)
	articles, err := collect(rows, err, func(row scanner) (*news.Article, error) {
		var asides, text string
		a, err := scanArticle(row, &asides, &text)
		if err == nil {
			a.Text = text
			a.Asides, err = unpackSpans(asides)
		}
		return &a, err
	})
	return articles, wrapf(err, "articles of story %d", story)
}
