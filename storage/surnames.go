package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"herald/news"
)

// An article may give a speaker's surname alone ("Stormberg"), because the rest was told before or is known to all. It
// counts for the person of that surname where only one can be meant: who speaks in the same story or, if that has none, who
// spoke in these days and is the only one of that surname ever quoted. Namesakes stay apart, and where two could be meant
// the surname stays by itself.

const (
	// surnameDays is how long a surname alone is taken for the one who is known by it.
	surnameDays = 14
	// surnameQuotes is how many quotes a surname alone has at most that is taken for a person who becomes known later: what
	// is quoted more often without another name is likely a city or a firm.
	surnameQuotes = 4
)

// bearer is the person whom a surname alone stands for in an article; 0: none, or key is more than a surname.
func bearer(ctx context.Context, tx *sql.Tx, a *news.Article, key string) (int64, error) {
	if strings.Contains(key, " ") {
		return 0, nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT DISTINCT p.id FROM person p CROSS JOIN article x CROSS JOIN quote q
		ON q.article_id = x.id AND q.person_id = p.id WHERE p.surname = ? AND p.surname <> '' AND x.story_id = ? LIMIT 2`, key, a.StoryID)
	ids, err := collect(rows, err, number)
	if err != nil || len(ids) == 1 {
		return append(ids, 0)[0], err
	}
	if len(ids) > 1 {
		return 0, nil
	}
	if _, err := number(tx.QueryRowContext(ctx, "SELECT id FROM person WHERE key = ?", key)); !errors.Is(err, sql.ErrNoRows) {
		return 0, err // it goes by itself
	}
	return only(ctx, tx, key, a.Time())
}

// only is the person who is the only one of a surname and was quoted in the days before a time; 0: none.
func only(ctx context.Context, tx *sql.Tx, surname string, t time.Time) (int64, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id FROM person WHERE surname = ? AND surname <> '' LIMIT 2", surname)
	ids, err := collect(rows, err, number)
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	var recent bool
	err = tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM person_day WHERE person_id = ? AND day BETWEEN ? AND ?)",
		ids[0], dayOf(t)-surnameDays, dayOf(t)+surnameDays).Scan(&recent)
	if err != nil || !recent {
		return 0, err
	}
	return ids[0], nil
}

// adopt gives a new person what was told of the surname alone before, where it is little and of these days, and nobody else
// bears it.
func adopt(ctx context.Context, tx *sql.Tx, a *news.Article, id int64, surname string) error {
	alone, err := number(tx.QueryRowContext(ctx, "SELECT id FROM person WHERE key = ?", surname))
	if err != nil {
		return ignoreNone(err)
	}
	var bearers, quotes, first int64
	err = tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM person WHERE surname = ? AND surname <> ''), p.quotes,
		ifnull((SELECT min(day) FROM person_day WHERE person_id = p.id), 0) FROM person p WHERE p.id = ?`,
		surname, alone).Scan(&bearers, &quotes, &first)
	if err != nil || bearers > 1 || quotes > surnameQuotes || first < dayOf(a.Time())-surnameDays {
		return err
	}
	for _, step := range []string{
		"UPDATE quote SET person_id = @id WHERE person_id = @alone",
		`INSERT INTO person_day (day, person_id, feed_id, quotes) SELECT day, @id, feed_id, quotes FROM person_day
			WHERE person_id = @alone ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes`,
		"UPDATE person SET quotes = quotes + (SELECT quotes FROM person WHERE id = @alone) WHERE id = @id",
		"DELETE FROM person WHERE id = @alone",
	} {
		if _, err := tx.ExecContext(ctx, step, sql.Named("id", id), sql.Named("alone", alone)); err != nil {
			return err
		}
	}
	return nil
}

// ignoreNone is err, nil where it says that there is no such row.
func ignoreNone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
