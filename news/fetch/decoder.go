package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"herald/news"
)

// maxCodings is how many content codings may lie over each other; more is an attack.
const maxCodings = 2

// decoder undoes content codings. None of them may bring forth more than limit bytes, even if the next makes nothing of it.
type decoder struct {
	limit  int64
	large  func() error // waits until there is room for one more large body
	layers []*limited   // the first is what comes over the network
	close  []func() error
}

// decode undoes the codings, the last applied first (RFC 9110, section 8.4).
func (d *decoder) decode(r io.Reader, header []string) (io.Reader, error) {
	out := d.layer(r)
	codings := strings.FieldsFunc(strings.ToLower(strings.Join(header, ",")), func(c rune) bool { return c == ',' || c == ' ' })
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%w: %d content codings", news.ErrBroken, len(codings))
	}
	if len(codings) == 0 {
		codings = []string{"gzip"} // where it is: there are servers that forget to say so
	}
	for i := len(codings) - 1; i >= 0; i-- {
		next, err := d.undo(codings[i], out)
		if err != nil {
			return nil, err
		}
		d.close = append(d.close, next.Close)
		out = d.layer(next)
	}
	return out, nil
}

func (d *decoder) layer(r io.Reader) io.Reader {
	l := &limited{r: r, left: d.limit}
	d.layers = append(d.layers, l)
	return l
}

// Close frees what the decoders hold.
func (d *decoder) Close() {
	for _, c := range d.close {
		_ = c()
	}
}

// fault tells apart whose fault a failed read is: a limit's, which decoders above may hide, the network's, or the sender's.
func (d *decoder) fault(err error) error {
	for _, l := range d.layers {
		if errors.Is(l.err, news.ErrTooLarge) {
			return l.err
		}
	}
	if below := d.layers[0].err; below != nil && !errors.Is(below, io.EOF) {
		return below
	}
	if errors.Is(err, news.ErrBroken) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: damaged compression: %w", news.ErrBroken, err)
}

func (d *decoder) undo(coding string, r io.Reader) (io.ReadCloser, error) {
	switch coding {
	case "identity", "utf-8": // the second is a charset that some servers put here
		return io.NopCloser(r), nil
	case "gzip", "x-gzip":
		return gunzip(r)
	case "deflate":
		return inflate(r)
	case "br":
		b := bufio.NewReader(r)
		if first, _ := b.Peek(1); len(first) > 0 && brotliWindow(first[0]) > smallWindow {
			if err := d.large(); err != nil {
				return nil, err
			}
		}
		return io.NopCloser(brotli.NewReader(b)), nil
	case "zstd":
		return d.unzstd(bufio.NewReader(r))
	}
	return nil, fmt.Errorf("%w: content coding %q", news.ErrBroken, coding)
}

// unzstd holds a stream to the class of window that its first frame asks for.
func (d *decoder) unzstd(b *bufio.Reader) (io.ReadCloser, error) {
	window := uint64(smallWindow)
	if head, _ := b.Peek(zstd.HeaderMaxSize); zstdWindow(head) > smallWindow {
		if err := d.large(); err != nil {
			return nil, err
		}
		window = maxWindow
	}
	z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(window), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// inflate takes zlib's format, which the coding is, and the bare one that some servers send.
func inflate(r io.Reader) (io.ReadCloser, error) {
	b := bufio.NewReader(r)
	if head, _ := b.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 { // RFC 1950, section 2.2
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// gunzip also takes what is called gzip and is not: servers that label a plain body so exist.
func gunzip(r io.Reader) (io.ReadCloser, error) {
	b := bufio.NewReader(r)
	if magic, _ := b.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return io.NopCloser(b), nil
	}
	return gzip.NewReader(b)
}

// limited reads at most left bytes and then fails with news.ErrTooLarge; it remembers the error below it.
type limited struct {
	r    io.Reader
	left int64
	err  error
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		err = news.ErrTooLarge
	}
	if err != nil {
		l.err = err
	}
	return n, err
}
