package fetch

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"
)

// A large body has to come at a rate that is worth the place that it takes: so many bytes in each of so many parts of the time that
// a fetch may take. One that meant to be read in that time is faster by far.
const (
	leastBytes = 32 << 10
	watchParts = 8
)

var errSlow = errors.New("a large answer that comes too slowly")

// watch ends a request that takes too long on the network, or that is large and slow. Its zero value can't be used.
type watch struct {
	end   context.CancelCauseFunc
	left  *time.Duration // of the time on the network
	part  time.Duration
	since time.Time
	late  *time.Timer
	slow  *time.Timer // nil: the body is not large
	came  atomic.Int64
}

// watched returns a context that a watch ends; stop must be called.
func watched(ctx context.Context, left *time.Duration, all time.Duration) (context.Context, *watch) {
	w := &watch{left: left, part: all / watchParts}
	ctx, w.end = context.WithCancelCause(ctx)
	w.start()
	return ctx, w
}

func (w *watch) start() {
	w.since = time.Now()
	w.late = time.AfterFunc(*w.left, func() { w.end(context.DeadlineExceeded) })
}

// rest runs fn, whose time does not count.
func (w *watch) rest(fn func() error) error {
	w.count()
	defer w.start()
	return fn()
}

func (w *watch) count() {
	w.late.Stop()
	*w.left -= time.Since(w.since)
}

// large has the rate of what comes looked at from now on.
func (w *watch) large() {
	w.came.Store(0)
	w.slow = time.AfterFunc(w.part, func() {
		if w.came.Swap(0) < leastBytes {
			w.end(errSlow)
			return
		}
		w.slow.Reset(w.part)
	})
}

func (w *watch) stop() {
	w.count()
	if w.slow != nil {
		w.slow.Stop()
	}
	w.end(nil)
}

// counted counts what is read.
type counted struct {
	io.Reader
	watch *watch
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.watch.came.Add(int64(n))
	return n, err
}
