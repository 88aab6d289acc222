package sim

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault is a misfortune that a test orders. It strikes the calls that it matches, the first fault in order that does.
// A fault that sets none of Status, RetryAfter, Reset and Truncate only delays.
type Fault struct {
	Method string // in any case; "": every method
	Chat   int64  // 0: every chat
	Times  int    // how many calls it strikes; 0: one; negative: until ClearFaults

	Delay       time.Duration // before anything else
	After       bool          // the call is executed first and its answer thrown away; else it has no effect
	Status      int           // answer with this HTTP status
	Description string        // of a Bot API refusal with that status; "": the status' own words
	Body        string        // in place of a refusal, whatever it is; "<…" is sent as HTML
	RetryAfter  int           // seconds: answer 429 and hold the chat as a real one would
	Global      bool          // RetryAfter holds every chat
	Reset       bool          // cut the connection without an answer
	Truncate    bool          // execute the call, send half of the answer, cut the connection
}

// AddFault orders a fault behind those that wait already.
func (s *Server) AddFault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults = append(s.faults, &f)
}

// ClearFaults takes back every fault that has not struck.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// Faults is the number of faults that have not struck as often as ordered.
func (s *Server) Faults() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.faults)
}

// takeFault finds the fault for a call and counts it down.
func (s *Server) takeFault(c *call) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if !f.matches(c) {
			continue
		}
		struck := *f
		if f.Times--; f.Times == 0 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		}
		s.change()
		return &struck
	}
	return nil
}

func (f *Fault) matches(c *call) bool {
	return (f.Method == "" || strings.EqualFold(f.Method, c.method)) &&
		(f.Chat == 0 || f.Chat == c.num("chat_id"))
}

// fail answers a call as the fault says; run executes it. A cut connection is http.ErrAbortHandler.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, f *Fault, c *call, run func(context.Context) reply) {
	s.sleep(r.Context(), f.Delay)
	switch {
	case f.Truncate:
		s.truncate(w, run(r.Context()))
	case f.Status == 0 && f.RetryAfter == 0 && !f.Reset:
		s.answer(w, run(r.Context()))
		return
	case f.After:
		run(r.Context())
	default:
		s.record(c, s.now(), f.booked())
	}
	if f.Reset || f.Truncate {
		panic(http.ErrAbortHandler)
	}
	s.answerFault(w, f, c)
}

// booked is how a call that the fault kept from being executed stands among the calls.
func (f *Fault) booked() error {
	code := f.Status
	if f.RetryAfter > 0 {
		code = http.StatusTooManyRequests
	}
	return &refusal{code: code, text: "a fault that was ordered"}
}

// truncate sends the head of an answer that promises more than half of its body.
func (s *Server) truncate(w http.ResponseWriter, r reply) {
	code, body := s.encode(r)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, _ = w.Write(body[:len(body)/2])
	_ = http.NewResponseController(w).Flush() // a writer that can't flush shows the half all the same
}

func (s *Server) answerFault(w http.ResponseWriter, f *Fault, c *call) {
	if f.RetryAfter > 0 {
		writeRefusal(w, s.faultFlood(f, c))
		return
	}
	if f.Body == "" {
		text := f.Description
		if text == "" {
			text = http.StatusText(f.Status)
		}
		writeRefusal(w, &refusal{code: f.Status, text: text})
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if strings.HasPrefix(f.Body, "<") {
		w.Header().Set("Content-Type", "text/html")
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body))
}

// faultFlood holds what a real 429 would.
func (s *Server) faultFlood(f *Fault, c *call) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := &hold{}
	if r := s.rooms[c.num("chat_id")]; r != nil {
		h = &r.pace.hold
	}
	if f.Global {
		h = &s.hold
	}
	return s.holdFor(h, s.now(), time.Duration(f.RetryAfter)*time.Second)
}
