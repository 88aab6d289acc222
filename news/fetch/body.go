package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"

	"herald/news"
)

const (
	// KeptBody is how much of a body is kept, in bytes: pages and feeds have said by then what they have to say.
	KeptBody = 4 << 20

	smallBody   = 512 << 10 // bytes up to which bodies are read side by side without limit
	largeBodies = 4         // larger ones that are in hand at once
)

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
	err := c.readBody(res, out)
	if err == nil {
		return out, nil
	}
	out.Close()
	if errors.Is(err, news.ErrTooLarge) || errors.Is(err, news.ErrBroken) {
		return nil, err
	}
	return nil, unreachable(ctx, err)
}

// readBody reads and decompresses the body into out: the beginning is kept, the rest only counted. A body that is large
// waits until there is room for it.
func (c *Client) readBody(res *http.Response, out *Response) error {
	if res.ContentLength > c.opt.MaxBody {
		return news.ErrTooLarge
	}
	d := &decoder{limit: c.opt.MaxBody}
	defer d.Close()
	dec, err := d.decode(res.Body, res.Header.Values("Content-Encoding"))
	if err != nil {
		return d.fault(err)
	}
	var kept bytes.Buffer
	_, err = io.CopyN(&kept, dec, smallBody+1)
	if err == nil {
		if out.release, err = c.room(res.Request.Context()); err != nil {
			return err
		}
		_, err = io.CopyN(&kept, dec, KeptBody-smallBody-1)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, dec)
	}
	out.Body = kept.Bytes()
	if err != nil && err != io.EOF { //nolint:errorlint // io.CopyN returns io.EOF itself; one that is wrapped is another
		return d.fault(err)
	}
	return nil
}

// room waits until one of the large bodies in hand is closed, and returns what gives its place back.
func (c *Client) room(ctx context.Context) (release func(), err error) {
	select {
	case c.large <- struct{}{}:
		return sync.OnceFunc(func() { <-c.large }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
