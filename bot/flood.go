package bot

import (
	"errors"
	"time"
)

// Telegram's 429 does not say whether a chat must wait or the bot as a whole (Bot API, ResponseParameters). So after one, only
// one message to another chat is under way at a time until it is clear: where Telegram takes it, the wait was the chat's alone;
// where it is refused until the same moment, everybody waits.
const (
	longDoubt   = time.Second     // how long it may remain unclear
	floodApart  = 2 * time.Second // retry_after is in whole seconds
	cheapFlood  = 2 * time.Second // up to this two chats are proof enough, since a mistake costs little
	floodChats  = 3               // that are proof of a longer wait
	cheapChats  = 2
	tellableMin = time.Second // shorter waits are over before a program that ended is back
)

// doubt is what is not clear yet about refusals for going too fast. The zero value is none.
type doubt struct {
	floods []flood   // of one chat each
	until  time.Time // the doubt's own end
	probe  *job      // under way
}

// flood is a refusal for going too fast.
type flood struct {
	chat  int64
	until time.Time
}

// wait is how long nothing may begin, because a probe is under way.
func (d *doubt) wait(now time.Time) time.Duration {
	if d.probe == nil {
		return 0
	}
	return max(d.until.Sub(now), 0)
}

// begun makes a probe of the message that begins, if one is needed.
func (d *doubt) begun(j *job, now time.Time) {
	if j.probe = len(d.floods) > 0 && d.until.After(now); j.probe {
		d.probe = j
	}
}

// answered notes a request's end. Only a message that began after the refusal shows that others may write; of one that was
// under way already nobody knows.
func (d *doubt) answered(j *job, err error) {
	var no *FloodError
	if d.probe == j {
		d.probe = nil
	}
	if j.probe && !errors.As(err, &no) && !errors.Is(err, ErrTransient) {
		d.floods = nil
	}
}

// add notes a refusal and tells until when everybody must wait, if it has become clear that everybody must.
func (d *doubt) add(f flood, now time.Time) (until time.Time, everybody bool) {
	if !d.until.After(now) {
		d.floods, d.probe = nil, nil
	}
	d.until = now.Add(longDoubt)
	d.floods = append(d.floods, f)
	alike := map[int64]bool{}
	for _, g := range d.floods {
		if g.until.Sub(f.until).Abs() <= floodApart {
			alike[g.chat] = true
			until = later(until, g.until)
		}
	}
	needed := floodChats
	if until.Sub(now) <= cheapFlood {
		needed = cheapChats
	}
	if len(alike) < needed {
		return time.Time{}, false
	}
	d.floods = nil
	return until, true
}

// flood holds the chat, and everything when the wait is everybody's, for exactly as long as Telegram said.
func (s *sender) flood(l *lane, after time.Duration, now time.Time) {
	until := now.Add(after)
	s.log.Warn("flood wait", "chat", l.chat, "seconds", after.Seconds())
	s.queue.hold(l, until, now)
	if after > shortFlood {
		s.refuse(l, now)
	}
	s.tell(l.chat, after, until)
	if s.queue.held.After(now) {
		return // what was under way when everybody's wait began
	}
	all, everybody := s.doubt.add(flood{l.chat, until}, now)
	if !everybody {
		return
	}
	s.queue.held = later(s.queue.held, all)
	after = s.queue.held.Sub(now)
	s.log.Warn("flood wait of the bot as a whole", "seconds", after.Seconds())
	s.tell(everyChat, after, s.queue.held)
	if after > shortFlood {
		for _, l := range s.queue.chats {
			s.refuse(l, now)
		}
	}
}

// refuse tells the wait to all who queue for the chat, so that they do something else meanwhile.
func (s *sender) refuse(l *lane, now time.Time) {
	wait := s.flooded(l.chat, now)
	for _, j := range s.queue.take(l, now, func(*job) bool { return true }) {
		j.done <- outcome{err: &FloodError{After: wait}}
	}
}

// everyChat stands for all chats where a flood wait is told of.
const everyChat = 0

// tell has a flood wait noted for the next start (see perform).
func (s *sender) tell(chat int64, after time.Duration, until time.Time) {
	if s.flooding != nil && after > tellableMin {
		s.untold = append(s.untold, flood{chat, until})
	}
}

// Past is what an earlier run of the program leaves to be heeded by the next: Telegram goes on counting.
type Past struct {
	Floods map[int64]time.Time // flood waits by chat, with their ends; chat 0: of the bot as a whole
	Sent   []Sent              // messages that were sent, or may have been, oldest first
}

// Sent is a message that was sent to a chat.
type Sent struct {
	Chat int64
	At   time.Time
}

// Resume takes up the pace where an earlier run of the program ended. It is to be called before Run.
func (b *Bot) Resume(p Past) {
	s := b.sender
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	for chat, until := range p.Floods {
		if chat == everyChat {
			s.queue.held = later(s.queue.held, until)
			continue
		}
		s.queue.hold(s.queue.lane(chat), until, now)
	}
	for _, m := range p.Sent {
		slot := s.queue.all.sent(m.At)
		slot.end = m.At
		s.queue.done(s.queue.lane(m.Chat), m.At)
	}
}
