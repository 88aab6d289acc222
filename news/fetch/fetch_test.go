package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"herald/news"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// loopback opens the test servers' range.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// serve starts a server and a client that may reach it.
func serve(t *testing.T, opt Options, h http.HandlerFunc) (*Client, string) {
	t.Helper()
	s := httptest.NewServer(h)
	opt.Allow = append(opt.Allow, loopback...)
	c := New(opt)
	t.Cleanup(func() { c.Close(); s.Close() })
	return c, s.URL
}

func TestGet(t *testing.T) {
	var got http.Header
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, "hello")
	})
	res, err := c.Get(t.Context(), Request{URL: at + "/a?b#c", Accept: "text/plain", ETag: `"1"`, LastModified: "then"})
	if err != nil {
		t.Fatal(err)
	}
	if res.URL != at+"/a?b" || res.Moved != "" || res.Status != 200 || string(res.Body) != "hello" || res.ContentType != "text/plain; charset=utf-8" {
		t.Errorf("got %+v", res)
	}
	want := map[string]string{
		"User-Agent": DefaultUserAgent, "Accept": "text/plain", "If-None-Match": `"1"`, "If-Modified-Since": "then",
		"Cookie": "", "Referer": "", "Accept-Encoding": "gzip, br, zstd",
	}
	for k, v := range want {
		if got.Get(k) != v {
			t.Errorf("%s: got %q, want %q", k, got.Get(k), v)
		}
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		status int
		header string // "Name: value"
		want   error
	}{
		{401, "", news.ErrBlocked},
		{403, "", news.ErrBlocked},
		{451, "", news.ErrBlocked},
		{404, "", news.ErrMissing},
		{410, "", news.ErrGone},
		{429, "", news.ErrBusy},
		{503, "", news.ErrBusy},
		{503, "Cf-Mitigated: challenge", news.ErrBlocked},
		{400, "", news.ErrBroken},
		{500, "", news.ErrBroken},
		{502, "", news.ErrBroken},
		{204, "", news.ErrBroken},
		{304, "", news.ErrBroken}, // nobody asked
		{302, "", news.ErrBroken}, // to nowhere
		{302, "Location: ftp://host.example/", news.ErrBadAddress},
		{302, "Location: http://[::1/", news.ErrBroken},
	} {
		t.Run(fmt.Sprint(c.status, c.header), func(t *testing.T) {
			client, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
				if name, value, ok := strings.Cut(c.header, ": "); ok {
					w.Header().Set(name, value)
				}
				w.WriteHeader(c.status)
			})
			_, err := client.Get(t.Context(), Request{URL: at})
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestNotModified(t *testing.T) {
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(304) })
	res, err := c.Get(t.Context(), Request{URL: at, LastModified: "then"})
	if err != nil || res.Status != 304 || len(res.Body) != 0 {
		t.Errorf("got %+v, %v", res, err)
	}
}

func TestRedirects(t *testing.T) {
	routes := map[string]struct {
		status int
		to     string
	}{
		"/moved":      {301, "/moved2"},
		"/moved2":     {308, "/end"},
		"/temporary":  {302, "/end"},
		"/mixed":      {301, "/temporary"},
		"/then-moved": {307, "/moved"},
		"/loop":       {302, "/loop"},
		"/see":        {303, "end"},
	}
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if to, ok := routes[r.URL.Path]; ok {
			w.Header().Set("Location", to.to)
			w.WriteHeader(to.status)
			return
		}
		io.WriteString(w, "end")
	})
	for _, tc := range []struct{ path, moved string }{
		{"/end", ""}, {"/moved", "/end"}, {"/temporary", ""}, {"/mixed", "/temporary"}, {"/then-moved", ""}, {"/see", ""},
	} {
		t.Run(tc.path, func(t *testing.T) {
			res, err := c.Get(t.Context(), Request{URL: at + tc.path})
			if err != nil {
				t.Fatal(err)
			}
			want := tc.moved
			if want != "" {
				want = at + want
			}
			if res.Moved != want || res.URL != at+"/end" {
				t.Errorf("got moved %q, at %q; want moved %q", res.Moved, res.URL, want)
			}
		})
	}
	if _, err := c.Get(t.Context(), Request{URL: at + "/loop"}); !errors.Is(err, news.ErrBroken) {
		t.Errorf("loop: got %v", err)
	}
}

func TestCompression(t *testing.T) {
	text := strings.Repeat("a text that compresses well, ", 200)
	encode := map[string]func(io.Writer) io.WriteCloser{
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"br":   func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		"zlib": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"bare": func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 5); return z },
		"zstd": func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)); return z },
	}
	packed := func(codings ...string) []byte {
		body := []byte(text)
		for _, coding := range codings {
			var b bytes.Buffer
			w := encode[coding](&b)
			w.Write(body)
			w.Close()
			body = b.Bytes()
		}
		return body
	}
	for _, c := range []struct {
		name, header string
		body         []byte
		limit        int64
		want         error
	}{
		{name: "gzip", header: "gzip", body: packed("gzip")},
		{name: "br", header: "br", body: packed("br")},
		{name: "zstd", header: "zstd", body: packed("zstd")},
		{name: "deflate", header: "deflate", body: packed("zlib")},
		{name: "deflate as some send it", header: "deflate", body: packed("bare")},
		{name: "gzip that is not called so", body: packed("gzip")},
		{name: "deflate over the limit", header: "deflate", body: packed("zlib"), limit: 1000, want: news.ErrTooLarge},
		{name: "damaged deflate", header: "deflate", body: packed("bare")[:20], want: news.ErrBroken},
		{name: "two", header: "gzip, br", body: packed("gzip", "br")},
		{name: "gzip that is none", header: "gzip", body: []byte(text)},
		{name: "charset in the wrong place", header: "UTF-8", body: []byte(text)},
		{name: "at the limit", body: []byte(text), limit: int64(len(text))},
		{name: "over the limit", body: []byte(text), limit: int64(len(text)) - 1, want: news.ErrTooLarge},
		{name: "gzip over the limit", header: "gzip", body: packed("gzip"), limit: 1000, want: news.ErrTooLarge},
		{name: "br over the limit", header: "br", body: packed("br"), limit: 1000, want: news.ErrTooLarge},
		{name: "zstd over the limit", header: "zstd", body: packed("zstd"), limit: 1000, want: news.ErrTooLarge},
		{name: "three codings", header: "gzip, gzip, gzip", body: packed("gzip", "gzip", "gzip"), want: news.ErrBroken},
		{name: "unknown coding", header: "deflate64", body: []byte(text), want: news.ErrBroken},
		{name: "damaged gzip", header: "gzip", body: packed("gzip")[:60], want: news.ErrBroken},
		{name: "damaged zstd", header: "zstd", body: []byte(text), want: news.ErrBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, at := serve(t, Options{MaxBody: c.limit}, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", c.header)
				w.Write(c.body)
			})
			res, err := client.Get(t.Context(), Request{URL: at})
			if !errors.Is(err, c.want) {
				t.Fatalf("got error %v, want %v", err, c.want)
			}
			if err == nil && string(res.Body) != text {
				t.Errorf("got %d bytes, want %d", len(res.Body), len(text))
			}
		})
	}
}

// bomb is endless zeros, compressed.
func bomb(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	zeros := make([]byte, 1<<20)
	for r.Context().Err() == nil {
		if _, err := z.Write(zeros); err != nil {
			return
		}
	}
}

func TestHostileServers(t *testing.T) {
	stall := func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("some "))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	for _, c := range []struct {
		name string
		h    http.HandlerFunc
		want error
	}{
		{"gzip bomb", bomb, news.ErrTooLarge},
		{"no answer", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, news.ErrUnreach},
		{"stalled body", stall, news.ErrUnreach},
		{"endless body", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				w.Write(make([]byte, 1<<16))
			}
		}, news.ErrTooLarge},
		{"huge length", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "5000000000") }, news.ErrTooLarge},
		{"cut body", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("short"))
		}, news.ErrUnreach},
		{"huge header", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("X", strings.Repeat("x", 1<<20)) }, news.ErrUnreach},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			opt := Options{MaxBody: 1 << 20}
			if errors.Is(c.want, news.ErrUnreach) {
				opt.Timeout = 300 * time.Millisecond // what does not come is not waited for in a test
			}
			client, at := serve(t, opt, c.h)
			start := time.Now()
			_, err := client.Get(t.Context(), Request{URL: at})
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := c.Get(ctx, Request{URL: at}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestRetryAfterIsRemembered(t *testing.T) {
	var asked atomic.Int32
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(429)
	})
	for range 3 {
		_, err := c.Get(t.Context(), Request{URL: at})
		var retry *RetryError
		if !errors.As(err, &retry) || retry.RetryAfter > 120*time.Second || retry.RetryAfter < 110*time.Second {
			t.Errorf("got %v", err)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("the host was asked %d times, want 1", n)
	}
}

func TestOneAtATime(t *testing.T) {
	var now, most atomic.Int32
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		most.Store(max(most.Load(), n))
		for range 200 { // time for another to come in, were it let in
			runtime.Gosched()
		}
		now.Add(-1)
		io.WriteString(w, "ok")
	})
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			if _, err := c.Get(t.Context(), Request{URL: at}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once, want 1", most.Load())
	}
}

func TestCredentials(t *testing.T) {
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "reader" || password != "secret" {
			w.WriteHeader(500)
		}
	})
	withUser := strings.Replace(at, "http://", "http://reader:secret@", 1)
	if _, err := c.Get(t.Context(), Request{URL: withUser}); err != nil {
		t.Errorf("got %v", err)
	}
	_, err := c.Get(t.Context(), Request{URL: withUser + "x:99999/"})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is in the error: %v", err)
	}
}
