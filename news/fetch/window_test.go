package fetch

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// TestWindows: a small body whose compression asks for much memory counts as a large one.
func TestWindows(t *testing.T) {
	pack := map[string]func(io.Writer, int) io.WriteCloser{
		"br": func(w io.Writer, bits int) io.WriteCloser {
			return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: 1, LGWin: bits})
		},
		"zstd": func(w io.Writer, bits int) io.WriteCloser {
			z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<bits), zstd.WithSingleSegment(false))
			return z
		},
	}
	c, at := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		coding := r.URL.Query().Get("coding")
		bits, _ := strconv.Atoi(r.URL.Query().Get("bits"))
		w.Header().Set("Content-Encoding", coding)
		z := pack[coding](w, bits)
		_, _ = z.Write(bytes.Repeat([]byte("news "), 100))
		z.(interface{ Flush() error }).Flush()
		_, _ = z.Write(bytes.Repeat([]byte("more "), 100))
		z.Close()
	})
	for _, tt := range []struct {
		coding string
		bits   int
		large  bool
	}{{"br", 18, false}, {"br", 22, false}, {"br", 24, true}, {"zstd", 17, false}, {"zstd", 22, false}, {"zstd", 23, true}} {
		res, err := c.Get(t.Context(), Request{URL: at + "/?coding=" + tt.coding + "&bits=" + strconv.Itoa(tt.bits)})
		if err != nil || len(res.Body) != 1000 {
			t.Errorf("%s with 2^%d: got %v", tt.coding, tt.bits, err)
			continue
		}
		if large := len(c.large) == 1; large != tt.large {
			t.Errorf("%s with 2^%d: large is %v", tt.coding, tt.bits, large)
		}
		res.Close()
	}
}

func TestBrotliWindow(t *testing.T) {
	for bits := 10; bits <= 24; bits++ {
		var b bytes.Buffer
		z := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 9, LGWin: bits})
		_, _ = z.Write([]byte("news"))
		z.Close()
		if got := brotliWindow(b.Bytes()[0]); got != 1<<bits {
			t.Errorf("%d bits: got %d bytes", bits, got)
		}
	}
}
