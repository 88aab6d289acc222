package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"herald/bot/sim"
	"herald/news/fetch"
	"herald/news/sample"
)

const (
	// mostMemory is what the program may ever have resident, whatever it reads, in bytes over what it has for a harmless text:
	// about 30 MB, and here some more for what the tests bring along.
	mostMemory = 60 << 20

	mostTime = fetch.DefaultTimeout + patience // for an answer, on a machine that does other work too
)

// hostile are servers that want to hurt who reads them.
var hostile = map[string]http.HandlerFunc{
	"gzip-bomb": func(w http.ResponseWriter, r *http.Request) { pour(w, r, "gzip", gzip.NewWriter(w), zeros) },
	"brotli-bomb": func(w http.ResponseWriter, r *http.Request) {
		pour(w, r, "br", brotli.NewWriterLevel(w, 1), zeros)
	},
	"zstd-bomb": func(w http.ResponseWriter, r *http.Request) {
		z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
		pour(w, r, "zstd", z, zeros)
	},
	"gzip-in-gzip": func(w http.ResponseWriter, r *http.Request) {
		pour(w, r, "gzip, gzip", gzip.NewWriter(gzip.NewWriter(w)), zeros)
	},
	"nothing-in-gzip": func(w http.ResponseWriter, r *http.Request) { // skippable frames of zstd (RFC 8878, section 3.1.2)
		frame := append([]byte{0x50, 0x2a, 0x4d, 0x18, 0, 0, 0x0f, 0}, make([]byte, 0x0f0000)...)
		pour(w, r, "zstd, gzip", gzip.NewWriter(w), frame)
	},
	"5-GB": func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "5000000000") },
	"5-GB-unannounced": func(w http.ResponseWriter, r *http.Request) {
		for range 5000 {
			if _, err := w.Write(zeros); err != nil {
				return
			}
		}
	},
	"stalled-body": func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "<rss version='2.0'>")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	},
	"stalled-header":  func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"half-a-header":   raw("HTTP/1.1 200 OK\r\nContent-Type: te", ""),
	"endless-header":  raw("HTTP/1.1 200 OK\r\n", "X-News: "+strings.Repeat("x", 1000)+"\r\n"),
	"one-long-header": raw("HTTP/1.1 200 OK\r\nX-News: ", strings.Repeat("x", 1<<16)),
	"endless-early":   raw("", "HTTP/1.1 103 Early Hints\r\nLink: </news>\r\n\r\n"),
	"endless-chunks":  raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1;"+strings.Repeat("x", 1000)+"\r\nx\r\n"),
	"endless-trailer": raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-News: "+strings.Repeat("x", 1000)+"\r\n"),
	"no-http":         raw("", "SSH-2.0-OpenSSH_9.9\r\n"),
	"redirect-loop":   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
	"endless-redirect": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path+"x", http.StatusMovedPermanently)
	},
	"redirect-inside": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
	},
	"entities": document("application/rss+xml", `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "news"><!ENTITY b "`+strings.Repeat("&a;", 1000)+`"><!ENTITY c "`+
		strings.Repeat("&b;", 1000)+`"><!ENTITY d "`+strings.Repeat("&c;", 1000)+`">]><rss version="2.0"><channel><title>&d;</title><item><title>&d;</title></item></channel></rss>`),
	"levels-of-XML":  document("application/rss+xml", `<rss version="2.0"><channel><item>`+strings.Repeat("<a>", 10_000)+strings.Repeat("</a>", 10_000)+"</item></channel></rss>"),
	"levels-of-HTML": document("text/html", "<html><body>"+strings.Repeat("<div>", 10_000)+"deep"),
	"levels-of-JSON": document("application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","items":`+strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000)+"}"),
	"many-entries":   document("application/rss+xml", `<rss version="2.0"><channel><title>x</title>`+strings.Repeat("<item/>", 1_000_000)),
	"many-values":    document("application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","items":[`+strings.Repeat("{},", 1_000_000)+"{}]}"),
	"many-tags":      document("text/html", "<html><body>"+strings.Repeat("<p>", 1_000_000)),
	"many-elements":  document("text/html", "<html><body><article>"+strings.Repeat("<p class=a><b>Once it was</b> <i>here</i>.", 2000)),
	"other-words":    document("text/html; charset=iso-8859-2", "<html><body><article><p>"+strings.Repeat("\xb1\xe6\xea ", 1_000_000)),
	"many-words":     document("text/plain", strings.Repeat("a. ", 3_000_000)),
	"open-formatting": func(w http.ResponseWriter, r *http.Request) {
		var open strings.Builder
		for i := range 300 {
			fmt.Fprintf(&open, "<b a=%d>", i)
		}
		document("text/html", "<html><body><p>"+open.String()+"</p>"+strings.Repeat("<p>x", 100_000))(w, r)
	},
}

var zeros = make([]byte, 1<<20)

// pour sends the same bytes again and again until the reader has had enough.
func pour(w http.ResponseWriter, r *http.Request, coding string, packed io.Writer, what []byte) {
	w.Header().Set("Content-Encoding", coding)
	for r.Context().Err() == nil {
		if _, err := packed.Write(what); err != nil {
			return
		}
	}
}

// document is a text sent in few bytes.
func document(kind, text string) http.HandlerFunc {
	packed := sync.OnceValue(func() []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, text)
		z.Close()
		return b.Bytes()
	})
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed())
	}
}

// raw sends bytes that net/http would not: first once, then again and again until the reader has had enough. Where there is
// nothing to be sent again, the connection stays open and silent.
func raw(first, again string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		defer stopWith(r.Context(), conn)()
		_, err = io.WriteString(conn, first)
		for err == nil && again != "" {
			_, err = io.WriteString(conn, again)
		}
		_, _ = io.Copy(io.Discard, conn) // until the reader goes
	}
}

// stopWith closes a connection that nobody else ends when ctx does.
func stopWith(ctx context.Context, conn net.Conn) func() bool {
	return context.AfterFunc(ctx, func() { conn.Close() })
}

// serveHostile starts a server of its own for each, since one host is asked one thing at a time, and returns their addresses.
// Every server lets its robots.txt be read, so that its page is.
func serveHostile(t *testing.T) map[string]string {
	t.Helper()
	at := map[string]string{}
	for name, h := range hostile {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			h(w, r)
		}))
		t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
		at[name] = s.URL + "/" + name
	}
	return at
}

// memory watches how much a process has resident; the function it returns is called when the process has ended and tells the
// most. What the system itself reports of a process that has ended includes what this one had when it was started.
func memory(pid int) (most func() int) {
	ended, result := make(chan struct{}), make(chan int)
	go func() {
		peak := 0
		for tick := time.NewTicker(2 * time.Millisecond); ; {
			peak = max(peak, peakOf(pid))
			select {
			case <-tick.C:
			case <-ended:
				tick.Stop()
				result <- peak
				return
			}
		}
	}()
	return func() int { close(ended); return <-result }
}

// peakOf is the most that a process has had resident so far, in bytes; 0 where the system does not tell.
func peakOf(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	kb := 0
	_, _ = fmt.Sscan(after, &kb)
	return kb << 10
}

func checkMemory(t *testing.T, most int) {
	t.Helper()
	rest := atRest()
	t.Logf("%d MB at most, %d MB for a harmless text", most>>20, rest>>20)
	if most > rest+mostMemory && !raceDetector() { // which takes several times as much for itself
		t.Errorf("the program took %d MB", most>>20)
	}
}

// atRest is what the program takes to read a line.
var atRest = sync.OnceValue(func() int {
	p := exec.Command("herald", "read")
	in, err := p.StdinPipe()
	if err != nil || p.Start() != nil {
		return 0
	}
	most := memory(p.Process.Pid)
	_, _ = io.WriteString(in, "The bridge of Skarn is open.")
	in.Close()
	_ = p.Wait()
	return most()
})

func raceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// TestHostileSites has the real program read each: it ends in time, without much memory, and says in one line what was wrong.
func TestHostileSites(t *testing.T) {
	reading := make(chan struct{}, 4) // most of them only wait
	for name, at := range serveHostile(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reading <- struct{}{}
			defer func() { <-reading }()
			for _, command := range [][]string{{"read", at}, {"feeds", "add", at}} {
				ctx, cancel := context.WithTimeout(context.Background(), 2*mostTime)
				defer cancel()
				p := exec.CommandContext(ctx, "herald", command...)
				p.Env = append(os.Environ(), "HERALD_FETCH_ALLOW=127.0.0.0/8", "HERALD_LOG=error", "HERALD_DB="+filepath.Join(t.TempDir(), "herald.db"))
				var said bytes.Buffer
				p.Stderr = &said
				start := time.Now()
				if err := p.Start(); err != nil {
					t.Fatal(err)
				}
				most := memory(p.Process.Pid)
				err := p.Wait()
				checkMemory(t, most())
				if ctx.Err() != nil {
					t.Errorf("%v took %v", command, time.Since(start))
				}
				if err != nil && (!strings.HasPrefix(said.String(), "herald: ") || strings.Count(said.String(), "\n") != 1) {
					t.Errorf("%v: %v, and it said:\n%.2000s", command, err, said.String())
				}
			}
		})
	}
}

// TestHostileFeeds has the running bot poll all of them again and again: a good feed goes on beside them, people are answered,
// and the program stays small.
func TestHostileFeeds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	defer cancel()
	press := sample.New(time.Now)
	papers := httptest.NewServer(press)
	defer papers.Close()
	telegram := sim.New(sim.Options{BotName: "herald_bot", Limits: sim.Unlimited()})
	api, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer telegram.Close()
	at := serveHostile(t)
	p := &process{t: t, env: []string{
		"HERALD_TOKEN=" + telegram.Token(), "HERALD_API_URL=" + api, "HERALD_DB=" + filepath.Join(t.TempDir(), "herald.db"),
		"HERALD_FETCH_ALLOW=127.0.0.0/8", "HERALD_POLL_MIN=1s", "HERALD_POLL_MAX=1s",
	}}
	importFeeds(t, p.env, at)
	p.start()
	most := memory(p.cmd.Process.Pid)
	feed := press.Feeds(papers.URL)[0]
	subscribe(ctx, t, telegram, feed.URL, 1)
	firstNews(ctx, t, telegram, press, feed.Title)
	for range 3 {
		title := breakIn(press, feed.Title)
		if err := telegram.Wait(ctx, func() bool { return reached(telegram, title) == 1 }); err != nil {
			t.Fatalf("%q did not arrive: %v", title, err)
		}
	}
	for name, words := range map[string]string{
		"gzip-bomb": "too large", "redirect-inside": "not on the public web", "redirect-loop": "does not work", "no-http": "can't reach",
	} {
		if _, err := telegram.Tell(firstReader, "/summary "+at[name]); err != nil {
			t.Fatal(err)
		}
		if _, err := telegram.WaitMessage(ctx, firstReader, func(m sim.Message) bool { return strings.Contains(m.Text, words) }); err != nil {
			t.Errorf("%s: nothing was said of %q", name, words)
		}
	}
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Errorf("the program did not end cleanly: %v", err)
	}
	checkMemory(t, most())
}

// firstNews breaks stories until one arrives: those before are part of what the feed held at the first look.
func firstNews(ctx context.Context, t *testing.T, telegram *sim.Server, press *sample.Sample, feed string) {
	t.Helper()
	for ctx.Err() == nil {
		title := breakIn(press, feed)
		within, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := telegram.Wait(within, func() bool { return reached(telegram, title) == 1 })
		cancel()
		if err == nil {
			return
		}
	}
	t.Fatal("nothing arrived")
}

// importFeeds adds the feeds without reading them.
func importFeeds(t *testing.T, env []string, at map[string]string) {
	t.Helper()
	var list strings.Builder
	list.WriteString(`<opml version="2.0"><head/><body>`)
	for name, address := range at {
		fmt.Fprintf(&list, `<outline type="rss" text="%s" xmlUrl="%s"/>`, name, address)
	}
	list.WriteString("</body></opml>")
	p := exec.Command("herald", "feeds", "import", "-")
	p.Env, p.Stdin = append(os.Environ(), env...), strings.NewReader(list.String())
	if out, err := p.CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
}
