package schedule

import (
	"context"
	"time"

	"herald/storage"
)

const (
	groupCommit = 100 * time.Millisecond // outcomes are recorded together at least this often
	commitSize  = 64                     // and at most this many at once
	recordAgain = time.Second            // after a failure, such as a full disk
	unrecorded  = 10_000                 // outcomes kept at most while they can't be recorded
)

// ledger records outcomes in groups: one transaction for what comes in within groupCommit. What can't be recorded is kept and
// tried again, since its messages would be sent a second time when their claims end.
type ledger struct {
	Config
	group []storage.Outcome
	after time.Time // not to be tried before
}

func newLedger(c Config) *ledger { return &ledger{Config: c} }

// run records until done is closed.
func (l *ledger) run(ctx context.Context, done <-chan storage.Outcome) {
	tick := time.NewTicker(groupCommit)
	defer tick.Stop()
	for {
		select {
		case out, open := <-done:
			if !open {
				l.after = time.Time{}
				l.flush(ctx)
				return
			}
			if l.group = append(l.group, out); len(l.group) >= commitSize {
				l.flush(ctx)
			}
		case <-tick.C:
			l.flush(ctx)
		}
	}
}

func (l *ledger) flush(ctx context.Context) {
	if len(l.group) == 0 || l.Now().Before(l.after) {
		return
	}
	err := l.DB.Delivered(ctx, l.group)
	if err == nil {
		l.group, l.after = l.group[:0], time.Time{}
		return
	}
	l.Log.Error("record deliveries", "count", len(l.group), "err", err)
	l.after = l.Now().Add(recordAgain)
	if lost := len(l.group) - unrecorded; lost > 0 {
		l.group = append(l.group[:0], l.group[lost:]...)
	}
}
