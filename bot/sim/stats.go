package sim

import (
	"errors"
	"maps"
	"slices"
	"time"
)

// maxCalls is how many calls are remembered; Stats counts them all.
const maxCalls = 5000

// Call is a call that the server answered.
type Call struct {
	Time        time.Time
	Method      string
	Chat        int64             // the parameter chat_id; 0: none, or a name
	Params      map[string]string // as they came
	Status      int               // HTTP status; 0: a fault cut the connection
	Description string            // of a refusal or a fault; "": accepted
}

// Stats are counts since the server was made.
type Stats struct {
	Calls           map[string]int // by method
	Messages        map[int64]int  // messages and documents the bot sent, by chat
	Refused         map[string]int // refused calls, by description
	Floods          int            // 429s given
	EarlyRetries    int            // calls in a chat, or at all, before the retry_after they were given had passed
	PeakSecond      int            // most messages and edits accepted in any one second
	PeakGroupMinute int            // most accepted in any one minute in any one group or channel
}

// ledger is what the server remembers of the calls.
type ledger struct {
	stats Stats
	calls []Call
	sent  []time.Time // accepted messages and edits of the last second
}

func newLedger() ledger {
	return ledger{stats: Stats{Calls: map[string]int{}, Messages: map[int64]int{}, Refused: map[string]int{}}}
}

// record books a call and wakes those who wait for it.
func (s *Server) record(c *call, at time.Time, err error) {
	entry := Call{Time: at, Method: c.method, Chat: c.num("chat_id"), Params: c.params, Status: 200}
	if err != nil {
		e := errClosed
		errors.As(err, &e)
		entry.Status, entry.Description = e.code, e.text
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Calls[c.method]++
	if err != nil {
		s.stats.Refused[entry.Description]++
		s.log.Debug("sim: refused", "method", c.method, "chat", entry.Chat, "description", entry.Description)
	}
	if len(s.calls) >= 2*maxCalls {
		s.calls = slices.Clone(s.calls[maxCalls:])
	}
	s.calls = append(s.calls, entry)
	s.change()
}

// Calls returns the calls answered, oldest first; at least the last 5000.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// CallsOf returns the remembered calls of one method, oldest first.
func (s *Server) CallsOf(method string) []Call {
	return slices.DeleteFunc(s.Calls(), func(c Call) bool { return c.Method != method })
}

// Stats returns the counts so far.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.stats
	out.Calls, out.Messages, out.Refused = maps.Clone(out.Calls), maps.Clone(out.Messages), maps.Clone(out.Refused)
	return out
}

// countSent books an accepted message or edit for the peaks.
func (s *Server) countSent(r *room, now time.Time) {
	s.sent = recent(s.sent, now, time.Second)
	s.stats.PeakSecond = max(s.stats.PeakSecond, len(s.sent))
	if r.chat.Type != "private" {
		r.pace.sent = recent(r.pace.sent, now, time.Minute)
		s.stats.PeakGroupMinute = max(s.stats.PeakGroupMinute, len(r.pace.sent))
	}
}

// recent adds now and drops what is not within the span before it.
func recent(times []time.Time, now time.Time, span time.Duration) []time.Time {
	n := 0
	for n < len(times) && now.Sub(times[n]) >= span {
		n++
	}
	return append(times[n:], now)
}
