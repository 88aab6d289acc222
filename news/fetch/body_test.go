package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"herald/news"
)

// TestLargeBodies: of a large body the beginning is kept, and only a few are in hand at once.
func TestLargeBodies(t *testing.T) {
	c, at := serve(t, Options{Timeout: 5 * time.Second}, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Path[1:])
		_, _ = io.CopyN(w, zeros{}, int64(n))
	})
	get := func(size int, within time.Duration) (*Response, error) {
		ctx, cancel := context.WithTimeout(t.Context(), within)
		defer cancel()
		return c.Get(ctx, Request{URL: at + "/" + strconv.Itoa(size)})
	}
	var held []*Response
	for range largeBodies {
		res, err := get(KeptBody+1, time.Minute)
		if err != nil || len(res.Body) != KeptBody {
			t.Fatalf("got %d bytes, %v; want %d", len(res.Body), err, KeptBody)
		}
		held = append(held, res)
	}
	if _, err := get(smallBody+1, 100*time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one too many: got %v", err)
	}
	if res, err := get(smallBody, time.Minute); err != nil || len(res.Body) != smallBody {
		t.Errorf("a small one: got %v", err)
	}
	held[0].Close()
	held[0].Close() // gives back one place, not two
	if res, err := get(smallBody+1, time.Minute); err != nil || len(res.Body) != smallBody+1 {
		t.Errorf("after one was closed: got %v", err)
	}
	if _, err := get(smallBody+1, 100*time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one too many again: got %v", err)
	}
	held[1].Close()
	for range 2 * largeBodies { // one that is refused keeps no place
		if _, err := get(DefaultMaxBody+1, time.Minute); !errors.Is(err, news.ErrTooLarge) {
			t.Errorf("got %v, want ErrTooLarge", err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestNestedBomb: a coding that brings forth much is stopped even where the next makes nothing of it.
func TestNestedBomb(t *testing.T) {
	// A skippable frame of zstd (RFC 8878, section 3.1.2) holds nothing.
	frame := append([]byte{0x50, 0x2a, 0x4d, 0x18, 0, 0, 0x0f, 0}, make([]byte, 0x0f0000)...)
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "zstd, gzip")
		z := gzip.NewWriter(w)
		for range 1000 {
			if _, err := z.Write(frame); err != nil {
				return
			}
		}
		z.Close()
	})
	if _, err := c.Get(t.Context(), Request{URL: at}); !errors.Is(err, news.ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
}

// FuzzBody decodes what a server sends under each coding.
func FuzzBody(f *testing.F) {
	packed := func(pack func(io.Writer) io.WriteCloser) []byte {
		var b bytes.Buffer
		w := pack(&b)
		_, _ = w.Write(bytes.Repeat([]byte("news "), 100))
		w.Close()
		return b.Bytes()
	}
	f.Add("gzip", packed(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }))
	f.Add("br", packed(func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }))
	f.Add("zstd", packed(func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)); return z }))
	f.Add("gzip, identity", []byte("plain"))
	c := New(Options{MaxBody: 1 << 16})
	f.Fuzz(func(t *testing.T, coding string, body []byte) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://news.example/", nil)
		if err != nil {
			t.Fatal(err)
		}
		res := &http.Response{Request: req, Header: http.Header{"Content-Encoding": {coding}}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: -1}
		var out Response
		left := time.Minute
		within, watch := watched(t.Context(), &left, left)
		defer watch.stop()
		err = (&trip{client: c, watch: watch}).readBody(within, res, &out)
		out.Close()
		if err == nil && len(out.Body) > 1<<16 {
			t.Fatalf("%d bytes came through", len(out.Body))
		}
		if err != nil && !errors.Is(err, news.ErrTooLarge) && !errors.Is(err, news.ErrBroken) {
			t.Fatalf("untyped error %v", err)
		}
	})
}
