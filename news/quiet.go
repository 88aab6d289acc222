package news

import "time"

// Quiet is the part of each day in which a chat gets no pushes: from one local time until another, over midnight where that
// is the earlier one. The zero value, like any with both the same, is none.
type Quiet struct {
	From, To int // minutes after local midnight, 0 to 1439
}

// On tells whether there is a quiet time at all.
func (q Quiet) On() bool { return q.From != q.To }

// Until is the end of the quiet time that t falls into in loc; the zero time where it falls into none. The rules for times
// that the clocks skip or show twice are those of DigestTime.
func (q Quiet) Until(t time.Time, loc *time.Location) time.Time {
	if !q.On() {
		return time.Time{}
	}
	nights := 0
	if q.To < q.From {
		nights = 1
	}
	for _, day := range []int{0, -1} {
		first := noon(t.In(loc), day)
		from, to := instant(first, q.From, loc), instant(noon(first, nights), q.To, loc)
		if !t.Before(from) && t.Before(to) {
			return to
		}
	}
	return time.Time{}
}
