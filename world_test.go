package main

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
)

// patience is how long a test waits for something that should happen at once, on a slow machine under the race detector.
const patience = 60 * time.Second

// world is "herald try" without the terminal: the simulated Telegram with people in it, sample newspapers, and the real bot.
type world struct {
	*tryOut
	t   *testing.T
	ctx context.Context
}

// newWorld starts a world that ends with the test.
func newWorld(t *testing.T) *world {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	env := testEnv(t)
	out, err := newTryOut(ctx, env, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- out.Run(ctx, 0) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
		if err := out.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &world{tryOut: out, t: t, ctx: ctx}
}

// testEnv is a program's surroundings with the default configuration.
func testEnv(t *testing.T, args ...string) *Env {
	t.Helper()
	cli, _, err := parse(append([]string{"try"}, args...), io.Discard, io.Discard, func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return &Env{
		Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, Config: cli.Config,
		Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}
}

// say writes as the user and waits for the bot's answer that contains the words.
func (w *world) say(user, chat int64, topic int, text, words string) sim.Message {
	w.t.Helper()
	sent, err := w.Sim.Say(user, chat, topic, text)
	if err != nil {
		w.t.Fatalf("say %q: %v", text, err)
	}
	return w.answer(chat, sent.ID, words)
}

// answer waits for a message of the bot later than the given one that contains the words.
func (w *world) answer(chat int64, after int, words string) sim.Message {
	w.t.Helper()
	return w.wait(chat, "an answer with "+words, func(m sim.Message) bool {
		return m.ID > after && m.From != nil && m.From.IsBot && strings.Contains(m.Text+m.Caption, words)
	})
}

// wait waits for a message of the chat, whoever wrote it.
func (w *world) wait(chat int64, what string, match func(sim.Message) bool) sim.Message {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	m, err := w.Sim.WaitMessage(ctx, chat, match)
	if err != nil {
		for _, m := range w.Sim.Messages(chat) {
			w.t.Logf("%d topic %d: %q", m.ID, m.Topic, m.Text)
		}
		w.t.Fatalf("waiting for %s: %v", what, err)
	}
	return m
}

// press presses the button whose label contains the words.
func (w *world) press(user int64, m sim.Message, words string) sim.Answer {
	w.t.Helper()
	now, ok := w.Sim.Message(m.Chat.ID, m.ID)
	if !ok {
		w.t.Fatalf("message %d is gone", m.ID)
	}
	b, ok := now.Button(words)
	if !ok {
		w.t.Fatalf("no button %q under %q", words, now.Text)
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	a, err := w.Sim.Press(ctx, user, m.Chat.ID, m.ID, b.Data)
	if err != nil {
		w.t.Fatalf("press %q: %v", words, err)
	}
	return a
}

// group is the forum of the world, and the topic with the name.
func (w *world) group(topic string) (chat int64, id int) {
	w.t.Helper()
	for _, m := range w.Sim.Messages(newsroom) {
		if m.TopicCreated != nil && m.TopicCreated.Name == topic {
			return newsroom, m.Topic
		}
	}
	w.t.Fatalf("no topic %q", topic)
	return 0, 0
}

const newsroom = -1002000000001 // the first group that the simulated Telegram makes

// ready waits until the sample feeds have been read.
func (w *world) ready() {
	w.t.Helper()
	w.until("the feeds are read", func() bool {
		feeds, err := w.App.db.Feeds(w.ctx)
		for _, f := range feeds {
			if f.LastPoll.IsZero() {
				return false
			}
		}
		return err == nil
	})
}

// until waits for something that only the database can tell.
func (w *world) until(what string, ok func() bool) {
	w.t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			w.t.Fatalf("waiting until %s", what)
		case <-tick.C:
		}
	}
}
