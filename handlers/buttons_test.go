package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/bot/sim"
	"herald/news"
)

// answered counts the answers to presses.
func (w *world) answered() int { return w.sim.Stats().Calls["answerCallbackQuery"] }

// TestButtonsOfACard: each opens what it says, and each press is answered once.
func TestButtonsOfACard(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	other := w.story(f, "Ferry sails again", "The ferry over the Lenne sails again since Sunday. It had been in repair for two weeks.", time.Hour)
	id := w.story(f, "Bridge closes", bridge, time.Minute)
	list := w.tell(ann, "/latest")
	_, got := w.press(ann, list, "1")
	card := w.one(got, "1")
	has(t, card, "Bridge closes", "Karla Dremel")
	_, got = w.press(ann, card, "Quotes")
	has(t, w.one(got, "Quotes"), "Who says what in this story", "Otto Wenk")
	_, got = w.press(ann, card, "Full text")
	has(t, w.one(got, "Full text"), "temporary crossing")
	flash, got := w.pressData(ann, card, fmt.Sprint("r:", id))
	if len(got) > 0 || flash.Text != "Nothing related yet." {
		t.Errorf("related: flashed %+v, said %q", flash, texts(got))
	}
	_, got = w.pressData(ann, card, fmt.Sprint("s:", other))
	has(t, w.one(got, "s:"), "Ferry sails again")
	if w.answered() != 5 {
		t.Errorf("%d answers to 5 presses", w.answered())
	}
	w.calm()
}

// TestPages turn in place, and what comes in meanwhile does not move them.
func TestPages(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for i := range 12 {
		text := strings.Replace(bridge, "no longer answer", fmt.Sprintf("not, after %d years, answer", i), 1) // or all say the same words
		w.story(f, fmt.Sprintf("Report %c", 'A'+i), text, time.Duration(60-i)*time.Minute)
	}
	list := w.tell(ann, "/latest")
	has(t, list, "Report L", "Report H")
	w.story(f, "Breaking", bridge, 0)
	w.press(ann, list, "Older")
	has(t, w.now(list), "Page 2", "Report G", "Report C")
	w.press(ann, list, "Older")
	has(t, w.now(list), "Page 3", "Report B", "Report A")
	if last := w.now(list); len(last.Markup.Inline) > 0 && strings.Contains(fmt.Sprint(last.Markup.Inline), "Older") {
		t.Error("an older page than the last")
	}
	w.press(ann, list, "Newer")
	has(t, w.now(list), "Page 2")
	if flash, got := w.pressData(ann, list, strings.Replace(w.data(list, "Older"), ":2", ":7", 1)); flash.Text == "" || len(got) > 0 {
		t.Errorf("a page beyond the end: flashed %+v, said %q", flash, texts(got))
	}
	has(t, w.now(list), "Page 2")

	said := w.tell(ann, "/quotes")
	w.press(ann, said, "Older")
	has(t, w.now(said), "Page 2")
	who := w.tell(ann, "/people")
	_, got := w.press(ann, who, "1")
	has(t, w.one(got, "1"), "Quotes of")
	w.calm()
}

// data is what the button with these words sends.
func (w *world) data(m sim.Message, words string) string {
	w.t.Helper()
	now := w.now(m)
	b, ok := now.Button(words)
	if !ok {
		w.t.Fatalf("no button %q", words)
	}
	return b.Data
}

// TestHostilePresses: whatever comes back from somebody's app is answered once, and opens nothing that is not theirs.
func TestHostilePresses(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for i := range 6 {
		w.story(f, fmt.Sprint("Bridge closes ", i), bridge, time.Minute)
	}
	secret := strings.Repeat("Ann's secret plan is to buy the old bridge. ", 12)
	mine := w.tell(ann, secret+"\n\n“Nobody must know,” said Ann Vogel, who wrote it.")
	list := w.data(w.tell(ann, "/latest"), "1")
	theirs := w.tell(bert, "/help")
	view := strings.TrimPrefix(w.data(mine, "Quotes"), "vq:")
	for _, data := range []string{
		"vq:" + view, "vf:" + view, "p:" + view + ":0", "who:" + view + ":0", // another chat's
		"x", "x:1", ":", "::::", "p", "p:", "p::", "p:1", "p:-1:0", "p:1:-1", "p:1:1001", "p:9223372036854775807:1", "p:9223372036854775808:1", "p:1:1x", "p: 1: 1",
		"s:", "s:-1", "s:99999999", "s:1e3", "s:99999999999999999999", "q:-1", "f:0", "r:77", "vq:-5", "vf:x", "who:1:99",
		"sub:0", "sub:-1", "sub:x", "unsub:404", "set:", "set:lang:xx", "set:lang:", "set:everything", "dig:1440", "dig:-1", "dig:x", "tz:18", "tz:-1",
		"wipe:", "wipe:all", "go:", "go:stats", "go:invite", "go:nothing", "go:go:go", "\x00", "f:\u202e1", strings.Repeat("9", 64),
	} {
		t.Run(data, func(t *testing.T) {
			w.t = t
			before := w.answered()
			flash, got := w.pressData(bert, theirs, data)
			if n := w.answered() - before; n != 1 {
				t.Errorf("answered %d times", n)
			}
			if strings.Contains(strings.Join(texts(got), ""), "secret") {
				t.Errorf("another chat's text: %q", texts(got))
			}
			if flash.Text == "" && len(got) == 0 && !strings.HasPrefix(data, "q:") {
				t.Error("no word about it")
			}
		})
	}
	w.t = t
	if chat := must(w.db.Chat(t.Context(), bert))(t); chat.Lang != "de" {
		t.Errorf("settings changed: %+v", chat)
	}
	// A list's button is no article's, nor the other way round.
	page := w.data(w.tell(ann, "/latest"), "Older") // p:<view>:1
	listed := strings.TrimSuffix(strings.TrimPrefix(page, "p:"), ":1")
	for _, data := range []string{"vq:" + listed, "vf:" + listed, "who:" + listed + ":0", "p:" + view + ":0", page + "9"} {
		if flash, got := w.pressData(ann, mine, data); flash.Text == "" || len(got) > 0 {
			t.Errorf("%s: flashed %+v, said %q", data, flash, texts(got))
		}
	}
	if _, got := w.pressData(ann, mine, list); len(got) != 1 {
		t.Errorf("a story's button under another message: %q", texts(got))
	}
	w.calm()
}

// TestPressRights: in a group only administrators' presses change anything; others get a box that says why.
func TestPressRights(t *testing.T) {
	w := newWorld(t)
	w.feed("echo")
	group, topic := w.forum()
	panel := w.one(w.ask(ann, group, topic, "/subscribe"), "/subscribe")
	settings := w.one(w.ask(ann, group, topic, "/settings"), "/settings")
	for _, tt := range []struct {
		m    sim.Message
		data string
	}{
		{panel, "sub:1"},
		{panel, "unsub:1"},
		{settings, "set:silent"},
		{settings, "set:lang:fr"},
		{settings, "dig:480"},
		{settings, "tz:3"},
		{settings, "wipe:yes"},
		{settings, "go:settings"},
		{settings, "go:forget"},
	} {
		flash, got := w.pressData(bert, tt.m, tt.data)
		if !flash.Alert || !strings.Contains(flash.Text, "administrators") || len(got) > 0 {
			t.Errorf("%s: flashed %+v, said %q", tt.data, flash, texts(got))
		}
	}
	flash, _ := w.press(ann, panel, "echo")
	if flash.Text != "Following echo" || w.data(panel, "✅ echo") == "" {
		t.Errorf("flashed %+v", flash)
	}
	if subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: group, Topic: topic}))(t); len(subs) != 1 {
		t.Errorf("the topic follows %d feeds", len(subs))
	}
	w.press(ann, panel, "echo")
	if subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: group, Topic: topic}))(t); len(subs) != 0 {
		t.Errorf("pressed again: the topic follows %d feeds", len(subs))
	}
	w.calm()
}

// TestPressElsewhere: messages shared by inline mode and posts in channels have no buttons that Herald answers with messages.
func TestPressElsewhere(t *testing.T) {
	w := newWorld(t)
	wire := w.sim.AddChannel(sim.Group{Title: "Wire", Admins: []int64{ann}, Members: []int64{bert}})
	w.settled()
	f := w.feed("echo")
	id := w.story(f, "Bridge closes", bridge, time.Minute)
	for _, q := range []bot.Callback{
		{ID: "1", From: bot.User{ID: bert}, InlineMessageID: "abc", Data: "go:latest"},
		{ID: "2", From: bot.User{ID: bert}, Message: &bot.Message{ID: 1, Chat: bot.Chat{ID: wire.ID, Kind: news.Channel}}, Data: fmt.Sprint("f:", id)},
	} {
		before := w.answered()
		if err := w.handlers.Handle(t.Context(), bot.Update{Callback: &q}); err != nil {
			t.Errorf("%s: %v", q.ID, err)
		}
		if w.answered() != before+1 {
			t.Errorf("%s: not answered once", q.ID)
		}
	}
	if got := w.answers(wire.ID, 0); len(got) > 0 {
		t.Errorf("posted in the channel: %q", texts(got))
	}
}

// TestPressOnAMissingMessage: what would have stood in it comes as a new message.
func TestPressOnAMissingMessage(t *testing.T) {
	w := newWorld(t)
	panel := w.tell(ann, "/settings")
	w.sim.AddFault(sim.Fault{Method: "editMessageText", Status: 400, Description: "Bad Request: message to edit not found"})
	flash, got := w.press(ann, panel, "No sound")
	if flash.Text != "Saved" {
		t.Errorf("flashed %+v", flash)
	}
	has(t, w.one(got, "set:silent"), "Settings of this chat")
}

// TestPressWhileTelegramStumbles: that the answer to the press failed is no reason not to do what was asked.
func TestPressWhileTelegramStumbles(t *testing.T) {
	w := newWorld(t)
	panel := w.tell(ann, "/settings")
	w.sim.AddFault(sim.Fault{Method: "answerCallbackQuery", Status: 500, Times: -1})
	ctx, cancel := context.WithCancel(t.Context())
	pressed := make(chan struct{})
	go func() {
		defer close(pressed)
		_, _ = w.sim.Press(ctx, ann, ann, panel.ID, "set:silent") // waits for an answer that never comes
	}()
	wait, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	err := w.sim.Wait(wait, func() bool {
		m, _ := w.sim.Message(ann, panel.ID)
		_, on := m.Button("✅ No sound")
		return on
	})
	cancel()
	<-pressed
	if err != nil {
		t.Errorf("the panel did not change: %v", err)
	}
	w.sim.ClearFaults()
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	panel := w.tell(ann, "/settings")
	for _, tt := range []struct{ press, want string }{
		{"Summaries: short", "Summaries: long"},
		{"Summaries: long", "Summaries: one sentence"},
		{"Summaries: one", "Summaries: short"},
		{"Link previews", "⬜️ Link previews"},
		{"No sound", "✅ No sound"},
		{"Language", "Deutsch"},
		{"Deutsch", "Sprache: Deutsch"},
	} {
		w.press(ann, panel, tt.press)
		if now := w.now(panel); w.data(now, tt.want) == "" {
			t.Errorf("%s: %+v", tt.press, now.Markup)
		}
	}
	got := must(w.db.Chat(t.Context(), ann))(t)
	want := news.Chat{ID: ann, Kind: news.Private, Title: "Ann", Lang: "de", Length: news.Short, Silent: true, Updates: true, Active: true, Added: got.Added}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	w.calm()
}

// TestDigestSettings: the panel says "as a digest" where the place, not the chat, has digest times.
func TestDigestSettings(t *testing.T) {
	w := newWorld(t)
	group, topic := w.forum()
	ask := func(topic int, say string) sim.Message { return w.one(w.ask(ann, group, topic, say), say) }
	has(t, ask(topic, "/timezone kathmandu"), "Asia/Kathmandu")
	has(t, ask(topic, "/digest 18:30, 7am mon-fri"), "07:00, 18:30 · Monday", "Friday", "Asia/Kathmandu")
	if w.data(ask(topic, "/settings"), "Stories come: as a digest") == "" || w.data(ask(0, "/settings"), "Stories come: at once") == "" {
		t.Error("the panels of a topic with digest times and of one without")
	}
	times := must(w.db.DigestTimes(t.Context(), news.Place{Chat: group, Topic: topic}))(t)
	if len(times) != 2 || times[0].Minute != 7*60 || times[0].Next.In(zone(t, "Asia/Kathmandu")).Format("15:04") != "07:00" {
		t.Fatalf("times %+v", times)
	}
	panel := ask(topic, "/digest")
	w.press(ann, panel, "20:00")
	has(t, w.now(panel), "Digest at 20:00")
	ask(topic, "/timezone Europe/Lisbon")
	times = must(w.db.DigestTimes(t.Context(), news.Place{Chat: group, Topic: topic}))(t)
	if len(times) != 1 || times[0].Next.In(zone(t, "Europe/Lisbon")).Format("15:04") != "20:00" {
		t.Errorf("after a move: %+v", times)
	}
	w.press(ann, panel, "Digest off")
	has(t, w.now(panel), "No digest")
	_, got := w.press(ann, panel, "Time zone")
	cities := w.one(got, "go:timezone")
	w.press(ann, cities, "Tokyo")
	has(t, w.now(cities), "Asia/Tokyo")
	has(t, ask(topic, "/digest OFF"), "Digest off")
	w.calm()
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	return must(time.LoadLocation(name))(t)
}

// TestForget deletes everything, after asking.
func TestForget(t *testing.T) {
	w := newWorld(t)
	w.feed("echo")
	w.tell(ann, "/subscribe echo")
	ask := w.tell(ann, "/forget")
	w.press(ann, ask, "No, keep")
	has(t, w.now(ask), "Nothing was deleted")
	ask = w.tell(ann, "/forget")
	w.press(ann, ask, "Yes, delete")
	has(t, w.now(ask), "I know nothing about this chat")
	if _, err := w.db.ChatData(t.Context(), ann); err == nil {
		t.Error("the chat is still stored")
	}
	w.calm()
}
