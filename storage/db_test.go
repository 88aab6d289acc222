package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"
)

func TestOpenOddPaths(t *testing.T) {
	for _, name := range []string{"plain.db", "a b.db", "why?.db", "no#1.db", "100%.db", "%3f.db", "a&b=c;d.db", "日報.db", "it's.db", ":memory:"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			db := openAt(t, path)
			ok(t, db.Set(context.Background(), "key", "value"))
			info, err := os.Stat(path)
			ok(t, err)
			if info.Size() == 0 {
				t.Error("the database is not in the file that was named")
			}
			if got := info.Mode().Perm(); got != 0o600 {
				t.Errorf("the file's mode is %v, want 0600", got)
			}
		})
	}
}

// foreign makes a SQLite database that is not Herald's.
func foreign(t *testing.T, path, statement string) {
	t.Helper()
	pool, err := sql.Open("sqlite", dsn(path))
	ok(t, err)
	defer pool.Close()
	_, err = pool.Exec(statement)
	ok(t, err)
}

func TestOpenRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(t *testing.T, path string) string // what is there; returns the path to open
		want error
	}{
		{"a directory", func(t *testing.T, path string) string { ok(t, os.Mkdir(path, 0o700)); return path }, ErrIsDirectory},
		{"a text", func(t *testing.T, path string) string {
			ok(t, os.WriteFile(path, []byte("Dear diary"), 0o600))
			return path
		}, ErrNotDatabase},
		{"a long text", func(t *testing.T, path string) string {
			ok(t, os.WriteFile(path, []byte(strings.Repeat("Dear diary ", 1000)), 0o600))
			return path
		}, ErrNotDatabase},
		{"another program's", func(t *testing.T, path string) string { foreign(t, path, "CREATE TABLE cat (name TEXT)"); return path }, ErrForeign},
		{"another program's by its mark", func(t *testing.T, path string) string {
			foreign(t, path, "PRAGMA application_id = 7; PRAGMA user_version = 1")
			return path
		}, ErrForeign},
		{"a newer one", func(t *testing.T, path string) string {
			ok(t, must(Open(context.Background(), path, nil))(t).Close())
			foreign(t, path, "PRAGMA user_version = 999")
			return path
		}, ErrNewer},
		{"a damaged one", func(t *testing.T, path string) string {
			ok(t, os.WriteFile(path, []byte("SQLite format 3\x00 and then nothing of the kind"), 0o600))
			return path
		}, ErrNotDatabase},
		{"no such folder", func(_ *testing.T, path string) string { return filepath.Join(path, "herald.db") }, ErrNotWritable},
		{"below a file", func(t *testing.T, path string) string {
			ok(t, os.WriteFile(path, nil, 0o600))
			return filepath.Join(path, "herald.db")
		}, ErrNotWritable},
		{"no name", func(*testing.T, string) string { return "" }, ErrNotWritable},
		{"a name with a zero byte", func(*testing.T, string) string { return "a\x00b" }, ErrNotWritable},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := test.make(t, filepath.Join(t.TempDir(), "x.db"))
			db, err := Open(context.Background(), path, nil)
			if err == nil {
				db.Close()
			}
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), path) {
				t.Errorf("%q does not name the path", err)
			}
		})
	}
}

func TestOpenLeavesForeignDatabaseAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	foreign(t, path, "CREATE TABLE cat (name TEXT)")
	before := must(os.ReadFile(path))(t)
	if _, err := Open(context.Background(), path, nil); !errors.Is(err, ErrForeign) {
		t.Fatal(err)
	}
	if after := must(os.ReadFile(path))(t); !cmp.Equal(before, after) {
		t.Error("the file was changed")
	}
}

func TestOpenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	ok(t, os.WriteFile(path, nil, 0o600)) // an empty file is a new database
	ctx := context.Background()
	db := must(Open(ctx, path, nil))(t)
	ok(t, db.Set(ctx, "key", "value"))
	feed := addFeed(t, db, "north")
	a := article(feed, 1, "Ferry sinks")
	save(t, db, a)
	ok(t, db.Close())
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log was left behind: %v", err)
	}
	db = openAt(t, path)
	if got := must(db.Get(ctx, "key"))(t); got != "value" {
		t.Errorf("got %q", got)
	}
	if got := must(db.NewArticleID(ctx))(t); got != a.ID+1 {
		t.Errorf("next article id %d, want %d", got, a.ID+1)
	}
}

func TestMigrations(t *testing.T) {
	steps := must(migrations(migrationFiles))(t)
	if len(steps) == 0 || steps[0].version != 1 {
		t.Errorf("got %v", steps)
	}
	for _, test := range []struct {
		name  string
		files fstest.MapFS
	}{
		{"a gap", fstest.MapFS{"migrations/0001_a.sql": {}, "migrations/0003_b.sql": {}}},
		{"a number twice", fstest.MapFS{"migrations/0001_a.sql": {}, "migrations/0001_b.sql": {}}},
		{"no number", fstest.MapFS{"migrations/first.sql": {}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if steps, err := migrations(test.files); err == nil {
				t.Errorf("accepted: %v", steps)
			}
		})
	}
}

func TestMigrationIsUndoneWhole(t *testing.T) {
	db := openTest(t)
	ctx := context.Background()
	bad := migration{version: 9, sql: "CREATE TABLE half (a INTEGER); CREATE TABLE chat (again INTEGER)"}
	if err := db.write(ctx, func(tx *sql.Tx) error { return bad.apply(t.Context(), tx) }); err == nil {
		t.Fatal("a table was made twice")
	}
	if n := must(number(db.r.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'half'")))(t); n != 0 {
		t.Error("half of the migration stayed")
	}
	want := len(must(migrations(migrationFiles))(t))
	if got := must(schemaVersion(ctx, db.w))(t); got != want {
		t.Errorf("version %d, want %d", got, want)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	db := openTest(t)
	if _, err := db.r.Exec("DELETE FROM state"); err == nil {
		t.Error("a reader wrote")
	}
}

// TestReadersDuringWrites runs lists and searches beside saves; -race makes the most of it.
func TestReadersDuringWrites(t *testing.T) {
	db, p, feed := followed(t)
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				// A list is of one moment: every story in it has its article.
				stories, _, err := db.Latest(context.Background(), Query{Place: p, Limit: maxLimit})
				for _, s := range stories {
					if err == nil && (len(s.Articles) != 1 || s.Lead().Title != s.Title) {
						err = fmt.Errorf("a story in parts: %+v", s)
					}
				}
				_, _, err2 := db.Search(context.Background(), Query{Words: "storm"})
				_, err3 := db.Stats(context.Background())
				if err := errors.Join(err, err2, err3); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for w := range 2 {
		wg.Go(func() {
			for i := range 25 {
				a := article(feed, i, fmt.Sprint("Storm ", w, " ", i))
				if _, err := db.SaveArticle(context.Background(), a, Save{Push: true}); err != nil {
					t.Error(err)
				}
			}
			if w == 0 {
				stop()
			}
		})
	}
	wg.Wait()
	stop()
	if got := must(db.Stats(context.Background()))(t); got.Articles != 50 || got.Pending != 50 {
		t.Errorf("%d articles and %d deliveries, want 50 of each", got.Articles, got.Pending)
	}
}

func TestCancelled(t *testing.T) {
	db := openTest(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := db.Set(ctx, "key", "value"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := must(db.Get(context.Background(), "key"))(t); got != "" {
		t.Errorf("got %q after a cancelled write", got)
	}
}

func TestDiskFull(t *testing.T) {
	db, _, feed := followed(t)
	pages := must(number(db.w.QueryRow("PRAGMA page_count")))(t)
	must(db.w.Exec(fmt.Sprint("PRAGMA max_page_count = ", pages+2)))(t)
	a := article(feed, 1, "Dam holds")
	a.Text = strings.Repeat("Water rose in Oberwald. ", 10_000)
	_, err := db.SaveArticle(context.Background(), a, Save{Push: true})
	if !errors.Is(err, ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	if a.ID != 0 || a.StoryID != 0 {
		t.Errorf("an article that was not saved has ids: %d, %d", a.ID, a.StoryID)
	}
	if got := must(db.Stats(context.Background()))(t); got.Articles+got.Stories+got.Pending != 0 {
		t.Errorf("part of it was saved: %+v", got)
	}
	must(db.w.Exec("PRAGMA max_page_count = 1000000"))(t)
	if n := save(t, db, a); n != 1 {
		t.Errorf("%d deliveries once there is space, want 1", n)
	}
}

func TestCheckFindsDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	ctx := context.Background()
	db := must(Open(ctx, path, nil))(t)
	feed := addFeed(t, db, "north")
	for i := range 50 {
		save(t, db, article(feed, i, fmt.Sprint("Report ", i)))
	}
	ok(t, db.Check(ctx))
	ok(t, db.Close())
	content := must(os.ReadFile(path))(t)
	copy(content[len(content)/2:], strings.Repeat("damage", 3000))
	ok(t, os.WriteFile(path, content, 0o600))
	db, err := Open(ctx, path, nil)
	if err == nil {
		err = db.Check(ctx)
		ok(t, db.Close())
	}
	if !errors.Is(err, ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
}

func TestTimes(t *testing.T) {
	for _, at := range []time.Time{{}, start, start.Add(time.Millisecond), time.Date(1961, 4, 12, 6, 7, 0, 0, time.UTC)} {
		if got := moment(millis(at)); !got.Equal(at) || got.IsZero() != at.IsZero() {
			t.Errorf("got %v, want %v", got, at)
		}
	}
}

// TestNewDatabaseIsOneLine: that a database is new is told once, and not each step of its schema; an old one tells nothing.
func TestNewDatabaseIsOneLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	for _, want := range []int{1, 0} {
		var log bytes.Buffer
		db := must(Open(context.Background(), path, slog.New(slog.NewTextHandler(&log, nil))))(t)
		ok(t, db.Close())
		if got := strings.Count(log.String(), "\n"); got != want {
			t.Errorf("%d lines, want %d:\n%s", got, want, log.String())
		}
	}
}
