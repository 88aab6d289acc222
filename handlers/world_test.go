package handlers_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"go.uber.org/goleak"

	"herald/bot"
	"herald/bot/sim"
	"herald/handlers"
	"herald/news"
	"herald/news/desk"
	"herald/news/feed"
	"herald/news/fetch"
	"herald/storage"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The people of every world. Ann speaks English, Bert German; Ann administers the groups and the channel.
const (
	ann  = 101
	bert = 102
	olga = 103 // the operator
)

// patience is how long a test waits for what should happen at once.
const patience = 30 * time.Second

// world is a strict Telegram with people in it, a database, a site on the web, and the handlers between them.
type world struct {
	t        testing.TB
	sim      *sim.Server
	db       *storage.DB
	bot      *bot.Bot
	handlers *handlers.Handlers
	site     *site

	mu    sync.Mutex
	taken []feed.Result
	errs  []error // what Handle returned
}

// change adjusts the configuration of a world.
type change func(*handlers.Config)

// newWorld makes a world that ends with the test.
func newWorld(t testing.TB, changes ...change) *world {
	t.Helper()
	return newWorldWith(t, newSite(t), changes...)
}

// newWorldWith makes a world with the site or, without one, without sockets, so that time can be controlled.
func newWorldWith(t testing.TB, s *site, changes ...change) *world {
	t.Helper()
	w := &world{t: t, site: s}
	w.sim = sim.New(sim.Options{BotName: "herald_bot", Limits: sim.Unlimited(), ReadAll: true})
	for _, u := range []sim.User{
		{ID: ann, FirstName: "Ann", LanguageCode: "en"},
		{ID: bert, FirstName: "Bert <b>", LanguageCode: "de"},
		{ID: olga, FirstName: "Olga"},
	} {
		w.sim.AddUser(u)
	}
	var err error
	if w.db, err = storage.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db"), nil); err != nil {
		t.Fatal(err)
	}
	w.bot = bot.New(bot.Config{
		Alone: true, Links: &bot.LinkKey{1},
		Token: w.sim.Token(), APIURL: "http://127.0.0.1", Rate: -1, ChatRate: -1, GroupRate: -1,
		Transport: w.sim.Transport(), Log: slog.New(slog.DiscardHandler),
	})
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	config := handlers.Config{
		DB: w.db, Bot: w.bot, Feeds: feed.NewReader(client), Desk: desk.New(client),
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Take: w.take, Owners: []int64{olga},
	}
	for _, c := range changes {
		c(&config)
	}
	w.handlers = handlers.New(config)
	w.run()
	t.Cleanup(client.Close)
	return w
}

func (w *world) take(r feed.Result) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.taken = append(w.taken, r)
}

// run starts the bot and ends it, and all else, with the test.
func (w *world) run() {
	ctx, cancel := context.WithCancel(context.Background())
	var parts sync.WaitGroup
	parts.Go(func() { _ = w.bot.Run(ctx) })
	parts.Go(func() {
		_ = w.bot.Updates(ctx, func(ctx context.Context, u bot.Update) {
			if err := w.handlers.Handle(ctx, u); err != nil {
				w.mu.Lock()
				w.errs = append(w.errs, err)
				w.mu.Unlock()
			}
		})
	})
	w.t.Cleanup(func() {
		cancel()
		parts.Wait()
		if err := w.sim.Close(); err != nil {
			w.t.Error(err)
		}
		if err := w.db.Close(); err != nil {
			w.t.Error(err)
		}
		if w.site != nil {
			w.site.Close()
		}
	})
}

// calm fails the test where Telegram refused a call or a handler returned an error.
func (w *world) calm() {
	w.t.Helper()
	w.settled()
	if refused := w.sim.Stats().Refused; len(refused) > 0 {
		w.t.Errorf("Telegram refused %v", refused)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.errs) > 0 {
		w.t.Errorf("handlers: %v", w.errs)
	}
}

// settled waits until everything that was said has been handled.
func (w *world) settled() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		w.t.Fatalf("updates not handled: %v", err)
	}
}

// must ends the test where a step of its preparation failed.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// answers are the bot's messages in a chat after the one with the id.
func (w *world) answers(chat int64, after int) []sim.Message {
	w.t.Helper()
	w.settled()
	var list []sim.Message
	for _, m := range w.sim.Messages(chat) {
		if m.ID > after && (m.From == nil || m.From.IsBot) { // posts in channels are from nobody
			list = append(list, m)
		}
	}
	return list
}

// ask says something in a chat and returns the answers.
func (w *world) ask(user, chat int64, topic int, text string, how ...sim.Said) []sim.Message {
	w.t.Helper()
	sent := must(w.sim.Say(user, chat, topic, text, how...))(w.t)
	return w.answers(chat, sent.ID)
}

// tell says something in private and returns the one answer.
func (w *world) tell(user int64, text string) sim.Message {
	w.t.Helper()
	return w.one(w.ask(user, user, 0, text), text)
}

func (w *world) one(answers []sim.Message, to string) sim.Message {
	w.t.Helper()
	if len(answers) != 1 {
		w.t.Fatalf("%q: %d answers, want one: %q", to, len(answers), texts(answers))
	}
	return answers[0]
}

func texts(list []sim.Message) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.Text+m.Caption)
	}
	return all
}

// has fails the test where the message lacks one of the words.
func has(t testing.TB, m sim.Message, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(m.Text+m.Caption, word) {
			t.Errorf("no %q in %q", word, m.Text+m.Caption)
		}
	}
}

// press presses the button whose label contains the words, and returns what flashed up and the new messages.
func (w *world) press(user int64, m sim.Message, words string) (sim.Answer, []sim.Message) {
	w.t.Helper()
	now, _ := w.sim.Message(m.Chat.ID, m.ID)
	b, ok := now.Button(words)
	if !ok {
		w.t.Fatalf("no button %q under %q: %+v", words, now.Text, now.Markup)
	}
	return w.pressData(user, m, b.Data)
}

func (w *world) pressData(user int64, m sim.Message, data string) (sim.Answer, []sim.Message) {
	w.t.Helper()
	last, _ := w.sim.LastMessage(m.Chat.ID)
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	a := must(w.sim.PressStale(ctx, user, m.Chat.ID, m.ID, data))(w.t)
	return a, w.answers(m.Chat.ID, last.ID)
}

// now is the message as it is after edits.
func (w *world) now(m sim.Message) sim.Message {
	w.t.Helper()
	got, ok := w.sim.Message(m.Chat.ID, m.ID)
	if !ok {
		w.t.Fatalf("message %d is gone", m.ID)
	}
	return got
}

// forum is a group with topics that Ann administers and Bert is in.
func (w *world) forum() (chat int64, topic int) {
	w.t.Helper()
	g := w.sim.AddGroup(sim.Group{Title: "Rowers & <Friends>", Forum: true, Members: []int64{bert}, Admins: []int64{ann}})
	w.settled()
	return g.ID, must(w.sim.AddTopic(g.ID, "News", ""))(w.t)
}

// feed stores a feed of the site as an operator would.
func (w *world) feed(name string) news.Feed {
	w.t.Helper()
	f, _, err := w.db.AddFeed(w.t.Context(), news.Feed{
		URL: w.site.URL + "/" + name + ".xml", Site: w.site.URL + "/" + name, Title: name,
		Added: time.Now(), NextPoll: time.Now().Add(time.Hour), Shared: true,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return f
}

// story stores an article that begins a story, and returns the story's id.
func (w *world) story(f news.Feed, title, text string, age time.Duration, related ...int64) int64 {
	w.t.Helper()
	a := desk.New(nil).Text(title, text, "en")
	a.FeedID, a.Source, a.URL, a.Identity = f.ID, f.Title, f.Site+"/"+strings.ReplaceAll(title, " ", "-"), title
	a.Published = time.Now().Add(-age)
	a.Fetched = time.Now()
	if _, err := w.db.SaveArticle(w.t.Context(), a, storage.Save{Related: related}); err != nil {
		w.t.Fatal(err)
	}
	return a.StoryID
}

// bridge is an article of two quotes, invented as all are.
const bridge = `The old bridge over the Lenne in Altwied will close on Monday, the town council decided on Thursday evening after a long debate.

“We can no longer answer for its safety,” said Mayor Karla Dremel. Engineers had found cracks in two of its seven pillars in spring, and the repair will cost about four million.

“Nobody asked the farmers on the other bank,” said Otto Wenk, who has to drive thirty kilometres to his own fields. The council hopes that a temporary crossing will be ready by the autumn.`

// site is a publisher on the web, at an address that handlers may read.
type site struct {
	*httptest.Server

	mu   sync.Mutex
	hits map[string]int
	hold map[string]chan struct{} // paths whose answers wait
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{hits: map[string]int{}, hold: map[string]chan struct{}{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// count is how often a path was asked for.
func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits[path]
}

// wait holds back the answers for a path until the returned function is called.
func (s *site) wait(path string) (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan struct{})
	s.hold[path] = c
	return sync.OnceFunc(func() { close(c) })
}

func (s *site) serve(rw http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.hits[r.URL.Path]++
	hold := s.hold[r.URL.Path]
	s.mu.Unlock()
	if hold != nil {
		<-hold
	}
	write := func(kind, body string) {
		rw.Header().Set("Content-Type", kind)
		fmt.Fprint(rw, body)
	}
	switch path := r.URL.Path; {
	case path == "/home.xml" || path == "/echo.xml":
		write("application/rss+xml", rss(s.URL, strings.Trim(path, "/"), "A < B & C", "Second", "Third", "Fourth"))
	case path == "/home":
		write("text/html", `<html><head><title>Home</title><link rel="alternate" type="application/rss+xml" href="/home.xml"></head><body>Hi</body></html>`)
	case path == "/article":
		write("text/html; charset=utf-8", `<html lang="en"><head><title>Bridge closes</title><meta property="og:site_name" content="Altwied Echo"></head>
			<body><article><h1>Bridge closes</h1><p>`+strings.ReplaceAll(bridge, "\n\n", "</p><p>")+`</p></article></body></html>`)
	case path == "/doc.pdf":
		write("application/pdf", "%PDF-1.7")
	case path == "/forbidden":
		http.Error(rw, "no", http.StatusForbidden)
	case path == "/gone":
		http.Error(rw, "no", http.StatusGone)
	case path == "/busy":
		http.Error(rw, "no", http.StatusTooManyRequests)
	case path == "/circle":
		http.Redirect(rw, r, "/circle", http.StatusFound)
	case path == "/away":
		http.Redirect(rw, r, "http://10.1.2.3/feed", http.StatusFound)
	case path == "/endless":
		rw.Header().Set("Content-Length", "5000000000")
	case path == "/broken":
		http.Error(rw, "no", http.StatusInternalServerError)
	default:
		http.NotFound(rw, r)
	}
}

// rss is a feed with entries of these titles, newest first.
func rss(base, name string, titles ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper %s</title><link>%s/</link>`, name, base)
	for i, title := range titles {
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(title)
		fmt.Fprintf(&b, `<item><title><![CDATA[%s]]></title><link>%s/%s/%d</link><guid>%s-%d</guid></item>`, escaped, base, name, i, name, i)
	}
	return b.String() + `</channel></rss>`
}

// until waits for something outside the chats.
func (w *world) until(ok func() bool) {
	w.t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			w.t.Fatal("waited in vain")
		}
	}
}
