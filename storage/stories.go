package storage

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"time"

	"herald/news"
)

const (
	maxRelated  = 5    // stories beside a story
	maxArticles = 100  // articles of a story that come with it, the newest
	maxTexts    = 4    // articles besides the lead that come with a text, the newest
	otherText   = 8000 // characters of it: the news stands at the beginning
)

// ensureStory makes the story of an article where there is none yet.
func ensureStory(ctx context.Context, tx *sql.Tx, a *news.Article) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO story (id, title, lead_id, first, updated, sources, listed)
		VALUES (?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING`, a.StoryID, a.Title, a.ID, millis(a.Fetched), millis(a.Time()))
	return err
}

// growStory notes that an article from a feed tells the story. The first one to do so leads it.
func growStory(ctx context.Context, tx *sql.Tx, a *news.Article) error {
	for _, query := range []string{
		`UPDATE story SET title = @title, lead_id = @article, first = @seen, updated = @time, listed = 1
			WHERE id = @story AND listed = 0`,
		`UPDATE story SET updated = max(updated, @time), sources = (SELECT count(DISTINCT source) FROM article
			WHERE story_id = @story AND feed_id > 0 AND source <> '') WHERE id = @story`,
		`INSERT INTO story_feed (story_id, feed_id, first, updated) VALUES (@story, @feed, 0, 0) ON CONFLICT DO NOTHING`,
		`UPDATE story_feed SET first = s.first, updated = s.updated FROM story s
			WHERE story_feed.story_id = @story AND s.id = @story`,
	} {
		if _, err := tx.ExecContext(ctx, query, sql.Named("story", a.StoryID), sql.Named("article", a.ID),
			sql.Named("feed", a.FeedID), sql.Named("title", a.Title), sql.Named("seen", millis(a.Fetched)),
			sql.Named("time", millis(a.Time()))); err != nil {
			return err
		}
	}
	return nil
}

// saveRelated replaces the stories beside a story; nil leaves them.
func saveRelated(ctx context.Context, tx *sql.Tx, story int64, related []int64) error {
	if related == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM story_related WHERE story_id = ?", story); err != nil {
		return err
	}
	for n, id := range related[:min(len(related), maxRelated)] {
		_, err := tx.ExecContext(ctx, "INSERT INTO story_related (story_id, n, related_id) VALUES (?, ?, ?)", story, n, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// loadTexts gives the first of a story's articles the beginnings of their texts, for a summary over all.
func loadTexts(ctx context.Context, tx *sql.Tx, articles []news.Article) error {
	for i := range articles[:min(len(articles), maxTexts)] {
		a, asides := &articles[i], ""
		err := tx.QueryRowContext(ctx, `SELECT a.asides, substr(b.text, 1, ?) FROM article a JOIN body b ON b.article_id = a.id
			WHERE a.id = ?`, otherText, a.ID).Scan(&asides, &a.Text)
		if err != nil {
			return found(err)
		}
		if a.Asides, err = unpackSpans(asides); err != nil {
			return err
		}
	}
	return nil
}

// Story returns a story: its lead article whole, up to 100 others light but for the beginnings of the four newest ones' texts, and
// the stories beside it. news.ErrNotFound where
// there is none. It is not for everybody's eyes: see StoryFor.
func (db *DB) Story(ctx context.Context, id int64) (news.Story, error) {
	return db.StoryFor(ctx, news.Place{}, id)
}

// StoryFor returns a story as a place may read it, by its id or one that it had before: without the articles of feeds that the operator does not share and the
// place does not follow; led by an article in the chat's language if there is one, else by its lead, else by the newest of the others. news.ErrNotFound where nothing is
// left, or there is none.
func (db *DB) StoryFor(ctx context.Context, p news.Place, id int64) (news.Story, error) {
	return db.StoryAsShown(ctx, p, id, 0)
}

// StoryAsShown is StoryFor for who was shown the story with an article to lead it: that still does, unless only another one is in
// the chat's language.
func (db *DB) StoryAsShown(ctx context.Context, p news.Place, id, lead int64) (news.Story, error) {
	var s news.Story
	err := db.read(ctx, func(tx *sql.Tx) error {
		feeds, err := readable(ctx, tx, p)
		if err != nil {
			return err
		}
		if id, err = presentStory(ctx, tx, id); err != nil {
			return err
		}
		stories, err := loadStories(ctx, tx, []int64{id}, feeds, lead)
		if err != nil {
			return err
		}
		if len(stories) == 0 || len(stories[0].Articles) == 0 {
			return news.ErrNotFound
		}
		s = stories[0]
		if s.Articles[0], err = articleBy(ctx, tx, s.Articles[0].ID); err != nil {
			return err
		}
		if err := loadTexts(ctx, tx, s.Articles[1:]); err != nil {
			return err
		}
		s.Related, err = relatedStories(ctx, tx, id, feeds)
		return err
	})
	return s, wrapf(err, "story %d", id)
}

// StoriesFor returns stories as a place may read them, those that are there, in the order of the ids. They are as light as those
// of lists: no texts, no quotes.
func (db *DB) StoriesFor(ctx context.Context, p news.Place, ids []int64) ([]news.Story, error) {
	var stories []news.Story
	err := db.read(ctx, func(tx *sql.Tx) error {
		feeds, err := readable(ctx, tx, p)
		if err != nil {
			return err
		}
		stories, err = loadStories(ctx, tx, ids, feeds, 0)
		return err
	})
	return stories, wrapf(err, "%d stories", len(ids))
}

// OpenStory returns a story whole, as it was shown with an article to lead it (0: with none), and whether it is the same for every
// place: the operator shares the feeds of all its articles.
func (db *DB) OpenStory(ctx context.Context, id, lead int64) (news.Story, bool, error) {
	s, err := db.StoryAsShown(ctx, news.Place{}, id, lead)
	if err != nil {
		return s, false, err
	}
	var open bool
	err = db.r.QueryRowContext(ctx, `SELECT s.listed AND NOT EXISTS (SELECT 1 FROM story_feed x LEFT JOIN feed f ON f.id = x.feed_id
		WHERE x.story_id = s.id AND f.shared IS NOT 1) FROM story s WHERE s.id = ?`, s.ID).Scan(&open)
	return s, open, wrapf(found(err), "story %d", id)
}

// relatedStories are the stories beside a story, each with the title of the article that leads it for who may read the feeds.
func relatedStories(ctx context.Context, tx *sql.Tx, id int64, feeds feedSet) ([]news.Story, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, title FROM (SELECT s.id, min(r.n) n, (SELECT a.title FROM article a
			WHERE a.story_id = s.id AND a.feed_id > 0 AND `+inSet("a.feed_id")+` ORDER BY `+inLanguage+", "+byCentral+` LIMIT 1) title
			FROM story_related r JOIN story s ON s.id = `+present("r.related_id")+`
			WHERE r.story_id = @id AND s.id <> r.story_id AND s.listed = 1 GROUP BY s.id)
		WHERE title IS NOT NULL ORDER BY n`, feeds.args(sql.Named("id", id), sql.Named("lang", feeds.lang))...)
	return collect(rows, err, func(row scanner) (s news.Story, err error) {
		err = row.Scan(&s.ID, &s.Title)
		return s, err
	})
}

// loadStories returns the stories of those ids that exist, in the order of the ids: the lead article with its summary,
// the others light, all of them from the feeds. What somebody had read for himself is left out of a story that feeds tell as
// well. Where the lead is not from the feeds, the newest of the others leads and titles the story. An article that was shown leads
// before the lead (0: none was).
func loadStories(ctx context.Context, tx *sql.Tx, ids []int64, feeds feedSet, shown int64) ([]news.Story, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+articleColumns+`, s.id, iif(a.id = s.lead_id, s.title, a.title), s.first, s.updated,
		iif(a.id = s.lead_id OR NOT @all, a.summary, '[]')
		FROM json_each(@ids) j CROSS JOIN story s ON s.id = j.value CROSS JOIN article a ON a.story_id = s.id
		WHERE (a.feed_id > 0 OR s.listed = 0) AND `+inSet("a.feed_id")+`
		ORDER BY j.key, `+inLanguage+", a.id = @shown DESC, "+byCentral, feeds.args(sql.Named("ids", packJSON(ids)),
		sql.Named("lang", feeds.lang), sql.Named("shown", shown))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var stories []news.Story
	for rows.Next() {
		var s news.Story
		var first, updated int64
		var summary string
		a, err := scanArticle(rows, &s.ID, &s.Title, &first, &updated, &summary)
		if err != nil {
			return nil, err
		}
		if n := len(stories); n == 0 || stories[n-1].ID != s.ID {
			if a.Summary, err = unpackSentences(summary); err != nil {
				return nil, err
			}
			s.First, s.Updated = moment(first), moment(updated)
			stories = append(stories, s)
		}
		if last := &stories[len(stories)-1]; len(last.Articles) < maxArticles {
			last.Articles = append(last.Articles, a)
		}
	}
	return stories, rows.Err()
}

// Query asks for a list of stories.
type Query struct {
	// Place: stories from the feeds followed there; if it follows none, or All is set, from those it may read, which are the
	// ones that it follows or the operator shares. The zero place, which no chat has, may read everything.
	Place  news.Place
	All    bool
	FeedID int64     // only stories told by this feed, if the place may read it, whatever it follows
	Words  string    // only stories with an article that has these words: "phrases" and -excluded ones; empty: no matter
	Before Cursor    // only what comes after the story it names; zero: from the start
	Anchor time.Time // only stories first seen not after it; zero: no limit
	Offset int       // 0 to 10,000
	Limit  int       // 1 to 50; 0: 5
}

// Cursor names the last story of a page: its ID and Updated.
type Cursor struct {
	Updated time.Time
	ID      int64
}

// Latest returns stories, those with the newest news first (news.Story.Updated), each with its lead article with summary and
// the other articles light, and whether there are more after them. With Words it is Search.
func (db *DB) Latest(ctx context.Context, q Query) ([]news.Story, bool, error) {
	if terms := parseTerms(q.Words); !terms.empty() {
		return db.Search(ctx, q)
	}
	w := windowOf(q.Offset, q.Limit)
	stories, more, err := db.page(ctx, q.Place, w, func(tx *sql.Tx) ([]int64, error) { return latestIDs(ctx, tx, q, w.need()) })
	return stories, more, wrapf(err, "latest stories")
}

// page loads the stories of a window of ids, as the place may read them.
func (db *DB) page(ctx context.Context, p news.Place, w window, find func(*sql.Tx) ([]int64, error)) (stories []news.Story, more bool, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		all, err := find(tx)
		if err != nil {
			return err
		}
		ids, rest := cut(all, w)
		more = rest
		feeds, err := readable(ctx, tx, p)
		if err != nil {
			return err
		}
		stories, err = loadStories(ctx, tx, ids, feeds, 0)
		return err
	})
	return stories, more, err
}

// latestIDs are the ids of the stories that were updated last, need of them at most.
func latestIDs(ctx context.Context, tx *sql.Tx, q Query, need int) ([]int64, error) {
	feeds, err := asked(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	before, beforeID := int64(math.MaxInt64), int64(math.MaxInt64)
	if q.Before != (Cursor{}) {
		before, beforeID = millis(q.Before.Updated), q.Before.ID
	}
	args := []any{
		sql.Named("anchor", anchorMillis(q.Anchor)), sql.Named("before", before), sql.Named("id", beforeID),
		sql.Named("k", need),
	}
	query := latestOfAll
	switch {
	case len(feeds.ids) == 1:
		query, args = latestOfFeed, append(args, sql.Named("feed", feeds.ids[0]))
	case !feeds.all:
		query, args = latestOfFeeds, append(args, sql.Named("feeds", packJSON(append([]int64{}, feeds.ids...))))
	}
	rows, err := tx.QueryContext(ctx, query, args...)
	return collect(rows, err, number)
}

const (
	latestOfAll = `SELECT id FROM story WHERE listed = 1 AND (updated, id) < (@before, @id) AND first <= @anchor
		ORDER BY updated DESC, id DESC LIMIT @k`
	latestOfFeed = `SELECT story_id FROM story_feed WHERE feed_id = @feed AND (updated, story_id) < (@before, @id)
		AND first <= @anchor ORDER BY updated DESC, story_id DESC LIMIT @k`
	// Of the feeds it reads when the newest story of each was updated. The @k-th of these times (floor) is one that
	// the @k newest stories have reached; so has the @k-th story of each feed. However many feeds and stories there are,
	// few rows are read.
	latestOfFeeds = `WITH head (feed_id, top) AS MATERIALIZED (
			SELECT s.value, (SELECT x.updated FROM story_feed x WHERE x.feed_id = s.value
				AND (x.updated, x.story_id) < (@before, @id) AND x.first <= @anchor ORDER BY x.updated DESC LIMIT 1)
			FROM json_each(@feeds) s),
		floor (t) AS MATERIALIZED (SELECT ifnull((SELECT DISTINCT top FROM head WHERE top IS NOT NULL
			ORDER BY top DESC LIMIT 1 OFFSET @k - 1), 0))
		SELECT x.story_id FROM floor CROSS JOIN head CROSS JOIN story_feed x ON x.feed_id = head.feed_id
		WHERE head.top >= floor.t AND (x.updated, x.story_id) < (@before, @id) AND x.first <= @anchor
		AND x.updated >= max(floor.t, ifnull((SELECT y.updated FROM story_feed y WHERE y.feed_id = head.feed_id
			AND (y.updated, y.story_id) < (@before, @id) AND y.first <= @anchor
			ORDER BY y.updated DESC LIMIT 1 OFFSET @k - 1), 0))
		GROUP BY x.story_id ORDER BY x.updated DESC, x.story_id DESC LIMIT @k`
)

// Top returns up to limit stories updated since a time, those that most publishers tell first, then the last updated; from
// the feeds that the place follows, or from those it may read where it follows none.
func (db *DB) Top(ctx context.Context, p news.Place, since time.Time, limit int) ([]news.Story, error) {
	w := windowOf(0, limit)
	stories, _, err := db.page(ctx, p, w, func(tx *sql.Tx) ([]int64, error) {
		feeds, err := listed(ctx, tx, p, false)
		if err != nil {
			return nil, err
		}
		rows, err := tx.QueryContext(ctx, topTold, feeds.args(sql.Named("since", millis(since)), sql.Named("k", w.need()))...)
		ids, err := collect(rows, err, number)
		if err != nil || len(ids) >= w.need() {
			return ids, err
		}
		return appendNewest(ctx, tx, ids, p, w.need())
	})
	// Only the newest that filled the list up can be older.
	stories = slices.DeleteFunc(stories, func(s news.Story) bool { return millis(s.Updated) < millis(since) })
	return stories, wrapf(err, "top stories")
}

// topTold are the stories that several publishers tell, the weightiest first.
var topTold = `SELECT s.id FROM story s WHERE s.listed = 1 AND s.sources > 1 AND s.updated >= @since
	AND (@all OR EXISTS (SELECT 1 FROM story_feed f WHERE f.story_id = s.id
		AND f.feed_id IN (SELECT value FROM json_each(@feeds))))
	ORDER BY ` + weight("@since", "(SELECT max(updated) FROM story WHERE listed = 1)") + ` DESC, s.updated DESC, s.id DESC LIMIT @k`

// appendNewest fills a short list up to need with the newest of the other stories.
func appendNewest(ctx context.Context, tx *sql.Tx, ids []int64, p news.Place, need int) ([]int64, error) {
	// Those of the list may all be among the newest.
	newest, err := latestIDs(ctx, tx, Query{Place: p}, need+len(ids))
	if err != nil {
		return nil, err
	}
	for _, id := range newest {
		if len(ids) < need && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}
