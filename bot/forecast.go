package bot

import "time"

// Takes is about how long it takes to send so many pushes, of which so many go to one private chat and to one group or channel: as
// long as Telegram's limits make it. Flood waits of single chats are not counted.
func (b *Bot) Takes(all, private, group int) time.Duration {
	s := b.sender
	s.mu.Lock()
	defer s.mu.Unlock()
	took := func(n int, perSecond float64) time.Duration {
		if n <= 0 || perSecond <= 0 {
			return 0
		}
		return time.Duration(float64(n) / perSecond * float64(time.Second))
	}
	q := s.queue
	longest := max(took(all, q.rate), took(private, q.chatRate), took(group, max(q.groupRate-groupReserve, q.groupRate/2)/60))
	if all > 0 {
		longest += max(q.held.Sub(s.now()), 0)
	}
	return longest
}
