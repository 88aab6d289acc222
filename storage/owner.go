package storage

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// Own makes this program the only one that delivers from the database, until Close or the end of the process, however it
// ends. Where another program owns it, it waits for that to end and then returns ErrOwned. Commands that only look or add feeds
// need not own it.
func (db *DB) Own(ctx context.Context, wait time.Duration) error {
	mark, err := Claim(ctx, db.path, wait)
	db.owner = mark
	return err
}

// Owner is the mark of who owns a database; Close lifts it. A nil Owner marks nothing.
type Owner struct{ lock *sql.DB }

// Claim is Own for a database that is not open, or not there yet.
//
// The mark is an exclusive lock of SQLite's on an empty file beside the database: the system itself lifts it when the
// process dies, as it would not remove a file with a process number in it.
func Claim(ctx context.Context, database string, wait time.Duration) (*Owner, error) {
	abs, err := filepath.Abs(database)
	if err != nil {
		return nil, fmt.Errorf("storage: %s: %w: %w", database, ErrNotWritable, err)
	}
	path := filepath.ToSlash(abs) + "-owner"
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	address := (&url.URL{Scheme: "file", Path: path}).String() + fmt.Sprintf("?_pragma=busy_timeout(%d)", wait.Milliseconds())
	lock, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, wrapf(err, "own %s", database)
	}
	lock.SetMaxOpenConns(1)
	lock.SetConnMaxIdleTime(0)
	if _, err := lock.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		_ = lock.Close()
		if code(err)&0xff == sqlite3.SQLITE_BUSY {
			return nil, fmt.Errorf("storage: %s: %w", database, ErrOwned)
		}
		return nil, wrapf(err, "own %s", database)
	}
	return &Owner{lock}, nil
}

// Close lifts the mark.
func (o *Owner) Close() error {
	if o == nil {
		return nil
	}
	return o.lock.Close()
}
