package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"herald/storage"
)

// Run copies the database while the bot runs.
func (c *BackupCmd) Run(ctx context.Context, env *Env) error {
	if _, err := os.Stat(env.Config.Database()); err != nil {
		return fmt.Errorf("no database to back up: %w", err)
	}
	return withDB(ctx, env, func(db *storage.DB) error {
		if err := db.Backup(ctx, c.File); err != nil {
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

// Run checks a backup and puts it in the database's place. The copy is made beside it and renamed, so that a failure leaves
// what was there.
func (c *RestoreCmd) Run(ctx context.Context, env *Env) error {
	target := env.Config.Database()
	if _, err := os.Stat(target); err == nil && !c.Force {
		return fmt.Errorf("%s exists: stop the bot and add -force to overwrite it", target)
	}
	if _, err := os.Stat(c.File); err != nil {
		return err
	}
	source, err := storage.Open(ctx, c.File, env.Log)
	if err != nil {
		return err
	}
	part := target + ".restoring"
	_ = os.Remove(part)
	err = errors.Join(source.Check(ctx), source.Backup(ctx, part), source.Close())
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	for _, leftover := range []string{target + "-wal", target + "-shm"} {
		if err := os.Remove(leftover); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(part, target); err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%s restored from %s\n", target, c.File)
	return nil
}
