package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"herald/news"
)

// maxText is the longest text of an article that is stored, in bytes: far beyond the longest live blog.
const maxText = 8 << 20

// Save says how an article is stored.
type Save struct {
	Push    bool        // owe it to the subscribers of its feed; false at the first reading of a feed, whose backlog is no news
	Moved   []news.Move // articles that belong to other stories from now on
	Related []int64     // stories worth reading beside its own, best first; nil leaves those of the story as they are
	Central []int64     // articles of stories that changed, the most central of each first
	Now     time.Time   // when the deliveries are made; zero: a.Fetched
}

// NewArticleID hands out an id for an article that will be saved, so that its story can be found before. Ids grow, and one
// that is never saved leaves a gap.
func (db *DB) NewArticleID(context.Context) (int64, error) { return db.lastID.Add(1), nil }

// SaveArticle stores an article with its quotes and its place in a story, marks its entry as seen and writes the deliveries
// it causes, in one transaction; it returns how many those are. a.ID 0 gets the next id. A StoryID of 0 or a.ID makes a
// new story, any other joins that one (which is made where its first article failed to be saved). Both ids are written back
// into a once all is stored, as is a zero Fetched.
//
// ErrKnown: an article of that feed and identity is stored already; a gets its ids, nothing else changes. ErrInvalid: the
// article contradicts itself, or its id is taken. news.ErrTooLarge: the text is over 8 MiB.
//
// A name and password in the article's addresses are left out: readers get to see these.
//
// An article without a feed was read on request: it is found by its id and its story's, and in no list and no search.
func (db *DB) SaveArticle(ctx context.Context, a *news.Article, opt Save) (int, error) {
	row := *a
	if row.Fetched.IsZero() {
		row.Fetched = opt.Now
	}
	if opt.Now.IsZero() {
		opt.Now = row.Fetched
	}
	if err := checkArticle(&row); err != nil {
		return 0, wrapf(err, "save article %q", a.URL)
	}
	if row.ID == 0 {
		row.ID = db.lastID.Add(1)
	}
	if row.StoryID == 0 {
		row.StoryID = row.ID
	}
	db.reserve(max(row.ID, row.StoryID))
	deliveries, known := 0, false
	err := db.write(ctx, func(tx *sql.Tx) error {
		article, story, err := savedEntry(ctx, tx, row.FeedID, row.Identity)
		if err != nil || article != 0 {
			row.ID, row.StoryID, known = article, story, true
			return err
		}
		deliveries, err = saveArticle(ctx, tx, &row, opt)
		return err
	})
	if err != nil {
		return 0, wrapf(err, "save article %q", a.URL)
	}
	a.ID, a.StoryID, a.Fetched = row.ID, row.StoryID, row.Fetched
	if known {
		return 0, wrapf(ErrKnown, "save article %q", a.URL)
	}
	return deliveries, nil
}

// reserve keeps ids up to id from being handed out.
func (db *DB) reserve(id int64) {
	for last := db.lastID.Load(); last < id && !db.lastID.CompareAndSwap(last, id); {
		last = db.lastID.Load()
	}
}

// checkArticle refuses what could not be read back as it was.
func checkArticle(a *news.Article) error {
	if a.Fetched.IsZero() {
		return fmt.Errorf("%w: no time", ErrInvalid)
	}
	if a.ID < 0 || a.StoryID < 0 || a.FeedID < 0 {
		return fmt.Errorf("%w: negative id", ErrInvalid)
	}
	if len(a.Text) > maxText {
		return fmt.Errorf("%w: a text of %d bytes", news.ErrTooLarge, len(a.Text))
	}
	for _, s := range a.Asides {
		if !fits(s, a.Text) {
			return fmt.Errorf("%w: aside %v outside the text", ErrInvalid, s)
		}
	}
	for _, s := range slices.Concat(a.Summary, a.Fresh) {
		if !fits(s.Span, a.Text) || s.In(a.Text) != s.Text {
			return fmt.Errorf("%w: sentence %v is not in the text", ErrInvalid, s.Span)
		}
	}
	return checkQuotes(a)
}

// fits tells whether a span lies inside a text.
func fits(s news.Span, text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text)
}

// saveArticle writes a checked article with all ids set.
func saveArticle(ctx context.Context, tx *sql.Tx, a *news.Article, opt Save) (int, error) {
	if err := moveArticles(ctx, tx, opt.Moved); err != nil {
		return 0, err
	}
	if err := ensureStory(ctx, tx, a); err != nil {
		return 0, err
	}
	if err := insertArticle(ctx, tx, a, opt.Push); err != nil {
		return 0, err
	}
	if err := insertQuotes(ctx, tx, a); err != nil {
		return 0, err
	}
	if err := markEntry(ctx, tx, a.FeedID, a.Identity, a.ID, opt.Now); err != nil {
		return 0, err
	}
	if err := saveRelated(ctx, tx, a.StoryID, opt.Related); err != nil {
		return 0, err
	}
	if a.FeedID == 0 {
		return 0, nil
	}
	if err := growStory(ctx, tx, a); err != nil {
		return 0, err
	}
	if err := saveCentral(ctx, tx, opt.Central); err != nil {
		return 0, err
	}
	deliveries := 0
	if opt.Push {
		var err error
		if deliveries, err = owe(ctx, tx, a, opt.Now); err != nil {
			return 0, err
		}
	}
	// Last, since FTS5 writes out what it holds in memory whenever a later statement may have to be undone.
	return deliveries, indexArticle(ctx, tx, a)
}

// owe writes everything that an article causes and returns how many messages that is: the story for who has not got it, and for
// who has, an edit of its card and what is new.
func owe(ctx context.Context, tx *sql.Tx, a *news.Article, now time.Time) (int, error) {
	followUps := 0
	if len(a.Fresh) > 0 {
		var err error
		if followUps, err = oweFollowUps(ctx, tx, a, now); err != nil {
			return 0, err
		}
	}
	if err := oweEdits(ctx, tx, a, now); err != nil {
		return 0, err
	}
	deliveries, err := oweStory(ctx, tx, a, now)
	return deliveries + followUps, err
}

func insertArticle(ctx context.Context, tx *sql.Tx, a *news.Article, pushed bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO article (id, feed_id, story_id, identity, url, title, byline, source, lang,
		image, published, fetched, quotes, asides, summary, fresh, pushed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.FeedID, a.StoryID, a.Identity, news.Bare(a.URL), a.Title, a.Byline, a.Source, a.Lang,
		news.Bare(a.Image), millis(a.Published), millis(a.Fetched), countListed(a.Quotes), packSpans(a.Asides), packSentences(a.Summary),
		packSentences(a.Fresh), pushed)
	if duplicate(err) {
		return fmt.Errorf("%w: article id %d is taken: %w", ErrInvalid, a.ID, err)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO body (article_id, text) VALUES (?, ?)", a.ID, a.Text)
	return err
}

// packSpans writes spans as the column asides holds them.
func packSpans(spans []news.Span) string {
	ends := make([]int, 0, 2*len(spans))
	for _, s := range spans {
		ends = append(ends, s.Start, s.End)
	}
	return packJSON(ends)
}

// packSentences writes sentences as the column summary holds them.
func packSentences(sentences []news.Sentence) string {
	rows := make([][3]any, len(sentences))
	for i, s := range sentences {
		rows[i] = [3]any{s.Start, s.End, s.Text}
	}
	return packJSON(rows)
}

func packJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("storage: integers and strings have a JSON form: " + err.Error())
	}
	return string(b)
}

func unpackSpans(column string) ([]news.Span, error) {
	var ends []int
	if err := json.Unmarshal([]byte(column), &ends); err != nil {
		return nil, fmt.Errorf("asides: %w", err)
	}
	var spans []news.Span
	for i := 0; i+1 < len(ends); i += 2 {
		spans = append(spans, news.Span{Start: ends[i], End: ends[i+1]})
	}
	return spans, nil
}

func unpackSentences(column string) ([]news.Sentence, error) {
	var rows []sentence
	if err := json.Unmarshal([]byte(column), &rows); err != nil {
		return nil, fmt.Errorf("summary: %w", err)
	}
	var sentences []news.Sentence
	for _, r := range rows {
		sentences = append(sentences, news.Sentence(r))
	}
	return sentences, nil
}

// sentence reads [start, end, "text"].
type sentence news.Sentence

func (s *sentence) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&s.Start, &s.End, &s.Text})
}

// articleColumns are those of a light article: without text, asides, summary and quotes.
const articleColumns = `a.id, a.feed_id, a.story_id, a.identity, a.url, a.title, a.byline, a.source, a.lang, a.image,
	a.published, a.fetched`

// scanArticle reads a light article and the columns after it.
func scanArticle(row scanner, more ...any) (a news.Article, err error) {
	var published, fetched int64
	err = row.Scan(append([]any{
		&a.ID, &a.FeedID, &a.StoryID, &a.Identity, &a.URL, &a.Title, &a.Byline, &a.Source, &a.Lang,
		&a.Image, &published, &fetched,
	}, more...)...)
	a.Published, a.Fetched = moment(published), moment(fetched)
	return a, err
}

// Article returns an article with everything in it; news.ErrNotFound where there is none.
func (db *DB) Article(ctx context.Context, id int64) (*news.Article, error) {
	var a news.Article
	err := db.read(ctx, func(tx *sql.Tx) (err error) {
		a, err = articleBy(ctx, tx, id)
		return err
	})
	if err != nil {
		return nil, wrapf(err, "article %d", id)
	}
	return &a, nil
}

func articleBy(ctx context.Context, q querier, id int64) (news.Article, error) {
	var asides, summary, text string
	a, err := scanArticle(q.QueryRowContext(ctx, "SELECT "+articleColumns+`, a.asides, a.summary, b.text
		FROM article a JOIN body b ON b.article_id = a.id WHERE a.id = ?`, id), &asides, &summary, &text)
	if err != nil {
		return a, found(err)
	}
	a.Text = text
	if a.Asides, err = unpackSpans(asides); err != nil {
		return a, err
	}
	if a.Summary, err = unpackSentences(summary); err != nil {
		return a, err
	}
	for i, s := range a.Summary {
		a.Summary[i].Text = s.In(text) // JSON replaces bytes that are not UTF-8
	}
	a.Quotes, err = articleQuotes(ctx, q, id)
	return a, err
}

// RecentArticles calls fn with the newest articles that were first seen since a time, oldest first, and at most as many as that,
// with ID, FeedID, StoryID, Title, Text, Lang, Source, Published, Fetched and Asides among what is set. It ends with fn's first
// error. Articles saved meanwhile are not seen; fn may use the DB. What it costs depends on what it finds, not on what else is stored.
func (db *DB) RecentArticles(ctx context.Context, since time.Time, most int, fn func(news.Article) error) error {
	rows, err := db.r.QueryContext(ctx, recentArticles, sql.Named("since", millis(since)), sql.Named("most", most))
	if err != nil {
		return wrapf(err, "recent articles")
	}
	defer rows.Close()
	for rows.Next() {
		var asides, text string
		a, err := scanArticle(rows, &asides, &text)
		if err != nil {
			return wrapf(err, "recent articles")
		}
		a.Text = text
		if a.Asides, err = unpackSpans(asides); err != nil {
			return wrapf(err, "recent articles")
		}
		if err := fn(a); err != nil {
			return err
		}
	}
	return wrapf(rows.Err(), "recent articles")
}

// In the order of an index, so that no text has to be sorted.
const recentArticles = "SELECT " + articleColumns + `, a.asides, b.text FROM article a JOIN body b ON b.article_id = a.id
	WHERE a.fetched >= @since AND a.fetched > ifnull((SELECT fetched FROM article ORDER BY fetched DESC LIMIT 1 OFFSET @most), -1)
	ORDER BY a.fetched, a.id`
