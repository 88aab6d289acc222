package sim

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// told are the texts and ids of waiting updates, without confirming them.
func told(t *testing.T, s *Server, pairs ...string) (ids []int64, texts []string) {
	t.Helper()
	var list []gotUpdate
	do(t, s, "getUpdates", pairs...).into(t, &list)
	for _, u := range list {
		ids = append(ids, u.ID)
		texts = append(texts, u.Message.Text)
	}
	return ids, texts
}

func TestOffsets(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	for _, text := range []string{"a", "b", "c"} {
		_, err := s.Tell(u.ID, text)
		must(t, err)
	}
	ids, _ := told(t, s)
	steps := []struct {
		name  string
		pairs []string
		want  []string
	}{
		{"unconfirmed stay", nil, []string{"a", "b", "c"}},
		{"limit", []string{"limit", "2"}, []string{"a", "b"}},
		{"confirmed go", []string{"offset", id(ids[1])}, []string{"b", "c"}},
		{"an old offset brings nothing back", []string{"offset", id(ids[0])}, []string{"b", "c"}},
		{"the last one", []string{"offset", "-1"}, []string{"c"}},
		{"all confirmed", []string{"offset", id(ids[2] + 1)}, nil},
	}
	for _, step := range steps {
		_, got := told(t, s, step.pairs...)
		if diff := cmp.Diff(got, step.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", step.name, diff)
		}
	}
}

func TestLongPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		u := newPerson(t, s, "Ada")
		begin := time.Now()
		if _, texts := told(t, s, "timeout", "30"); texts != nil || time.Since(begin) != 30*time.Second {
			t.Errorf("got %v after %v", texts, time.Since(begin))
		}
		got := make(chan []string)
		go func() {
			_, texts := told(t, s, "timeout", "30")
			got <- texts
		}()
		synctest.Wait()
		begin = time.Now()
		_, err := s.Tell(u.ID, "quick")
		must(t, err)
		if texts := <-got; len(texts) != 1 || texts[0] != "quick" || time.Since(begin) != 0 {
			t.Errorf("got %v after %v", texts, time.Since(begin))
		}
	})
}

func TestSecondPoller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		first := make(chan answer)
		go func() { first <- do(t, s, "getUpdates", "timeout", "50") }()
		synctest.Wait()
		if a := do(t, s, "getUpdates", "timeout", "0"); !a.OK {
			t.Errorf("second: %s", a.Description)
		}
		wantRefusal(t, <-first, 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		if a := do(t, s, "getUpdates"); !a.OK {
			t.Errorf("afterwards: %s", a.Description)
		}
	})
}

func TestWebhookEndsPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		first := make(chan answer)
		go func() { first <- do(t, s, "getUpdates", "timeout", "50") }()
		synctest.Wait()
		do(t, s, "setWebhook", "url", "http://127.0.0.1:9/hook")
		wantRefusal(t, <-first, 409, "Conflict: terminated by setWebhook request")
	})
}

func TestPollEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := ask(ctx, s, "getUpdates", params("timeout", "50"))
			done <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-done; err == nil {
			t.Error("a poll whose client went away was answered")
		}
		last := make(chan answer)
		go func() { last <- do(t, s, "getUpdates", "timeout", "50") }()
		synctest.Wait()
		must(t, s.Close())
		wantRefusal(t, <-last, 500, "Internal Server Error: restart")
		must(t, s.Close())
		wantRefusal(t, do(t, s, "getMe"), 500, "Internal Server Error: restart")
	})
}

func TestAllowedUpdates(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	say := func() {
		_, err := s.Tell(u.ID, "a")
		must(t, err)
	}
	count := func() int { return len(updates(t, s)) }
	wantRefusal(t, do(t, s, "getUpdates", "allowed_updates", `["news"]`), 400, `Bad Request: unknown update type "news"`)
	wantRefusal(t, do(t, s, "getUpdates", "allowed_updates", `"message"`), 400, "Bad Request: array expected")
	do(t, s, "getUpdates", "allowed_updates", `["callback_query"]`)
	say()
	if n := count(); n != 0 {
		t.Errorf("%d updates that nobody asked for", n)
	}
	do(t, s, "getUpdates", "allowed_updates", `[]`)
	say()
	if n := count(); n != 1 {
		t.Errorf("%d updates, want 1", n)
	}
	s.Push("message", []byte(`{"message_id":"not a number"}`))
	if n := s.PendingUpdates(); n != 1 {
		t.Errorf("%d pending, want the raw one", n)
	}
}

func TestOldUpdatesGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		newPerson(t, s, "Ada")
		_, err := s.Tell(500001, "a")
		must(t, err)
		time.Sleep(25 * time.Hour)
		if _, texts := told(t, s); texts != nil {
			t.Errorf("still there after a day: %v", texts)
		}
	})
}

// TestClosesUnderTest checks that an httptest server around the handler can be closed while a poll waits.
func TestClosesUnderTest(t *testing.T) {
	s := New(Options{})
	web := httptest.NewServer(s)
	polling := make(chan struct{})
	go func() {
		defer close(polling)
		resp, err := http.Get(web.URL + "/bot" + s.Token() + "/getUpdates?timeout=50")
		if err == nil {
			_ = resp.Body.Close()
		}
	}()
	must(t, s.Wait(t.Context(), func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.poller != nil }))
	must(t, s.Close())
	<-polling
	web.Close()
	http.DefaultClient.CloseIdleConnections()
}

func TestStart(t *testing.T) {
	s := newServer(t, Options{})
	for _, addr := range []string{"0.0.0.0:0", "192.0.2.1:80", "press.example:80", ":0", "nonsense"} {
		if base, err := s.Start(addr); err == nil {
			t.Errorf("%s: listens on %s", addr, base)
		}
	}
	base, err := s.Start("127.0.0.1:0")
	must(t, err)
	resp, err := http.Get(base + "/bot" + s.Token() + "/getMe")
	must(t, err)
	must(t, resp.Body.Close())
	if resp.StatusCode != 200 {
		t.Errorf("status %d", resp.StatusCode)
	}
	if _, err := s.Start("127.0.0.1:0"); err == nil {
		t.Error("started twice")
	}
	must(t, s.Close())
	http.DefaultClient.CloseIdleConnections()
}
