package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"strconv"
	"strings"
)

// applicationID marks a database as Herald's (PRAGMA application_id): "Hrld".
const applicationID = 0x48726c64

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema; its version is what user_version says after it.
type migration struct {
	version int
	name    string
	sql     string
}

// migrations reads the steps of the schema from files named "0001_words.sql", in order and without a gap.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	steps := make([]migration, len(names))
	for i, name := range names {
		digits, _, _ := strings.Cut(path.Base(name), "_")
		if v, err := strconv.Atoi(digits); err != nil || v != i+1 {
			return nil, fmt.Errorf("migration %s is not number %d", name, i+1)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		steps[i] = migration{version: i + 1, name: name, sql: string(text)}
	}
	return steps, nil
}

// migrate brings the schema up to date. A database that is not Herald's is left as it is.
func (db *DB) migrate(ctx context.Context) error {
	steps, err := migrations(migrationFiles)
	if err != nil {
		return err
	}
	version, err := schemaVersion(ctx, db.w)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("%w: its schema is %d, this one knows %d", ErrNewer, version, len(steps))
	}
	var mode string
	// WAL lets readers read while the writer writes; synchronous NORMAL is safe with it (sqlite.org/wal.html).
	if err := db.w.QueryRowContext(ctx, "PRAGMA journal_mode(WAL)").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		db.log.Warn("the database's file system has no write-ahead log: reads will wait for writes",
			slog.String("mode", mode))
	}
	for _, step := range steps[version:] {
		if err := db.write(ctx, func(tx *sql.Tx) error { return step.apply(ctx, tx) }); err != nil {
			return fmt.Errorf("migration %s: %w", step.name, err)
		}
		if version > 0 {
			db.log.Info("database schema brought up to date", slog.Int("version", step.version))
		}
	}
	if version == 0 {
		db.log.Info("database made", slog.String("path", db.path))
	}
	return nil
}

func (m migration) apply(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	// A pragma takes no parameters; both values are numbers of ours.
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", m.version, applicationID))
	return err
}

// schemaVersion is the version of a database of Herald's, 0 where it is empty, and ErrForeign where it is neither.
func schemaVersion(ctx context.Context, w *sql.DB) (int, error) {
	var version, application, tables int
	err := w.QueryRowContext(ctx, `SELECT v.user_version, a.application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version v, pragma_application_id a`).Scan(&version, &application, &tables)
	if err != nil {
		return 0, err
	}
	if application != applicationID && (tables > 0 || application != 0) {
		return 0, ErrForeign
	}
	return version, nil
}
