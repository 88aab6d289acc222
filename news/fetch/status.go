package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"herald/news"
)

// How long a host that says it is overloaded is left alone: as long as it asks, within a bound that keeps a mistaken
// header from silencing a feed for good; where 429 names no time, a minute.
const (
	maxRetryAfter     = 24 * time.Hour
	defaultRetryAfter = time.Minute
)

// RetryError says that a host asks to wait (429 or 503), or that an earlier wish of it still holds and it was not asked.
type RetryError struct {
	RetryAfter time.Duration // from now; 0: the host named no time
}

func (e *RetryError) Error() string {
	if e.RetryAfter == 0 {
		return news.ErrBusy.Error()
	}
	return fmt.Sprintf("%v for %v", news.ErrBusy, e.RetryAfter.Round(time.Second))
}

// Unwrap makes errors.Is(err, news.ErrBusy) hold.
func (e *RetryError) Unwrap() error { return news.ErrBusy }

// StatusError is an HTTP status that means failure. It unwraps to one of news.ErrBlocked, ErrMissing, ErrGone, ErrBroken.
type StatusError struct {
	Code int
	kind error
}

func (e *StatusError) Error() string { return fmt.Sprintf("%v: status %d", e.kind, e.Code) }

// Unwrap is the sentinel the status stands for.
func (e *StatusError) Unwrap() error { return e.kind }

// statusError is what a status that is no success means; nil for 2xx, for redirects and for a 304 that was asked for.
func statusError(res *http.Response, r Request) error {
	code := res.StatusCode
	switch {
	case challenged(res.Header):
		return &StatusError{code, news.ErrBlocked}
	case code == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""), redirect(code):
		return nil
	case code >= 200 && code < 300 && (r.Form != nil || code != http.StatusNoContent && code != http.StatusResetContent):
		return nil
	}
	if code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable {
		return &RetryError{RetryAfter: retryAfter(res)}
	}
	return &StatusError{code, sentinel(code)}
}

func sentinel(code int) error {
	switch code {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return news.ErrBlocked
	case http.StatusNotFound:
		return news.ErrMissing
	case http.StatusGone:
		return news.ErrGone
	}
	return news.ErrBroken
}

func retryAfter(res *http.Response) time.Duration {
	wait := RetryAfter(res.Header.Get("Retry-After"), time.Now())
	if wait == 0 && res.StatusCode == http.StatusTooManyRequests {
		return defaultRetryAfter
	}
	return wait
}

// RetryAfter reads the Retry-After header (RFC 9110, section 10.2.3): seconds or a date, a day at most; 0 where it says nothing.
func RetryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return time.Duration(min(max(n, 0), int64(maxRetryAfter/time.Second))) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return min(max(t.Sub(now), 0), maxRetryAfter)
	}
	return 0
}

// unreachable turns a failure on the network into one of the sentinels. ctx is the caller's: where it ended, that is
// the error; within is the request's, and knows why it was ended. What the guard refused is not explained further, so that nothing
// is learnt of the network inside.
func unreachable(ctx, within context.Context, err error) error {
	if cause := context.Cause(within); cause != nil {
		err = cause
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, news.ErrForbidden):
		return news.ErrForbidden
	}
	return fmt.Errorf("%w: %w", news.ErrUnreach, plainly(err))
}

// plainly is why the network failed in plain words, where there are some.
func plainly(err error) error {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer in time")
	case errors.As(err, &certificate):
		return fmt.Errorf("its certificate is not to be trusted: %w", certificate.Err)
	case errors.As(err, &name) && name.IsNotFound:
		return errors.New("no host has that name")
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("the connection is refused")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the answer breaks off")
	}
	return err
}
