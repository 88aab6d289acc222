package sim

import "context"

// change wakes everybody who waits for something to happen.
func (s *Server) change() {
	if s.wake != nil {
		close(s.wake)
		s.wake = nil
	}
}

// waker is the channel that the next change closes.
func (s *Server) waker() <-chan struct{} {
	if s.wake == nil {
		s.wake = make(chan struct{})
	}
	return s.wake
}

// Wait returns when ok does, which is asked at once and after every change in the world. ok may call the server. It
// ends with the context's error, or ErrClosed.
func (s *Server) Wait(ctx context.Context, ok func() bool) error {
	for {
		s.mu.Lock()
		wake := s.waker()
		closed := s.closed
		s.mu.Unlock()
		if ok() {
			return nil
		}
		if closed {
			return ErrClosed
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// WaitMessage returns the first message of the chat, old or new, that match accepts. An edited message counts with its
// new content.
func (s *Server) WaitMessage(ctx context.Context, chat int64, match func(Message) bool) (Message, error) {
	var found Message
	err := s.Wait(ctx, func() bool {
		m, ok := s.FindMessage(chat, match)
		found = m
		return ok
	})
	return found, err
}

// FindMessage returns the first message of the chat that match accepts.
func (s *Server) FindMessage(chat int64, match func(Message) bool) (Message, bool) {
	for _, m := range s.Messages(chat) {
		if match(m) {
			return m, true
		}
	}
	return Message{}, false
}

// WaitCall returns the first call still remembered that match accepts.
func (s *Server) WaitCall(ctx context.Context, match func(Call) bool) (Call, error) {
	var found Call
	err := s.Wait(ctx, func() bool {
		for _, c := range s.Calls() {
			if match(c) {
				found = c
				return true
			}
		}
		return false
	})
	return found, err
}

// WaitConfirmed returns when the bot has confirmed every update.
func (s *Server) WaitConfirmed(ctx context.Context) error {
	return s.Wait(ctx, func() bool { return s.PendingUpdates() == 0 })
}
