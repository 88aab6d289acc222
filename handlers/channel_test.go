package handlers_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"herald/bot/sim"
	"herald/handlers"
	"herald/news"
)

func TestChannel(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	wire := w.sim.AddChannel(sim.Group{Title: "Wire <1>", Username: "wire", Members: []int64{bert}, Admins: []int64{ann}})
	w.sim.AddChannel(sim.Group{Title: "Mute", Username: "mute", Admins: []int64{ann}, Bot: sim.Left})
	w.settled()
	for _, tt := range []struct {
		name string
		user int64
		say  string
		want string
	}{
		{"no administrator", bert, "/subscribe echo @wire", "Das kann nur, wer @wire verwaltet"},
		{"unknown", ann, "/subscribe echo @nowhere_at_all", "I can't find @nowhere_at_all"},
		{"a person", ann, "/subscribe echo @ann", "I can't find @ann"},
		{"the bot is not there", ann, "/subscribe echo @mute", "@mute"},
		{"no feed named", ann, "/subscribe @wire", "Which source?"},
		{"followed", ann, "/subscribe echo @wire", "echo is followed for Wire <1>"},
		{"again", ann, "/subscribe @wire echo", "is followed already"},
		{"sources", ann, "/sources @wire", "echo — not read yet"},
		{"sources for nobody", bert, "/sources @wire", "Das kann nur, wer @wire verwaltet"},
		{"stop", ann, "/unsubscribe echo @wire", "echo is no longer followed for Wire <1>"},
		{"nothing left", ann, "/unsubscribe @wire", "Nothing is followed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			has(t, w.tell(tt.user, tt.say), tt.want)
			subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: wire.ID}))(t)
			follows := slices.Contains([]string{"followed", "again", "sources", "sources for nobody"}, tt.name)
			if (len(subs) == 1 && subs[0].Feed.ID == f.ID) != follows {
				t.Errorf("the channel follows %d feeds", len(subs))
			}
		})
	}
	w.t = t
	if len(w.errs) > 0 {
		t.Errorf("handlers: %v", w.errs)
	}
}

// TestServeChannel: an administrator sets everything about a channel from a private chat, by commands and by buttons, and
// nothing about the private chat changes by it.
func TestServeChannel(t *testing.T) {
	w := newWorld(t)
	wire := w.sim.AddChannel(sim.Group{Title: "Wire <1>", Username: "wire", Members: []int64{bert}, Admins: []int64{ann}})
	w.settled()
	for _, name := range []string{"@wire", fmt.Sprint(wire.ID)} {
		has(t, w.tell(ann, "/timezone Kathmandu "+name), "Wire <1>\n", "Asia/Kathmandu")
		has(t, w.tell(ann, "/digest 7:30 mon-fri "+name), "Wire <1>\n", "07:30 · Monday–Friday.", "Asia/Kathmandu")
		has(t, w.tell(ann, "/quiet "+name+" 21-6"), "Wire <1>\n", "Quiet from 21:00 to 06:00")
		has(t, w.tell(bert, "/quiet 1-2 "+name), "Das kann nur, wer "+name+" verwaltet")
	}
	place := news.Place{Chat: wire.ID}
	if c := must(w.db.Chat(t.Context(), wire.ID))(t); c.Zone != "Asia/Kathmandu" || c.Quiet != (news.Quiet{From: 1260, To: 360}) {
		t.Errorf("the channel: %+v", c)
	}
	panel := w.tell(ann, "/settings @wire")
	has(t, panel, "Wire <1>\n")
	for _, b := range []string{"No sound", "Language", "Deutsch"} {
		if _, more := w.press(ann, panel, b); len(more) > 0 {
			t.Errorf("%s: answered by %q", b, texts(more))
		}
	}
	has(t, w.now(panel), "Wire <1>\nSettings of this channel") // Ann still reads English
	_, digest := w.press(ann, panel, "Stories come")
	_, _ = w.press(ann, w.one(digest, "the digest's button"), "20:00")
	if times := must(w.db.DigestTimes(t.Context(), place))(t); len(times) != 1 || times[0].Minute != 20*60 {
		t.Errorf("digest times %+v", times)
	}
	_, _ = w.press(ann, digest[0], "Digest off")
	_, quiet := w.press(ann, panel, "Quiet")
	_, _ = w.press(ann, w.one(quiet, "the button of quiet hours"), "Turn quiet hours off")
	c := must(w.db.Chat(t.Context(), wire.ID))(t)
	if times := must(w.db.DigestTimes(t.Context(), place))(t); len(times) != 0 || c.Quiet.On() || !c.Silent || c.Lang != "de" {
		t.Errorf("the channel: %+v, %d digest times", c, len(times))
	}
	own := must(w.db.Chat(t.Context(), ann))(t)
	if times := must(w.db.DigestTimes(t.Context(), news.Place{Chat: ann}))(t); own.Silent || own.Lang != "en" || own.Quiet.On() || own.Zone != "" || len(times) > 0 {
		t.Errorf("Ann's own chat: %+v", own)
	}
	if got := w.answers(wire.ID, 0); len(got) > 0 {
		t.Errorf("posted: %q", texts(got))
	}
	w.forged(wire.ID)
	w.calm()
}

// TestChannelData: what is stored about a channel is listed, copied and deleted from a private chat, and nothing of the
// private chat is meant by it.
func TestChannelData(t *testing.T) {
	w := newWorld(t)
	own, theirs := w.feed("own"), w.feed("theirs")
	wire := w.sim.AddChannel(sim.Group{Title: "Wire <1>", Username: "wire", Members: []int64{bert}, Admins: []int64{ann}})
	w.settled()
	_, _, _ = w.tell(ann, "/subscribe own"), w.tell(ann, "/subscribe theirs @wire"), w.tell(ann, "/subscribe own @wire")
	for _, say := range []string{"/forget @wire", "/mydata @wire", "/export @wire"} {
		has(t, w.tell(bert, say), "Das kann nur, wer @wire verwaltet")
	}
	has(t, w.tell(ann, "/export @wire"), "Wire <1>", "2 sources")
	has(t, w.tell(ann, "/mydata @wire"), "Wire <1>")
	panel := w.tell(ann, "/unsubscribe @wire")
	has(t, panel, "Wire <1>\n", "Tap a source")
	_, _ = w.press(ann, panel, own.Name())
	panel = w.tell(ann, "/sources @wire")
	has(t, panel, "Wire <1>\n", theirs.Name())
	_, drop := w.press(ann, panel, "Stop following")
	_, _ = w.press(ann, w.one(drop, "the button to stop following"), theirs.Name())
	for place, want := range map[int64]int{ann: 1, wire.ID: 0} {
		if subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: place}))(t); len(subs) != want {
			t.Errorf("%d follows %d feeds, want %d", place, len(subs), want)
		}
	}
	ask := w.tell(ann, "/forget @wire")
	has(t, ask, "Wire <1>\n", "Delete everything")
	_, _ = w.press(ann, ask, "Delete")
	if _, err := w.db.Chat(t.Context(), wire.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the channel is still stored: %v", err)
	}
	if _, err := w.db.Chat(t.Context(), ann); err != nil {
		t.Errorf("Ann's own chat: %v", err)
	}
	w.calm()
}

// forged presses buttons about a channel that nobody was shown.
func (w *world) forged(channel int64) {
	w.t.Helper()
	bertsPanel := w.tell(bert, "/settings")
	before := must(w.db.Chat(w.t.Context(), channel))(w.t)
	for data, want := range map[string]string{
		fmt.Sprintf("ch:%d:set:silent", channel):                "Administratoren",
		fmt.Sprintf("ch:%d:ch:%d:set:silent", channel, channel): "Administratoren",
		"ch:-1009999999:set:silent":                             "zu alt",
		"ch:x:set:silent":                                       "zu alt",
		"ch:":                                                   "zu alt",
	} {
		if a, _ := w.pressData(bert, bertsPanel, data); !strings.Contains(a.Text, want) {
			w.t.Errorf("%s: answered %q, want %q", data, a.Text, want)
		}
	}
	if after := must(w.db.Chat(w.t.Context(), channel))(w.t); after != before {
		w.t.Errorf("changed to %+v", after)
	}
}

// TestRestricted: where the bot may not write, the chat rests, with its settings kept, until it may again.
func TestRestricted(t *testing.T) {
	w := newWorld(t)
	w.feed("echo")
	g := w.sim.AddGroup(sim.Group{Title: "Rowers", Admins: []int64{ann}})
	wire := w.sim.AddChannel(sim.Group{Title: "Wire", Username: "wire", Admins: []int64{ann}})
	w.settled()
	w.one(w.ask(ann, g.ID, 0, "/subscribe echo"), "/subscribe")
	w.tell(ann, "/subscribe echo @wire")
	for _, step := range []struct {
		chat   int64
		status sim.Status
		active bool
	}{
		{g.ID, sim.Restricted, false},
		{g.ID, sim.Member, true},
		{g.ID, sim.Left, false},
		{g.ID, sim.Administrator, true},
		{wire.ID, sim.Left, false},
		{wire.ID, sim.Administrator, true},
	} {
		if err := w.sim.SetBot(step.chat, ann, step.status); err != nil {
			t.Fatal(err)
		}
		w.settled()
		c := must(w.db.Chat(t.Context(), step.chat))(t)
		subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: step.chat}))(t)
		if c.Active != step.active || len(subs) != 1 {
			t.Errorf("%s in %s: active %t, follows %d feeds", step.status, c.Title, c.Active, len(subs))
		}
	}
	if c := must(w.db.Chat(t.Context(), wire.ID))(t); c.ServedFrom != ann {
		t.Errorf("who is told that the channel is lost: %d", c.ServedFrom)
	}
	_, _ = w.press(ann, w.tell(ann, "/forget"), "Delete")
	if c := must(w.db.Chat(t.Context(), wire.ID))(t); c.ServedFrom != 0 {
		t.Errorf("Ann is remembered: %d", c.ServedFrom)
	}
	w.calm()
}

// TestBroughtBackByAnother: a group or channel comes back whoever lets the bot write there again, also where the bot is not for all.
func TestBroughtBackByAnother(t *testing.T) {
	w := newWorld(t, func(c *handlers.Config) { c.Access = handlers.Access{Closed: true, Users: []int64{ann}} })
	w.feed("echo")
	wire := w.sim.AddChannel(sim.Group{Title: "Wire", Username: "wire", Admins: []int64{ann, bert}})
	w.settled()
	w.tell(ann, "/subscribe echo @wire")
	for _, status := range []sim.Status{sim.Left, sim.Administrator} {
		if err := w.sim.SetBot(wire.ID, bert, status); err != nil {
			t.Fatal(err)
		}
		w.settled()
	}
	if c := must(w.db.Chat(t.Context(), wire.ID))(t); !c.Active {
		t.Error("the channel rests still")
	}
	other := w.sim.AddChannel(sim.Group{Title: "Other", Admins: []int64{bert}, Bot: sim.Left})
	if err := w.sim.SetBot(other.ID, bert, sim.Administrator); err != nil {
		t.Fatal(err)
	}
	w.settled()
	if _, err := w.db.Chat(t.Context(), other.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("a channel of who may not use the bot: %v", err)
	}
	w.calm()
}

// TestUpgradeToldOnce: the supergroup alone says which group it was.
func TestUpgradeToldOnce(t *testing.T) {
	w := newWorld(t)
	w.feed("echo")
	g := w.sim.AddGroup(sim.Group{Title: "Rowers", Basic: true, Admins: []int64{ann}})
	w.settled()
	w.one(w.ask(ann, g.ID, 0, "/subscribe echo"), "/subscribe")
	w.sim.Push("message", fmt.Appendf(nil, `{"message_id":1,"date":1,"chat":{"id":-1001234567890,"type":"supergroup","title":"Rowers"},
		"from":{"id":101,"first_name":"Ann"},"migrate_from_chat_id":%d}`, g.ID))
	w.settled()
	if subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: -1001234567890}))(t); len(subs) != 1 {
		t.Errorf("the supergroup follows %d feeds", len(subs))
	}
	w.calm()
}

// TestQuiet: what /quiet answers, and what it does in a group to who may not.
func TestQuiet(t *testing.T) {
	w := newWorld(t)
	has(t, w.tell(ann, "/quiet"), "No quiet time", "UTC")
	has(t, w.tell(ann, "/timezone Berlin"), "Europe/Berlin")
	has(t, w.tell(ann, "/quiet 22:00-07:00"), "Quiet from 22:00 to 07:00", "Europe/Berlin")
	has(t, w.tell(ann, "/digest mon-wed fri 7 sat,sun 10"), "Digest at 07:00 · Monday–Wednesday, Friday; 10:00 · Saturday, Sunday.")
	has(t, w.tell(ann, "/digest 7"), "Digest at 07:00. The next one")
	has(t, w.tell(bert, "/quiet 22:00–07:00"), "Ruhe von 22:00 bis 07:00")
	has(t, w.tell(ann, "/quiet at night"), "I can't read these times")
	panel := w.tell(ann, "/settings")
	if b, ok := panel.Button("Quiet"); !ok || b.Text != "Quiet: 22:00–07:00" {
		t.Errorf("button %+v", b)
	}
	a, _ := w.press(ann, w.tell(ann, "/quiet"), "23:00")
	if c := must(w.db.Chat(t.Context(), ann))(t); a.Text != "Quiet from 23:00 to 08:00" || c.Quiet != (news.Quiet{From: 1380, To: 480}) {
		t.Errorf("%q, %+v", a.Text, c.Quiet)
	}
	has(t, w.tell(ann, "/quiet off"), "No quiet time any more")
	if c := must(w.db.Chat(t.Context(), ann))(t); c.Quiet.On() {
		t.Errorf("%+v", c.Quiet)
	}
	group, topic := w.forum()
	has(t, w.one(w.ask(bert, group, topic, "/quiet 1-2"), "/quiet"), "administrators")
	has(t, w.one(w.ask(ann, group, topic, "/quiet 1-2", sim.Anonymously()), "/quiet"), "Quiet from 01:00 to 02:00")
	w.calm()
}
