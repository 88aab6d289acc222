package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
)

// BenchmarkBroadcast sends a story to private chats by Telegram's published limits, while somebody asks for something every
// second, and reports how much of the rate is used: go test -run '^$' -bench Broadcast/1000_chats -timeout 30m .
func BenchmarkBroadcast(b *testing.B) {
	for _, chats := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(chats, " chats"), func(b *testing.B) {
			for b.Loop() {
				broadcast(b, chats)
			}
		})
	}
}

func broadcast(b *testing.B, chats int) {
	r := newReadership(b, b.TempDir(), sim.Options{Latency: 40 * time.Millisecond})
	r.join(chats)
	r.start()
	r.publish("Harbour reopens")
	if !r.until(time.Minute, func() bool { return r.sent() > 0 }) {
		b.Fatal("nothing is sent")
	}
	start := time.Now()
	asking, stop := context.WithCancel(b.Context())
	var asked sync.WaitGroup
	var waits []time.Duration
	asked.Go(func() { waits = r.ask(asking) })
	r.wait(chats)
	took := time.Since(start)
	stop()
	asked.Wait()

	stats := r.telegram.Stats()
	b.ReportMetric(float64(r.sent()-1)/took.Seconds(), "messages/s")
	b.ReportMetric(float64(stats.Floods), "429s")
	b.ReportMetric(float64(stats.EarlyRetries), "early-retries")
	b.ReportMetric(float64(stats.PeakSecond), "in-a-second")
	slices.Sort(waits)
	if len(waits) > 0 {
		b.ReportMetric(float64(waits[len(waits)*95/100].Milliseconds()), "p95-answer-ms")
	}
	r.finish(b, "Harbour reopens")
}

// ask has somebody ask for something every second until ctx ends, and returns how long the answers took.
func (r *readership) ask(ctx context.Context) []time.Duration {
	u := r.telegram.AddUser(sim.User{FirstName: "Ada", LanguageCode: "en"})
	var waits []time.Duration
	for ctx.Err() == nil {
		begun := time.Now()
		m, err := r.telegram.Tell(u.ID, "/sources")
		if err != nil {
			r.t.Error(err)
			return waits
		}
		if _, err := r.telegram.WaitMessage(ctx, u.ID, func(a sim.Message) bool { return a.ID > m.ID }); err != nil {
			return waits
		}
		waits = append(waits, time.Since(begun))
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return waits
}

// wait returns when nothing is owed any more of what was owed to n chats.
func (r *readership) wait(n int) {
	r.t.Helper()
	for tick := time.NewTicker(100 * time.Millisecond); ; <-tick.C {
		if r.sent() >= n {
			pending, err := r.db.PendingDeliveries(r.t.Context())
			r.check(err)
			if pending == 0 {
				tick.Stop()
				return
			}
		}
	}
}

// finish ends the process and counts what everybody got.
func (r *readership) finish(b *testing.B, titles ...string) {
	b.Helper()
	if err := r.stop(syscall.SIGTERM); err != nil {
		b.Error(err)
	}
	repeats, lost := 0, 0
	for _, title := range titles {
		messages, people := r.got(title, r.chats)
		repeats += messages - people
		lost += len(r.chats) - people
	}
	b.ReportMetric(float64(repeats), "repeats")
	b.ReportMetric(float64(lost), "lost")
}

// BenchmarkNoLimits sends for a minute and longer with the limits lifted, and reports the rate and the processor time it takes.
func BenchmarkNoLimits(b *testing.B) {
	const chats, stories = 7000, 24
	for b.Loop() {
		r := newReadership(b, b.TempDir(), sim.Options{Limits: sim.Unlimited(), Latency: 40 * time.Millisecond},
			"HERALD_RATE=0", "HERALD_CHAT_RATE=0", "HERALD_GROUP_RATE=0")
		r.join(chats)
		r.start()
		if !r.until(time.Minute, func() bool { return r.telegram.Stats().Calls["getUpdates"] > 2 }) {
			b.Fatal("the program does not ask")
		}
		var titles []string
		for i := range stories {
			titles = append(titles, fmt.Sprintf("%s reopens", strings.ToUpper(fmt.Sprintf("harbour %c", 'a'+i))))
			r.publish(titles[i])
		}
		if !r.until(time.Minute, func() bool { return r.sent() > 0 }) {
			b.Fatal("nothing is sent")
		}
		start := time.Now()
		r.wait(chats * stories)
		took := time.Since(start)
		r.finish(b, titles...)
		b.ReportMetric(chats*stories/took.Seconds(), "messages/s")
		b.ReportMetric(took.Seconds(), "s")
		b.ReportMetric(r.cpu.Seconds()/(chats*stories)*1000, "cores-at-1000/s")
	}
}
