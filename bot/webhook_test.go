package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"herald/bot"
	"herald/bot/sim"
)

// hooked serves a webhook on loopback until the test or stop ends it.
func hooked(t *testing.T, b *bot.Bot, handle func(context.Context, bot.Update)) (address string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewUnstartedServer(nil)
	address = "http://" + server.Listener.Addr().String()
	hook := b.NewWebhook(ctx, address, handle)
	server.Config.Handler = hook
	server.Start()
	done := make(chan error, 1)
	go func() { done <- hook.Run(ctx) }()
	ended := false
	stop = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("webhook: %v", err)
		}
		server.Close()
	}
	t.Cleanup(stop)
	return address, stop
}

func TestWebhookHandlesBeforeItConfirms(t *testing.T) {
	s, b := telegram(t)
	release := make(chan struct{})
	var handled atomic.Int64
	_, stop := hooked(t, b, func(context.Context, bot.Update) { <-release; handled.Add(1) })
	u := s.AddUser(sim.User{FirstName: "Ada"})
	if _, err := s.Tell(u.ID, "/start"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.WaitCall(t.Context(), func(c sim.Call) bool { return c.Method == "setWebhook" && c.Status == 200 }); err != nil {
		t.Fatal(err)
	}
	if n := s.PendingUpdates(); n == 0 {
		t.Error("the update was confirmed before it was handled")
	}
	close(release)
	if err := s.WaitConfirmed(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := handled.Load(); got != 1 {
		t.Errorf("handled %d times, want once", got)
	}
	stop()
}

// Handlers run side by side up to a bound; the rest get their turn after them.
func TestWebhookBoundsItsHandlers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		b := w.newBot(t, bot.Config{})
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		var running atomic.Int64
		hook := b.NewWebhook(ctx, "https://herald.example/hook", func(context.Context, bot.Update) { running.Add(1); <-release })
		done := make(chan error, 1)
		go func() { done <- hook.Run(ctx) }()
		synctest.Wait()
		set := w.of("setWebhook")[0].params
		if got := set.Get("max_connections"); got != "100" {
			t.Errorf("asked for %q calls at once, want 100", got)
		}
		var calls sync.WaitGroup
		for i := range 300 {
			calls.Go(func() {
				r := httptest.NewRequest(http.MethodPost, "/hook", strings.NewReader(said(i+1, int64(i+1), "hello")))
				r.Header.Set("X-Telegram-Bot-Api-Secret-Token", set.Get("secret_token"))
				hook.ServeHTTP(httptest.NewRecorder(), r)
			})
		}
		synctest.Wait()
		if got := running.Load(); got != 256 {
			t.Errorf("got %d handlers at once, want 256", got)
		}
		close(release)
		calls.Wait()
		if got := running.Load(); got != 300 {
			t.Errorf("got %d handlers in all, want 300", got)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestWebhookRefusesStrangers(t *testing.T) {
	_, b := telegram(t)
	address, stop := hooked(t, b, func(context.Context, bot.Update) { t.Error("a stranger's update was handled") })
	defer stop()
	for name, secret := range map[string]string{"none": "", "wrong": "guess"} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(`{"update_id":1,"message":{}}`))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if answer.StatusCode != http.StatusNotFound {
				t.Errorf("status %d, want 404", answer.StatusCode)
			}
		})
	}
}

func TestPollingTakesBackAWebhook(t *testing.T) {
	s, b := telegram(t)
	_, stop := hooked(t, b, func(context.Context, bot.Update) {})
	if _, err := s.WaitCall(t.Context(), func(c sim.Call) bool { return c.Method == "setWebhook" && c.Status == 200 }); err != nil {
		t.Fatal(err)
	}
	stop()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := make(chan bot.Update, 1)
	done := make(chan error, 1)
	go func() {
		done <- b.Updates(ctx, func(_ context.Context, u bot.Update) {
			select {
			case got <- u:
			default:
			}
		})
	}()
	u := s.AddUser(sim.User{FirstName: "Ben"})
	if _, err := s.Tell(u.ID, "hello"); err != nil {
		t.Fatal(err)
	}
	if u := <-got; u.Message == nil || u.Message.Text != "hello" {
		t.Errorf("got %+v, want the message", u)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
