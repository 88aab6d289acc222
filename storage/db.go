// Package storage keeps everything Herald must remember in one SQLite file: feeds and what was seen in them, articles,
// quotes, stories, chats, subscriptions, the messages that are owed, digests and the state of buttons.
//
// It guarantees: what a method reported as done survives a crash of the process, and is undone as a whole where it was
// not reported; an article and the messages it causes are written in one transaction, so none is owed without the other; a
// place is owed a story at most once; lists are found by index, however many articles there are. Where the machine itself
// loses power the last moments may be missing, never half written.
//
// It refuses: a file that is no database, is another program's or was written by a newer Herald; an article whose offsets
// don't fit its text. It knows nothing of Telegram and does no network I/O.
//
// Times are stored in milliseconds and come back in UTC. A DB is safe for concurrent use: reads run beside each other and
// beside the one writer.
package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// readers is the number of connections that read. More than the machine has cores only helps while one waits for the disk.
const readers = 4

// DB is an open database. Close it once.
type DB struct {
	path   string // absolute
	w      *sql.DB
	r      *sql.DB
	ticks  ticks
	owner  *Owner // the mark of Own; nil: not owned
	log    *slog.Logger
	lastID atomic.Int64 // the highest id given to an article or a story
}

// Open opens the database file at path, creates it where there is none and brings its schema up to date. The file is
// readable by its owner only. log may be nil. It returns ErrIsDirectory, ErrNotWritable, ErrNotDatabase, ErrForeign,
// ErrNewer or ErrCorrupt, wrapped with the path.
func Open(ctx context.Context, path string, log *slog.Logger) (*DB, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	abs, err := prepareFile(path)
	if err != nil {
		return nil, fmt.Errorf("storage: %s: %w", path, err)
	}
	db := &DB{path: abs, log: log}
	if err := db.open(ctx); err != nil {
		return nil, wrapf(errors.Join(err, db.Close()), "%s", path)
	}
	return db, nil
}

// Close waits for running statements, moves the write-ahead log into the file and closes it.
func (db *DB) Close() error {
	var errs []error
	// The writer goes after the readers: the last connection to close cleans up the log. Only then may another own it.
	for _, pool := range []*sql.DB{db.r, db.w} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, db.owner.Close())...)
}

func (db *DB) open(ctx context.Context) error {
	var err error
	if db.w, err = sql.Open("sqlite", dsn(db.path, "_txlock=immediate")); err != nil {
		return err
	}
	db.w.SetMaxOpenConns(1)
	if err := db.migrate(ctx); err != nil {
		return err
	}
	if db.r, err = sql.Open("sqlite", dsn(db.path, "_pragma=query_only(1)")); err != nil {
		return err
	}
	db.r.SetMaxOpenConns(readers)
	db.r.SetMaxIdleConns(readers)
	if err := db.ticks.prepare(ctx, db.r); err != nil {
		return err
	}
	var last int64
	err = db.r.QueryRowContext(ctx, `SELECT max(ifnull((SELECT max(id) FROM article), 0),
		ifnull((SELECT max(id) FROM story), 0))`).Scan(&last)
	db.lastID.Store(last)
	return err
}

// ticks are the queries that are asked every second, and so parsed once. They are closed with the readers.
type ticks struct{ owed, dueDigests *sql.Stmt }

func (t *ticks) prepare(ctx context.Context, readers *sql.DB) (err error) {
	if t.owed, err = readers.PrepareContext(ctx, owedQuery); err != nil {
		return err
	}
	t.dueDigests, err = readers.PrepareContext(ctx, dueDigests)
	return err
}

// dsn is the address of the file for the driver, with the pragmas that every connection needs and further parameters.
// Journal mode is a property of the file and set once in migrate.
func dsn(abs string, more ...string) string {
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/herald.db
	}
	// url.URL escapes what SQLite would read as the end of the path: ?, # and %.
	address := (&url.URL{Scheme: "file", Path: slashed}).String()
	parameters := append([]string{
		// A megabyte of pages for each connection: the system keeps those of the file as well.
		"_pragma=cache_size(-1000)", "_pragma=busy_timeout(5000)", "_pragma=synchronous(NORMAL)", "_pragma=foreign_keys(1)",
		"_pragma=journal_size_limit(16777216)", "_defensive=1", "_dqs=0", "_error_rc=1",
	}, more...)
	return address + "?" + strings.Join(parameters, "&")
}

// prepareFile makes sure that there is a file that can be read and written and that may be a database, and returns its
// absolute path. SQLite's own errors would not tell these cases apart.
func prepareFile(path string) (string, error) {
	if path == "" || strings.ContainsRune(path, 0) {
		return "", fmt.Errorf("%w: not a file name", ErrNotWritable)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotWritable, err)
	}
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		return "", ErrIsDirectory
	}
	file, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotWritable, err)
	}
	defer file.Close()
	return abs, checkHeader(file)
}

// checkHeader refuses a file that is neither empty nor begins as a SQLite database does (sqlite.org/fileformat.html 1.3).
func checkHeader(file io.Reader) error {
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	switch n, err := io.ReadFull(file, head); {
	case err == io.EOF:
		return nil
	case err != nil && err != io.ErrUnexpectedEOF:
		return fmt.Errorf("%w: %w", ErrNotWritable, err)
	case string(head[:n]) != magic:
		return ErrNotDatabase
	}
	return nil
}

// write runs fn in a transaction of the one writer and commits it where fn returns nil.
func (db *DB) write(ctx context.Context, fn func(*sql.Tx) error) error {
	return transact(ctx, db.w, fn)
}

// read runs fn on one consistent state of the database.
func (db *DB) read(ctx context.Context, fn func(*sql.Tx) error) error {
	return transact(ctx, db.r, fn)
}

func transact(ctx context.Context, pool *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// scanner is a row: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// collect reads all rows of a query.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// number scans a row of one integer.
func number(row scanner) (n int64, err error) {
	err = row.Scan(&n)
	return n, err
}

// affected is the number of rows that a statement changed.
func affected(result sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// millis is how a time is stored.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment is the time that was stored.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
