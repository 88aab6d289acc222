package handlers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/news"
)

// TestSourcesFailing: a failing feed's reason is in plain words of the chat's language.
func TestSourcesFailing(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for _, user := range []int64{ann, bert} {
		w.tell(user, "/subscribe echo")
	}
	for _, tt := range []struct {
		trouble, want string
		user          int64
	}{
		{"blocked", "refuses to be read by programs", ann},
		{"busy", "asks to wait", ann},
		{"", "does not work right now", ann},
		{"unreachable", "erreiche ich nicht", bert},
	} {
		f.Failures, f.Trouble, f.LastError = 2, tt.trouble, `Get "http://10.0.0.1/": dial tcp: secret detail`
		if err := w.db.SaveFeed(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		m := w.tell(tt.user, "/sources")
		has(t, m, tt.want)
		if strings.Contains(m.Text, "dial tcp") {
			t.Errorf("the operator's text is shown: %q", m.Text)
		}
	}
	w.calm()
}

// TestSourcesAiling: a feed that is about to move or has long been silent is told from one that is well.
func TestSourcesAiling(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for _, user := range []int64{ann, bert} {
		w.tell(user, "/subscribe echo")
	}
	f.LastNews = time.Now().AddDate(0, 0, -20)
	for _, tt := range []struct {
		change   func()
		en, de   string
		unwanted string
	}{
		{func() {}, "last news", "", "nothing new"},
		{func() { f.LastNews = time.Now().AddDate(0, 0, -40) }, "nothing new since", "nichts Neues seit", "last news"},
		{func() { f.Moved = "https://key@new.example/feed?key=secret" }, "moving to new.example", "zieht um nach new.example", "secret"},
	} {
		tt.change()
		if err := w.db.SaveFeed(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		m := w.tell(ann, "/sources")
		has(t, m, tt.en)
		if strings.Contains(m.Text, tt.unwanted) {
			t.Errorf("%q is shown: %q", tt.unwanted, m.Text)
		}
		has(t, w.tell(bert, "/sources"), tt.de)
	}
	w.calm()
}

// TestManySources: who follows more than there are buttons for is told how to drop the rest.
func TestManySources(t *testing.T) {
	w := newWorld(t)
	w.tell(ann, "/start")
	for i := range 33 {
		f := w.feed(fmt.Sprint("echo", i))
		if _, err := w.db.Subscribe(t.Context(), news.Place{Chat: ann}, f.ID, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	has(t, w.tell(ann, "/unsubscribe"), "… and 3 more: /unsubscribe and the name")
	has(t, w.tell(ann, "/unsubscribe echo32"), "no longer followed")
	for _, dropped := range []string{"echo0", "echo1"} {
		_, _ = w.press(ann, w.tell(ann, "/unsubscribe"), dropped)
	}
	if m := w.tell(ann, "/unsubscribe"); strings.Contains(m.Text, "more") {
		t.Errorf("nothing is left out, but the answer is %q", m.Text)
	}
	w.calm()
}
