package storage

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/news"
)

const (
	maxQueryLength = 1024 // bytes of a query that are looked at
	maxTerms       = 16   // words and phrases of a query that are looked at
	// maxTagged is up to how many feeds the index itself narrows a search. With more of them it is faster to drop what is
	// found elsewhere.
	maxTagged = 64
)

// indexArticle makes an article from a feed findable.
func indexArticle(ctx context.Context, tx *sql.Tx, a *news.Article) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO search (rowid, title, text, source, tag) VALUES (?, ?, ?, ?, ?)",
		a.ID, spaced(a.Title), spaced(a.Text), spaced(a.Source), "any "+strconv.FormatInt(a.FeedID, 10))
	return err
}

// unspacedScripts are written without spaces between words, so that each of their letters is indexed as a word.
var unspacedScripts = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
	unicode.Khmer, unicode.Myanmar,
}

// spaced puts spaces around the letters of scripts that have none. Most texts come back as they are.
func spaced(s string) string {
	first := strings.IndexFunc(s, func(r rune) bool { return r >= 0x0E00 && unicode.In(r, unspacedScripts...) })
	if first < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	b.WriteString(s[:first])
	for _, r := range s[first:] {
		if r >= 0x0E00 && unicode.In(r, unspacedScripts...) {
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// terms are what a reader asks a search for.
type terms struct{ want, avoid []string }

func (t terms) empty() bool { return len(t.want)+len(t.avoid) == 0 }

// closing is the mark that ends a phrase, by the one that begins it.
var closing = map[rune]string{'"': `"`, '“': "”“\"", '„': "“”\"", '«': "»", '»': "«"}

// parseTerms reads a query: words, "phrases" in any quotation marks, and either of them after a minus to be left out. There
// is no wrong query: a mark that is not closed ends with the query, and what holds no letter or digit is passed over.
func parseTerms(query string) terms {
	var t terms
	rest := strings.ToValidUTF8(query[:min(len(query), maxQueryLength)], " ")
	for len(t.want)+len(t.avoid) < maxTerms {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			break
		}
		var word string
		unwanted := rest[0] == '-'
		word, rest = nextTerm(strings.TrimLeft(rest, "-"))
		switch {
		case !strings.ContainsFunc(word, isTokenRune):
		case unwanted:
			t.avoid = append(t.avoid, word)
		default:
			t.want = append(t.want, word)
		}
	}
	return t
}

// nextTerm cuts a phrase or a word from the start of s.
func nextTerm(s string) (term, rest string) {
	r, size := utf8.DecodeRuneInString(s)
	if ends, ok := closing[r]; ok {
		s = s[size:]
		end := strings.IndexAny(s, ends)
		if end < 0 {
			return s, ""
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		return s[:end], s[end+size:]
	}
	end := strings.IndexFunc(s, func(r rune) bool { _, mark := closing[r]; return mark || unicode.IsSpace(r) })
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}

// isTokenRune tells whether FTS5's unicode61 tokenizer takes a character as part of a word (sqlite.org/fts5.html 4.3.1).
func isTokenRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// match writes terms as an expression of FTS5 (sqlite.org/fts5.html 3), in which every word of the reader's is a quoted string and
// so never syntax. feeds narrows it to articles of one of them.
func (t terms) match(feeds []int64) string {
	tags := []string{"any"}
	if len(feeds) > 0 {
		tags = tags[:0]
		for _, id := range feeds {
			tags = append(tags, strconv.FormatInt(id, 10))
		}
	}
	expression := "tag : (" + join(tags, " OR ") + ")"
	if len(feeds) == 0 && len(t.want) > 0 {
		expression = ""
	}
	if len(t.want) > 0 {
		if expression != "" {
			expression += " AND "
		}
		expression += "{title text source} : (" + join(t.want, " AND ") + ")"
	}
	if len(t.avoid) > 0 {
		expression = "(" + expression + ") NOT {title text source} : (" + join(t.avoid, " OR ") + ")"
	}
	return expression
}

// join quotes the terms as strings of FTS5 and puts an operator between them.
func join(terms []string, operator string) string {
	quoted := make([]string, len(terms))
	for i, term := range terms {
		term = strings.ReplaceAll(spaced(term), "\x00", " ")
		quoted[i] = `"` + strings.ReplaceAll(term, `"`, `""`) + `"`
	}
	return strings.Join(quoted, operator)
}

// Search returns the stories with an article that has the words of the query, those with the newest such article first, and
// whether there are more after them; their form is that of Latest, and so is the answer to a query without words. Case
// and diacritics don't matter.
func (db *DB) Search(ctx context.Context, q Query) ([]news.Story, bool, error) {
	t := parseTerms(q.Words)
	if t.empty() {
		q.Words = ""
		return db.Latest(ctx, q)
	}
	w := windowOf(q.Offset, q.Limit)
	stories, more, err := db.page(ctx, q.Place, w, func(tx *sql.Tx) ([]int64, error) { return searchIDs(ctx, tx, q, t, w.need()) })
	return stories, more, wrapf(err, "search %q", q.Words)
}

// searchQuery is read only as far as the page goes. Article ids grow, so the newest come first.
const searchQuery = `SELECT a.story_id, a.feed_id FROM search CROSS JOIN article a ON a.id = search.rowid
	CROSS JOIN story s ON s.id = a.story_id WHERE search MATCH ? AND s.first <= ? ORDER BY search.rowid DESC`

// searchIDs are the ids of the first stories that are found, need of them at most.
func searchIDs(ctx context.Context, tx *sql.Tx, q Query, t terms, need int) ([]int64, error) {
	feeds, err := asked(ctx, tx, q)
	if err != nil || (!feeds.all && len(feeds.ids) == 0) {
		return nil, err
	}
	tagged := feeds.ids
	if len(tagged) > maxTagged {
		tagged = nil
	}
	rows, err := tx.QueryContext(ctx, searchQuery, t.match(tagged), anchorMillis(q.Anchor))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	wanted := map[int64]bool{}
	for _, id := range feeds.ids {
		wanted[id] = true
	}
	return firstStories(rows, wanted, q.Before.ID, need)
}

// firstStories reads (story, feed) rows up to need different stories after the one named, 0: from the start. wanted are the
// feeds, empty: all.
func firstStories(rows *sql.Rows, wanted map[int64]bool, after int64, need int) ([]int64, error) {
	seen := map[int64]bool{}
	var ids []int64
	passed := after == 0
	for len(ids) < need && rows.Next() {
		var story, feed int64
		if err := rows.Scan(&story, &feed); err != nil {
			return nil, err
		}
		if seen[story] || (len(wanted) > 0 && !wanted[feed]) {
			continue
		}
		seen[story] = true
		if passed {
			ids = append(ids, story)
		}
		passed = passed || story == after
	}
	return ids, rows.Err()
}
