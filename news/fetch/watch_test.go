package fetch

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
	"time"

	"herald/news"
)

// dribbler is a server whose body is large and does not go on.
func dribbler(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(make([]byte, smallBody+1))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestDribblers: servers that send the beginning of a large body and then next to nothing keep no other from being read in time.
func TestDribblers(t *testing.T) {
	const limit = 8 * time.Second
	c, at := serve(t, Options{Timeout: limit}, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2*smallBody)) })
	var all sync.WaitGroup
	defer all.Wait()
	for range 2 * largeBodies {
		slow := dribbler(t)
		all.Go(func() {
			if _, err := c.Get(t.Context(), Request{URL: slow}); !errors.Is(err, news.ErrUnreach) {
				t.Errorf("a dribbler: %v", err)
			}
		})
	}
	for deadline := time.Now().Add(30 * time.Second); len(c.large) < largeBodies; { // until they have all the places
		if time.Now().After(deadline) {
			t.Fatal("the dribblers were not asked")
		}
		runtime.Gosched()
	}
	start := time.Now()
	res, err := c.Get(t.Context(), Request{URL: at})
	if err != nil {
		t.Fatalf("beside dribblers: %v after %v", err, time.Since(start))
	}
	res.Close()
	if took := time.Since(start); took > limit/2 || len(res.Body) != 2*smallBody {
		t.Errorf("got %d bytes after %v", len(res.Body), took)
	}
}

// TestWaitingIsFree: the time for which a large body waits for its place is not its server's.
func TestWaitingIsFree(t *testing.T) {
	c, at := serve(t, Options{Timeout: time.Second}, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2*smallBody)) })
	for range largeBodies {
		c.large <- struct{}{}
	}
	time.AfterFunc(1500*time.Millisecond, func() { <-c.large })
	res, err := c.Get(t.Context(), Request{URL: at})
	if err != nil {
		t.Fatal(err)
	}
	res.Close()
}

// TestSlowAndSteady: a large body that comes slowly but steadily is read.
func TestSlowAndSteady(t *testing.T) {
	c, at := serve(t, Options{Timeout: 8 * time.Second}, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, smallBody))
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for range 20 {
			<-tick.C
			_, _ = w.Write(bytes.Repeat([]byte("x"), leastBytes/2))
			w.(http.Flusher).Flush()
		}
	})
	res, err := c.Get(t.Context(), Request{URL: at})
	if err != nil {
		t.Fatal(err)
	}
	res.Close()
	if len(res.Body) != smallBody+10*leastBytes {
		t.Errorf("got %d bytes", len(res.Body))
	}
}
