package schedule

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"herald/news"
	"herald/storage"
)

// clockStep is how exactly the latest time seen is stored, and by how much the clock may be set back unnoticed.
const clockStep = time.Minute

// forever is later than anything that is planned.
var forever = time.UnixMilli(math.MaxInt64)

// clock notices that the machine's clock was set back, also while the program did not run. What was planned by the wrong
// time, perhaps for next year, is then planned anew; what was sent already is known by its local date, and not sent again.
type clock struct {
	Config
	seen time.Time // as stored; zero: not read yet
}

// check tells whether the clock was set back since the last check. now is without the reading that goes on steadily.
func (c *clock) check(ctx context.Context, now time.Time) (back bool, err error) {
	if c.seen.IsZero() {
		if c.seen, err = c.stored(ctx); err != nil {
			return false, err
		}
	}
	switch gone := now.Sub(c.seen); {
	case gone >= 0 && gone < clockStep:
		return false, nil
	case gone < -clockStep:
		c.Log.Warn("the clock was set back", "from", c.seen, "to", now)
		if err := c.replan(ctx, now); err != nil { // first, for it can be done again
			return false, err
		}
		back, err = true, c.DB.SetBack(ctx, now, -gone)
	case gone < 0:
		return false, nil
	default:
		err = c.DB.Set(ctx, storage.ClockKey, strconv.FormatInt(now.Unix(), 10))
	}
	if err != nil {
		return false, err
	}
	c.seen = now
	return back, nil
}

// mind calls again whenever the machine's clock was set back, until ctx ends. Cron sleeps until the clock shows the time that it
// planned by the clock of before, which may be next year.
func mind(ctx context.Context, now func() time.Time, again func()) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for last := now().Round(0); ; { // without the reading that goes on steadily
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		shown := now().Round(0)
		if shown.Before(last) {
			again()
		}
		last = shown
	}
}

func (c *clock) stored(ctx context.Context) (time.Time, error) {
	value, err := c.DB.Get(ctx, storage.ClockKey)
	if err != nil || value == "" {
		return time.Time{}, err
	}
	seconds, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("the time that is stored: %w", err)
	}
	return time.Unix(seconds, 0), nil
}

// replan plans the digest times and the ends of quiet times anew.
func (c *clock) replan(ctx context.Context, now time.Time) error {
	for last := (news.DigestTime{Next: now}); ; {
		times, err := c.DB.DueDigests(ctx, last, forever, digestBatch)
		if err != nil {
			return err
		}
		if len(times) == 0 {
			break
		}
		last = times[len(times)-1]
		for i, t := range times {
			times[i].Next = t.After(now, news.Location(t.Zone))
		}
		if err := c.DB.RetimeDigests(ctx, times); err != nil {
			return err
		}
	}
	return c.replanQuiet(ctx, now)
}

func (c *clock) replanQuiet(ctx context.Context, now time.Time) error {
	for last := int64(math.MinInt64); ; {
		chats, err := c.DB.QuietChats(ctx, last, digestBatch)
		if err != nil || len(chats) == 0 {
			return err
		}
		for _, chat := range chats {
			last = chat.ID
			at := now
			if until := quiet(chat, now); !until.IsZero() {
				at = until
			}
			if err := c.DB.EndQuiet(ctx, chat.ID, at); err != nil {
				return err
			}
		}
	}
}
