package bot_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot"
	"herald/news"
)

// densest is the largest number of calls in any span of the given length.
func densest(calls []call, span time.Duration) int {
	most, from := 0, 0
	for i := range calls {
		for calls[i].at.Sub(calls[from].at) >= span {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

func TestBroadcastUsesTheRateAndKeepsIt(t *testing.T) {
	for _, tc := range []struct {
		name    string
		rate    float64
		chats   int64
		latency time.Duration
		transit func(int) time.Duration
	}{
		{"Telegram's", 0, 600, 40 * time.Millisecond, nil},
		{"slow answers", 30, 600, 2 * time.Second, nil},
		{"a paid rate", 1000, 8000, 40 * time.Millisecond, nil},
		{"a way of changing length", 30, 900, 20 * time.Millisecond, func(n int) time.Duration {
			return time.Duration(10+n*7919%17) * time.Millisecond
		}},
		{"a hiccup now and then", 30, 900, 20 * time.Millisecond, func(n int) time.Duration {
			if n%100 == 1 {
				return 90 * time.Millisecond
			}
			return 10 * time.Millisecond
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{latency: tc.latency, transit: tc.transit}
				b := w.newBot(t, bot.Config{Rate: tc.rate})
				stop := running(t, b)
				start := time.Now()
				if failed := broadcast(t, b, bot.ClassBroadcast, ids(1, tc.chats)...); len(failed) > 0 {
					t.Errorf("got %d failures, want none", len(failed))
				}
				took := time.Since(start)
				stop()

				rate := tc.rate
				if rate == 0 {
					rate = 30
				}
				sent := w.of("sendMessage")
				if got := densest(sent, time.Second); float64(got) > rate {
					t.Errorf("got %d in a second, want at most %v", got, rate)
				}
				if got := float64(len(sent)) / (took - tc.latency).Seconds() / rate; got < 0.98 {
					t.Errorf("used %.1f%% of the rate, want 98%%", 100*got)
				}
				seen := map[int64]int{}
				for _, c := range sent {
					seen[c.chat()]++
				}
				if len(seen) != int(tc.chats) || len(sent) != int(tc.chats) {
					t.Errorf("got %d messages to %d chats, want one to each of %d", len(sent), len(seen), tc.chats)
				}
			})
		})
	}
}

func TestNoLimitIsFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond}
		b := w.newBot(t, bot.Config{Rate: -1, ChatRate: -1, GroupRate: -1})
		defer running(t, b)()
		start := time.Now()
		broadcast(t, b, bot.ClassBroadcast, ids(-2000, 2000)...)
		if took := time.Since(start); took > time.Second {
			t.Errorf("2000 messages took %v, want less than a second", took)
		}
	})
}

func TestPaceOfOneChat(t *testing.T) {
	for _, tc := range []struct {
		name  string
		chat  int64
		class bot.Class
		n     int
		span  time.Duration // in which at most
		most  int
		least time.Duration // that the whole takes
		limit time.Duration
	}{
		{"broadcasts to a person", 7, bot.ClassBroadcast, 5, time.Second, 1, 4 * time.Second, 5 * time.Second},
		{"a burst of commands", 7, bot.ClassCommand, 3, time.Second, 3, 0, 100 * time.Millisecond},
		{"many commands", 7, bot.ClassCommand, 9, 3 * time.Second, 3, 6 * time.Second, 7 * time.Second},
		{"commands in a group", -7, bot.ClassCommand, 45, time.Minute, 20, 2 * time.Minute, 3 * time.Minute},
		{"broadcasts to a group leave room", -7, bot.ClassBroadcast, 40, time.Minute, 17, 2 * time.Minute, 3 * time.Minute},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{}
				b := w.newBot(t, bot.Config{})
				stop := running(t, b)
				start := time.Now()
				broadcast(t, b, tc.class, slices.Repeat([]int64{tc.chat}, tc.n)...)
				took := time.Since(start)
				stop()
				if got := densest(w.of("sendMessage"), tc.span); got != tc.most {
					t.Errorf("got %d in %v, want %d", got, tc.span, tc.most)
				}
				if took < tc.least || took > tc.limit {
					t.Errorf("took %v, want %v to %v", took, tc.least, tc.limit)
				}
			})
		})
	}
}

// Many chats that wait, each for its own turn, come back in the order of their times.
func TestChatsThatWaitTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 10 * time.Millisecond}
		b := w.newBot(t, bot.Config{Rate: -1})
		stop := running(t, b)
		chats := ids(1, 50)
		start := time.Now()
		broadcast(t, b, bot.ClassBroadcast, slices.Concat(chats, chats, chats)...)
		took := time.Since(start)
		stop()
		sent := w.of("sendMessage")
		for round := range 3 {
			seen := map[int64]bool{}
			for _, c := range sent[50*round : 50*(round+1)] {
				seen[c.chat()] = true
			}
			if len(seen) != 50 {
				t.Errorf("round %d served %d chats, want all 50", round, len(seen))
			}
		}
		if took > 2200*time.Millisecond {
			t.Errorf("three messages to each took %v, want little more than 2 s", took)
		}
	})
}

func TestEditsShareThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{})
		defer running(t, b)()
		start := time.Now()
		for range 6 {
			if err := b.Edit(t.Context(), news.Place{Chat: 3}, 9, bot.Outgoing{HTML: "page"}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 3*time.Second {
			t.Errorf("6 edits took %v, want the pace of 3 in 3 s", took)
		}
	})
}

// The busy ones: a group at its limit, a chat in a long flood wait, one whose answers take long. None holds up others.
func TestNoChatHoldsUpOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{latency: 40 * time.Millisecond, answer: func(c call) answer {
			switch c.chat() {
			case 1000:
				return flooded(300)
			case 1001:
				return answer{err: errors.New("never"), delay: time.Hour}
			}
			return answer{}
		}}
		b := w.newBot(t, bot.Config{})
		stop := running(t, b)
		chats := slices.Concat(slices.Repeat([]int64{-5}, 100), slices.Repeat([]int64{1000, 1001}, 20), ids(1, 60))
		start := time.Now()
		go broadcast(t, b, bot.ClassBroadcast, chats...)
		synctest.Wait()
		time.Sleep(6 * time.Second)
		stop()
		others := map[int64]bool{}
		for _, c := range w.of("sendMessage") {
			if c.chat() > 0 && c.chat() < 1000 && c.at.Sub(start) < 3*time.Second {
				others[c.chat()] = true
			}
		}
		if len(others) != 60 {
			t.Errorf("got %d of 60 other chats served within 3 s", len(others))
		}
	})
}
