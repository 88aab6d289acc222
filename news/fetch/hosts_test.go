package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"herald/news"
)

func TestGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second)
		start := time.Now()
		ask := func(key string, near bool) time.Duration {
			turn, err := h.acquire(t.Context(), key, 0)
			if err != nil {
				t.Fatal(err)
			}
			turn.near.Store(near)
			at := time.Since(start)
			turn.release()
			return at
		}
		for i, c := range []struct {
			key  string
			near bool
			want time.Duration
		}{
			{"a", false, 0},
			{"a", false, time.Second},
			{"b", false, time.Second},
			{"a", false, 2 * time.Second},
			{"near", true, 2 * time.Second},
			{"near", true, 2 * time.Second},
		} {
			if got := ask(c.key, c.near); got != c.want {
				t.Errorf("%d: asked after %v, want %v", i, got, c.want)
			}
		}
	})
}

func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(0)
		turn, err := h.acquire(t.Context(), "a", 0)
		if err != nil {
			t.Fatal(err)
		}
		turn.pause(time.Minute)
		turn.pause(time.Second) // a shorter wish does not shorten the longer one
		turn.release()
		time.Sleep(59 * time.Second)
		_, err = h.acquire(t.Context(), "a", 0)
		var retry *RetryError
		if !errors.As(err, &retry) || retry.RetryAfter != time.Second {
			t.Errorf("got %v, want a wait of 1s", err)
		}
		time.Sleep(time.Second)
		if turn, err = h.acquire(t.Context(), "a", 0); err != nil {
			t.Fatalf("after the pause: %v", err)
		}
		turn.release()
	})
}

func TestWaitingEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Hour)
		turn, err := h.acquire(t.Context(), "a", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, held := range []bool{true, false} { // for the turn, then for the gap
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			want := context.DeadlineExceeded
			if !held {
				want = news.ErrBusy // the gap is longer than there is time: no use in waiting
			}
			if _, err := h.acquire(ctx, "a", 0); !errors.Is(err, want) {
				t.Errorf("held %v: got %v, want %v", held, err, want)
			}
			cancel()
			if held {
				turn.release()
			}
		}
		time.Sleep(time.Hour)
		if turn, err = h.acquire(t.Context(), "a", 0); err != nil {
			t.Fatalf("the turn is lost: %v", err)
		}
		turn.release()
	})
}

func TestIdleHostsAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHosts(time.Second)
		busy, err := h.acquire(t.Context(), "busy", 0)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 * pruneAt {
			turn, err := h.acquire(t.Context(), fmt.Sprint(i), 0)
			if err != nil {
				t.Fatal(err)
			}
			turn.release()
			time.Sleep(time.Second)
		}
		if n := len(h.byKey); n > pruneAt+1 {
			t.Errorf("%d hosts are kept", n)
		}
		if h.byKey["busy"] != busy.host {
			t.Error("a host with a request under way was forgotten")
		}
		busy.release()
	})
}

func TestParseRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		in   string
		want time.Duration
	}{
		{"", 0},
		{"120", 2 * time.Minute},
		{"-5", 0},
		{"soon", 0},
		{"99999999999999", maxRetryAfter},
		{"999999999999999999999", 0},
		{now.Add(time.Hour).Format(http.TimeFormat), time.Hour},
		{now.Add(-time.Hour).Format(http.TimeFormat), 0},
		{now.AddDate(1, 0, 0).Format(http.TimeFormat), maxRetryAfter},
	} {
		t.Run(c.in, func(t *testing.T) {
			if got := RetryAfter(c.in, now); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
