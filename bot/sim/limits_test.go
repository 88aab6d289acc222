package sim

import (
	"testing"
	"testing/synctest"
	"time"
)

// send sends to a chat and returns retry_after; 0: accepted.
func sendTo(t *testing.T, s *Server, chat int64) int {
	t.Helper()
	a := do(t, s, "sendMessage", "chat_id", id(chat), "text", "a")
	if !a.OK && a.Code != 429 {
		t.Fatalf("%d %s", a.Code, a.Description)
	}
	if a.Code == 429 {
		wantRefusal(t, a, 429, "Too Many Requests: retry after "+id(a.Parameters.RetryAfter))
	}
	return a.Parameters.RetryAfter
}

// burst sends until something is refused and returns how many came through and the retry_after.
func burst(t *testing.T, s *Server, chat func(int) int64) (n, wait int) {
	t.Helper()
	for wait == 0 {
		if wait = sendTo(t, s, chat(n)); wait == 0 {
			n++
		}
	}
	return n, wait
}

func TestChatRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Limits: Limits{Global: -1}})
		u := newPerson(t, s, "Ada")
		n, wait := burst(t, s, func(int) int64 { return u.ID })
		if n != chatBurst || wait != 1 {
			t.Errorf("burst %d, retry_after %d; want %d, 1", n, wait, chatBurst)
		}
		for range 20 {
			time.Sleep(time.Second)
			if wait := sendTo(t, s, u.ID); wait != 0 {
				t.Errorf("refused at one a second, retry_after %d", wait)
			}
		}
		if wait := sendTo(t, s, u.ID); wait != 1 {
			t.Errorf("a second one at once: retry_after %d", wait)
		}
	})
}

func TestGroupRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Limits: Limits{Global: -1, Chat: -1}})
		u := newPerson(t, s, "Ada")
		for _, chat := range []int64{s.AddGroup(Group{Admins: []int64{u.ID}}).ID, s.AddGroup(Group{Basic: true}).ID, s.AddChannel(Group{}).ID} {
			n, wait := burst(t, s, func(int) int64 { return chat })
			if n != 20 || wait != 3 {
				t.Errorf("chat %d: burst %d, retry_after %d; want 20, 3", chat, n, wait)
			}
		}
		if got := s.Stats().PeakGroupMinute; got != 20 {
			t.Errorf("peak %d, want 20", got)
		}
	})
}

func TestGlobalRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Limits: Limits{Chat: -1}})
		var people []int64
		for range 40 {
			people = append(people, newPerson(t, s, "Reader").ID)
		}
		n, wait := burst(t, s, func(i int) int64 { return people[i%40] })
		if n != 30 || wait != 1 {
			t.Errorf("burst %d, retry_after %d; want 30, 1", n, wait)
		}
		time.Sleep(50 * time.Millisecond)
		if sendTo(t, s, people[39]) == 0 {
			t.Error("another chat got through while everything is held")
		}
		if got := s.Stats(); got.PeakSecond != 30 || got.EarlyRetries != 0 {
			t.Errorf("peak %d, early %d; want 30, 0: what was under way is no early retry", got.PeakSecond, got.EarlyRetries)
		}
		time.Sleep(950 * time.Millisecond)
		if wait := sendTo(t, s, people[0]); wait != 0 {
			t.Errorf("after the wait: retry_after %d", wait)
		}
	})
}

func TestEarlyRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Limits: Limits{Global: -1}})
		u := newPerson(t, s, "Ada")
		s.AddFault(Fault{Method: "sendmessage", RetryAfter: 10})
		if wait := sendTo(t, s, u.ID); wait != 10 {
			t.Errorf("retry_after %d, want 10", wait)
		}
		time.Sleep(4 * time.Second)
		if wait := sendTo(t, s, u.ID); wait != 7 {
			t.Errorf("early: retry_after %d, want 6 and 1 for being early", wait)
		}
		time.Sleep(7*time.Second - time.Millisecond)
		if wait := sendTo(t, s, u.ID); wait != 2 {
			t.Errorf("a millisecond early: retry_after %d, want 2", wait)
		}
		time.Sleep(2 * time.Second)
		if wait := sendTo(t, s, u.ID); wait != 0 {
			t.Errorf("in time: retry_after %d", wait)
		}
		if got := s.Stats(); got.EarlyRetries != 2 || got.Floods != 3 || got.Messages[u.ID] != 1 {
			t.Errorf("stats %+v", got)
		}
	})
}

// TestEditsShareTheRate also checks that a refused call takes nothing of it.
func TestEditsShareTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Limits: Limits{Global: -1, Burst: 2}})
		u := newPerson(t, s, "Ada")
		sendTo(t, s, u.ID)
		for range 10 {
			do(t, s, "editMessageText", "chat_id", id(u.ID), "message_id", "2", "text", "a")
		}
		edit := func(text string) answer {
			return do(t, s, "editMessageText", "chat_id", id(u.ID), "message_id", "2", "text", text)
		}
		if a := edit("b"); !a.OK {
			t.Errorf("edit: %s", a.Description)
		}
		wantRefusal(t, edit("c"), 429, "Too Many Requests: retry after 1")
	})
}

// TestPaid: messages that are paid for have a rate of their own.
func TestPaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Limits: Limits{Chat: -1}})
		u := newPerson(t, s, "Ada")
		paid := func() answer {
			return do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a", "allow_paid_broadcast", "true")
		}
		for i := range 1000 {
			if a := paid(); !a.OK {
				t.Fatalf("message %d: %s", i, a.Description)
			}
		}
		wantRefusal(t, paid(), 429, "Too Many Requests: retry after 1")
	})
}
