package storage

import (
	"math"
	"time"
)

const (
	defaultLimit = 5
	maxLimit     = 50
	maxOffset    = 10_000
)

// window is the part of a list that is asked for.
type window struct{ offset, limit int }

// windowOf keeps offset and limit within bounds.
func windowOf(offset, limit int) window {
	if limit <= 0 {
		limit = defaultLimit
	}
	return window{offset: min(max(offset, 0), maxOffset), limit: min(limit, maxLimit)}
}

// need is how long a list must be to be cut: one more than is shown tells whether there is more.
func (w window) need() int { return w.offset + w.limit + 1 }

// cut returns the part of a list and whether the list goes on after it.
func cut[T any](list []T, w window) (part []T, more bool) {
	start, end := min(w.offset, len(list)), min(w.offset+w.limit, len(list))
	return list[start:end], len(list) > end
}

// anchorMillis is the time up to which a list goes: the end of all time where it has no anchor.
func anchorMillis(t time.Time) int64 {
	if t.IsZero() {
		return math.MaxInt64
	}
	return millis(t)
}
