package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"herald/news"
	"herald/storage"
)

// errPanic is what a delivery failed with where the code that made it panicked. It would again for ever.
var errPanic = errors.New("panic")

// panicked logs a panic that was recovered, with where it happened.
func panicked(log *slog.Logger, what string, p any) {
	log.Error(what+" panicked", "panic", redact(fmt.Sprint(p)), "stack", string(debug.Stack()))
}

// caught makes a failure of a panic. It is to be deferred itself.
func (c *courier) caught(ctx context.Context, out *storage.Outcome, place news.Place, attempts int) {
	if p := recover(); p != nil {
		panicked(c.Log.With("chat", place.Chat, "id", out.ID), "a delivery", p)
		c.settle(ctx, out, place, attempts, fmt.Errorf("%w: %v", errPanic, p))
	}
}
