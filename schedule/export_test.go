package schedule

// Wake has the courier look for deliveries now, and not only at the next second.
func (s *Scheduler) Wake() { s.courier.wake() }
