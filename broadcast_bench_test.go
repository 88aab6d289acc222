package main

import (
	"context"
	"net/http/httptest"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news/sample"
)

// BenchmarkBroadcast sends a story to 600 private chats at Telegram's published rate and reports how much of it is used.
func BenchmarkBroadcast(b *testing.B) {
	for b.Loop() {
		broadcast(b, 600)
	}
}

func broadcast(b *testing.B, chats int) {
	ctx, cancel := context.WithTimeout(b.Context(), 10*time.Minute)
	defer cancel()
	press := sample.New(time.Now)
	papers := httptest.NewServer(press)
	defer papers.Close()
	telegram := sim.New(sim.Options{BotName: "herald_bot", Latency: 40 * time.Millisecond})
	api, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer telegram.Close()
	p := &process{t: b, env: []string{
		"HERALD_TOKEN=" + telegram.Token(), "HERALD_API_URL=" + api, "HERALD_POLL_MIN=1s", "HERALD_POLL_MAX=1s",
		"HERALD_DB=" + filepath.Join(b.TempDir(), "herald.db"), "HERALD_FETCH_ALLOW=127.0.0.0/8",
	}}
	p.start()
	feed := press.Feeds(papers.URL)[0]
	subscribe(ctx, b, telegram, feed.URL, chats)

	title := breakIn(press, feed.Title)
	if err := telegram.Wait(ctx, func() bool { n, _ := count(telegram, title, chats); return n > 0 }); err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := telegram.Wait(ctx, func() bool { _, n := count(telegram, title, chats); return n == chats }); err != nil {
		_, n := count(telegram, title, chats)
		b.Fatalf("%d of %d got the story: %v", n, chats, err)
	}
	rate := float64(chats-1) / time.Since(start).Seconds()
	messages, _ := count(telegram, title, chats)
	stats := telegram.Stats()
	b.ReportMetric(rate, "messages/s")
	b.ReportMetric(float64(messages-chats), "repeats")
	b.ReportMetric(float64(stats.Floods), "429s")
	b.ReportMetric(float64(stats.EarlyRetries), "early-retries")
	if err := p.stop(syscall.SIGTERM); err != nil {
		b.Error(err)
	}
}
