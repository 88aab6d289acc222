package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

const (
	maxHandlers  = 256             // handlers at once; most of them wait, for a page or for their message's turn
	handlerDrain = 4 * time.Second // for handlers that run when Updates is told to end
	handlerGrace = 1 * time.Second // after their context was cancelled
)

// lanes hands updates to a handler: in order and one at a time within a key, side by side between keys. Each lane has a
// goroutine only while it has updates.
type lanes struct {
	ctx    context.Context // of the handlers: outlives polling
	cancel context.CancelCauseFunc
	log    *slog.Logger
	handle func(context.Context, Update)
	finish func(id int)
	slots  chan struct{}
	wait   sync.WaitGroup

	mu      sync.Mutex
	waiting map[laneKey][]Update // a key is here while its goroutine runs
	running map[int]laneKey      // by update; those passed are not here
	stopped bool
}

var errDrained = errors.New("the program ends")

func newLanes(ctx context.Context, log *slog.Logger, handle func(context.Context, Update), finish func(int)) *lanes {
	lasting, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	return &lanes{
		ctx: lasting, cancel: cancel, log: log, handle: handle, finish: finish,
		slots: make(chan struct{}, maxHandlers), waiting: map[laneKey][]Update{}, running: map[int]laneKey{},
	}
}

func (l *lanes) add(u Update) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := u.key()
	queue, running := l.waiting[key]
	l.waiting[key] = append(queue, u)
	if !running {
		l.wait.Add(1)
		go l.run(key)
	}
}

func (l *lanes) run(key laneKey) {
	defer l.wait.Done()
	for more := true; more; {
		l.slots <- struct{}{}
		u, ok := l.next(key)
		more = ok
		if ok {
			l.one(u)
			more = l.leave(u.ID)
		}
		<-l.slots
	}
}

// leave ends an update's run; false: it was passed, and another goroutine has its lane.
func (l *lanes) leave(id int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, ok := l.running[id]
	delete(l.running, id)
	return ok
}

// pass lets the lane of an update that runs go on beside it.
func (l *lanes) pass(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key, ok := l.running[id]
	if !ok || l.stopped {
		return
	}
	delete(l.running, id)
	l.wait.Add(1)
	go l.run(key)
}

// next takes the key's next update. Without one, or when the program ends, the lane is closed.
func (l *lanes) next(key laneKey) (Update, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.waiting[key]
	if len(queue) == 0 || l.stopped {
		delete(l.waiting, key)
		return Update{}, false
	}
	l.waiting[key] = queue[1:]
	l.running[queue[0].ID] = key
	return queue[0], true
}

// one handles an update. It is confirmed even after a panic, which would only repeat itself.
func (l *lanes) one(u Update) {
	defer l.finish(u.ID)
	defer func() {
		if p := recover(); p != nil {
			l.log.Error("a handler panicked", "update", u.ID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	l.handle(l.ctx, u)
}

// drain lets running handlers end. Those that take longer than handlerDrain have their context cancelled, and those
// that do not heed it are left behind. Updates that wait are not begun, and so not confirmed.
func (l *lanes) drain() {
	l.mu.Lock()
	l.stopped = true
	l.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		l.wait.Wait()
		close(ended)
	}()
	defer l.cancel(nil)
	if within(ended, handlerDrain) {
		return
	}
	l.cancel(errDrained)
	if !within(ended, handlerGrace) {
		l.log.Error("a handler does not end; its update will come again")
	}
}

// within tells whether done is closed within the time.
func within(done <-chan struct{}, limit time.Duration) bool {
	t := time.NewTimer(limit)
	defer t.Stop()
	select {
	case <-done:
		return true
	case <-t.C:
		return false
	}
}
