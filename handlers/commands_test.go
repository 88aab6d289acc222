package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestPrivateAnswers: nothing said in private stays without exactly one answer.
func TestPrivateAnswers(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	id := w.story(f, "Bridge closes", bridge, time.Hour)
	for _, tt := range []struct{ say, want string }{
		{"/start", "I'm Herald"},
		{"/help", "Reading"},
		{"/latest", "Bridge closes"},
		{"/latest echo", "Bridge closes"},
		{"/latest pillars", "Found for “pillars”"},
		{"/latest 127.0.0.1", "Latest news"},
		{"/top", "Most reported today"},
		{"/top week", "Most reported this week"},
		{"/quotes", "Karla Dremel"},
		{"/quotes Dremel", "Quotes of Dremel"},
		{"/quotes Nobody <i>", "Nobody called “Nobody <i>” is quoted"},
		{fmt.Sprint("/quotes ", id), "Who says what in this story"},
		{"/quotes -99999999999999999999", "Nobody called"},
		{"/people", "Most quoted this week"},
		{"/search bridge -tunnel", "Bridge closes"},
		{"/search", "What shall I look for?"},
		{`/search "<b>" & AND NOT ("`, "Nothing found for"},
		{"/search " + strings.Repeat("ä", 3000), "Nothing found for"},
		{"/summary", "Send /summary with a link"},
		{"/sources", "Nothing is followed here yet"},
		{"/subscribe", "Tap a source"},
		{"/unsubscribe", "Nothing is followed here yet"},
		{"/unsubscribe <x>", "“<x>” is not followed here"},
		{"/digest", "No digest"},
		{"/digest 25:00", "I can't read that time"},
		{"/timezone", "Your time zone is UTC"},
		{"/timezone Atlantis <b>", "I don't know “Atlantis <b>”"},
		{"/settings", "Settings of this chat"},
		{"/export", "Nothing is followed here yet"},
		{"/privacy", "What I store about this chat"},
		{"/mydata", "Everything I store about this chat"},
		{"/forget", "Delete everything"},
		{"/stats", "I don't know /stats"},
		{"/invite", "I don't know /invite"},
		{"/frobnicate", "I don't know /frobnicate. /help"},
		{"/lates", "Did you mean /latest?"},
		{"/Lastest", "Did you mean /latest?"},
		{"/sbuscribe x", "Did you mean /subscribe?"},
		{"/stat", "I don't know /stat. Did you mean /start?"},
		{"/start@other_bot", "Send me a link"},
		{"hello", "Send me a link"},
		{"🙂", "Send me a link"},
		{"/start s999999", "no longer there"},
		{fmt.Sprint("/start s", id), "Bridge closes"},
		{fmt.Sprint("/start f", f.ID), "Following echo"},
		{"/start f-1", "no longer there"},
		{"/start s9223372036854775808", "I'm Herald"},
		{"/start é1", "I'm Herald"},
		{"/start x", "I'm Herald"},
		{"/start zz_top-9", "I'm Herald"},
	} {
		t.Run(tt.say[:min(len(tt.say), 40)], func(t *testing.T) {
			w.t = t
			has(t, w.tell(ann, tt.say), tt.want)
		})
	}
	w.t = t
	w.calm()
}

// TestMenu: everybody sees the commands in their language, and the operator's in none.
func TestMenu(t *testing.T) {
	w := newWorld(t)
	if err := w.handlers.PublishMenu(t.Context()); err != nil {
		t.Fatal(err)
	}
	for chat, want := range map[int64]string{ann: "The newest stories", bert: "Das Neueste", olga: "The newest stories"} {
		menu := w.sim.Commands(chat)
		if len(menu) < 15 || menu[0].Command != "latest" || !strings.HasPrefix(menu[0].Description, want) {
			t.Errorf("chat %d: %+v", chat, menu)
		}
		for _, c := range menu {
			if slices.Contains([]string{"start", "stats", "invite"}, c.Command) || strings.HasPrefix(c.Description, "menu.") {
				t.Errorf("chat %d: %+v", chat, c)
			}
		}
	}
	w.calm()
}
