package schedule_test

import (
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

// press is a publisher with one feed, a database and a scheduler that polls when the test says so, at a time that it sets.
type press struct {
	t         testing.TB
	db        *storage.DB
	scheduler *schedule.Scheduler
	reader    *feed.Reader
	server    *httptest.Server
	url       string // of the feed
	id        int64
	ann       news.Place // follows the feed

	mu      sync.Mutex
	now     time.Time
	titles  []string                                      // newest first
	dates   map[string]string                             // pubDate of some
	answer  func(http.ResponseWriter, *http.Request) bool // true: it has answered
	asked   []string                                      // paths
	at      int                                           // requests for the feed under way
	atOnce  int                                           // most at once
	matched int                                           // answers that nothing changed
}

func newPress(t testing.TB, changes ...func(*schedule.Config)) *press {
	t.Helper()
	p := &press{t: t, now: time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC), dates: map[string]string{}}
	p.server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.server.Close)
	p.url = p.server.URL + "/feed"
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	p.db = db
	client := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	t.Cleanup(client.Close)
	telegram := sim.New(sim.Options{})
	p.reader = feed.NewReader(client)
	config := schedule.Config{
		DB: db, Feeds: p.reader, Desk: desk.New(client), Stories: story.New(0),
		Bot: bot.New(bot.Config{Token: telegram.Token(), APIURL: "http://127.0.0.1", Transport: telegram.Transport(), Log: slog.New(slog.DiscardHandler)}),
		Log: slog.New(slog.DiscardHandler), Now: p.clock, PollMin: 10 * time.Minute, PollMax: time.Hour,
	}
	for _, change := range changes {
		change(&config)
	}
	p.scheduler = schedule.New(config)
	p.ann = news.Place{Chat: 1}
	p.check(db.SaveChat(t.Context(), news.Chat{ID: 1, Kind: news.Private, Length: news.Short, Active: true}))
	return p
}

func (p *press) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *press) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

func (p *press) pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = p.now.Add(d)
}

// publish puts reports on top of the feed.
func (p *press) publish(titles ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.titles = append(titles, p.titles...)
}

// followed stores the feed, due now, with a subscriber.
func (p *press) followed() {
	p.t.Helper()
	f, _, err := p.db.AddFeed(p.t.Context(), news.Feed{URL: p.url, Title: "Echo", Added: p.clock(), NextPoll: p.clock()})
	p.check(err)
	p.id = f.ID
	_, err = p.db.Subscribe(p.t.Context(), p.ann, f.ID, p.clock())
	p.check(err)
}

// poll lets the feed's time come and polls.
func (p *press) poll() news.Feed {
	p.t.Helper()
	if wait := p.stored().NextPoll.Sub(p.clock()); wait > 0 {
		p.pass(wait)
	}
	p.scheduler.Poll(p.t.Context())
	return p.stored()
}

func (p *press) stored() news.Feed {
	p.t.Helper()
	f, err := p.db.Feed(p.t.Context(), p.id)
	p.check(err)
	return f
}

// owed fails the test where another number of deliveries waits.
func (p *press) owed(want int) {
	p.t.Helper()
	if n, err := p.db.PendingDeliveries(p.t.Context()); err != nil || n != want {
		p.t.Errorf("%d deliveries wait, %v; want %d", n, err, want)
	}
}

func (p *press) articles(want int) {
	p.t.Helper()
	if s, err := p.db.Stats(p.t.Context()); err != nil || s.Articles != want {
		p.t.Errorf("%d articles, %v; want %d", s.Articles, err, want)
	}
}

// fetched is how often the feed was asked for.
func (p *press) fetched() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, path := range p.asked {
		if path == "/feed" {
			n++
		}
	}
	return n
}

func (p *press) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, r.URL.Path)
	if r.URL.Path == "/feed" {
		p.at++
		p.atOnce = max(p.atOnce, p.at)
		defer func() { p.at-- }()
	}
	if p.answer != nil && p.answer(w, r) {
		return
	}
	switch r.URL.Path {
	case "/feed", "/new":
		tag := fmt.Sprintf(`"%d"`, len(p.titles))
		if r.Header.Get("If-None-Match") == tag {
			p.matched++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, p.rss())
	case "/":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<html><head><title>Echo</title><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>`)
	default:
		http.NotFound(w, r)
	}
}

func (p *press) rss() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Echo</title>`)
	for _, title := range p.titles {
		fmt.Fprintf(&b, `<item><title>%s</title><guid>%s</guid><link>%s/%s</link>`, title, title, p.server.URL, strings.ReplaceAll(title, " ", "-"))
		if date := p.dates[title]; date != "" {
			fmt.Fprintf(&b, `<pubDate>%s</pubDate>`, date)
		}
		fmt.Fprintf(&b, `<description>%s. %s</description></item>`, title, strings.Repeat("People of "+title+" spoke of nothing else on that day. ", 20))
	}
	return b.String() + `</channel></rss>`
}

// reports are titles that have little in common, so that each is a story of its own.
func reports(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("Town %s%c celebrates", []string{"Alm", "Berk", "Cron", "Dorn"}[i%4], 'a'+i/4))
	}
	return all
}
