package schedule

import (
	"context"

	"herald/news"
)

// Wake has the courier look for deliveries now, and not only at the next second.
func (s *Scheduler) Wake() { s.courier.wake() }

// AskHubs asks the hubs that are due, which the clock does once a minute.
func (s *Scheduler) AskHubs(ctx context.Context) { s.askHubs(ctx) }

// InHand tells whether somebody has the feed.
func (s *Scheduler) InHand(id int64) bool {
	s.hands.mu.Lock()
	defer s.hands.mu.Unlock()
	return s.hands.feeds[id] != nil
}

// Place gives an article its story and stores it with what it causes.
func (s *Scheduler) Place(ctx context.Context, a *news.Article) error {
	return s.intake.place(ctx, a, true)
}
