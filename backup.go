package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"herald/storage"
)

// Run copies the database while the bot runs.
func (c *BackupCmd) Run(ctx context.Context, env *Env) error {
	if _, err := os.Stat(env.Config.Database()); err != nil {
		return fmt.Errorf("no database to back up: %w", err)
	}
	return withDB(ctx, env, func(db *storage.DB) error {
		err := db.Backup(ctx, c.File)
		if p := (*fs.PathError)(nil); errors.Is(err, storage.ErrNotWritable) && errors.As(err, &p) {
			return fmt.Errorf("%s can't be written: %w: name another file", c.File, p.Err) // the database is well where it is
		}
		if err != nil {
			return err
		}
		info, err := os.Stat(c.File)
		if err != nil {
			return err
		}
		fmt.Fprintf(env.Stdout, "%s: %.1f MB\n", c.File, float64(info.Size())/1e6)
		return nil
	})
}

// Run checks a backup and puts it in the database's place, while no bot runs on it. The copy is made beside it and renamed, so
// that a failure leaves what was there.
func (c *RestoreCmd) Run(ctx context.Context, env *Env) (err error) {
	target := env.Config.Database()
	if _, err := os.Stat(target); err == nil && !c.Force {
		return fmt.Errorf("%s exists: stop the bot and add -force to overwrite it", target)
	}
	switch file, err := os.Stat(c.File); {
	case err != nil:
		return fileError(c.File, err)
	case file.IsDir():
		return fileError(c.File, errDirectory)
	case file.Size() == 0: // to SQLite a database without tables
		return fileError(c.File, errEmpty)
	}
	owner, err := storage.Claim(ctx, target, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	part := target + ".restoring"
	if err := copyChecked(ctx, env, c.File, part); err != nil {
		return err
	}
	if err := settle(ctx, env, target); err != nil {
		return err
	}
	if err := os.Rename(part, target); err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%s restored from %s\n", target, c.File)
	return nil
}

// copyChecked copies a sound database into a new file. Only the copy is opened: opening writes, and brings the schema up to date,
// and a backup stays as it is.
func copyChecked(ctx context.Context, env *Env, from, to string) error {
	if err := removeDatabase(to); err != nil { // of a restore that was interrupted
		return err
	}
	err := copyFile(from, to)
	if _, missing := os.Stat(from + "-wal"); err == nil && missing == nil { // a copy made with the log beside it
		err = copyFile(from+"-wal", to+"-wal")
	}
	if err == nil {
		err = checkDatabase(ctx, env, to)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", from, errors.Join(err, removeDatabase(to)))
	}
	return nil
}

func checkDatabase(ctx context.Context, env *Env, path string) error {
	db, err := storage.Open(ctx, path, env.Log)
	if err != nil {
		return err
	}
	return errors.Join(db.Check(ctx), db.Close())
}

// copyFile copies a file to a new one that only its owner reads, and waits until it is on the disk.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}

// settle moves what is in the write-ahead log of the database that is to be replaced into its file: a log left behind would be
// taken for the new file's. What can't be opened any more has no log worth keeping.
func settle(ctx context.Context, env *Env, target string) error {
	if _, err := os.Stat(target); err == nil {
		if old, err := storage.Open(ctx, target, env.Log); err == nil {
			if err := old.Close(); err != nil {
				return err
			}
		}
	}
	return errors.Join(remove(target+"-wal"), remove(target+"-shm"))
}

// removeDatabase removes a database with what SQLite keeps beside it.
func removeDatabase(path string) error {
	return errors.Join(remove(path), remove(path+"-wal"), remove(path+"-shm"))
}

// remove removes a file that may not be there.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
