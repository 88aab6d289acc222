package storage

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"herald/news"
)

// checkQuotes refuses quotes that are not what the text says at their place.
func checkQuotes(a *news.Article) error {
	for _, q := range a.Quotes {
		if !fits(q.Span, a.Text) || q.In(a.Text) != q.Text {
			return fmt.Errorf("%w: quote %v is not in the text", ErrInvalid, q.Span)
		}
		if s := q.Speaker; s != nil && !fits(s.Span, a.Text) {
			return fmt.Errorf("%w: speaker %v outside the text", ErrInvalid, s.Span)
		}
		if c := q.Cue; c != nil && !fits(c.Span, a.Text) {
			return fmt.Errorf("%w: cue %v outside the text", ErrInvalid, c.Span)
		}
	}
	return nil
}

// spoken tells whether a quote has words between quotation marks. What is only reported reads badly out of its article: lists
// leave it out, and it counts for nobody.
func spoken(q news.Quote) bool { return q.Kind != news.Indirect }

// countListed is how many quotes the list of the newest shows: who said it must be known, if only as "a neighbour".
func countListed(quotes []news.Quote) int {
	n := 0
	for _, q := range quotes {
		if spoken(q) && q.Speaker != nil && q.Speaker.Name != "" {
			n++
		}
	}
	return n
}

// insertQuotes writes the quotes of an article and counts its persons.
func insertQuotes(ctx context.Context, tx *sql.Tx, a *news.Article) error {
	for n, q := range a.Quotes {
		s, c := q.Speaker, q.Cue
		var person, mention, mentionStart, mentionEnd, name, role, cue, cueStart, cueEnd any
		if s != nil {
			if id, err := personOf(ctx, tx, a, q); err != nil {
				return err
			} else if id != 0 {
				person = id
			}
			mention, mentionStart, mentionEnd, name, role = s.Mention, s.Start, s.End, s.Name, s.Role
		}
		if c != nil {
			cue, cueStart, cueEnd = c.Text, c.Start, c.End
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO quote (article_id, n, feed_id, kind, text, start_at, end_at, person_id, mention,
			mention_start, mention_end, name, role, cue, cue_start, cue_end)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, a.ID, n, a.FeedID, q.Kind, q.Text, q.Start, q.End,
			person, mention, mentionStart, mentionEnd, name, role, cue, cueStart, cueEnd)
		if err != nil {
			return err
		}
	}
	return nil
}

// personOf is the person that a quote with a speaker counts for; 0: nobody.
func personOf(ctx context.Context, tx *sql.Tx, a *news.Article, q news.Quote) (int64, error) {
	if !spoken(q) || q.Speaker.Vague {
		return 0, nil
	}
	return ensurePerson(ctx, tx, a, q.Speaker.Name)
}

// quoteColumns are read by scanQuote.
const quoteColumns = `q.kind, q.text, q.start_at, q.end_at, q.mention, q.mention_start, q.mention_end, q.name, q.role,
	q.cue, q.cue_start, q.cue_end, ifnull(q.person_id, 0)`

// quoteRow receives quoteColumns, of which many may be NULL.
type quoteRow struct {
	quote                        news.Quote
	mention, name, role, cue     sql.NullString
	start, end, cueStart, cueEnd sql.NullInt64
	person                       int64
}

func (r *quoteRow) dest() []any {
	q := &r.quote
	return []any{&q.Kind, &q.Text, &q.Start, &q.End, &r.mention, &r.start, &r.end, &r.name, &r.role, &r.cue, &r.cueStart, &r.cueEnd, &r.person}
}

func (r *quoteRow) get() news.Quote {
	q := r.quote
	if r.mention.Valid {
		q.Speaker = &news.Speaker{Mention: r.mention.String, Span: span(r.start, r.end), Name: r.name.String, Role: r.role.String}
	}
	if r.cue.Valid {
		q.Cue = &news.Cue{Text: r.cue.String, Span: span(r.cueStart, r.cueEnd)}
	}
	return q
}

func span(start, end sql.NullInt64) news.Span {
	return news.Span{Start: int(start.Int64), End: int(end.Int64)}
}

// articleQuotes returns the quotes of an article in the order of its text.
func articleQuotes(ctx context.Context, q querier, article int64) ([]news.Quote, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+quoteColumns+" FROM quote q WHERE q.article_id = ? ORDER BY q.n", article)
	return collect(rows, err, func(row scanner) (news.Quote, error) {
		var r quoteRow
		err := row.Scan(r.dest()...)
		return r.get(), err
	})
}

// QuoteQuery asks for direct and mixed quotes. The first of ArticleID, StoryID and Person that is set decides; where neither article nor story
// is, the place narrows the answer to what it follows. It never gets quotes from feeds that it may not read.
type QuoteQuery struct {
	ArticleID int64
	StoryID   int64
	Person    string     // a name or whole words of it, in any case, with or without diacritics; several persons may share it
	Place     news.Place // quotes from the feeds followed there; if it follows none, or All is set, from those it may read, as in Query
	All       bool
	Indirect  bool      // of an article or a story: what is reported without marks, too
	Anchor    time.Time // only from articles first seen not after it; zero: no limit
	Offset    int       // 0 to 10,000
	Limit     int       // 1 to 50; 0: 5
}

// Quotations returns quotes of the newest articles first, within an article in the order of the text, and whether there
// are more after them; the same words of one speaker once. Quotes from articles that were read on request come only where
// ArticleID or StoryID asks, as do those whose speaker is not known.
func (db *DB) Quotations(ctx context.Context, q QuoteQuery) ([]news.Quotation, bool, error) {
	w := windowOf(q.Offset, q.Limit)
	var all []news.Quotation
	err := db.read(ctx, func(tx *sql.Tx) (err error) {
		told := q.ArticleID != 0 || q.StoryID != 0
		feeds, err := listed(ctx, tx, q.Place, q.All || told)
		if err != nil {
			return err
		}
		all, err = onceEach(w.need(), func(k int) ([]news.Quotation, error) {
			switch {
			case told:
				return toldQuotes(ctx, tx, q, feeds, k)
			case q.Person != "":
				return personQuotes(ctx, tx, q, feeds, k)
			}
			return recentQuotes(ctx, tx, q, feeds, k)
		})
		return err
	})
	page, more := cut(all, w)
	return page, more, wrapf(err, "quotations")
}

// toldQuotes are the quotes of an article, or of the articles of a story; need is how many at most.
func toldQuotes(ctx context.Context, tx *sql.Tx, q QuoteQuery, feeds feedSet, need int) ([]news.Quotation, error) {
	condition, id := "a.id = @id", q.ArticleID
	if id == 0 {
		// What somebody had read for himself is not shown to those who come to the story by a feed.
		condition, id = "a.story_id = "+present("@id")+" AND (a.feed_id > 0 OR NOT (SELECT listed FROM story WHERE id = a.story_id))", q.StoryID
	}
	rows, err := tx.QueryContext(ctx, selectQuotes+`article a CROSS JOIN quote q ON q.article_id = a.id
		WHERE `+condition+` AND `+inSet("a.feed_id")+` AND (@indirect OR q.kind <> 'indirect') AND a.fetched <= @anchor
		ORDER BY a.id DESC, q.n LIMIT @k`, feeds.args(sql.Named("id", id), sql.Named("indirect", q.Indirect),
		sql.Named("anchor", anchorMillis(q.Anchor)), sql.Named("k", need))...)
	return collect(rows, err, scanQuotation)
}

// personQuotes are the quotes of everybody who goes by a name.
func personQuotes(ctx context.Context, tx *sql.Tx, q QuoteQuery, feeds feedSet, need int) ([]news.Quotation, error) {
	ids, err := personsNamed(ctx, tx, q.Person)
	if err != nil {
		return nil, err
	}
	told, err := tx.PrepareContext(ctx, quotesOfPerson)
	if err != nil {
		return nil, err
	}
	defer told.Close()
	var all []news.Quotation
	for _, id := range ids {
		rows, err := told.QueryContext(ctx, feeds.args(sql.Named("person", id), sql.Named("anchor", anchorMillis(q.Anchor)),
			sql.Named("k", need))...)
		quotes, err := collect(rows, err, scanQuotation)
		if err != nil {
			return nil, err
		}
		all = append(all, quotes...)
	}
	slices.SortStableFunc(all, func(a, b news.Quotation) int {
		return cmp.Or(cmp.Compare(b.Article.ID, a.Article.ID), cmp.Compare(a.Start, b.Start))
	})
	return all[:min(len(all), need)], nil
}

// quotesOfPerson goes through the person's quotes in the index alone and looks up only those that are wanted.
var quotesOfPerson = selectQuotes + `quote i CROSS JOIN article a ON a.id = i.article_id
	CROSS JOIN quote q ON q.article_id = i.article_id AND q.n = i.n
	WHERE i.person_id = @person AND ` + inSet("i.feed_id") + ` AND a.fetched <= @anchor
	ORDER BY i.article_id DESC, i.n LIMIT @k`

// recentQuotes are the quotes of the newest articles that have any.
func recentQuotes(ctx context.Context, tx *sql.Tx, q QuoteQuery, feeds feedSet, need int) ([]news.Quotation, error) {
	source := quotedArticles
	args := []any{sql.Named("anchor", anchorMillis(q.Anchor)), sql.Named("k", need)}
	if !feeds.all {
		source, args = feedsArticles, feeds.args(args...)
	}
	rows, err := tx.QueryContext(ctx, "WITH recent (id) AS MATERIALIZED ("+source+") "+selectQuotes+`recent r
		CROSS JOIN article a ON a.id = r.id CROSS JOIN quote q ON q.article_id = a.id
		WHERE q.kind <> 'indirect' AND q.name <> '' ORDER BY a.id DESC, q.n LIMIT @k`, args...)
	return collect(rows, err, scanQuotation)
}

// quotedArticles are the @k newest articles with quotes.
const quotedArticles = `SELECT id FROM article INDEXED BY article_quoted_all
	WHERE quotes > 0 AND feed_id > 0 AND fetched <= @anchor ORDER BY id DESC LIMIT @k`

// feedsArticles are the @k newest articles with quotes in some feeds. Of the feeds it reads the
// newest article each, and goes on only with those whose newest is among the @k newest ones: however many feeds there are,
// few rows are read.
const feedsArticles = `WITH head (feed_id, top) AS MATERIALIZED (
		SELECT s.value, (SELECT x.id FROM article x WHERE x.feed_id = s.value AND x.quotes > 0 AND +x.fetched <= @anchor
			ORDER BY x.id DESC LIMIT 1)
		FROM json_each(@feeds) s),
	best (feed_id) AS MATERIALIZED (SELECT feed_id FROM head WHERE top IS NOT NULL ORDER BY top DESC LIMIT @k)
	SELECT x.id FROM best CROSS JOIN article x ON x.feed_id = best.feed_id
	WHERE x.quotes > 0 AND +x.fetched <= @anchor AND x.id >= ifnull((SELECT y.id FROM article y
		WHERE y.feed_id = best.feed_id AND y.quotes > 0 AND +y.fetched <= @anchor ORDER BY y.id DESC LIMIT 1 OFFSET @k - 1), 0)
	ORDER BY x.id DESC LIMIT @k`

const selectQuotes = "SELECT " + articleColumns + ", " + quoteColumns + " FROM "

func scanQuotation(row scanner) (news.Quotation, error) {
	var r quoteRow
	a, err := scanArticle(row, r.dest()...)
	return news.Quotation{Quote: r.get(), Person: r.person, Article: a}, err
}
