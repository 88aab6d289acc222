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
//
// The mark is an exclusive lock of SQLite's on an empty file beside the database: the system itself lifts it when the
// process dies, as it would not remove a file with a process number in it.
func (db *DB) Own(ctx context.Context, wait time.Duration) error {
	path := filepath.ToSlash(db.path) + "-owner"
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	address := (&url.URL{Scheme: "file", Path: path}).String() + fmt.Sprintf("?_pragma=busy_timeout(%d)", wait.Milliseconds())
	lock, err := sql.Open("sqlite", address)
	if err != nil {
		return wrapf(err, "own %s", db.path)
	}
	lock.SetMaxOpenConns(1)
	lock.SetConnMaxIdleTime(0)
	if _, err := lock.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		_ = lock.Close()
		if code(err)&0xff == sqlite3.SQLITE_BUSY {
			return fmt.Errorf("storage: %s: %w", db.path, ErrOwned)
		}
		return wrapf(err, "own %s", db.path)
	}
	db.owner = lock
	return nil
}
