package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
	"herald/news/desk"
	"herald/news/sample"
	"herald/storage"
)

// process is "herald run" as an operator starts it, against the simulated Telegram.
type process struct {
	t   testing.TB
	env []string
	cmd *exec.Cmd
	cpu time.Duration // of the processes that have ended
}

func (p *process) start() {
	p.t.Helper()
	cmd := exec.Command("herald", "run")
	cmd.Env = append(os.Environ(), p.env...)
	cmd.Stderr = testWriter{p.t}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.cmd = cmd
	p.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
}

// stop asks the process to end and returns how it did.
func (p *process) stop(sig os.Signal) error {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
	err := p.cmd.Wait()
	p.cpu += p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
	return err
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) {
	if strings.Contains(string(b), "level=ERROR") || strings.HasPrefix(string(b), "panic") {
		w.t.Logf("herald: %s", b)
	}
	return len(b), nil
}

// readership is Herald as a process with its database file, and people in a simulated Telegram who follow one feed. The test
// publishes in the feed by writing to the database, as the process would have after a poll.
type readership struct {
	*process
	telegram *sim.Server
	db       *storage.DB
	path     string // of the database
	feed     int64
	chats    []int64
}

// newReadership makes everything but the readers; the process is not started.
func newReadership(t testing.TB, folder string, o sim.Options, env ...string) *readership {
	t.Helper()
	o.BotName = "herald_bot"
	r := &readership{telegram: sim.New(o), path: filepath.Join(folder, "herald.db")}
	api, err := r.telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r.process = &process{t: t, env: append([]string{
		"HERALD_TOKEN=" + r.telegram.Token(), "HERALD_API_URL=" + api, "HERALD_DB=" + r.path,
	}, env...)}
	if r.db, err = storage.Open(t.Context(), r.path, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = r.db.Close()
		_ = r.telegram.Close()
	})
	f, _, err := r.db.AddFeed(t.Context(), news.Feed{URL: "https://echo.example/feed", Title: "Echo", Shared: true, NextPoll: time.Now().AddDate(1, 0, 0)})
	r.check(err)
	r.feed = f.ID
	return r
}

func (r *readership) check(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// join adds n people who follow the feed in private chats, and have said nothing that is still to be answered.
func (r *readership) join(n int) []int64 {
	r.t.Helper()
	first := len(r.chats)
	for range n {
		u := r.telegram.AddUser(sim.User{FirstName: fmt.Sprint("Reader ", len(r.chats)), LanguageCode: "en"})
		_, err := r.telegram.Tell(u.ID, "/start")
		r.check(err)
		r.follow(news.Place{Chat: u.ID}, news.Private)
		r.chats = append(r.chats, u.ID)
	}
	r.forget()
	return r.chats[first:]
}

// follow has a place follow the feed.
func (r *readership) follow(p news.Place, kind news.ChatKind) {
	r.t.Helper()
	_, _, err := r.db.EnsureChat(r.t.Context(), news.Chat{ID: p.Chat, Kind: kind, Lang: "en", Length: news.Short, Active: true, Added: time.Now()})
	r.check(err)
	_, err = r.db.Subscribe(r.t.Context(), p, r.feed, time.Now().Add(-time.Hour))
	r.check(err)
}

// forget has Telegram take all updates for confirmed.
func (r *readership) forget() {
	r.t.Helper()
	api := strings.TrimPrefix(r.env[1], "HERALD_API_URL=")
	resp, err := http.PostForm(api+"/bot"+r.telegram.Token()+"/getUpdates", url.Values{"offset": {"2000000000"}})
	r.check(err)
	r.check(resp.Body.Close())
}

// publish has a story break. How many messages it causes is returned.
func (r *readership) publish(title string) int {
	r.t.Helper()
	a := desk.New(nil).Text(title, title+". Nobody in Oberwald was surprised by the news of the day, people there said.", "en")
	a.FeedID, a.Source, a.URL, a.Identity, a.Fetched = r.feed, "Echo", "https://echo.example/"+url.PathEscape(title), title, time.Now()
	n, err := r.db.SaveArticle(r.t.Context(), a, storage.Save{Push: true, Now: time.Now()})
	r.check(err)
	return n
}

// got counts, over the given chats, the bot's messages with the title and the chats that have one.
func (r *readership) got(title string, chats []int64) (messages, people int) {
	for _, chat := range chats {
		n := 0
		for _, m := range r.telegram.Messages(chat) {
			if m.From != nil && m.From.IsBot && strings.Contains(m.Text, title) {
				n++
			}
		}
		messages += n
		people += min(n, 1)
	}
	return messages, people
}

// sent is how many messages the bot has sent.
func (r *readership) sent() int {
	n := 0
	for _, m := range r.telegram.Stats().Messages {
		n += m
	}
	return n
}

// until waits, looking often, and tells whether it came true in time.
func (r *readership) until(limit time.Duration, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(r.t.Context(), limit)
	defer cancel()
	return r.telegram.Wait(ctx, ok) == nil
}

const firstReader = 5000

// subscribe has every reader follow the feed by a command.
func subscribe(ctx context.Context, t testing.TB, telegram *sim.Server, feed string, readers int) {
	t.Helper()
	for i := range int64(readers) {
		telegram.AddUser(sim.User{ID: firstReader + i, FirstName: fmt.Sprint("Reader ", i), LanguageCode: "en"})
		if _, err := telegram.Tell(firstReader+i, "/subscribe "+feed); err != nil {
			t.Fatal(err)
		}
	}
	for i := range int64(readers) {
		_, err := telegram.WaitMessage(ctx, firstReader+i, func(m sim.Message) bool { return strings.Contains(m.Text, "Following") })
		if err != nil {
			t.Fatalf("reader %d could not subscribe: %v", i, err)
		}
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

// reached counts the readers who have a message with the title.
func reached(telegram *sim.Server, title string) int {
	people := 0
	for chat := range telegram.Stats().Messages {
		if slices.ContainsFunc(telegram.Messages(chat), func(m sim.Message) bool {
			return m.From != nil && m.From.IsBot && strings.Contains(m.Text, title)
		}) {
			people++
		}
	}
	return people
}
