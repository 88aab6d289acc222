package handlers_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot/sim"
)

// TestManyCommandsAtOnce: all are answered, in order.
func TestManyCommandsAtOnce(t *testing.T) {
	w := newWorld(t)
	first := must(w.sim.Tell(ann, "/start"))(t)
	for i := range 50 {
		must(w.sim.Tell(ann, fmt.Sprintf("/zz%d", i)))(t)
	}
	got := w.answers(ann, first.ID)
	if len(got) != 51 {
		t.Fatalf("%d answers, want 51", len(got))
	}
	for i, m := range got[1:] {
		has(t, m, fmt.Sprintf("/zz%d.", i))
	}
	w.calm()
}

// TestFloodWait: an answer waits for as long as Telegram says, and is not lost.
func TestFloodWait(t *testing.T) {
	for _, seconds := range []int{3, 40} {
		t.Run(fmt.Sprint(seconds), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorldWith(t, nil)
				w.tell(ann, "/start")
				w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: ann, RetryAfter: seconds})
				begin := time.Now()
				must(w.sim.Tell(ann, "/help"))(t)
				time.Sleep(time.Minute)
				m, _ := w.sim.LastMessage(ann)
				has(t, m, "Reading")
				if waited := time.Unix(m.Date, 0).Sub(begin); waited < time.Duration(seconds)*time.Second || waited > time.Duration(seconds+2)*time.Second {
					t.Errorf("answered after %s", waited)
				}
				if s := w.sim.Stats(); s.EarlyRetries > 0 {
					t.Errorf("%d early retries", s.EarlyRetries)
				}
			})
		})
	}
}
