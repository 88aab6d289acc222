package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Bounds of the event stream: how many events are kept for those who come late, how many may listen, how long a write
// may take before the listener is dropped, how often a quiet stream shows that it lives.
const (
	maxEvents    = 2048
	maxListeners = 64
	writeTime    = 10 * time.Second
	heartbeat    = 15 * time.Second
)

// event is something that the web chat shows. Which fields are set depends on Type.
type event struct {
	Type      string
	Chat      int64
	Message   *Message
	MessageID int
	Topic     int
	Entry     *chatEntry
	Text      string
}

// MarshalJSON writes the fields of the event's type.
func (e event) MarshalJSON() ([]byte, error) {
	out := map[string]any{"type": e.Type}
	switch e.Type {
	case "message", "edit":
		out["chat"], out["message"] = e.Chat, forWeb(e.Message)
	case "delete":
		out["chat"], out["message_id"] = e.Chat, e.MessageID
	case "typing":
		out["chat"], out["topic"] = e.Chat, e.Topic
	case "chat":
		out["chat"] = e.Entry
	case "notice":
		out["text"] = e.Text
	}
	return json.Marshal(out)
}

// feed is the last events, numbered from 1.
type feed struct {
	events    []event
	lastEvent int64
	listeners int
}

// emit adds an event and wakes who listens.
func (s *Server) emit(e event) {
	s.lastEvent++
	if len(s.events) >= 2*maxEvents {
		s.events = append([]event{}, s.events[maxEvents:]...)
	}
	s.events = append(s.events, e)
	s.change()
}

// Notice shows a text to everybody who has the web chat open.
func (s *Server) Notice(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emit(event{Type: "notice", Text: text})
}

// eventsAfter returns the events behind number n, or ok false where they are no longer kept or never were.
func (s *Server) eventsAfter(n int64) (list []event, wake <-chan struct{}, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.lastEvent - int64(len(s.events)) // number of the event before the oldest
	if n < first || n > s.lastEvent {
		return nil, nil, false
	}
	return append([]event{}, s.events[n-first:]...), s.waker(), true
}

// serveEvents streams events as server-sent events (HTML standard, section 9.2). A listener that reads too slowly for
// writeTime, or falls behind what is kept, is dropped; its browser comes back by itself.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	from := r.Header.Get("Last-Event-ID")
	if from == "" {
		from = r.URL.Query().Get("after")
	}
	n, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		webError(w, http.StatusBadRequest, "after must be the number of an event")
		return
	}
	if !s.listen() {
		webError(w, http.StatusServiceUnavailable, "too many pages are open")
		return
	}
	defer s.unlisten()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := &stream{w: w, control: http.NewResponseController(w)}
	defer out.release()
	if out.send(": hello\n\n") != nil {
		return
	}
	s.stream(r, out, n)
}

// stream sends events until somebody ends it.
func (s *Server) stream(r *http.Request, out *stream, n int64) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		list, wake, ok := s.eventsAfter(n)
		if !ok {
			_ = out.send("data: {\"type\":\"reload\"}\n\n") // the stream ends either way
			return
		}
		for _, e := range list {
			n++
			body, err := json.Marshal(e)
			if err != nil || out.send(fmt.Sprintf("id: %d\ndata: %s\n\n", n, body)) != nil {
				return
			}
		}
		select {
		case <-wake:
		case <-beat.C:
			if out.send(": still here\n\n") != nil {
				return
			}
		case <-r.Context().Done():
			return
		case <-s.done:
			return
		}
	}
}

func (s *Server) listen() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listeners >= maxListeners {
		return false
	}
	s.listeners++
	return true
}

func (s *Server) unlisten() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners--
}

// stream writes and flushes with a time limit.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// release lets the connection serve other requests without the time limit.
func (o *stream) release() {
	_ = o.control.SetWriteDeadline(time.Time{}) // as in send
}

func (o *stream) send(text string) error {
	_ = o.control.SetWriteDeadline(time.Now().Add(writeTime)) // a writer without deadlines is one in memory
	if _, err := o.w.Write([]byte(text)); err != nil {
		return err
	}
	return o.control.Flush()
}
