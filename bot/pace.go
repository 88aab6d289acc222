package bot

import "time"

// margin stretches every limit a little, because a request can reach Telegram later than the one before it did, and two
// sends then look closer together than they were. It costs 1.2% of the rate.
const margin = 1.012

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

// spacer spreads sends evenly where there is work without end, so that one of a higher class finds room at any moment.
type spacer struct {
	interval time.Duration // 0: no limit
	next     time.Time
}

func newSpacer(rate float64) spacer {
	if rate < 0 {
		return spacer{}
	}
	return spacer{interval: time.Duration(float64(time.Second) / rate)}
}

// catchUp is how late a send may be without moving the ones after it: a timer's lateness, not an idle time.
const catchUp = 20 * time.Millisecond

func (s *spacer) sent(now time.Time) {
	if s.interval == 0 {
		return
	}
	s.next = later(s.next, now.Add(-catchUp)).Add(s.interval)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
