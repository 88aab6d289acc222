package sim

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Limits of updates (Bot API, getUpdates).
const (
	maxBatch      = 100
	maxPoll       = 50 * time.Second
	updateLife    = 24 * time.Hour
	firstUpdateID = 730000001
)

// updateKinds are the updates that the world here can cause or a bot may reasonably ask for (Bot API, Update).
var updateKinds = []string{
	"message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
	"callback_query", "my_chat_member", "chat_member", "message_reaction", "message_reaction_count", "poll",
	"poll_answer", "chat_join_request", "chat_boost", "removed_chat_boost", "shipping_query", "pre_checkout_query",
}

// onRequest are the updates that come only when asked for (Bot API, getUpdates, allowed_updates).
var onRequest = []string{"chat_member", "message_reaction", "message_reaction_count"}

// queue is the updates that wait for the bot.
type queue struct {
	pending []update
	nextID  int64
	allowed []string      // empty: all but those on request
	poller  chan struct{} // closed to end the long poll that waits; nil: none does
	hook    *webhook
}

type update struct {
	id   int64
	kind string
	at   time.Time
	body json.RawMessage // the update's only field besides its id
}

// MarshalJSON writes {"update_id": …, kind: …}.
func (u update) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"update_id": u.id, u.kind: u.body})
}

func newQueue() queue { return queue{nextID: firstUpdateID} }

// push queues an update, unless the bot did not ask for its kind. The body is marshalled at once: an update tells what
// was, whatever becomes of it.
func (s *Server) push(kind string, body any) {
	if !s.wants(kind) {
		return
	}
	raw, err := json.Marshal(body)
	if err != nil {
		s.log.Error("sim: marshal update", "kind", kind, "err", err)
		return
	}
	s.pending = append(s.pending, update{id: s.nextID, kind: kind, at: s.now(), body: raw})
	s.nextID++
	s.change()
}

func (s *Server) wants(kind string) bool {
	if len(s.allowed) == 0 {
		return !slices.Contains(onRequest, kind)
	}
	return slices.Contains(s.allowed, kind)
}

// getUpdates confirms what lies before the offset and waits for the rest (Bot API, getUpdates).
func (s *Server) getUpdates(ctx context.Context, c *call) (any, error) {
	limit := int(c.num("limit"))
	if limit <= 0 || limit > maxBatch {
		limit = maxBatch
	}
	wait := min(time.Duration(max(c.num("timeout"), 0))*time.Second, maxPoll)
	me, err := s.startPoll(c)
	if err != nil {
		return nil, err
	}
	defer s.endPoll(me)
	deadline := time.NewTimer(wait)
	defer deadline.Stop()
	for {
		batch, wake := s.batch(limit)
		if len(batch) > 0 || wait == 0 {
			return batch, nil
		}
		select {
		case <-wake:
		case <-me:
			return nil, s.pollEnded()
		case <-deadline.C:
			return batch, nil
		case <-ctx.Done():
			return batch, nil
		case <-s.done:
			return nil, errClosed
		}
	}
}

// startPoll ends the poll that waits, if any, and applies what the call says of offset and kinds.
func (s *Server) startPoll(c *call) (chan struct{}, error) {
	kinds, err := decodeKinds(c)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return nil, errWebhookOn
	}
	if s.poller != nil {
		close(s.poller)
	}
	me := make(chan struct{})
	s.poller = me
	if kinds != nil {
		s.allowed = kinds
	}
	s.confirm(c.num("offset"))
	s.change()
	return me, nil
}

// pollEnded is why a long poll was ended from outside.
func (s *Server) pollEnded() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook != nil {
		return errHookSet
	}
	return errConflict
}

func (s *Server) endPoll(me chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.poller == me {
		s.poller = nil
	}
}

// decodeKinds reads allowed_updates; nil where it was left out.
func decodeKinds(c *call) ([]string, error) {
	raw := c.str("allowed_updates")
	if raw == "" {
		return nil, nil
	}
	kinds := []string{}
	if err := decodeObject(raw, "allowed updates", &kinds); err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if !slices.Contains(updateKinds, k) {
			return nil, bad("unknown update type %q", k)
		}
	}
	return kinds, nil
}

// confirm forgets the updates before offset; a negative offset keeps that many from the end.
func (s *Server) confirm(offset int64) {
	n := 0
	switch {
	case offset > 0:
		for n < len(s.pending) && s.pending[n].id < offset {
			n++
		}
	case offset < 0:
		n = max(len(s.pending)+int(max(offset, -1<<30)), 0)
	}
	for n < len(s.pending) && s.now().Sub(s.pending[n].at) > updateLife {
		n++
	}
	if n > 0 {
		s.pending = slices.Clone(s.pending[n:])
		s.change()
	}
}

// batch returns the first updates and the channel that is closed at the next change.
func (s *Server) batch(limit int) ([]update, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pending[:min(limit, len(s.pending))]), s.waker()
}

// PendingUpdates is the number of updates that the bot has not confirmed.
func (s *Server) PendingUpdates() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)
}

// Push queues a raw update, such as one of a kind the bot does not know: kind is its field's name, body any JSON value.
// It is queued whatever kinds the bot asked for.
func (s *Server) Push(kind string, body json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(s.pending, update{id: s.nextID, kind: kind, at: s.now(), body: body})
	s.nextID++
	s.change()
}
