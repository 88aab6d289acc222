package schedule

import (
	"context"
	"sync"
	"time"

	"herald/storage"
)

const (
	groupCommit = 5 * time.Millisecond // outcomes are recorded together: so long, since what is not recorded repeats after a crash
	commitSize  = 64                   // and at most this many at once
	recordAgain = time.Second          // after a failure, such as a full disk

	// recordSlow is how long recording may take before nothing more is sent: what is sent meanwhile repeats if the program is killed.
	// On a busy machine it takes far longer than usual.
	recordSlow = 200 * time.Millisecond
)

// ledger records outcomes in groups: one transaction for what comes in within groupCommit. What can't be recorded is kept and
// tried again, and nothing more is sent until it is, since all of it would be sent a second time after a crash.
type ledger struct {
	Config
	group []storage.Outcome

	mu     sync.Mutex
	busy   bool          // recording
	paused bool          // the sender is
	hand   map[owed]bool // claimed, and without an outcome that is recorded: not to be sent again, however long that takes
}

// owed names a row of the outbox.
type owed struct {
	id               int64
	digest, followUp bool
}

func newLedger(c Config) *ledger { return &ledger{Config: c, hand: map[owed]bool{}} }

// take takes a claimed row in hand until its outcome is recorded; false: it is in hand already.
func (l *ledger) take(o owed) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hand[o] {
		return false
	}
	l.hand[o] = true
	return true
}

// run records until done is closed.
func (l *ledger) run(ctx context.Context, done <-chan storage.Outcome) {
	commit := time.NewTimer(0)
	defer commit.Stop()
	for {
		select {
		case out, open := <-done:
			if !open {
				l.flush(ctx)
				return
			}
			if len(l.group) == 0 {
				commit.Reset(groupCommit)
			}
			if l.group = append(l.group, out); len(l.group) == commitSize {
				commit.Reset(0)
			}
		case <-commit.C:
			if !l.flush(ctx) {
				commit.Reset(recordAgain)
			}
		}
	}
}

// flush records what there is; false: it is to be tried again.
func (l *ledger) flush(ctx context.Context) bool {
	l.begin()
	slow := time.AfterFunc(recordSlow, l.slow)
	err := l.DB.Delivered(ctx, l.group)
	slow.Stop()
	l.end(err != nil)
	if err != nil {
		l.Log.Error("record deliveries; nothing more is sent before", "count", len(l.group), "err", err)
		return false
	}
	l.group = l.group[:0]
	return true
}

func (l *ledger) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = true
}

// slow keeps the sender from sending what could not be recorded soon.
func (l *ledger) slow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy {
		l.pause(true)
	}
}

// end lets go of what is recorded, and has the sender go on unless recording failed.
func (l *ledger) end(failed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = false
	l.pause(failed)
	if failed {
		return
	}
	for _, o := range l.group {
		delete(l.hand, owed{o.ID, o.Digest, o.FollowUp})
	}
}

func (l *ledger) pause(on bool) {
	if l.paused != on {
		l.paused = on
		l.Bot.Pause(on)
	}
}
