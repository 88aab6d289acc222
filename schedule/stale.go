package schedule

import (
	"context"
	"time"
)

const (
	staleAfter = 12 * time.Hour // a push that could not be sent for so long is no news any more
	staleBatch = 200            // places at once, so that nobody waits long for the writer
)

// foldStale makes a digest of what a place should have been told long ago, as after a week without a network: one message in place
// of a flood.
func (s *Scheduler) foldStale(ctx context.Context) {
	for n := staleBatch; n == staleBatch && ctx.Err() == nil; {
		var err error
		if n, err = s.DB.FoldStale(ctx, s.Now().Add(-staleAfter), s.Now(), staleBatch); err != nil {
			s.courier.complain(ctx, "fold what is stale", err)
			return
		}
	}
}
