package storage

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What storage can say beyond news.ErrNotFound. Each is wrapped with the path or the row it is about.
var (
	// ErrNotWritable: the database file can't be created or written where it is asked to be.
	ErrNotWritable = errors.New("can't write the database there")
	// ErrIsDirectory: the path names a directory.
	ErrIsDirectory = errors.New("is a directory, not a database file")
	// ErrNotDatabase: the file exists and is no SQLite database.
	ErrNotDatabase = errors.New("is not a database")
	// ErrForeign: the file is a SQLite database of another program.
	ErrForeign = errors.New("is another program's database")
	// ErrNewer: a later version of Herald wrote the database.
	ErrNewer = errors.New("was written by a newer Herald")
	// ErrCorrupt: the database is damaged.
	ErrCorrupt = errors.New("database is damaged")
	// ErrFull: no space is left for the database.
	ErrFull = errors.New("disk is full")
	// ErrOwned: another running program delivers from the database.
	ErrOwned = errors.New("another Herald is running with this database")
	// ErrExists: a backup would overwrite a file.
	ErrExists = errors.New("file exists already")
	// ErrKnown: the entry was saved before; nothing was changed.
	ErrKnown = errors.New("entry is saved already")
	// ErrInvalid: what is to be saved contradicts itself, such as an offset outside its text.
	ErrInvalid = errors.New("invalid")
)

// wrapf adds what was being done to an error of SQLite, and Herald's own error where the code has one.
func wrapf(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	what := fmt.Sprintf(format, args...)
	if own := meaning(err); own != nil && !errors.Is(err, own) {
		return fmt.Errorf("storage: %s: %w: %w", what, own, err)
	}
	return fmt.Errorf("storage: %s: %w", what, err)
}

// meaning is Herald's error for a result code of SQLite (sqlite.org/rescode.html), or nil.
func meaning(err error) error {
	switch code(err) & 0xff {
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return ErrNotWritable
	case sqlite3.SQLITE_NOTADB:
		return ErrNotDatabase
	case sqlite3.SQLITE_CORRUPT:
		return ErrCorrupt
	case sqlite3.SQLITE_FULL:
		return ErrFull
	}
	return nil
}

// code is the extended result code of SQLite in err, 0 where there is none.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

// duplicate tells whether err says that a unique key is taken.
func duplicate(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_CONSTRAINT_UNIQUE || c == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}

// orphan tells whether err says that a row refers to one that does not exist.
func orphan(err error) bool { return code(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY }
