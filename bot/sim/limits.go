package sim

import (
	"math"
	"time"

	"golang.org/x/time/rate"
)

// Published limits (Telegram's FAQ for bots, "My bot is hitting limits"): about 30 messages a second in all, one a second
// in a chat with short bursts, 20 a minute in a group. The bursts are what such a sentence lets a reader expect.
const (
	globalRate = 30
	chatRate   = 1
	groupRate  = 20
	paidRate   = 1000 // with allow_paid_broadcast (Bot API, sendMessage)
	chatBurst  = 5
)

// lateNews is how long after a 429 a call may still have been on its way when the 429 was answered: it is refused, but
// not counted as an early retry.
const lateNews = 100 * time.Millisecond

// Limits are the rates of messages and edits. The zero value is Telegram's published limits; a negative rate is none.
type Limits struct {
	Global float64 // a second, in all; as many may come at once
	Chat   float64 // a second, in one chat
	Burst  int     // how many may come at once in one chat; 0: 5
	Group  float64 // a minute, in one group, supergroup or channel; as many may come at once
}

// Unlimited lifts every limit.
func Unlimited() Limits { return Limits{Global: -1, Chat: -1, Group: -1} }

// pacing is the state of the limits.
type pacing struct {
	limits Limits
	global *rate.Limiter // nil: no limit
	paid   *rate.Limiter // in its place for messages that are paid for
	hold   hold
}

// pace is the state of one chat.
type pace struct {
	chat  *rate.Limiter // nil: no limit
	group *rate.Limiter
	hold  hold
	sent  []time.Time
}

// hold is a retry_after that was given.
type hold struct {
	told  time.Time
	until time.Time
}

func newPacing(l Limits) pacing {
	if l.Global == 0 {
		l.Global = globalRate
	}
	if l.Chat == 0 {
		l.Chat = chatRate
	}
	if l.Burst == 0 {
		l.Burst = chatBurst
	}
	if l.Group == 0 {
		l.Group = groupRate
	}
	return pacing{limits: l, global: limiter(l.Global, l.Global), paid: limiter(paidRate, paidRate)}
}

// limiter allows so many a second and so many at once; nil where there is no limit.
func limiter(perSecond, burst float64) *rate.Limiter {
	if perSecond < 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(perSecond), max(int(burst), 1))
}

func (s *Server) newPace(kind string) pace {
	p := pace{chat: limiter(s.limits.Chat, float64(s.limits.Burst))}
	if kind != "private" {
		p.group = limiter(s.limits.Group/60, s.limits.Group)
	}
	return p
}

// admit lets a message or an edit into the chat, or refuses it with 429 and holds the chat, or everything where the
// global limit is hit, for the time it tells.
func (s *Server) admit(r *room, c *call) error {
	now := s.now()
	global := s.global
	if c.flag("allow_paid_broadcast") && global != nil {
		global = s.paid
	}
	for _, h := range []*hold{&s.hold, &r.pace.hold} {
		if now.Before(h.until) {
			return s.stillHeld(h, now)
		}
	}
	if d := shortage(global, now); d > 0 {
		return s.holdFor(&s.hold, now, d)
	}
	if d := max(shortage(r.pace.chat, now), shortage(r.pace.group, now)); d > 0 {
		return s.holdFor(&r.pace.hold, now, d)
	}
	for _, l := range []*rate.Limiter{global, r.pace.chat, r.pace.group} {
		if l != nil {
			l.AllowN(now, 1)
		}
	}
	s.countSent(r, now)
	return nil
}

// shortage is how long it takes until the limiter has room for one.
func shortage(l *rate.Limiter, now time.Time) time.Duration {
	if l == nil {
		return 0
	}
	missing := 1 - l.TokensAt(now)
	if missing <= 1e-9 {
		return 0
	}
	return time.Duration(missing / float64(l.Limit()) * float64(time.Second))
}

// holdFor gives a 429 of whole seconds.
func (s *Server) holdFor(h *hold, now time.Time, d time.Duration) error {
	seconds := int(math.Ceil(d.Seconds()))
	h.told, h.until = now, now.Add(time.Duration(seconds)*time.Second)
	s.stats.Floods++
	return flood(seconds)
}

// stillHeld refuses a call before the time that was told; one that could have known costs a second more.
func (s *Server) stillHeld(h *hold, now time.Time) error {
	if now.Sub(h.told) > lateNews {
		s.stats.EarlyRetries++
		h.told, h.until = now, h.until.Add(time.Second)
	}
	s.stats.Floods++
	return flood(int(math.Ceil(h.until.Sub(now).Seconds())))
}
