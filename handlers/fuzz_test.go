package handlers_test

import (
	"strings"
	"testing"
	"time"

	"herald/bot"
	"herald/news"
)

// FuzzPress: whatever a button's data are, a press is answered once, nothing panics, and no other chat's text comes out.
func FuzzPress(f *testing.F) {
	for _, s := range []string{
		"go:latest", "p:1:0", "vq:1", "vf:1", "s:1", "q:1", "f:1", "r:1", "who:1:0", "sub:1", "unsub:1", "set:length", "dig:480",
		"tz:0", "wipe:no", "", ":", "p:1:1:1", "\xff:\x00", "set:lang:de", "go:start", "go:summary", strings.Repeat("1", 64),
	} {
		f.Add(s)
	}
	w := newWorld(f)
	w.story(w.feed("echo"), "Bridge closes", bridge, time.Minute)
	w.tell(ann, strings.Repeat("Ann's secret plan is to buy the old bridge. ", 12))
	at := w.tell(bert, "/latest")
	f.Fuzz(func(t *testing.T, data string) {
		before, last := w.answered(), last(w, bert)
		err := w.handlers.Handle(t.Context(), bot.Update{Callback: &bot.Callback{
			ID: "1", From: bot.User{ID: bert},
			Message: &bot.Message{ID: at.ID, Date: 1, Chat: bot.Chat{ID: bert, Kind: news.Private}}, Data: data,
		}})
		if err != nil {
			t.Errorf("error %v", err)
		}
		if n := w.answered() - before; n != 1 {
			t.Errorf("answered %d times", n)
		}
		for _, m := range w.sim.Messages(bert) {
			if m.ID >= last && strings.Contains(m.Text, "secret plan") {
				t.Errorf("another chat's text: %q", m.Text)
			}
		}
	})
}

// FuzzMessage: whatever is said in private has an answer.
func FuzzMessage(f *testing.F) {
	for _, s := range []string{
		"/start s1", "/start f1", "/subscribe <x>", "/digest 8 mon", "/digest mo-fr 7 sa 10 @wire", "/quiet 22-7", "/quiet off @x",
		"/timezone ../x", "/search \"", "/quotes 1", "/latest \x00",
		"/unsubscribe @x", "/sources @y", "/sources @\xe5", "hello", "/", "/@", "/ä", "/top w", "/summary", "/digest off", "/settings", "/people", "/stats",
	} {
		f.Add(s)
	}
	w := newWorld(f)
	w.story(w.feed("echo"), "Bridge closes", bridge, time.Minute)
	w.tell(ann, "/start")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, ".") || len(text) > 4000 {
			t.Skip() // no address is looked up on the network by chance
		}
		end := len(text)
		if i := strings.IndexAny(text, " \n"); i >= 0 {
			end = i
		}
		m := bot.Message{ID: 1, Date: 1, Chat: bot.Chat{ID: ann, Kind: news.Private}, From: &bot.User{ID: ann}, Text: text}
		if strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "/subscribe") {
			m.Entities = []bot.Entity{{Type: "bot_command", Length: bot.Units(text[:end])}}
		}
		before := last(w, ann)
		if err := w.handlers.Handle(t.Context(), bot.Update{Message: &m}); err != nil {
			t.Errorf("error %v", err)
		}
		if last(w, ann) == before {
			t.Error("no answer")
		}
	})
}

// last is the id of the newest message in a chat.
func last(w *world, chat int64) int {
	m, _ := w.sim.LastMessage(chat)
	return m.ID
}
