package bot

import "time"

// margin stretches every limit by a little, for clocks that do not agree to the millisecond. It costs 0.5% of the rate.
const margin = 1.005

// pacer keeps a limit of n sends in any span of time of length per. The zero value has no limit.
type pacer struct {
	n   int
	per time.Duration
	at  []time.Time // of the last n sends, oldest first
}

// newPacer makes a pacer of rate sends in each unit of time; a rate below 0 has no limit. Rates below one a unit become
// one in a longer time.
func newPacer(rate float64, unit time.Duration) pacer {
	if rate < 0 {
		return pacer{}
	}
	n := max(int(rate), 1)
	return pacer{n: n, per: time.Duration(float64(n) / rate * margin * float64(unit))}
}

// ready is when there is room for a send that leaves reserve sends of the limit to others; a time that has passed: now.
func (p *pacer) ready(reserve int) time.Time {
	room := max(p.n-reserve, 1)
	if p.n == 0 || len(p.at) < room {
		return time.Time{}
	}
	return p.at[len(p.at)-room].Add(p.per)
}

// sent counts a send.
func (p *pacer) sent(now time.Time) {
	if p.n == 0 {
		return
	}
	if len(p.at) == p.n {
		copy(p.at, p.at[1:])
		p.at = p.at[:p.n-1]
	}
	p.at = append(p.at, now)
}

// idle tells whether no send counts any more.
func (p *pacer) idle(now time.Time) bool {
	return len(p.at) == 0 || !now.Before(p.at[len(p.at)-1].Add(p.per))
}

// flow is the limit of the bot as a whole: n requests in any span of time of length per, wherever on its way Telegram
// counts each. A request that takes longer than others do may be counted so much later; its place in the limit is free
// again only so much later, unless so many take longer that this would cost the rate. The zero value has no limit.
type flow struct {
	n     int
	per   time.Duration
	slots []*slot       // of at most n requests, in no order
	base  time.Duration // how long a request takes when nothing delays it
	mean  time.Duration // of the delays that were allowed for
}

// slot is one request's place in the limit.
type slot struct{ start, end time.Time } // end is zero while it is in flight

const (
	mostDelay  = 100 * time.Millisecond // that is allowed for; a request that hangs must not cost its place for long
	meanDelay  = 10 * time.Millisecond  // that is allowed for on average: 1% of the rate
	baseRising = 64                     // requests in which the base adapts to a slower way; to a faster one at once
	meanOver   = 64                     // requests
)

func newFlow(rate float64) flow {
	p := newPacer(rate, time.Second)
	return flow{n: p.n, per: p.per}
}

// ready is when there is room for another request.
func (f *flow) ready(now time.Time) time.Time {
	if f.n == 0 || len(f.slots) < f.n {
		return time.Time{}
	}
	_, at := f.first(now)
	return at
}

// first is the slot that is free again first, and when.
func (f *flow) first(now time.Time) (index int, at time.Time) {
	for i, s := range f.slots {
		if t := f.free(s, now); i == 0 || t.Before(at) {
			index, at = i, t
		}
	}
	return index, at
}

func (f *flow) free(s *slot, now time.Time) time.Time {
	end := s.end
	if end.IsZero() {
		end = now
	}
	return s.start.Add(f.per + f.allowed(end.Sub(s.start)))
}

// allowed is how much later than others a request that took so long may have been counted.
func (f *flow) allowed(took time.Duration) time.Duration {
	most := mostDelay
	if f.mean > meanDelay {
		most = meanDelay
	}
	return min(max(took-f.base, 0), most)
}

// sent counts a request that starts now; ended must be told its end.
func (f *flow) sent(now time.Time) *slot {
	s := &slot{start: now}
	switch {
	case f.n == 0:
	case len(f.slots) < f.n:
		f.slots = append(f.slots, s)
	default:
		i, _ := f.first(now)
		f.slots[i] = s
	}
	return s
}

// ended notes a request's end. Only one that was accepted shows how long a request takes.
func (f *flow) ended(s *slot, accepted bool, now time.Time) {
	s.end = now
	took := now.Sub(s.start)
	f.mean += (f.allowed(took) - f.mean) / meanOver
	switch {
	case !accepted:
	case f.base == 0 || took < f.base:
		f.base = took
	default:
		f.base += (took - f.base) / baseRising
	}
}

// spacer spreads sends evenly where there is work without end, so that one of a higher class finds room at any moment.
type spacer struct {
	interval time.Duration // 0: no limit
	next     time.Time
	idle     bool // there was nothing to send
}

func newSpacer(rate float64) spacer {
	if rate < 0 {
		return spacer{}
	}
	return spacer{interval: time.Duration(float64(time.Second) / rate), idle: true}
}

// catchUp is how late a send may be without moving the ones after it: what a busy machine costs, not an idle time. What is caught
// up keeps the limit all the same.
const catchUp = 100 * time.Millisecond

func (s *spacer) sent(now time.Time) {
	if s.interval == 0 {
		return
	}
	from := now.Add(-catchUp)
	if s.idle {
		from, s.idle = now, false
	}
	s.next = later(s.next, from).Add(s.interval)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
