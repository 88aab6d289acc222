package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news/sample"
)

const (
	readers     = 200
	mostRepeats = 32 // messages under way at this pace and more: what may repeat after kill -9
)

// process is "herald run" as an operator starts it, against the simulated Telegram.
type process struct {
	t   testing.TB
	env []string
	cmd *exec.Cmd
}

func (p *process) start() {
	p.t.Helper()
	p.cmd = exec.Command("herald", "run")
	p.cmd.Env = append(os.Environ(), p.env...)
	p.cmd.Stderr = testWriter{p.t}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
}

// stop asks the process to end and returns how it did.
func (p *process) stop(sig os.Signal) error {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
	return p.cmd.Wait()
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) {
	if strings.Contains(string(b), "level=ERROR") || strings.HasPrefix(string(b), "panic") {
		w.t.Logf("herald: %s", b)
	}
	return len(b), nil
}

// TestKillInBroadcast kills the program in the middle of a broadcast, starts it again, and counts what every reader got.
func TestKillInBroadcast(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	defer cancel()
	press := sample.New(time.Now)
	papers := httptest.NewServer(press)
	defer papers.Close()
	telegram := sim.New(sim.Options{BotName: "herald_bot", Limits: sim.Unlimited(), Latency: 20 * time.Millisecond})
	api, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer telegram.Close()

	p := &process{t: t, env: []string{
		"HERALD_TOKEN=" + telegram.Token(), "HERALD_API_URL=" + api,
		"HERALD_DB=" + filepath.Join(t.TempDir(), "herald.db"), "HERALD_FETCH_ALLOW=127.0.0.0/8", "HERALD_POLL_MIN=1s",
		"HERALD_POLL_MAX=1s", "HERALD_RATE=150", "HERALD_CHAT_RATE=0",
	}}
	p.start()
	feed := press.Feeds(papers.URL)[0]
	subscribe(ctx, t, telegram, feed.URL, readers)

	title := breakIn(press, feed.Title)
	got := func() int { return delivered(telegram, title) }
	if err := telegram.Wait(ctx, func() bool { return got() >= readers/4 }); err != nil {
		t.Fatalf("the broadcast did not begin: %v", err)
	}
	_ = p.stop(os.Kill)
	atKill := got()
	if atKill >= readers {
		t.Fatalf("the broadcast was over before it was interrupted")
	}

	p.start()
	if err := telegram.Wait(ctx, func() bool { return reached(telegram, title) == readers }); err != nil {
		t.Fatalf("lost: %d of %d readers never got the story: %v", readers-reached(telegram, title), readers, err)
	}
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the program did not end cleanly: %v", err)
	}
	repeats := got() - readers
	t.Logf("killed after %d of %d; lost 0, repeated %d", atKill, readers, repeats)
	if repeats > mostRepeats {
		t.Errorf("%d messages were repeated; at most the %d in flight may be", repeats, mostRepeats)
	}
}

const firstReader = 5000

// subscribe has every reader follow the feed.
func subscribe(ctx context.Context, t testing.TB, telegram *sim.Server, feed string, readers int) {
	t.Helper()
	var confirmed atomic.Int64
	for i := range int64(readers) {
		telegram.AddUser(sim.User{ID: firstReader + i, FirstName: fmt.Sprint("Reader ", i), LanguageCode: "en"})
		if _, err := telegram.Tell(firstReader+i, "/subscribe "+feed); err != nil {
			t.Fatal(err)
		}
	}
	for i := range int64(readers) {
		_, err := telegram.WaitMessage(ctx, firstReader+i, func(m sim.Message) bool { return strings.Contains(m.Text, "Following") })
		if err != nil {
			t.Fatalf("reader %d could not subscribe (%d did): %v", i, confirmed.Load(), err)
		}
		confirmed.Add(1)
	}
}

// breakIn publishes sample articles until one appears in the feed, and returns its title.
func breakIn(press *sample.Sample, feed string) string {
	for {
		title, where, _ := press.Break()
		if where == feed || title == "" {
			return title
		}
	}
}

// delivered counts the messages that carry the title, over all readers; reached counts the readers who have one.
func delivered(telegram *sim.Server, title string) int {
	n, _ := count(telegram, title, readers)
	return n
}

func reached(telegram *sim.Server, title string) int {
	_, n := count(telegram, title, readers)
	return n
}

func count(telegram *sim.Server, title string, readers int) (messages, people int) {
	for i := range int64(readers) {
		n := 0
		for _, m := range telegram.Messages(firstReader + i) {
			if m.From != nil && m.From.IsBot && strings.Contains(m.Text, title) {
				n++
			}
		}
		messages += n
		people += min(n, 1)
	}
	return messages, people
}
