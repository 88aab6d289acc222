package schedule

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"

	"herald/news"
)

// TestFailingFeedsLeaveRoom: however many feeds hang again and again, those that are well find a worker.
func TestFailingFeedsLeaveRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHands()
		hang := make(chan struct{})
		var busy, well sync.WaitGroup
		for i := range 3 * pollWorkers {
			f := news.Feed{URL: fmt.Sprintf("https://hangs%d.example/feed", i), Failures: 1}
			busy.Go(func() { h.work(t.Context(), f, func() { <-hang }) })
		}
		synctest.Wait()
		if n := len(h.workers); n != pollWorkers/2 {
			t.Errorf("%d workers have feeds that hang, want %d", n, pollWorkers/2)
		}
		for i := range 3 * pollWorkers {
			f := news.Feed{URL: fmt.Sprintf("https://well%d.example/feed", i)}
			well.Go(func() { h.work(t.Context(), f, func() {}) })
		}
		well.Wait() // a deadlock where there is no room
		close(hang)
		busy.Wait()
	})
}
