package schedule_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"go.uber.org/goleak"

	"herald/bot"
	"herald/bot/sim"
	"herald/news"
	"herald/news/desk"
	"herald/news/feed"
	"herald/news/fetch"
	"herald/news/story"
	"herald/schedule"
	"herald/storage"
)

func TestMain(m *testing.M) {
	if err := makeBlank(); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// blank is a new database, which each world gets a copy of: making its schema takes longer than most tests.
var blank []byte

func makeBlank() error {
	dir, err := os.MkdirTemp("", "herald")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "herald.db")
	db, err := storage.Open(context.Background(), path, nil)
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	blank, err = os.ReadFile(path)
	return err
}

// world is a strict Telegram by its published limits, a database with one feed, and a scheduler between them. In a bubble its time
// is the bubble's, which begins at midnight UTC of a Saturday, 2000-01-01.
type world struct {
	t    *testing.T
	sim  *sim.Server
	db   *storage.DB
	bot  *bot.Bot
	feed news.Feed

	scheduler *schedule.Scheduler
	stop      func() // ends the scheduler and waits for it; nil: it does not run
}

// inBubble runs a test with time under control.
func inBubble(t *testing.T, test func(*testing.T, *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		test(t, w)
	})
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, sim: sim.New(sim.Options{BotName: "herald_bot"})}
	path := filepath.Join(t.TempDir(), "herald.db")
	err := os.WriteFile(path, blank, 0o600)
	w.check(err)
	w.db, err = storage.Open(t.Context(), path, nil)
	w.check(err)
	w.bot = bot.New(bot.Config{Token: w.sim.Token(), APIURL: "http://127.0.0.1", Transport: w.sim.Transport(), Log: slog.New(slog.DiscardHandler)})
	w.feed, _, err = w.db.AddFeed(t.Context(), news.Feed{
		URL: "https://echo.example/feed", Title: "Echo", Added: time.Now(),
		NextPoll: time.Now().AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var sender sync.WaitGroup
	sender.Go(func() { _ = w.bot.Run(ctx) })
	t.Cleanup(func() {
		if w.stop != nil {
			w.stop()
		}
		cancel()
		sender.Wait()
		if err := w.sim.Close(); err != nil {
			t.Error(err)
		}
		if err := w.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// start starts a scheduler, as a start of the program does.
func (w *world) start() {
	w.t.Helper()
	client := fetch.New(fetch.Options{})
	w.scheduler = schedule.New(schedule.Config{
		DB: w.db, Bot: w.bot, Feeds: feed.NewReader(client), Desk: desk.New(nil), Stories: story.New(0),
		Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.scheduler.Run(ctx) }()
	w.stop = func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("run: %v", err)
		}
		client.Close()
		w.stop = nil
	}
}

// skip lets time pass in which nothing has to happen, without the second-by-second work of a scheduler that runs.
func (w *world) skip(d time.Duration) {
	w.t.Helper()
	w.stop()
	time.Sleep(d)
	w.start()
}

// check ends the test where a step of its preparation failed.
func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// reader is a new person who follows the feed in private.
func (w *world) reader(name string) int64 {
	w.t.Helper()
	u := w.sim.AddUser(sim.User{FirstName: name})
	_, err := w.sim.Tell(u.ID, "/start")
	w.check(err)
	w.follow(news.Place{Chat: u.ID}, news.Private)
	return u.ID
}

// follow stores a chat and has the place follow the feed.
func (w *world) follow(p news.Place, kind news.ChatKind) {
	w.t.Helper()
	_, _, err := w.db.EnsureChat(w.t.Context(), news.Chat{ID: p.Chat, Kind: kind, Length: news.Short, Updates: true, Active: true, Added: time.Now()})
	w.check(err)
	_, err = w.db.Subscribe(w.t.Context(), p, w.feed.ID, time.Now())
	w.check(err)
}

// topic is a topic of a forum that follows the feed.
func (w *world) topic() news.Place {
	w.t.Helper()
	g := w.sim.AddGroup(sim.Group{Title: "Rowers", Forum: true})
	topic, err := w.sim.AddTopic(g.ID, "News", "")
	w.check(err)
	p := news.Place{Chat: g.ID, Topic: topic}
	w.follow(p, news.Supergroup)
	return p
}

// report stores an article that begins a story and has it pushed.
func (w *world) report(title string) {
	w.t.Helper()
	a := desk.New(nil).Text(title, title+". Nobody in Oberwald was surprised by the news of the day, people there said.", "en")
	a.FeedID, a.Source, a.URL, a.Identity, a.Fetched = w.feed.ID, "Echo", "https://echo.example/"+strings.ReplaceAll(title, " ", "-"), title, time.Now()
	_, err := w.db.SaveArticle(w.t.Context(), a, storage.Save{Push: true, Now: time.Now()})
	w.check(err)
	if w.stop != nil {
		w.scheduler.Wake()
	}
}

// got are the bot's messages in a chat, oldest first.
func (w *world) got(chat int64) []sim.Message {
	var list []sim.Message
	for _, m := range w.sim.Messages(chat) {
		if m.Text != "" && (m.From == nil || m.From.IsBot) { // posts in channels are from nobody
			list = append(list, m)
		}
	}
	return list
}

// told are the titles among titles that the chat got, each as often as it did.
func (w *world) told(chat int64, titles ...string) string {
	var all []string
	for _, m := range w.got(chat) {
		for _, title := range titles {
			if strings.Contains(m.Text, title) {
				all = append(all, title)
			}
		}
	}
	return fmt.Sprint(all)
}

// expect fails the test where the chat did not get exactly these, in order.
func (w *world) expect(chat int64, want ...string) {
	w.t.Helper()
	var all []string
	for _, m := range w.got(chat) {
		first, _, _ := strings.Cut(m.Text, "\n")
		all = append(all, first)
	}
	if fmt.Sprint(all) != fmt.Sprint(want) {
		w.t.Errorf("chat %d got %q, want %q", chat, all, want)
	}
}

// pending fails the test where another number of deliveries waits.
func (w *world) pending(want int) {
	w.t.Helper()
	if got, err := w.db.PendingDeliveries(w.t.Context()); err != nil || got != want {
		w.t.Errorf("%d deliveries wait, %v; want %d", got, err, want)
	}
}

// active tells whether the chat is pushed to.
func (w *world) active(chat int64) bool {
	w.t.Helper()
	c, err := w.db.Chat(w.t.Context(), chat)
	w.check(err)
	return c.Active
}
