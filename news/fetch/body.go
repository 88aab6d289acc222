package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"herald/news"
)

// maxWindow is the most memory a zstd frame may ask for (RFC 9659: 8 MB for the content coding).
const maxWindow = 8 << 20

// maxCodings is how many content codings may lie over each other; more is an attack.
const maxCodings = 2

// read turns a raw answer into a Response, or into the error its status stands for.
func (c *Client) read(ctx context.Context, res *http.Response, r Request, turn *turn) (*Response, error) {
	if err := statusError(res, r); err != nil {
		var retry *RetryError
		if errors.As(err, &retry) {
			turn.pause(retry.RetryAfter)
		}
		return nil, err
	}
	out := &Response{
		URL:         res.Request.URL.String(),
		Status:      res.StatusCode,
		Header:      res.Header,
		ContentType: res.Header.Get("Content-Type"),
		RetryAfter:  retryAfter(res),
	}
	if res.StatusCode == http.StatusNotModified || redirect(res.StatusCode) {
		return out, nil
	}
	var err error
	out.Body, err = readBody(res, c.opt.MaxBody)
	switch {
	case err == nil:
		return out, nil
	case errors.Is(err, news.ErrTooLarge), errors.Is(err, news.ErrBroken):
		return nil, err
	}
	return nil, unreachable(ctx, err)
}

// readBody reads and decompresses at most limit bytes.
func readBody(res *http.Response, limit int64) ([]byte, error) {
	if res.ContentLength > limit {
		return nil, news.ErrTooLarge
	}
	raw := &limited{r: res.Body, left: limit}
	dec, err := decoder(raw, res.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, bodyError(raw.err, err)
	}
	defer dec.Close()
	var buf bytes.Buffer
	buf.Grow(int(max(res.ContentLength, 0)) + bytes.MinRead)
	if _, err = buf.ReadFrom(&limited{r: dec, left: limit}); err != nil {
		return nil, bodyError(raw.err, err)
	}
	return buf.Bytes(), nil
}

// bodyError tells apart whose fault a failed read is: a limit, the network below the decoder, or the decoder's input.
func bodyError(below, err error) error {
	switch {
	case errors.Is(err, news.ErrTooLarge), errors.Is(err, news.ErrBroken):
		return err
	case below != nil && !errors.Is(below, io.EOF):
		return below
	}
	return fmt.Errorf("%w: damaged compression: %w", news.ErrBroken, err)
}

// decoder undoes the content codings, the last applied first (RFC 9110, section 8.4).
func decoder(r io.Reader, header []string) (io.ReadCloser, error) {
	codings := strings.FieldsFunc(strings.ToLower(strings.Join(header, ",")), func(c rune) bool { return c == ',' || c == ' ' })
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%w: %d content codings", news.ErrBroken, len(codings))
	}
	out := io.NopCloser(r)
	for i := len(codings) - 1; i >= 0; i-- {
		next, err := undo(codings[i], out)
		if err != nil {
			return nil, err
		}
		out = next
	}
	return out, nil
}

func undo(coding string, r io.ReadCloser) (io.ReadCloser, error) {
	switch coding {
	case "identity", "utf-8": // the second is a charset that some servers put here
		return r, nil
	case "gzip", "x-gzip":
		return gunzip(r)
	case "br":
		return io.NopCloser(brotli.NewReader(r)), nil
	case "zstd":
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("%w: content coding %q", news.ErrBroken, coding)
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
