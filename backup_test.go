package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/news"
	"herald/storage"
)

// herald runs the program in this process and returns its exit code and what it said.
func herald(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	return heraldWith(t, nil, args...)
}

// heraldWith is herald with an environment.
func heraldWith(t *testing.T, env map[string]string, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &out, &out, func(name string) string { return env[name] })
	return code, out.String()
}

// stored makes a database that knows one feed.
func stored(t *testing.T, path, feed string) {
	t.Helper()
	db, err := storage.Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, _, err := db.AddFeed(t.Context(), news.Feed{URL: feed, Added: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	folder := t.TempDir()
	database, copied := filepath.Join(folder, "herald.db"), filepath.Join(folder, "copy.db")
	stored(t, database, "https://one.example/feed")
	if code, said := herald(t, "backup", "--db", database, copied); code != exitOK {
		t.Fatalf("backup: %s", said)
	}
	stored(t, database, "https://two.example/feed")
	if code, said := herald(t, "restore", "--db", database, copied); code != exitError || !strings.Contains(said, "-force") {
		t.Errorf("restore over a database: exit %d, %q; want a refusal that names -force", code, said)
	}
	if code, said := herald(t, "restore", "--db", database, "-force", copied); code != exitOK {
		t.Fatalf("restore: %s", said)
	}
	_, said := herald(t, "feeds", "list", "--db", database)
	if !strings.Contains(said, "one.example") || strings.Contains(said, "two.example") {
		t.Errorf("after restore the feeds are %q, want the backup's", said)
	}
}

// TestBackupToNowhere: where the copy can't be written it is not the database that is to have another place.
func TestBackupToNowhere(t *testing.T) {
	folder := t.TempDir()
	database := filepath.Join(folder, "herald.db")
	stored(t, database, "https://one.example/feed")
	code, said := herald(t, "backup", "--db", database, filepath.Join(folder, "none", "copy.db"))
	if code != exitError || !strings.Contains(said, "copy.db can't be written") || strings.Contains(said, "HERALD_DB") {
		t.Errorf("exit %d, %q", code, said)
	}
}

// TestRestoreLeavesTheBackup: what is restored from stays as it was, whether by another version or on a medium that can't be written.
func TestRestoreLeavesTheBackup(t *testing.T) {
	folder := t.TempDir()
	database, copied := filepath.Join(folder, "herald.db"), filepath.Join(folder, "backups", "copy.db")
	if err := os.Mkdir(filepath.Dir(copied), 0o700); err != nil {
		t.Fatal(err)
	}
	stored(t, database, "https://one.example/feed")
	if code, said := herald(t, "backup", "--db", database, copied); code != exitOK {
		t.Fatalf("backup: %s", said)
	}
	before, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(copied), 0o700) }) //nolint:gosec // a folder is entered
	for _, mode := range []os.FileMode{0o700, 0o500} {
		if err := os.Chmod(filepath.Dir(copied), mode); err != nil {
			t.Fatal(err)
		}
		if code, said := herald(t, "restore", "--db", database, "-force", copied); code != exitOK {
			t.Errorf("restore: exit %d, %q", code, said)
		}
	}
	if after, err := os.ReadFile(copied); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the backup has changed, %v", err)
	}
	if code, said := herald(t, "restore", "--db", database, "-force", database); code != exitOK {
		t.Errorf("restore from itself: exit %d, %q", code, said)
	}
	if _, said := herald(t, "feeds", "list", "--db", database); !strings.Contains(said, "one.example") {
		t.Errorf("the feeds are %q", said)
	}
	for _, left := range []string{database + ".restoring", database + ".restoring-wal", database + "-wal"} {
		if _, err := os.Stat(left); err == nil {
			t.Errorf("%s is left behind", left)
		}
	}
}

// TestRestoreRefusesNoBackup: an empty file, as a copy on a full disk leaves, is a database to SQLite.
func TestRestoreRefusesNoBackup(t *testing.T) {
	folder := t.TempDir()
	database, empty := filepath.Join(folder, "herald.db"), filepath.Join(folder, "empty.db")
	stored(t, database, "https://one.example/feed")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{empty: "is empty", folder: "is a directory", filepath.Join(folder, "none.db"): "no such file"} {
		if code, said := herald(t, "restore", "--db", database, "-force", file); code != exitError || !strings.Contains(said, want) {
			t.Errorf("restore %s: exit %d, %q, want %q", file, code, said, want)
		}
	}
	if _, said := herald(t, "feeds", "list", "--db", database); !strings.Contains(said, "one.example") {
		t.Errorf("the feeds are %q", said)
	}
}

func TestRestoreRefusesUnderARunningBot(t *testing.T) {
	folder := t.TempDir()
	database, copied := filepath.Join(folder, "herald.db"), filepath.Join(folder, "copy.db")
	stored(t, database, "https://one.example/feed")
	if code, said := herald(t, "backup", "--db", database, copied); code != exitOK {
		t.Fatalf("backup: %s", said)
	}
	running, err := storage.Open(t.Context(), database, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close()
	if err := running.Own(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	code, said := herald(t, "restore", "--db", database, "-force", copied)
	if code != exitError || !strings.Contains(said, "another Herald is running") {
		t.Errorf("exit %d, %q; want a refusal", code, said)
	}
	if _, err := os.Stat(database); err != nil {
		t.Error(err)
	}
}
