package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the database, as it is at this moment, to a new file at path, readable by its owner only, while
// reads and writes go on. ErrExists where there is a file already; a backup that fails leaves none.
func (db *DB) Backup(ctx context.Context, path string) error {
	err := db.backup(ctx, path)
	return wrapf(err, "backup to %s", path)
}

func (db *DB) backup(ctx context.Context, path string) (err error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	// VACUUM INTO takes an empty file, and creating it here makes the refusal of an existing one certain.
	file, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: %w", ErrExists, err)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotWritable, err)
	}
	defer func() {
		err = errors.Join(err, file.Close())
		if err != nil {
			err = errors.Join(err, os.Remove(abs))
		}
	}()
	if err := db.vacuumInto(ctx, abs); err != nil {
		return err
	}
	return file.Sync()
}

// vacuumInto copies the database through a connection of its own: the readers may not write, and the writer has work.
func (db *DB) vacuumInto(ctx context.Context, abs string) (err error) {
	pool, err := sql.Open("sqlite", dsn(db.path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", dsn(abs))
	return err
}
