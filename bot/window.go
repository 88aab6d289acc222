package bot

import (
	"context"
	"sync"
	"time"
)

// window knows the updates that Telegram has given and that are not confirmed: those in hand and those handled behind
// one in hand. It goes by the order in which they came, not by their numbers, since Telegram may begin anew with lower
// ones after a quiet week (Bot API, Update). It is safe for concurrent use.
type window struct {
	mu    sync.Mutex
	order []int             // as they came
	done  map[int]bool      // those of order that are handled
	begun map[int]time.Time // when the handlers of those of order began
	given map[int]bool      // confirmed although their handlers run
	past  map[int]bool      // left order since the last poll began, whose answer may hold them once more
	next  int               // offset that confirms everything before order
	ended chan struct{}
}

// longRun is how long a handler may run before its update is confirmed where it keeps others from coming.
const longRun = time.Minute

func newWindow() *window {
	return &window{
		done: map[int]bool{}, begun: map[int]time.Time{}, given: map[int]bool{}, past: map[int]bool{},
		ended: make(chan struct{}, 1),
	}
}

// open takes an update in hand; false: it was already.
func (w *window) open(id int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.done[id]; known || w.given[id] || w.past[id] {
		return false
	}
	w.order = append(w.order, id)
	w.done[id] = false
	return true
}

// begin marks the update as one whose handler runs from now on.
func (w *window) begin(id int, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begun[id] = now
}

// finish marks an update as handled.
func (w *window) finish(id int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.given[id] {
		delete(w.given, id)
		return
	}
	w.done[id] = true
	w.advance()
	select {
	case w.ended <- struct{}{}:
	default:
	}
}

// advance drops what is handled from the front.
func (w *window) advance() {
	for len(w.order) > 0 && w.done[w.order[0]] {
		w.drop()
	}
}

func (w *window) drop() {
	delete(w.done, w.order[0])
	delete(w.begun, w.order[0])
	w.past[w.order[0]] = true
	w.next = w.order[0] + 1
	w.order = w.order[1:]
}

// giveUp lets the oldest update in hand be confirmed and returns it, if its handler has run for longRun. It is for when a
// whole answer of Telegram's held nothing new because of that update: no others would ever come. One that waits for its
// turn is never given up, since a crash would lose it.
func (w *window) giveUp(now time.Time) (id int, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.order) == 0 {
		return 0, false
	}
	id = w.order[0]
	if began, ok := w.begun[id]; !ok || now.Sub(began) < longRun {
		return 0, false
	}
	w.given[id] = true
	w.drop()
	w.advance()
	return id, true
}

// offset is the number to poll from, 0 at the start; idle tells that nothing is in hand. The answer of an earlier poll
// must have been opened.
func (w *window) offset() (offset int, idle bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.past)
	if len(w.order) > 0 {
		return w.order[0], false
	}
	return w.next, true
}

// await returns when an update was handled, after the time, or when ctx ends.
func (w *window) await(ctx context.Context, limit time.Duration) {
	t := time.NewTimer(limit)
	defer t.Stop()
	select {
	case <-w.ended:
	case <-t.C:
	case <-ctx.Done():
	}
}
