package sim

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestFaults(t *testing.T) {
	cases := []struct {
		name  string
		fault Fault
		code  int    // of the answer; 0: the connection is cut
		body  string // a part of the answer
		sent  int    // messages that came to be
	}{
		{"status", Fault{Status: 502}, 502, `"description":"Bad Gateway"`, 0},
		{"status after all", Fault{Status: 502, After: true}, 502, `"error_code":502`, 1},
		{"description", Fault{Status: 403, Description: "Forbidden: the group chat was deleted"}, 403, "the group chat was deleted", 0},
		{"html", Fault{Status: 504, Body: "<html>late</html>"}, 504, "<html>late", 0},
		{"json that is none", Fault{Status: 200, Body: `{"ok":tr`}, 200, `{"ok":tr`, 0},
		{"retry", Fault{RetryAfter: 7}, 429, `"retry_after":7`, 0},
		{"reset", Fault{Reset: true}, 0, "", 0},
		{"reset after all", Fault{Reset: true, After: true}, 0, "", 1},
		{"truncated", Fault{Truncate: true}, 200, `{"ok":true`, 1},
		{"delay", Fault{Delay: time.Minute}, 200, `{"ok":true`, 1},
		{"another method", Fault{Method: "getMe", Status: 500}, 200, `{"ok":true`, 1},
		{"another chat", Fault{Chat: 7, Status: 500}, 200, `{"ok":true`, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newServer(t, Options{})
				u := newPerson(t, s, "Ada")
				s.AddFault(c.fault)
				begin := time.Now()
				r, err := http.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1/bot"+s.Token()+"/sendMessage?text=a&chat_id="+id(u.ID), nil)
				must(t, err)
				resp, err := s.Transport().RoundTrip(r)
				if c.code == 0 {
					if !errors.Is(err, ErrCut) {
						t.Errorf("got %v, want the connection cut", err)
					}
				} else {
					must(t, err)
					body, err := io.ReadAll(resp.Body)
					if resp.StatusCode != c.code || !strings.Contains(string(body), c.body) || (err != nil) != c.fault.Truncate {
						t.Errorf("got %d %s, %v", resp.StatusCode, body, err)
					}
				}
				if got := s.Stats().Messages[u.ID]; got != c.sent {
					t.Errorf("%d messages, want %d", got, c.sent)
				}
				if d := time.Since(begin); d != c.fault.Delay {
					t.Errorf("took %v, want %v", d, c.fault.Delay)
				}
				if n := len(s.CallsOf("sendMessage")); n != 1 {
					t.Errorf("%d calls remembered, want 1", n)
				}
			})
		})
	}
}

func TestFaultsInOrder(t *testing.T) {
	s := newServer(t, Options{})
	s.AddFault(Fault{Method: "getMe", Status: 500, Times: 2})
	s.AddFault(Fault{Status: 503, Times: -1})
	var got []int
	for range 4 {
		got = append(got, do(t, s, "getMe").Code)
	}
	if got[0] != 500 || got[1] != 500 || got[2] != 503 || got[3] != 503 || s.Faults() != 1 {
		t.Errorf("got %v, %d left", got, s.Faults())
	}
	s.ClearFaults()
	if a := do(t, s, "getMe"); !a.OK {
		t.Error(a.Description)
	}
}

// TestFaultsOnSockets checks the cuts on a real connection.
func TestFaultsOnSockets(t *testing.T) {
	s := newServer(t, Options{})
	web := httptest.NewServer(s)
	defer web.Close()
	s.AddFault(Fault{Reset: true})
	s.AddFault(Fault{Truncate: true})
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if _, err := client.Get(web.URL + "/bot" + s.Token() + "/getMe"); err == nil {
		t.Error("answered in spite of the reset")
	}
	resp, err := client.Get(web.URL + "/bot" + s.Token() + "/getMe")
	must(t, err)
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err == nil || len(body) == 0 {
		t.Errorf("got %q, %v, want half an answer", body, err)
	}
}

func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{Latency: 80 * time.Millisecond})
		begin := time.Now()
		do(t, s, "getMe")
		if d := time.Since(begin); d != 80*time.Millisecond {
			t.Errorf("took %v", d)
		}
	})
}
