package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

// diary has Ann follow a feed whose address holds a password, with one story in it.
func (w *world) diary() (f news.Feed, story int64) {
	w.t.Helper()
	address := strings.Replace(w.site.URL, "http://", "http://ann:PASSW0RD@", 1) + "/home.xml"
	w.silent(w.tell(ann, "/subscribe "+address))
	f, err := w.db.FeedByURL(w.t.Context(), address)
	if err != nil {
		w.t.Fatal(err)
	}
	return f, w.story(f, "Bridge closes", bridge, time.Hour)
}

// silent fails the test where a message tells something of the diary.
func (w *world) silent(m sim.Message, words ...string) {
	w.t.Helper()
	all := fmt.Sprintf("%+v %+v", m, m.Markup)
	if m.Document != nil {
		data, _ := w.sim.File(m.Document.FileID)
		all += string(data)
	}
	for _, word := range append(words, "PASSW0RD", "ann:") {
		if strings.Contains(all, word) {
			w.t.Errorf("%q in %s", word, all)
		}
	}
}

// TestPrivateFeed: of a feed that Ann brought, Bert gets to know nothing, whatever he asks.
func TestPrivateFeed(t *testing.T) {
	w := newWorld(t)
	f, story := w.diary()
	w.tell(bert, "/start")
	for _, say := range []string{
		"/subscribe", "/subscribe home.xml", "/latest", "/latest PAPER HOME.XML", "/search bridge", "/search Altwied", "/top", "/top week",
		"/quotes", "/quotes Karla Dremel", "/people", "/sources", "/export", "/mydata", "/unsubscribe",
		fmt.Sprint("/quotes ", story), fmt.Sprint("/start s", story), fmt.Sprint("/start f", f.ID),
	} {
		t.Run(say, func(t *testing.T) {
			w.t = t
			for _, m := range w.ask(bert, bert, 0, say) {
				w.silent(m, "Paper home", "Bridge closes", "answer for its safety", "1. ", "127.0.0.1")
			}
		})
	}
	w.t = t
	panel := w.tell(bert, "/help")
	for _, data := range []string{"sub", "unsub", "s", "q", "f", "r"} {
		id := story
		if strings.HasSuffix(data, "sub") {
			id = f.ID
		}
		flash, more := w.pressData(bert, panel, fmt.Sprintf("%s:%d", data, id))
		if !strings.Contains(flash.Text, "zu alt") || len(more) > 0 {
			t.Errorf("%s: flashes %q and answers %q", data, flash.Text, texts(more))
		}
	}
	for _, query := range []string{"", "bridge", fmt.Sprint("s", story)} {
		if found := must(w.sim.Inline(t.Context(), bert, bert, query, ""))(t); len(found.Results) > 0 || !found.Personal {
			t.Errorf("inline %q: %+v", query, found)
		}
	}
	if subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: bert}))(t); len(subs) > 0 {
		t.Errorf("Bert follows %+v", subs)
	}
	w.calm()
}

// TestOwnFeed: Ann herself reads her feed by every way, without its password.
func TestOwnFeed(t *testing.T) {
	w := newWorld(t)
	f, story := w.diary()
	for _, tt := range []struct{ say, want string }{
		{"/subscribe", "Tap a source"},
		{"/subscribe Paper home.xml", "followed already"},
		{"/latest", "Bridge closes"},
		{"/latest paper home.xml", "Bridge closes"},
		{"/search bridge", "Bridge closes"},
		{"/top", "Bridge closes"},
		{"/quotes Karla", "answer for its safety"},
		{"/people", "Karla Dremel"},
		{fmt.Sprint("/quotes ", story), "answer for its safety"},
		{fmt.Sprint("/start s", story), "Bridge closes"},
		{fmt.Sprint("/start f", f.ID), "followed already"},
		{"/sources", "Paper home.xml"},
		{"/export", ""},
		{"/mydata", ""},
	} {
		t.Run(tt.say, func(t *testing.T) {
			w.t = t
			m := w.tell(ann, tt.say)
			has(t, m, tt.want)
			w.silent(m)
		})
	}
	w.t = t
	if found := must(w.sim.Inline(t.Context(), ann, ann, "bridge", ""))(t); len(found.Results) != 1 {
		t.Errorf("inline: %+v", found)
	}
	w.calm()
}

// TestSharedSecret: what follows the question mark in an address of the operator's is not exported where it looks like a key.
func TestSharedSecret(t *testing.T) {
	w := newWorld(t)
	f, _, err := w.db.AddFeed(t.Context(), news.Feed{URL: "https://op:PASSW0RD@echo.example/feed?token=PASSW0RD", Title: "Echo", Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	w.tell(bert, fmt.Sprint("/start f", f.ID))
	file := w.tell(bert, "/export")
	w.silent(file)
	if data, _ := w.sim.File(file.Document.FileID); !strings.Contains(string(data), "https://echo.example/feed") {
		t.Errorf("exported %s", data)
	}
	w.calm()
}

// TestStoryThatIsNotThere: there is no story of that number, and that is what is said.
func TestStoryThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	panel := w.tell(ann, "/help")
	has(t, w.tell(ann, "/quotes 999"), "too old")
	flash, more := w.pressData(ann, panel, "q:999")
	if !strings.Contains(flash.Text, "too old") || len(more) > 0 {
		t.Errorf("flashes %q and answers %q", flash.Text, texts(more))
	}
	w.calm()
}

// TestFileThatTelegramLost: a file that can't be had is none that can be read.
func TestFileThatTelegramLost(t *testing.T) {
	w := newWorld(t)
	w.tell(ann, "/start")
	for _, status := range []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound} {
		w.sim.AddFault(sim.Fault{Method: "getFile", Status: status})
		m := must(w.sim.Upload(ann, ann, 0, "feeds.opml", []byte("<opml/>"), ""))(t)
		has(t, w.one(w.answers(ann, m.ID), "a lost file"), "I can't read that file")
	}
	if w.mu.Lock(); len(w.errs) > 0 {
		t.Errorf("handlers: %v", w.errs)
	}
	w.mu.Unlock()
}

// TestFileWhileTelegramIsDown: a file that can't be had at the moment is not called one that can't be read.
func TestFileWhileTelegramIsDown(t *testing.T) {
	w := newWorld(t)
	w.tell(ann, "/start")
	w.sim.AddFault(sim.Fault{Method: "getFile", Status: http.StatusBadGateway, Times: 3})
	m := must(w.sim.Upload(ann, ann, 0, "feeds.opml", []byte("<opml/>"), ""))(t)
	has(t, w.one(w.answers(ann, m.ID), "a file"), "please try again")
}

// TestShownStory: a story of a channel's own feed opens for its readers by the channel's links, with buttons that work, and for
// nobody who only guesses its number.
func TestShownStory(t *testing.T) {
	w := newWorld(t)
	f, id := w.diary()
	wire := w.sim.AddChannel(sim.Group{Title: "Wire", Username: "wire", Members: []int64{bert}, Admins: []int64{ann}})
	w.settled()
	w.silent(w.tell(ann, "/subscribe "+f.URL+" @wire"))
	place := news.Place{Chat: wire.ID}
	if subs := must(w.db.Subscriptions(t.Context(), place))(t); len(subs) != 1 || subs[0].Feed.ID != f.ID {
		t.Fatalf("the channel follows %+v", subs)
	}
	links := must(w.bot.Links(t.Context(), place))(t)
	const nothing = "gibt es nicht mehr"
	has(t, w.tell(bert, fmt.Sprint("/start s", id)), nothing)
	card := w.tell(bert, "/start "+links.Start(id))
	has(t, card, "Bridge closes")
	w.silent(card)
	for button, want := range map[string]string{"Zitate": "answer for its safety", "Volltext": "Bridge closes"} {
		_, more := w.press(bert, card, button)
		m := w.one(more, button)
		has(t, m, want)
		w.silent(m)
	}
	if found := must(w.sim.Inline(t.Context(), bert, bert, links.Start(id), ""))(t); len(found.Results) != 1 {
		t.Errorf("%d results to share, want 1", len(found.Results))
	}
	if _, err := w.db.Unsubscribe(t.Context(), place, f.ID); err != nil {
		t.Fatal(err)
	}
	has(t, w.tell(bert, "/start "+links.Start(id)), nothing)
	w.calm()
}

// TestRelatedHandedOn: a story that a channel or Ann hands on names those beside it where the channel's readers are shown them all
// the same, but not those of Ann's own feeds.
func TestRelatedHandedOn(t *testing.T) {
	w := newWorld(t)
	f, _ := w.diary()
	id := w.story(f, "Bridge opens again", bridge, time.Hour, w.story(f, "Ferry stays", bridge, time.Hour))
	wire := w.sim.AddChannel(sim.Group{Title: "Wire", Username: "wire", Members: []int64{bert}, Admins: []int64{ann}})
	w.settled()
	w.tell(ann, "/subscribe "+f.URL+" @wire")
	has(t, w.tell(ann, fmt.Sprint("/start s", id)), "Ferry stays")
	for chat, want := range map[int64]bool{wire.ID: true, ann: false} {
		links := must(w.bot.Links(t.Context(), news.Place{Chat: chat}))(t)
		card := w.tell(bert, "/start "+links.Start(id))
		has(t, card, "Bridge opens again")
		got := map[string]string{"opened": card.Text}
		for name, by := range map[string]int64{"shared": ann, "shared again": bert} {
			if chat == wire.ID && by == ann {
				continue // she shares it as her own
			}
			found := must(w.sim.Inline(t.Context(), by, by, links.Start(id), ""))(t)
			if len(found.Results) != 1 {
				t.Fatalf("%s: %+v", name, found)
			}
			got[name] = must(w.sim.Choose(by, by, 0, found.QueryID, found.Results[0].ID))(t).Text
		}
		for name, text := range got {
			if strings.Contains(text, "Ferry stays") != want {
				t.Errorf("chat %d, %s: %q; names the story beside it: want %t", chat, name, text, want)
			}
		}
	}
	w.calm()
}

// TestNamedNothing: where the story that a link names can't be read any more, what is found instead is named as the asker may read it.
func TestNamedNothing(t *testing.T) {
	w := newWorld(t)
	w.tell(bert, "/start")
	name := must(w.bot.Links(t.Context(), news.Place{Chat: -100}))(t).Start(999)
	shared, _, err := w.db.AddFeed(t.Context(), news.Feed{URL: "https://echo.example/feed", Title: "Echo", Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	shared.Site = "https://echo.example"
	id := w.story(shared, name, bridge, time.Hour)
	found := must(w.sim.Inline(t.Context(), bert, bert, name, ""))(t)
	if len(found.Results) != 1 {
		t.Fatalf("found %+v", found)
	}
	m := must(w.sim.Choose(bert, bert, 0, found.QueryID, found.Results[0].ID))(t)
	want := must(w.bot.Links(t.Context(), news.Place{Chat: bert}))(t).Story(id)
	if all := fmt.Sprintf("%+v", m.Markup); !strings.Contains(all, want) {
		t.Errorf("the button is %s, want %s", all, want)
	}
	w.calm()
}
