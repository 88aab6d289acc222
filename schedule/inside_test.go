package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"herald/bot"
	"herald/news"
	"herald/news/fetch"
	"herald/storage"
)

func TestBackoff(t *testing.T) {
	s := New(Config{})
	for _, tt := range []struct {
		name     string
		failures int
		err      error
		want     time.Duration
	}{
		{"first", 1, news.ErrUnreach, 10 * time.Minute},
		{"third", 3, news.ErrUnreach, 40 * time.Minute},
		{"hundredth", 100, news.ErrUnreach, 24 * time.Hour},
		{"asked for longer", 1, &fetch.RetryError{RetryAfter: 5 * time.Hour}, 5 * time.Hour},
		{"asked for less", 5, &fetch.RetryError{RetryAfter: time.Second}, 160 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for range 50 {
				got := s.backoff(news.Feed{Failures: tt.failures}, fmt.Errorf("poll: %w", tt.err))
				if got < tt.want || got > tt.want*11/10 {
					t.Errorf("got %s, want about %s", got, tt.want)
				}
			}
		})
	}
}

// TestPostpone: a feed that Herald could not store is not due at once, keeps the validators of what it has stored, and did not fail.
func TestPostpone(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	s := New(Config{DB: opened(t), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	f, _, err := s.DB.AddFeed(t.Context(), news.Feed{URL: "https://echo.example/feed", ETag: "old"})
	if err != nil {
		t.Fatal(err)
	}
	s.postpone(t.Context(), f, storage.ErrFull)
	if f, err = s.DB.Feed(t.Context(), f.ID); err != nil || f.NextPoll.Before(now.Add(s.PollMin)) || f.ETag != "old" || f.Failures != 0 {
		t.Errorf("got %+v, %v", f, err)
	}
}

// TestRedact: no name and no password of an address is shown, and nothing else is hidden.
func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"http://bob:PASSW0RD@host/feed":               "http://xxxxx@host/feed",
		`get "https://bob:p@ss@host": refused`:        `get "https://xxxxx@host": refused`,
		"https://host/@bob and https://host?to=b@c.d": "https://host/@bob and https://host?to=b@c.d",
	} {
		if got := redact(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestInterval(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	in := newIntake(Config{PollMin: 10 * time.Minute, PollMax: time.Hour}, nil)
	for _, tt := range []struct{ suggested, silent, want time.Duration }{
		{0, 0, 10 * time.Minute},
		{5 * time.Minute, 0, 10 * time.Minute},
		{30 * time.Minute, 0, 30 * time.Minute},
		{90 * time.Minute, 0, time.Hour},
		{-time.Minute, 0, 10 * time.Minute},
		{5 * time.Minute, 8 * time.Hour, 20 * time.Minute},
		{30 * time.Minute, 8 * time.Hour, 30 * time.Minute},
		{5 * time.Minute, 1000 * time.Hour, time.Hour},
	} {
		told := news.Feed{Interval: tt.suggested, LastPoll: now, LastNews: now.Add(-tt.silent)}
		never := news.Feed{Interval: tt.suggested, LastPoll: now, Added: now.Add(-tt.silent)}
		for _, f := range []news.Feed{told, never} {
			if got := in.interval(f); got != tt.want {
				t.Errorf("%+v: got %s", tt, got)
			}
		}
	}
	in.PollMin, in.PollMax = time.Hour, time.Minute
	if got := in.interval(news.Feed{Interval: 5 * time.Minute}); got != time.Hour {
		t.Errorf("bounds in the wrong order: got %s", got)
	}
}

// TestPatience: pages that hang end the reading of pages with the second in a row, and many slow ones after a while.
func TestPatience(t *testing.T) {
	for _, tt := range []struct {
		name  string
		takes []time.Duration // again and again
		want  int             // pages fetched
		spent time.Duration   // at most
	}{
		{"hanging", []time.Duration{20 * time.Second}, 2, 40 * time.Second},
		{"some hang", []time.Duration{20 * time.Second, time.Second}, 11, 2 * time.Minute},
		{"slow", []time.Duration{5 * time.Second}, 24, 2 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, pages, spent := newPatience(), 0, time.Duration(0)
			for limit := p.next(); limit > 0; limit = p.next() {
				d := min(tt.takes[pages%len(tt.takes)], limit)
				p.spend(d)
				pages, spent = pages+1, spent+d
			}
			if pages < tt.want-1 || pages > tt.want+1 || spent > tt.spent {
				t.Errorf("%d pages in %s, want %d in %s", pages, spent, tt.want, tt.spent)
			}
		})
	}
}

func TestAgain(t *testing.T) {
	for attempts, want := range map[int]time.Duration{0: 2 * time.Second, 1: 4 * time.Second, 5: 64 * time.Second, 9: 10 * time.Minute, 1000: 10 * time.Minute} {
		if got := again(attempts); got < want || got > want*5/4 {
			t.Errorf("after %d failures: %s, want %s and up to a quarter more", attempts, got, want)
		}
	}
}

func TestFinal(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want bool
	}{
		{&bot.Refusal{Code: 400}, true},
		{fmt.Errorf("send: %w", &bot.Refusal{Code: 400}), true},
		{bot.ErrTransient, false},
		{&bot.Refusal{Code: 502}, false},
		{&bot.Refusal{Code: 401}, false},
		{storage.ErrFull, false},
	} {
		if got := final(tt.err); got != tt.want {
			t.Errorf("%v: got %t", tt.err, got)
		}
	}
}

// TestNotTried: what was not sent because the program ends, or because the row has moved, is due again and no failure.
func TestNotTried(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	c := newCourier(Config{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name string
		ctx  context.Context
		err  error
		want storage.Outcome
	}{
		{"the sender has stopped", t.Context(), fmt.Errorf("send: %w", bot.ErrStopped), storage.Outcome{RetryAt: now}},
		{"the program ends", ended, context.Canceled, storage.Outcome{RetryAt: now}},
		{"the chat has moved", t.Context(), unknownChat(fmt.Errorf("chat 1: %w", news.ErrNotFound)), storage.Outcome{RetryAt: now}},
		{"a flood wait", t.Context(), &bot.FloodError{After: time.Minute}, storage.Outcome{RetryAt: now.Add(time.Minute)}},
		{"no such story", t.Context(), news.ErrNotFound, storage.Outcome{Error: "not found"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.settle(tt.ctx, &storage.Outcome{}, news.Place{Chat: 1}, 0, tt.err); *got != tt.want {
				t.Errorf("got %+v, want %+v", *got, tt.want)
			}
		})
	}
}

// TestLedgerKeepsWhatFailed: outcomes that can't be recorded, as on a full disk, are recorded when they can.
func TestLedgerKeepsWhatFailed(t *testing.T) {
	db := opened(t)
	now := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	f, _, err := db.AddFeed(t.Context(), news.Feed{URL: "https://echo.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []error{
		db.SaveChat(t.Context(), news.Chat{ID: 1, Active: true}),
		second(db.Subscribe(t.Context(), news.Place{Chat: 1}, f.ID, now)),
		second(db.SaveArticle(t.Context(), &news.Article{FeedID: f.ID, Title: "Harbour", Text: "Harbour.", Fetched: now}, storage.Save{Push: true})),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	claims, err := db.ClaimDeliveries(t.Context(), now, lease, 5)
	if err != nil || len(claims) != 1 {
		t.Fatalf("claims %v, %v", claims, err)
	}
	l := newLedger(Config{DB: db, Bot: bot.New(bot.Config{Token: "1:x"}), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	row := owed{id: claims[0].ID}
	if !l.take(row) || l.take(row) {
		t.Fatal("a claimed row is to be taken in hand once")
	}
	l.group = []storage.Outcome{{ID: row.id, MessageID: 7, Now: now}}
	broken, cancel := context.WithCancel(t.Context())
	cancel()
	if l.flush(broken) {
		t.Error("recorded by a context that has ended")
	}
	if n, err := db.PendingDeliveries(t.Context()); n != 1 || len(l.group) != 1 {
		t.Fatalf("%d wait, %v, and %d outcomes are kept", n, err, len(l.group))
	}
	if !l.paused || l.take(row) {
		t.Error("more is sent, or the same again, while it can't be recorded")
	}
	l.flush(t.Context())
	if n, err := db.PendingDeliveries(t.Context()); n != 0 || len(l.group) != 0 {
		t.Errorf("%d wait, %v, and %d outcomes are kept", n, err, len(l.group))
	}
	if l.paused || !l.take(row) {
		t.Error("nothing is sent although it can be recorded")
	}
}

// second is the error of a call whose value is of no interest.
func second[T any](_ T, err error) error { return err }

// TestUpkeep forgets old buttons and old deliveries, and nothing that is young.
func TestUpkeep(t *testing.T) {
	db := opened(t)
	start := time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	var ids []int64
	for _, age := range []time.Duration{8 * 24 * time.Hour, 6 * 24 * time.Hour} {
		id, err := db.SaveView(t.Context(), 1, "view", start.Add(-age))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	s := New(Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return start }})
	s.upkeep(t.Context())
	if _, err := db.View(t.Context(), 1, ids[0]); err == nil {
		t.Error("an old button still works")
	}
	if _, err := db.View(t.Context(), 1, ids[1]); err != nil {
		t.Errorf("a young one does not: %v", err)
	}
}
