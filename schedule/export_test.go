package schedule

import "context"

// Wake has the courier look for deliveries now, and not only at the next second.
func (s *Scheduler) Wake() { s.courier.wake() }

// AskHubs asks the hubs that are due, which the clock does once a minute.
func (s *Scheduler) AskHubs(ctx context.Context) { s.askHubs(ctx) }
