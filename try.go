package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"herald/bot/sim"
	"herald/news/sample"
)

// tryOut is a Telegram of its own with Herald in it: a Bot API server and sample publishers on loopback, and the same App that
// "herald run" starts, which knows nothing of where it is.
type tryOut struct {
	App    *App
	Sim    *sim.Server
	Press  *sample.Sample
	URL    string // of the web chat
	Sample string // address of the sample publishers

	publishers *http.Server
	folder     string // temporary, "" where the database is the person's own
}

// Run shows Herald in a web chat until it is told to stop.
func (c *TryCmd) Run(ctx context.Context, env *Env) error {
	t, err := newTryOut(ctx, env, c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "Herald is ready: open %s in a browser. Ctrl-C ends it.\n", t.URL)
	if c.Open {
		if err := openBrowser(ctx, t.URL); err != nil {
			fmt.Fprintf(env.Stderr, "herald: the browser did not open (%s): open the address by hand\n", oneLine(err))
		}
	}
	err = t.Run(ctx, c.Every)
	return errors.Join(err, t.Close())
}

// newTryOut builds the world; nothing of Herald runs before Run.
func newTryOut(ctx context.Context, env *Env, listen string) (t *tryOut, err error) {
	t = &tryOut{Press: sample.New(env.Now)}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Close())
		}
	}()
	if err := t.publish(ctx); err != nil {
		return t, err
	}
	t.Sim = sim.New(sim.Options{
		BotName: "herald_bot", BotTitle: "Herald", Now: env.Now, Log: env.Log,
		Actions: []sim.Action{{ID: "break", Label: "Break a story", Hint: "A sample newspaper publishes its next article", Run: t.breakStory}},
	})
	if t.URL, err = t.Sim.Start(listen); err != nil {
		return t, err
	}
	populate(t.Sim)
	config, err := t.config(env.Config)
	if err != nil {
		return t, err
	}
	if t.App, err = NewApp(ctx, config, sim.DefaultToken, tryLog(env), env.Now); err != nil {
		return t, err
	}
	return t, t.addFeeds(ctx, env.Now())
}

// tryLog keeps the terminal quiet: who tries Herald looks at the browser.
func tryLog(env *Env) *slog.Logger {
	if env.Config.Log.Level > slog.LevelInfo {
		return env.Log
	}
	quiet := env.Config.Log
	if quiet.Level == slog.LevelInfo {
		quiet.Level = slog.LevelWarn
	}
	return quiet.Logger(env.Stderr)
}

// publish serves the sample publishers on loopback.
func (t *tryOut) publish(ctx context.Context) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("sample publishers: %w", err)
	}
	t.Sample = "http://" + listener.Addr().String()
	t.publishers = &http.Server{Handler: t.Press, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = t.publishers.Serve(listener) }() // ends with Close
	return nil
}

// config is the operator's configuration pointed at the simulated Telegram and allowed to read the sample publishers.
func (t *tryOut) config(c Config) (Config, error) {
	c.APIURL, c.Alone = t.URL, true
	c.FetchAllow = append(c.FetchAllow, netip.MustParsePrefix("127.0.0.1/32"))
	if c.DB == "" {
		folder, err := os.MkdirTemp("", "herald-try-")
		if err != nil {
			return c, err
		}
		t.folder, c.DB = folder, filepath.Join(folder, "herald.db")
	}
	return c, nil
}

// The people, the group and the channel of the world.
const (
	ada = 1001
	ben = 1002
)

func populate(s *sim.Server) {
	s.AddUser(sim.User{ID: ada, FirstName: "Ada", LastName: "Winter", Username: "ada_winter", LanguageCode: "en"})
	s.AddUser(sim.User{ID: ben, FirstName: "Ben", LastName: "Falk", Username: "ben_falk", LanguageCode: "de"})
	room := s.AddGroup(sim.Group{
		Title: "Newsroom", Username: "newsroom_talk", Forum: true, Members: []int64{ada, ben},
		Admins: []int64{ada},
	})
	for _, topic := range []struct{ name, icon string }{{"World", "🌍"}, {"Science", "🔬"}, {"Football", "⚽"}} {
		_, _ = s.AddTopic(room.ID, topic.name, topic.icon) // the forum is there: it can't fail
	}
	s.AddChannel(sim.Group{Title: "Morning Wire", Username: "morning_wire", Members: []int64{ada, ben}, Admins: []int64{ada}})
}

// addFeeds has Herald know the sample publishers' feeds, as an operator would add them.
func (t *tryOut) addFeeds(ctx context.Context, now time.Time) error {
	for _, f := range t.Press.Feeds(t.Sample) {
		f.Added, f.NextPoll, f.Shared = now, now, true
		if _, _, err := t.App.db.AddFeed(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// Run runs Herald; a sample story breaks by itself every so often (0: never).
func (t *tryOut) Run(ctx context.Context, every time.Duration) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return t.App.Run(ctx) })
	group.Go(func() error {
		if every > 0 {
			t.breakEvery(ctx, every)
		}
		return nil
	})
	return group.Wait()
}

func (t *tryOut) breakEvery(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := t.breakStory(ctx); err != nil {
				t.App.log.Warn("break a story", "err", err)
			}
		}
	}
}

// breakStory publishes the next sample article and has its feed polled, so that one need not wait for the feed's turn.
func (t *tryOut) breakStory(ctx context.Context) (string, error) {
	title, feed, left := t.Press.Break()
	if title == "" {
		return "The sample newspapers have published everything they had. Start herald try again for more.", nil
	}
	feeds, err := t.App.db.Feeds(ctx)
	if err != nil {
		return "", err
	}
	for _, f := range feeds {
		if f.Title == feed {
			f.NextPoll = time.Time{}
			if err := t.App.db.SaveFeed(ctx, f); err != nil {
				return "", err
			}
		}
	}
	t.App.scheduler.Poll(ctx)
	return fmt.Sprintf("%s: “%s” (%d more to come)", feed, title, left), nil
}

// Close ends the world and removes what was temporary. It is harmless to call it twice.
func (t *tryOut) Close() error {
	var err error
	if t.Sim != nil {
		err = t.Sim.Close()
	}
	if t.publishers != nil {
		err = errors.Join(err, t.publishers.Close())
	}
	if t.App != nil {
		err = errors.Join(err, t.App.Close())
	}
	if t.folder != "" {
		err = errors.Join(err, os.RemoveAll(t.folder))
	}
	return err
}

// openBrowser opens the address in the person's browser.
func openBrowser(ctx context.Context, address string) error {
	command, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		command = "open"
	case "windows":
		command, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), command, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // the browser lives longer than Herald; this only avoids a zombie
	return nil
}
