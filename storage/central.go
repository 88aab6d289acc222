package storage

import (
	"context"
	"database/sql"
)

// A story is led by its most central article, as the story room finds it when articles join; for a reader by the most central one
// that he may read, and in his language if there is one. A card that was delivered keeps the article that leads it: its reader has
// read that.

// The orders in which articles lead a story.
const (
	inLanguage = "(@lang <> '' AND a.lang = @lang) DESC"
	byCentral  = "a.id = s.lead_id DESC, a.central = 0, a.central, a.id DESC"
)

// saveCentral notes how central articles are for their stories, and has the first of each story lead it that is from a feed: what was
// read on request leads nobody else's story.
func saveCentral(ctx context.Context, tx *sql.Tx, articles []int64) error {
	if len(articles) == 0 {
		return nil
	}
	for _, query := range []string{
		`UPDATE article SET central = j.key + 1 FROM json_each(@articles) j WHERE article.id = j.value AND central <> j.key + 1`,
		`UPDATE story SET (lead_id, title) = (SELECT a.id, a.title FROM json_each(@articles) j CROSS JOIN article a ON a.id = j.value
				WHERE a.story_id = story.id AND a.feed_id > 0 ORDER BY j.key LIMIT 1)
			WHERE id IN (SELECT a.story_id FROM json_each(@articles) j CROSS JOIN article a ON a.id = j.value WHERE a.feed_id > 0)`,
	} {
		if _, err := tx.ExecContext(ctx, query, sql.Named("articles", packJSON(articles))); err != nil {
			return err
		}
	}
	return nil
}
