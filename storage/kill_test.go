package storage

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"herald/news"
)

// writerPath makes the test binary the process that TestKill kills.
var writerPath = flag.String("writer", "", "write to this database until killed (used by TestKill)")

// TestWriter saves articles for ever and names each once SaveArticle has returned.
func TestWriter(t *testing.T) {
	if *writerPath == "" {
		t.Skip("only for TestKill")
	}
	ctx := context.Background()
	db := openAt(t, *writerPath)
	for i := must(db.NewArticleID(ctx))(t); ; i++ {
		a := article(1, int(i), fmt.Sprint("Report ", i))
		n := must(db.SaveArticle(ctx, a, Save{Push: true}))(t)
		if n == 1 {
			_, err := fmt.Println(a.ID)
			ok(t, err)
		}
	}
}

// TestKill kills the writer in the middle of its work, a few times over: every article that it called saved is there with
// its delivery, and none is there without.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	path := filepath.Join(t.TempDir(), "herald.db")
	ctx := context.Background()
	db := must(Open(ctx, path, nil))(t)
	feed := addFeed(t, db, "north")
	subscribe(t, db, news.Place{Chat: 1}, feed)
	ok(t, db.Close())
	for round := range 3 {
		saved := killAfter(t, path, 20+17*round)
		db := must(Open(ctx, path, nil))(t)
		for _, id := range saved {
			if _, err := db.Article(ctx, id); err != nil {
				t.Errorf("round %d lost an article: %v", round, err)
			}
		}
		got := must(db.Stats(ctx))(t)
		if got.Articles != got.Pending || got.Articles != got.Stories {
			t.Errorf("round %d: %d articles, %d stories, %d deliveries", round, got.Articles, got.Stories, got.Pending)
		}
		ok(t, db.Check(ctx))
		ok(t, db.Close())
	}
}

// killAfter starts a writer, kills it once it has named n articles, and returns all that it named.
func killAfter(t *testing.T, path string, n int) (saved []int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriter$", "-writer="+path)
	out := must(cmd.StdoutPipe())(t)
	ok(t, cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var id int64
		if _, err := fmt.Sscan(lines.Text(), &id); err != nil {
			t.Errorf("the writer says %q", lines.Text())
			break
		}
		if saved = append(saved, id); len(saved) == n {
			ok(t, cmd.Process.Kill())
		}
	}
	if err := cmd.Wait(); err == nil || len(saved) < n {
		t.Errorf("the writer ended by itself after %d articles: %v", len(saved), err)
	}
	return saved
}

// TestSeenWithoutClose: what is committed is seen by whoever opens the file, though the first never closed it.
func TestSeenWithoutClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	first := openAt(t, path)
	a := fullArticle(addFeed(t, first, "north"))
	save(t, first, a)
	if _, err := openAt(t, path).Article(context.Background(), a.ID); err != nil {
		t.Error(err)
	}
}

// TestTwoProcesses: transactions that read before they write wait for each other, where they are not of one process either.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	var wg sync.WaitGroup
	for p := range 2 {
		db := openAt(t, path)
		wg.Go(func() {
			for i := range 50 {
				c := news.Chat{ID: int64(1000*p + i), Title: "Rowing", Active: true}
				if _, _, err := db.EnsureChat(context.Background(), c); err != nil {
					t.Errorf("process %d, chat %d: %v", p, i, err)
					return
				}
			}
		})
	}
	wg.Wait()
}
