package schedule

import (
	"context"
	"time"
)

const viewLife = 7 * 24 * time.Hour // how long a message's buttons work

// upkeep forgets what nobody can ask for any more.
func (s *Scheduler) upkeep(ctx context.Context) {
	if _, err := s.DB.PruneViews(ctx, s.Now().Add(-viewLife)); err != nil {
		s.Log.Error("prune views", "err", err)
	}
}
