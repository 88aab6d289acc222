package storage

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"herald/news"
)

const (
	maxPersons    = 20 // persons that one question is about, the most quoted first
	maxNameWords  = 8  // words of a name that are looked at
	maxNameLength = 200
)

// plain writes the letters that Unicode does not take apart into a letter and a diacritic.
var plain = strings.NewReplacer("ø", "o", "đ", "d", "ł", "l", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "ð", "d", "þ", "th")

// nameWords are the words of a person's name as they are compared: lower case, without diacritics and punctuation.
func nameWords(name string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(name, " ")) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’': // O'Neil is one word
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(plain.Replace(b.String()))
}

// isName tells a person's or a body's name from a mere description ("the minister", "he"): it has a capital letter behind
// an article, or is in a script without capitals.
func isName(s string) bool {
	if first, rest, ok := strings.Cut(s, " "); ok && articles[strings.ToLower(first)] {
		s = rest
	}
	return len(s) <= maxNameLength && strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsUpper(r) || unicode.IsTitle(r) || (unicode.IsLetter(r) && unicode.ToUpper(r) == unicode.ToLower(r))
	})
}

// ensurePerson returns the person of that name and counts one more quote of it; 0 where it is no name. A surname alone stands
// for the one who is known by it. What was read on request makes no one known: it is kept by article only.
func ensurePerson(ctx context.Context, tx *sql.Tx, a *news.Article, name string) (int64, error) {
	words := nameWords(name)
	if len(words) == 0 || !isName(name) || a.FeedID == 0 {
		return 0, nil
	}
	key := soundKey(words)
	id, err := bearer(ctx, tx, a, key)
	if err == nil && id == 0 {
		id, err = namedPerson(ctx, tx, a, key, name)
	}
	if err != nil {
		return 0, err
	}
	if err := learnWords(ctx, tx, id, words); err != nil {
		return 0, err
	}
	return id, countQuote(ctx, tx, a, id)
}

// countQuote counts a quote of an article for a person.
func countQuote(ctx context.Context, tx *sql.Tx, a *news.Article, id int64) error {
	if _, err := tx.ExecContext(ctx, "UPDATE person SET quotes = quotes + 1 WHERE id = ?", id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO person_day (day, person_id, feed_id, quotes) VALUES (?, ?, ?, 1)
		ON CONFLICT DO UPDATE SET quotes = quotes + 1`, dayOf(a.Time()), id, a.FeedID)
	return err
}

// namedPerson returns the person of a key, made where it is new.
func namedPerson(ctx context.Context, tx *sql.Tx, a *news.Article, key, name string) (int64, error) {
	id, err := number(tx.QueryRowContext(ctx, "SELECT id FROM person WHERE key = ?", key))
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	surname := key[strings.LastIndexByte(key, ' ')+1:]
	full := len(surname) < len(key)
	if !full {
		surname = "" // nobody is found by the surname of a surname
	}
	err = tx.QueryRowContext(ctx, "INSERT INTO person (key, surname, name, quotes) VALUES (?, ?, ?, 0) RETURNING id",
		key, surname, name).Scan(&id)
	if err == nil && full {
		err = adopt(ctx, tx, a, id, surname)
	}
	return id, err
}

// learnWords makes a person findable by the words of a name.
func learnWords(ctx context.Context, tx *sql.Tx, id int64, words []string) error {
	for _, word := range words[:min(len(words), maxNameWords)] {
		_, err := tx.ExecContext(ctx, "INSERT INTO person_word (word, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING", sound(word), id)
		if err != nil {
			return err
		}
	}
	return nil
}

// dayOf is the number of the UTC day since 1970.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// personsNamed returns those whose names have all words of name, the most quoted first.
func personsNamed(ctx context.Context, tx *sql.Tx, name string) ([]int64, error) {
	words := nameWords(name)
	for i, w := range words {
		words[i] = sound(w)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	if len(words) == 0 || len(name) > maxNameLength {
		return nil, nil
	}
	words = words[:min(len(words), maxNameWords)]
	rows, err := tx.QueryContext(ctx, `SELECT p.id FROM person_word w CROSS JOIN person p ON p.id = w.person_id
		WHERE w.word IN (SELECT value FROM json_each(?)) GROUP BY p.id HAVING count(*) = ?
		ORDER BY p.quotes DESC, p.id LIMIT ?`, packJSON(words), len(words), maxPersons)
	return collect(rows, err, number)
}

// People returns up to limit persons and bodies, the most quoted first, counted since a time in the feeds that the place may
// read. The count is kept by day (UTC) and takes in all of the day that since falls on; a zero since counts everything.
func (db *DB) People(ctx context.Context, p news.Place, since time.Time, limit int) ([]news.Person, error) {
	var people []news.Person
	err := db.read(ctx, func(tx *sql.Tx) error {
		feeds, err := readable(ctx, tx, p)
		if err != nil {
			return err
		}
		first := int64(math.MinInt64)
		if !since.IsZero() {
			first = dayOf(since)
		}
		rows, err := tx.QueryContext(ctx, quotedPeople, feeds.args(sql.Named("day", first), sql.Named("k", limit))...)
		people, err = collect(rows, err, func(row scanner) (p news.Person, err error) {
			err = row.Scan(&p.Name, &p.Quotes)
			return p, err
		})
		return err
	})
	return people, wrapf(err, "people")
}

var quotedPeople = `SELECT p.name, d.n FROM (SELECT person_id, sum(quotes) n FROM person_day WHERE day >= @day
	AND ` + inSet("feed_id") + ` GROUP BY person_id ORDER BY n DESC, person_id LIMIT @k) d
	CROSS JOIN person p ON p.id = d.person_id ORDER BY d.n DESC, p.id`
