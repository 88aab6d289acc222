package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"sync"

	"herald/news"
)

const (
	// KeptBody is how much of a body is kept, in bytes: pages and feeds have said by then what they have to say.
	KeptBody = 4 << 20

	smallBody   = 256 << 10 // bytes up to which bodies are read side by side without limit
	largeBodies = 4         // larger ones that are in hand at once

	// maxRoom is how many bytes are read at once by those who make something of them, see Room: they take up to ten times as
	// much memory. A tag counts as tagRoom more, since of tags a parser makes far more than of words.
	maxRoom = KeptBody
	tagRoom = 400
)

// read turns a raw answer into a Response, or into the error its status stands for.
func (t *trip) read(ctx context.Context, res *http.Response, turn *turn) (*Response, error) {
	if err := statusError(res, t.request); err != nil {
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
	err := t.readBody(ctx, res, out)
	if err == nil && challenge(out.Body) {
		err = &StatusError{res.StatusCode, news.ErrBlocked}
	}
	if err == nil {
		return out, nil
	}
	out.Close()
	if errors.Is(err, news.ErrTooLarge) || errors.Is(err, news.ErrBroken) || errors.Is(err, news.ErrBlocked) {
		return nil, err
	}
	return nil, unreachable(ctx, res.Request.Context(), err)
}

// readBody reads and decompresses the body into out: the beginning is kept, the rest only counted. A body that is large
// waits until there is room for it.
func (t *trip) readBody(ctx context.Context, res *http.Response, out *Response) error {
	most := t.client.opt.MaxBody
	if res.ContentLength > most {
		return news.ErrTooLarge
	}
	d := &decoder{limit: most, large: func() error { return t.grow(ctx, out) }}
	defer d.Close()
	dec, err := d.decode(counted{res.Body, t.watch}, res.Header.Values("Content-Encoding"))
	if err != nil {
		return d.fault(err)
	}
	err = t.keep(ctx, dec, out)
	if err == nil {
		_, err = io.Copy(io.Discard, dec)
	}
	if err == nil || err == io.EOF { //nolint:errorlint // io.CopyN returns io.EOF itself; one that is wrapped is another
		return nil
	}
	if err = d.fault(err); !errors.Is(ctx.Err(), context.Canceled) && !errors.Is(err, news.ErrTooLarge) && whole(out.Body) {
		return nil
	}
	return err
}

// keep reads the beginning of a body. The error is io.EOF where that is all of it.
func (t *trip) keep(ctx context.Context, body io.Reader, out *Response) error {
	var small bytes.Buffer
	_, err := io.CopyN(&small, body, smallBody+1)
	if out.Body = small.Bytes(); err != nil {
		return err
	}
	if err = t.grow(ctx, out); err != nil {
		return err
	}
	large := bytes.NewBuffer(append(make([]byte, 0, KeptBody+bytes.MinRead), out.Body...)) // at once: growing takes twice as much
	_, err = io.CopyN(large, body, int64(KeptBody-large.Len()))
	out.Body = large.Bytes()
	return err
}

// wholeEnd is how a document ends that nothing is missing of.
var wholeEnd = regexp.MustCompile(`(?i)</(?:rss|feed|rdf:rdf|html)\s*>\s*$`)

// whole tells whether a body that ended with an error is a document all the same: its sender miscounted it.
func whole(body []byte) bool {
	trimmed := bytes.TrimSpace(body)
	return wholeEnd.Match(body[max(0, len(body)-200):]) || bytes.HasPrefix(trimmed, []byte("{")) && bytes.HasSuffix(trimmed, []byte("}"))
}

// Room waits until it is their turn for n bytes to be parsed or otherwise read, so that small documents are read side by side
// and large ones alone. It returns what must be called afterwards; an error is ctx's.
func (c *Client) Room(ctx context.Context, n int) (done func(), err error) {
	weight := int64(min(n, maxRoom))
	if err := c.reading.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { c.reading.Release(weight) }, nil
}

// Weight is how much Room it takes to read the answer.
func (r *Response) Weight() int { return len(r.Body) + tagRoom*bytes.Count(r.Body, []byte{'<'}) }

// grow makes an answer a large one, when there is a place for one more: when one of those in hand has been closed. The time until
// then is not the server's.
func (t *trip) grow(ctx context.Context, r *Response) error {
	if r.release != nil {
		return nil
	}
	large := t.client.large
	err := t.watch.rest(func() error {
		select {
		case large <- struct{}{}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	if err != nil {
		return err
	}
	r.release = sync.OnceFunc(func() { <-large })
	t.watch.large()
	return nil
}
