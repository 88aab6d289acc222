package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

// BenchmarkMemory has a process with 10,000 chats read 1,000 feeds, each on a host of its own, for the first time, and reports what it
// has resident: the most it ever had, and in the end. The test binary takes some 35 MB more than the program for itself.
func BenchmarkMemory(b *testing.B) {
	const feeds, chats = 1000, 10_000
	for b.Loop() {
		port := newTown(b)
		r := newReadership(b, b.TempDir(), sim.Options{},
			"HERALD_FETCH_ALLOW=127.0.0.0/8", "HERALD_POLL_MIN=1h", "HERALD_LOG=error")
		for i := range chats {
			r.follow(news.Place{Chat: int64(i + 1000)}, news.Private)
		}
		for i := range feeds {
			_, _, err := r.db.AddFeed(b.Context(), news.Feed{
				URL: fmt.Sprintf("http://127.1.%d.%d:%d/feed", i/200, i%200+1, port), Shared: true, Added: time.Now(), NextPoll: time.Now(),
			})
			r.check(err)
		}
		r.start()
		if !r.until(5*time.Minute, func() bool { s, err := r.db.Stats(b.Context()); return err == nil && s.Articles >= feeds }) {
			b.Fatal("the feeds are not read")
		}
		b.ReportMetric(float64(peakOf(r.cmd.Process.Pid))/(1<<20), "MB-at-most")
		b.ReportMetric(float64(resident(r.cmd.Process.Pid))/(1<<20), "MB-in-the-end")
		if err := r.stop(syscall.SIGTERM); err != nil {
			b.Error(err)
		}
	}
}

// newTown is many newspapers on loopback addresses of their own. Their port is returned.
func newTown(b *testing.B) int {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp4", "0.0.0.0:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(rw, `<rss version="2.0"><channel><title>%s</title><item><guid>1</guid><title>%s</title><description>%s</description></item></channel></rss>`,
			r.Host, words(r.Host, 8), words(r.Host+"/1", 60))
	})}
	go func() { _ = server.Serve(l) }()
	b.Cleanup(func() { _ = server.Close() })
	return l.Addr().(*net.TCPAddr).Port
}

// words are n words, other ones for every name, and some far more often than others as in real texts.
func words(name string, n int) string {
	seed := fnv.New64a()
	fmt.Fprint(seed, name)
	random := rand.New(rand.NewPCG(seed.Sum64(), 1))
	var b strings.Builder
	for i := range n {
		for rank := int(math.Exp(random.Float64() * math.Log(vocabulary))); rank > 0; rank /= len(syllables) {
			b.WriteString(syllables[rank%len(syllables)])
		}
		if i%12 == 11 {
			b.WriteString(". The ")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

const vocabulary = 40_000 // words of all papers together

var syllables = strings.Fields("la ke mi so tu ran bel dor fin gar hol jun kel mar nos pil")

// resident is what a process has resident now, in bytes.
func resident(pid int) int {
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, pages int
	_, _ = fmt.Sscan(string(statm), &size, &pages)
	return pages * os.Getpagesize()
}
