package main

import (
	"syscall"
	"testing"
	"time"

	"herald/bot/sim"
)

// stopLimit is when who ends a program loses patience and kills it (docker stop).
const stopLimit = 10 * time.Second

// TestStopWhileTelegramHangs: told to stop while a message is long on its way, the program ends before it is killed, and sends the
// message at the next start.
func TestStopWhileTelegramHangs(t *testing.T) {
	r := newReadership(t, t.TempDir(), sim.Options{})
	r.join(1)
	r.telegram.AddFault(sim.Fault{Method: "sendMessage", Delay: time.Minute, Status: 502})
	r.start()
	r.publish("Quay closed.")
	if !r.until(patience, func() bool { return r.telegram.Faults() == 0 }) {
		t.Fatal("nothing is sent")
	}
	began := time.Now()
	if err := r.stop(syscall.SIGTERM); err != nil {
		t.Errorf("ended with %v", err)
	}
	if took := time.Since(began); took >= stopLimit {
		t.Errorf("ended after %s", took)
	}
	r.start()
	if !r.until(patience, func() bool { n, _ := r.got("Quay closed.", r.chats); return n == 1 }) {
		t.Error("the message is lost")
	}
}
