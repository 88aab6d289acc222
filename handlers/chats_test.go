package handlers_test

import (
	"errors"
	"strings"
	"testing"

	"herald/bot/sim"
	"herald/news"
)

// TestBlockedAndBack: a chat that blocked the bot rests with its settings, and goes on when it is back.
func TestBlockedAndBack(t *testing.T) {
	w := newWorld(t)
	w.feed("echo")
	w.tell(bert, "/subscribe echo")
	for _, back := range []func(){
		func() { must(w.sim.Tell(bert, "/latest"))(t) },
		func() {},
	} {
		if err := w.sim.Block(bert); err != nil {
			t.Fatal(err)
		}
		w.settled()
		if chat := must(w.db.Chat(t.Context(), bert))(t); chat.Active {
			t.Error("active while blocked")
		}
		if err := w.sim.Unblock(bert); err != nil {
			t.Fatal(err)
		}
		back()
		w.settled()
		chat := must(w.db.Chat(t.Context(), bert))(t)
		subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: bert}))(t)
		if !chat.Active || chat.Lang != "de" || len(subs) != 1 {
			t.Errorf("back: %+v with %d feeds", chat, len(subs))
		}
	}
	w.calm()
}

// TestBlockedWhileAnswering: the answer can't be sent, the chat rests, and nobody has to read of it in a log.
func TestBlockedWhileAnswering(t *testing.T) {
	w := newWorld(t)
	w.tell(ann, "/start")
	w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: ann, Status: 403, Description: "Forbidden: bot was blocked by the user"})
	if got := w.ask(ann, ann, 0, "/help"); len(got) > 0 {
		t.Errorf("answered %q", texts(got))
	}
	if chat := must(w.db.Chat(t.Context(), ann))(t); chat.Active {
		t.Error("active while blocked")
	}
	has(t, w.tell(ann, "/help"), "Reading")
	if len(w.errs) > 0 {
		t.Errorf("handlers: %v", w.errs)
	}
}

// TestStrangersBlock: a chat that Herald never met may block it.
func TestStrangersBlock(t *testing.T) {
	w := newWorld(t)
	w.sim.Push("my_chat_member", []byte(`{"chat":{"id":555,"type":"private","first_name":"Eve"},"from":{"id":555,"first_name":"Eve"},"date":1,
		"old_chat_member":{"user":{"id":1},"status":"member"},"new_chat_member":{"user":{"id":1},"status":"kicked"}}`))
	w.settled()
	if _, err := w.db.Chat(t.Context(), 555); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("stored: %v", err)
	}
	w.calm()
}

func TestGroupWelcome(t *testing.T) {
	w := newWorld(t)
	g := w.sim.AddGroup(sim.Group{Title: "Rowers", Admins: []int64{ann}, Bot: sim.Left})
	if err := w.sim.SetBot(g.ID, bert, sim.Member); err != nil {
		t.Fatal(err)
	}
	has(t, w.one(w.answers(g.ID, 0), "added"), "Danke") // in the language of whoever added it
	for _, status := range []sim.Status{sim.Administrator, sim.Kicked, sim.Member} {
		if err := w.sim.SetBot(g.ID, ann, status); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.answers(g.ID, 0); len(got) != 1 {
		t.Errorf("welcomed %d times", len(got))
	}
	if chat := must(w.db.Chat(t.Context(), g.ID))(t); !chat.Active {
		t.Error("rests although the bot is in the group")
	}
	w.calm()
}

// TestUpgrade: a group that becomes a supergroup keeps everything.
func TestUpgrade(t *testing.T) {
	w := newWorld(t)
	w.feed("echo")
	g := w.sim.AddGroup(sim.Group{Title: "Rowers", Basic: true, Admins: []int64{ann}, Members: []int64{bert}})
	w.settled()
	has(t, w.one(w.ask(ann, g.ID, 0, "/subscribe echo"), "/subscribe"), "Following echo")
	to := must(w.sim.Upgrade(g.ID))(t)
	w.settled()
	if subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: to}))(t); len(subs) != 1 {
		t.Errorf("the supergroup follows %d feeds", len(subs))
	}
	if _, err := w.db.Chat(t.Context(), g.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the old group is still stored: %v", err)
	}
	has(t, w.one(w.ask(bert, to, 0, "/sources"), "/sources"), "echo")
	stranger := w.sim.AddGroup(sim.Group{Title: "Others", Basic: true, Admins: []int64{ann}, Bot: sim.Left})
	must(w.sim.Upgrade(stranger.ID))(t)
	w.calm()
}

// TestUpgradeWhileSubscribing: the group becomes a supergroup while Herald looks for the feed; the answer and the subscription are
// in the new group, whether or not the old one's rows have moved already.
func TestUpgradeWhileSubscribing(t *testing.T) {
	for name, moved := range map[string]bool{"before Herald heard of it": false, "after the rows have moved": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			g := w.sim.AddGroup(sim.Group{Title: "Rowers", Basic: true, Admins: []int64{ann}})
			w.settled()
			if len(w.ask(ann, g.ID, 0, "/settings")) != 1 {
				t.Fatal("no settings")
			}
			c := must(w.db.Chat(t.Context(), g.ID))(t)
			c.Zone = "Asia/Tokyo"
			if err := w.db.SaveChat(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			release := w.site.wait("/home.xml")
			defer release()
			must(w.sim.Say(ann, g.ID, 0, "/subscribe "+w.site.URL+"/home"))(t)
			w.until(func() bool { return w.site.count("/home.xml") == 1 })
			to := must(w.sim.Upgrade(g.ID))(t)
			if moved {
				if err := w.db.MigrateChat(t.Context(), g.ID, to); err != nil {
					t.Fatal(err)
				}
			}
			release()
			var following bool
			for _, m := range w.answers(to, 0) {
				following = following || strings.Contains(m.Text, "Following Paper home.xml")
			}
			subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: to}))(t)
			if !following || len(subs) != 1 {
				t.Errorf("said so: %t, and follows %d feeds; said %q", following, len(subs), texts(w.answers(to, 0)))
			}
			if chat := must(w.db.Chat(t.Context(), to))(t); chat.Zone != "Asia/Tokyo" || !chat.Active {
				t.Errorf("settings %+v", chat)
			}
			if len(w.errs) > 0 {
				t.Errorf("handlers: %v", w.errs)
			}
		})
	}
}

// TestNamelessChat: a chat may have no title, and a person no name.
func TestNamelessChat(t *testing.T) {
	w := newWorld(t)
	w.sim.AddUser(sim.User{ID: 777})
	w.sim.Push("message", []byte(`{"message_id":900,"date":1,"chat":{"id":777,"type":"private"},"from":{"id":777},"text":"/mydata",
		"entities":[{"type":"bot_command","offset":0,"length":7}]}`))
	w.settled()
	if chat := must(w.db.Chat(t.Context(), 777))(t); chat.Title != "" || chat.Kind != news.Private {
		t.Errorf("stored %+v", chat)
	}
}
