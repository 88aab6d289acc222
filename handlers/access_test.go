package handlers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/handlers"
	"herald/news"
	"herald/news/desk"
	"herald/storage"
)

// TestOwnerCommands are there for the operator alone.
func TestOwnerCommands(t *testing.T) {
	w := newWorld(t)
	if m := w.tell(olga, "/stats"); !strings.Contains(m.Text, "0 feeds") || strings.Contains(m.Text, "been sent") {
		t.Errorf("got %q", m.Text)
	}
	f := w.feed("Echo")
	must(w.db.Subscribe(t.Context(), news.Place{Chat: olga}, f.ID, time.Now().Add(-time.Hour)))(t)
	a := desk.New(nil).Text("Bridge", bridge, "en")
	a.FeedID, a.Identity, a.Fetched = f.ID, "Bridge", time.Now()
	must(w.db.SaveArticle(t.Context(), a, storage.Save{Push: true}))(t)
	has(t, w.tell(olga, "/stats"), "1 deliveries waiting\nThey will have been sent by about today ")
	has(t, w.tell(olga, "/invite"), "There is nothing to invite to")
	group, topic := w.forum()
	must(0, w.sim.Join(group, olga))(t)
	if got := w.ask(olga, group, topic, "/stats"); len(got) > 0 {
		t.Errorf("/stats in a group: %q", texts(got))
	}
	w.calm()
}

// TestGroupRights: everybody reads, administrators change, also when they write as the group.
func TestGroupRights(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	w.story(f, "Bridge closes", bridge, time.Hour)
	group, topic := w.forum()
	const refused = "Only administrators"
	for _, tt := range []struct {
		name string
		user int64
		say  string
		want string // "": silence
	}{
		{"a member reads", bert, "/latest", "Bridge closes"},
		{"a member reads quotes", bert, "/quotes@herald_bot", "Karla Dremel"},
		{"a member looks at sources", bert, "/sources", "Nothing is followed"},
		{"a member may not follow", bert, "/subscribe " + f.URL, refused},
		{"a member may not follow by a link", bert, fmt.Sprint("/start@herald_bot f", f.ID), refused},
		{"a member may not stop", bert, "/unsubscribe echo", refused},
		{"a member may not set a digest", bert, "/digest 8", refused},
		{"a member may not switch it off", bert, "/digest off", refused},
		{"a member may not move the clock", bert, "/timezone Berlin", refused},
		{"a member may not open settings", bert, "/settings", refused},
		{"a member may not export data", bert, "/mydata", refused},
		{"a member may not delete", bert, "/forget", refused},
		{"an administrator follows", ann, "/subscribe " + f.URL, "Following echo"},
		{"a member starts", bert, "/start@herald_bot", "I read the news for this group"},
		{"unknown", ann, "/frobnicate", ""},
		{"unknown, and named", bert, "/lates@herald_bot", "Did you mean /latest?"},
		{"the operator's, and named", ann, "/stats@herald_bot", ""},
		{"another bot's", ann, "/latest@weather_bot", ""},
		{"talk", bert, "The bridge? Really?", ""},
		{"a link", bert, w.site.URL + "/article", ""},
		{"a channel from a group", ann, "/subscribe echo @wire", "from our private chat"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			got := w.ask(tt.user, group, topic, tt.say)
			if tt.want == "" {
				if len(got) > 0 {
					t.Errorf("answered %q", texts(got))
				}
				return
			}
			m := w.one(got, tt.say)
			has(t, m, tt.want)
			if m.Topic != topic || m.ReplyTo == nil {
				t.Errorf("topic %d, reply to %v; want topic %d and a reply", m.Topic, m.ReplyTo, topic)
			}
		})
	}
	w.t = t
	if err := w.sim.SetAnonymous(group, ann, true); err != nil {
		t.Fatal(err)
	}
	has(t, w.one(w.ask(ann, group, 0, "/subscribe echo"), "anonymous"), "Following echo")
	w.calm()
	for _, place := range []news.Place{{Chat: group, Topic: topic}, {Chat: group}} {
		if subs := must(w.db.Subscriptions(t.Context(), place))(t); len(subs) != 1 {
			t.Errorf("%+v follows %d feeds, want 1", place, len(subs))
		}
	}
}

// TestAnonymousWithoutRights: who writes as a channel in a group is no administrator.
func TestAnonymousWithoutRights(t *testing.T) {
	w := newWorld(t)
	group, _ := w.forum()
	chat := fmt.Sprintf(`{"id":%d,"type":"supergroup","title":"Rowers","is_forum":true}`, group)
	w.sim.Push("message", []byte(`{"message_id":900,"date":1,"chat":`+chat+`,"from":{"id":136817688,"is_bot":true,"first_name":"Channel"},
		"sender_chat":{"id":-100555,"type":"channel","title":"Elsewhere"},"text":"/digest 8","entities":[{"type":"bot_command","offset":0,"length":7}]}`))
	w.sim.Push("message", []byte(`{"message_id":901,"date":1,"chat":`+chat+`,"text":"/digest 8","entities":[{"type":"bot_command","offset":0,"length":7}]}`))
	got := w.answers(group, 1)
	var refused int
	for _, m := range got {
		if strings.Contains(m.Text, "Only administrators") {
			refused++
		}
	}
	if refused != 2 {
		t.Errorf("refused %d of 2: %q", refused, texts(got))
	}
}

// TestAccess: a closed bot is for those on the list and those invited; it stores nothing of others.
func TestAccess(t *testing.T) {
	w := newWorld(t, func(c *handlers.Config) { c.Access = handlers.Access{Closed: true, Invites: true, Users: []int64{ann}} })
	has(t, w.tell(ann, "/start"), "I'm Herald")
	for _, say := range []string{"/start", "/latest", "hello", "/start iWRONGCODE", "/start i"} {
		has(t, w.tell(bert, say), "privat")
	}
	if _, err := w.db.Chat(t.Context(), bert); err == nil {
		t.Error("a stranger is stored")
	}
	found := must(w.sim.Inline(t.Context(), bert, bert, "bridge", ""))(t)
	if len(found.Results) > 0 || found.Button == nil {
		t.Errorf("inline for a stranger: %+v", found)
	}
	link := w.tell(olga, "/invite").Text
	_, code, ok := strings.Cut(link, "?start=")
	if !ok {
		t.Fatalf("no link in %q", link)
	}
	has(t, w.tell(bert, "/start "+code), "Herald")
	has(t, w.tell(bert, "/latest"), "Noch nichts zu lesen") // he is in: no source is followed
	w.sim.AddUser(sim.User{ID: 104, FirstName: "Carl"})
	has(t, w.tell(104, "/start "+code), "private") // it works once
	if m := w.tell(ann, "/forget"); strings.Contains(m.Text, "invitation") {
		t.Errorf("who needs no invitation is told %q", m.Text)
	}
	ask := w.tell(bert, "/forget")
	has(t, ask, "Deine Einladung")
	_, _ = w.press(bert, ask, "Ja")
	has(t, w.tell(bert, "/latest"), "privat") // nothing is known of him any more
	w.calm()
}

// TestAdministratorsUnseen: in a group that hides its members from the bot, who may change things is not known, and what helps is
// said; who is not in the group changes nothing.
func TestAdministratorsUnseen(t *testing.T) {
	w := newWorld(t)
	g := w.sim.AddGroup(sim.Group{Title: "Rowers", Members: []int64{bert}, Admins: []int64{ann}})
	w.settled()
	panel := w.one(w.ask(ann, g.ID, 0, "/settings"), "/settings")
	for text, want := range map[string]string{
		"Bad Request: member list is inaccessible": "make me an administrator",
		"Bad Request: CHAT_ADMIN_REQUIRED":         "make me an administrator",
		"Bad Request: user not found":              "Only administrators",
		"Bad Request: PARTICIPANT_ID_INVALID":      "Only administrators",
	} {
		for range 2 {
			w.sim.AddFault(sim.Fault{Method: "getChatMember", Status: 400, Description: text})
		}
		has(t, w.one(w.ask(bert, g.ID, 0, "/digest 8"), text), want)
		if flash, _ := w.press(bert, panel, "No sound"); !strings.Contains(flash.Text, want) {
			t.Errorf("%s: the button answers %q", text, flash.Text)
		}
	}
	if w.mu.Lock(); len(w.errs) > 0 {
		t.Errorf("handlers: %v", w.errs)
	}
	w.mu.Unlock()
}
