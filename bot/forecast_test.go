package bot_test

import (
	"testing"
	"testing/synctest"
	"time"

	"herald/bot"
)

func TestTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := (&wire{}).newBot(t, bot.Config{})
		for _, tc := range []struct {
			all, private, group int
			want                time.Duration
		}{
			{0, 0, 0, 0},
			{3000, 2, 1, 100 * time.Second},
			{300, 200, 1, 200 * time.Second},
			{300, 1, 170, 10 * time.Minute}, // three of a group's twenty are kept for answers
		} {
			if got := b.Takes(tc.all, tc.private, tc.group); got != tc.want {
				t.Errorf("%+v: got %s", tc, got)
			}
		}
		b.Resume(bot.Past{Floods: map[int64]time.Time{0: time.Now().Add(time.Hour)}})
		if got := b.Takes(30, 1, 0); got != time.Hour+time.Second {
			t.Errorf("in a flood wait: got %s", got)
		}
		free := (&wire{}).newBot(t, bot.Config{Rate: -1, ChatRate: -1, GroupRate: -1})
		if got := free.Takes(3000, 20, 30); got != 0 {
			t.Errorf("without limits: got %s", got)
		}
	})
}
