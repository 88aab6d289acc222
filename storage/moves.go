package storage

import (
	"context"
	"database/sql"
	"slices"

	"herald/news"
)

// Articles change their story when later news shows what belongs together. Nobody is told anything because of it: what a place
// was owed or told of the old story counts for the new one as well. A story is there as long as it has articles, and is called
// by the id of an article, so that the id of one that is gone leads to where that article is now.

// moveArticles gives articles other stories. One that is not stored, or not in the story that it is said to come from, stays.
func moveArticles(ctx context.Context, tx *sql.Tx, moves []news.Move) error {
	for _, from := range origins(moves) {
		var to []int64
		for _, m := range moves {
			if m.From != from || m.To == from {
				continue
			}
			n, err := moveArticle(ctx, tx, m)
			if err != nil {
				return err
			}
			if n > 0 && !slices.Contains(to, m.To) {
				to = append(to, m.To)
			}
		}
		if err := divideStory(ctx, tx, from, to); err != nil {
			return err
		}
	}
	return nil
}

// origins are the stories that articles come from.
func origins(moves []news.Move) []int64 {
	var ids []int64
	for _, m := range moves {
		if !slices.Contains(ids, m.From) {
			ids = append(ids, m.From)
		}
	}
	return ids
}

// moveArticle moves one article into a story that is made where there is none; 0: there is no such article to move.
func moveArticle(ctx context.Context, tx *sql.Tx, m news.Move) (int, error) {
	args := []any{sql.Named("article", m.Article), sql.Named("from", m.From), sql.Named("to", m.To)}
	_, err := tx.ExecContext(ctx, `INSERT INTO story (id, title, lead_id, first, updated, sources, listed)
		SELECT @to, title, id, fetched, fetched, 0, 0 FROM article WHERE id = @article AND story_id = @from
		ON CONFLICT DO NOTHING`, args...)
	if err != nil {
		return 0, err
	}
	return affected(tx.ExecContext(ctx, "UPDATE article SET story_id = @to, central = 0 WHERE id = @article AND story_id = @from", args...))
}

// divideStory brings everything in line after articles went from one story to others.
func divideStory(ctx context.Context, tx *sql.Tx, from int64, to []int64) error {
	if len(to) == 0 {
		return nil
	}
	for _, id := range append([]int64{from}, to...) {
		if err := retellStory(ctx, tx, id); err != nil {
			return err
		}
	}
	for _, id := range to {
		if err := divideDeliveries(ctx, tx, from, id); err != nil {
			return err
		}
	}
	n, err := number(tx.QueryRowContext(ctx, "SELECT count(*) FROM article WHERE story_id = ?", from))
	if err != nil || n > 0 {
		return err
	}
	if err := followDeliveries(ctx, tx, "@all", from, to[0]); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM story WHERE id = ?", from)
	return err
}

// newsTime is news.Article.Time.
const newsTime = "iif(published = 0 OR published > fetched, fetched, published)"

// retellStory tells a story by the articles that it has now, as growStory would have. The lead stays where it can.
func retellStory(ctx context.Context, tx *sql.Tx, id int64) error {
	for _, query := range []string{
		`UPDATE story SET (title, lead_id) = (SELECT title, id FROM article WHERE story_id = @story
			ORDER BY feed_id = 0, id LIMIT 1) WHERE id = @story AND EXISTS (SELECT 1 FROM article WHERE story_id = @story)
			AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = lead_id AND a.story_id = @story AND (a.feed_id > 0 OR listed = 0))`,
		`UPDATE story SET (first, updated, sources, listed) = (SELECT min(fetched), max(` + newsTime + `),
			count(DISTINCT iif(source = '', NULL, source)), 1 FROM article WHERE story_id = @story AND feed_id > 0)
			WHERE id = @story AND EXISTS (SELECT 1 FROM article WHERE story_id = @story AND feed_id > 0)`,
		`DELETE FROM story_feed WHERE story_id = @story`,
		`INSERT INTO story_feed (story_id, feed_id, first, updated) SELECT DISTINCT s.id, a.feed_id, s.first, s.updated
			FROM story s JOIN article a ON a.story_id = s.id WHERE s.id = @story AND a.feed_id > 0`,
	} {
		if _, err := tx.ExecContext(ctx, query, sql.Named("story", id)); err != nil {
			return err
		}
	}
	return nil
}

// owes is, in SQL, whether an article of a story is why the place of a delivery d is owed it, as for oweStory.
func owes(story string) string {
	return `EXISTS (SELECT 1 FROM article a JOIN subscription s ON s.feed_id = a.feed_id AND s.since <= a.fetched
		WHERE a.story_id = ` + story + ` AND a.pushed = 1 AND s.chat_id = d.chat_id AND s.topic = d.topic)`
}

// divideDeliveries says what is owed of a story that articles came to. Where a place is owed the old one for these alone, its
// delivery is the new one's. Else the new one is owed beside the old one, where these are a reason, or counts as told with
// it, so that what comes to it later is no news of its own.
func divideDeliveries(ctx context.Context, tx *sql.Tx, from, to int64) error {
	if err := followDeliveries(ctx, tx, "NOT "+owes("@from")+" AND "+owes("@to"), from, to); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO delivery (chat_id, topic, story_id, state, created, next_at, digest_id, finished)
		SELECT d.chat_id, d.topic, @to, iif(d.state = 2, 5, d.state), d.created, iif(d.state = 3, d.next_at, 0), d.digest_id, d.finished
		FROM delivery d WHERE d.story_id = @from AND (d.state IN (2, 4, 5) OR (d.state <> 6 AND `+owes("@to")+`))
		ON CONFLICT DO NOTHING`, sql.Named("from", from), sql.Named("to", to))
	return err
}

// followDeliveries gives the deliveries of a story that meet a condition to another. Of two at one place that remains which was
// told; where both were, both do.
func followDeliveries(ctx context.Context, tx *sql.Tx, condition string, from, to int64) error {
	const twin = `EXISTS (SELECT 1 FROM delivery o WHERE o.chat_id = d.chat_id AND o.topic = d.topic AND o.story_id = `
	for _, query := range []string{
		`DELETE FROM delivery AS d WHERE d.story_id = @to AND d.state IN (0, 1, 3) AND ` + twin + `@from AND o.state IN (2, 4, 5))
			AND ` + condition,
		`DELETE FROM delivery AS d WHERE d.story_id = @from AND d.state IN (0, 1, 3) AND ` + twin + `@to) AND ` + condition,
		`UPDATE OR IGNORE delivery AS d SET story_id = @to WHERE d.story_id = @from AND ` + condition,
	} {
		_, err := tx.ExecContext(ctx, query, sql.Named("from", from), sql.Named("to", to), sql.Named("all", true))
		if err != nil {
			return err
		}
	}
	return nil
}

// present is, in SQL, the id of a story by an id that it has or had.
func present(id string) string {
	return "ifnull((SELECT id FROM story WHERE id = " + id + "), (SELECT story_id FROM article WHERE id = " + id + "))"
}

// presentStory is the id of a story by an id that it has or had; id itself where there is none.
func presentStory(ctx context.Context, tx *sql.Tx, id int64) (int64, error) {
	return number(tx.QueryRowContext(ctx, "SELECT ifnull("+present("@id")+", @id)", sql.Named("id", id)))
}
