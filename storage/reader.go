package storage

import (
	"context"
	"database/sql"
	"errors"

	"herald/news"
)

// feedSet is some of the feeds; whatever is shown to a place comes from a set that the place may read.
type feedSet struct {
	lang string // what the place speaks, "" where it has not chosen: of a story told in several, the article in it leads
	all  bool   // every feed, removed ones and what was read on request, too: for nobody's place, which is the operator's view
	ids  []int64
}

// args are the set as the queries know it: @all and @feeds.
func (s feedSet) args(more ...any) []any {
	return append(more, sql.Named("all", s.all), sql.Named("feeds", packJSON(append([]int64{}, s.ids...))))
}

// inSet is the condition that a column is of the set.
func inSet(column string) string {
	return "(@all OR " + column + " IN (SELECT value FROM json_each(@feeds)))"
}

// readable are the feeds that a place may read: those that the operator shares and those that it follows itself. The zero
// place may read everything.
func readable(ctx context.Context, tx *sql.Tx, p news.Place) (feedSet, error) {
	if p == (news.Place{}) {
		return feedSet{all: true}, nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT id FROM feed WHERE shared = 1
		UNION SELECT feed_id FROM subscription WHERE chat_id = ? AND topic = ?`, p.Chat, p.Topic)
	ids, err := collect(rows, err, number)
	if err != nil {
		return feedSet{}, err
	}
	set := feedSet{ids: ids}
	err = tx.QueryRowContext(ctx, "SELECT lang FROM chat WHERE id = ?", p.Chat).Scan(&set.lang)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return set, err
}

// listed are the feeds that a place's lists are made of: those that it follows; where it follows none, or all are asked for,
// those that it may read.
func listed(ctx context.Context, tx *sql.Tx, p news.Place, all bool) (feedSet, error) {
	if !all && p != (news.Place{}) {
		rows, err := tx.QueryContext(ctx, "SELECT feed_id FROM subscription WHERE chat_id = ? AND topic = ?", p.Chat, p.Topic)
		ids, err := collect(rows, err, number)
		if err != nil || len(ids) > 0 {
			return feedSet{ids: ids}, err
		}
	}
	return readable(ctx, tx, p)
}

// asked are the feeds that a query is about: the one it names, where the place may read it, or those of the place's lists.
func asked(ctx context.Context, tx *sql.Tx, q Query) (feedSet, error) {
	if q.FeedID == 0 {
		return listed(ctx, tx, q.Place, q.All)
	}
	set, err := readable(ctx, tx, q.Place)
	if err != nil {
		return set, err
	}
	one := feedSet{}
	for _, id := range set.ids {
		if id == q.FeedID {
			one.ids = []int64{id}
		}
	}
	if set.all {
		one.ids = []int64{q.FeedID}
	}
	return one, nil
}
