package bot_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot"
	"herald/bot/sim"
	"herald/news"
)

func TestTroubleOnTheWire(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	for _, tc := range []struct {
		name  string
		fault sim.Fault
		class bot.Class
		want  error
	}{
		{"a page of HTML", sim.Fault{Status: 502, Body: "<html>bad</html>"}, bot.ClassBroadcast, bot.ErrTransient},
		{"a reset", sim.Fault{Reset: true}, bot.ClassBroadcast, bot.ErrTransient},
		{"half an answer", sim.Fault{Truncate: true}, bot.ClassBroadcast, bot.ErrTransient},
		{"a reset, for a command", sim.Fault{Reset: true}, bot.ClassCommand, nil},
		{"refused HTML", sim.Fault{Status: 400, Description: "Bad Request: can't parse entities: x"}, bot.ClassBroadcast, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.fault.Method = "sendMessage"
			s.AddFault(tc.fault)
			_, err := b.Send(t.Context(), tc.class, news.Place{Chat: ann}, bot.Outgoing{HTML: "hello"})
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if n := s.Faults(); n != 0 {
				t.Errorf("%d faults did not strike", n)
			}
		})
	}
	if err := s.Block(ann); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Send(t.Context(), bot.ClassBroadcast, news.Place{Chat: ann}, bot.Outgoing{HTML: "hello"}); !errors.Is(err, bot.ErrGone) {
		t.Errorf("blocked: got %v, want ErrGone", err)
	}
	group := s.AddGroup(sim.Group{Title: "Old", Basic: true, Admins: []int64{ann}})
	to, err := s.Upgrade(group.ID)
	if err != nil {
		t.Fatal(err)
	}
	var moved *bot.MigratedError
	if _, err := b.Send(t.Context(), bot.ClassBroadcast, news.Place{Chat: group.ID}, bot.Outgoing{HTML: "hello"}); !errors.As(err, &moved) || moved.To != to {
		t.Errorf("upgraded: got %v, want a migration to %d", err, to)
	}
	wrong := bot.New(bot.Config{Token: "1:wrong", Transport: s.Transport()})
	if _, err := wrong.Me(t.Context()); !errors.Is(err, bot.ErrToken) {
		t.Errorf("a wrong token: got %v, want ErrToken", err)
	}
}

// A broadcast, with commands in between, against the limits as published: each chat once, no refusal, the rate used.
func TestBroadcastKeepsTelegramsLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sim.New(sim.Options{Latency: 40 * time.Millisecond})
		b := bot.New(bot.Config{Token: s.Token(), Transport: s.Transport(), Log: (&logged{}).logger(), Alone: true})
		stop := running(t, b)
		var chats []int64
		for range 1000 {
			chats = append(chats, person(t, s, "Ann"))
		}
		group := s.AddGroup(sim.Group{Title: "Busy", Admins: chats[:1]})
		var wg sync.WaitGroup
		wg.Go(func() { broadcast(t, b, bot.ClassAlert, slices.Repeat([]int64{group.ID}, 40)...) })
		start := time.Now()
		failed := broadcast(t, b, bot.ClassBroadcast, chats...)
		took := time.Since(start)
		wg.Wait()
		stop()
		stats := s.Stats()
		if len(failed) > 0 || len(stats.Refused) > 0 || stats.EarlyRetries > 0 {
			t.Errorf("failed %d, refused %v, early %d; want none", len(failed), stats.Refused, stats.EarlyRetries)
		}
		for _, chat := range chats {
			if stats.Messages[chat] != 1 {
				t.Errorf("chat %d got %d messages, want 1", chat, stats.Messages[chat])
			}
		}
		if used := (1000 + 13) / took.Seconds() / 30; used < 0.98 { // 13: what the group may get in that time, at least
			t.Errorf("used %.1f%% of the rate, want 98%%", 100*used)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
