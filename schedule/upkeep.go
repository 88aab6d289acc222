package schedule

import (
	"context"
	"time"
)

const (
	viewLife     = 7 * 24 * time.Hour  // how long a message's buttons work
	deliveryLife = 30 * 24 * time.Hour // how long is known what was sent: far longer than a story grows
	pruneBatch   = 5000                // rows deleted at once, so that nobody waits long for the writer
)

// upkeep forgets what nobody can ask for any more.
func (s *Scheduler) upkeep(ctx context.Context) {
	if _, err := s.DB.PruneViews(ctx, s.Now().Add(-viewLife)); err != nil {
		s.Log.Error("prune views", "err", err)
	}
	if _, err := s.DB.PruneWritten(ctx, s.Now().Add(-viewLife)); err != nil {
		s.Log.Error("prune written summaries", "err", err)
	}
	old := s.Now().Add(-deliveryLife)
	if _, err := s.DB.PruneDigests(ctx, old); err != nil {
		s.Log.Error("prune digests", "err", err)
	}
	for n := pruneBatch; n == pruneBatch && ctx.Err() == nil; {
		var err error
		if n, err = s.DB.PruneDeliveries(ctx, old, pruneBatch); err != nil {
			s.Log.Error("prune deliveries", "err", err)
			return
		}
	}
}
