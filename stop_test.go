package main

import (
	"bufio"
	"context"
	"io"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/storage"
)

// stopLimit is when who ends a program loses patience and kills it (docker stop).
const stopLimit = 10 * time.Second

// TestStopWhileTelegramHangs: told to stop while a message is long on its way, the program ends before it is killed, and sends the
// message at the next start.
func TestStopWhileTelegramHangs(t *testing.T) {
	r := newReadership(t, t.TempDir(), sim.Options{})
	r.join(1)
	r.telegram.AddFault(sim.Fault{Method: "sendMessage", Delay: time.Minute, Status: 502})
	r.start()
	r.publish("Quay closed.")
	if !r.until(patience, func() bool { return r.telegram.Faults() == 0 }) {
		t.Fatal("nothing is sent")
	}
	began := time.Now()
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("ended with %v", err)
	}
	if took := time.Since(began); took >= stopLimit {
		t.Errorf("ended after %s", took)
	}
	r.start()
	if !r.until(patience, func() bool { n, _ := r.got("Quay closed.", r.chats); return n == 1 }) {
		t.Error("the message is lost")
	}
}

// TestStopWhileAnotherRuns: a start that waits for another program with the same database says so, and ends well when it is told to.
func TestStopWhileAnotherRuns(t *testing.T) {
	database := filepath.Join(t.TempDir(), "herald.db")
	running, err := storage.Open(t.Context(), database, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close()
	if err := running.Own(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	said, out := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"run", "--db", database, "--token", "1:a", "--api-url", "http://127.0.0.1:1"},
			strings.NewReader(""), out, out, func(string) string { return "" })
		out.Close()
	}()
	var lines []string
	for in := bufio.NewScanner(said); in.Scan(); {
		lines = append(lines, in.Text())
		if strings.Contains(in.Text(), "another program runs with this database") {
			cancel()
		}
	}
	if got := <-code; got != exitOK || ctx.Err() == nil || len(lines) != 1 {
		t.Errorf("exit %d, %q; want one line and %d", got, lines, exitOK)
	}
}
