package news

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestTrouble(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("disk on fire"), ""},
		{ErrNotFound, ""}, // storage's, and no trouble with a source
		{fmt.Errorf("get https://a.example: %w", ErrMissing), "missing"},
		{fmt.Errorf("read: %w", fmt.Errorf("get: %w", ErrUnreach)), "unreachable"},
		{context.DeadlineExceeded, "unreachable"},
		{context.Canceled, ""},
	} {
		if got := Trouble(tt.err); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.err, got, tt.want)
		}
	}
}
