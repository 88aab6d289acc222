package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"herald/news"
)

// TestRoom: documents that are small together are read side by side, a large one alone.
func TestRoom(t *testing.T) {
	c := New(Options{})
	room := func(r *Response) (func(), error) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		return c.Room(ctx, r.Weight())
	}
	page := &Response{Body: []byte(strings.Repeat("<p>The ferry is late, said the captain of it.", 1000))}
	tags := &Response{Body: []byte(strings.Repeat("<p>", 100_000))}
	long := &Response{Body: make([]byte, KeptBody)}
	first, err := room(page)
	if err != nil {
		t.Fatal(err)
	}
	second, err := room(page)
	if err != nil {
		t.Fatalf("beside another: %v", err)
	}
	for _, large := range []*Response{tags, long} {
		if _, err := room(large); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a large one beside others: got %v", err)
		}
	}
	first()
	second()
	for _, large := range []*Response{tags, long} {
		done, err := room(large)
		if err != nil {
			t.Errorf("a large one alone: %v", err)
			continue
		}
		if _, err := room(page); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("beside a large one: got %v", err)
		}
		done()
	}
}

// TestMiscounted: a document that is all there is read, whatever its sender says of its length.
func TestMiscounted(t *testing.T) {
	c, at := serve(t, Options{Timeout: time.Second}, func(w http.ResponseWriter, r *http.Request) {
		conn, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		send(buf, r.URL.Path)
		if strings.HasPrefix(r.URL.Path, "/silent") {
			_, _ = conn.Read(make([]byte, 1)) // until the reader goes
		}
	})
	for path, want := range map[string]error{
		"/whole": nil, "/silent/whole": nil, "/damaged": nil,
		"/cut": news.ErrUnreach, "/silent/cut": news.ErrUnreach, "/damaged/cut": news.ErrBroken,
	} {
		res, err := c.Get(t.Context(), Request{URL: at + path})
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", path, err, want)
		}
		if err == nil && string(res.Body) != "<rss></rss>\n" {
			t.Errorf("%s: got %q", path, res.Body)
		}
	}
}

func send(buf *bufio.ReadWriter, path string) {
	body := "<rss></rss>\n"
	if strings.HasSuffix(path, "cut") {
		body = body[:6]
	}
	if strings.HasPrefix(path, "/damaged") {
		packed := gzipped(body)
		packed[len(packed)-6] ^= 1 // in its checksum
		fmt.Fprintf(buf, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", len(packed), packed)
	} else {
		fmt.Fprintf(buf, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n%s", body)
	}
	buf.Flush()
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	z.Close()
	return b.Bytes()
}
