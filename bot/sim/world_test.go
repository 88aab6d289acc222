package sim

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPrivacy(t *testing.T) {
	type step struct {
		text  string
		reply bool // to the bot's message
		want  bool
	}
	steps := []step{
		{"hello all", false, false},
		{"/latest", false, true},
		{"/latest@sim_bot", false, true},
		{"/latest@other_bot", false, false},
		{"see /latest", false, false},
		{"ask @sim_bot", false, true},
		{"ask @other_bot", false, false},
		{"thanks", true, true},
	}
	cases := []struct {
		name string
		opt  Options
		bot  Status
		all  bool
	}{{"privacy mode", Options{}, Member, false}, {"administrator", Options{}, Administrator, true}, {"reads all", Options{ReadAll: true}, Member, true}}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, c.opt)
			u := newPerson(t, s, "Ada")
			g := s.AddGroup(Group{Title: "Club", Members: []int64{u.ID}, Bot: c.bot}).ID
			var own Message
			do(t, s, "sendMessage", "chat_id", id(g), "text", "news").into(t, &own)
			drain(t, s)
			for _, st := range steps {
				var opts []Said
				if st.reply {
					opts = append(opts, Replying(own.ID))
				}
				_, err := s.Say(u.ID, g, 0, st.text, opts...)
				must(t, err)
				if got := len(updates(t, s)) == 1; got != (st.want || c.all) {
					t.Errorf("%q heard: %v", st.text, got)
				}
			}
		})
	}
}

func TestTopics(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	g := s.AddGroup(Group{Title: "Club", Forum: true, Admins: []int64{u.ID}}).ID
	news, err := s.AddTopic(g, "News", "📰")
	must(t, err)
	drain(t, s)
	send := func(topic int) answer {
		return do(t, s, "sendMessage", "chat_id", id(g), "text", "a", "message_thread_id", id(topic))
	}
	var m Message
	send(news).into(t, &m)
	if m.Topic != news || !m.IsTopic || m.ReplyTo == nil || m.ReplyTo.TopicCreated == nil || m.ReplyTo.TopicCreated.Name != "News" {
		t.Errorf("sent %+v", m)
	}
	_, err = s.Say(u.ID, g, news, "/latest")
	must(t, err)
	if got := updates(t, s)[0].Message; got.Topic != news || got.ReplyTo == nil || got.ReplyTo.ID != news {
		t.Errorf("update %+v: Telegram makes it a reply to the message that opened the topic", got)
	}
	var general Message
	do(t, s, "sendMessage", "chat_id", id(g), "text", "a").into(t, &general)
	if general.Topic != 0 || general.IsTopic {
		t.Errorf("general %+v", general)
	}
	wantRefusal(t, send(1), 400, "Bad Request: message thread not found")
	wantRefusal(t, send(99), 400, "Bad Request: message thread not found")
	must(t, s.CloseTopic(g, news))
	wantRefusal(t, send(news), 400, "Bad Request: TOPIC_CLOSED")
	must(t, s.SetBot(g, u.ID, Administrator))
	if a := send(news); !a.OK {
		t.Errorf("administrators write in closed topics: %s", a.Description)
	}
	must(t, s.SetBot(g, u.ID, Member))
	must(t, s.ReopenTopic(g, news))
	if a := send(news); !a.OK {
		t.Error(a.Description)
	}
	must(t, s.DeleteTopic(g, news))
	wantRefusal(t, send(news), 400, "Bad Request: message thread not found")
	if _, ok := s.FindMessage(g, func(m Message) bool { return m.Topic == news }); ok {
		t.Error("messages of the deleted topic are still there")
	}
	if _, err := s.AddTopic(u.ID, "x", ""); !errors.Is(err, ErrWrongKind) {
		t.Errorf("got %v", err)
	}
	if err := s.CloseTopic(g, news); !errors.Is(err, ErrNoTopic) {
		t.Errorf("got %v", err)
	}
}

func TestUpgrade(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	old := s.AddGroup(Group{Title: "Club", Basic: true, Admins: []int64{u.ID}}).ID
	drain(t, s)
	now, err := s.Upgrade(old)
	must(t, err)
	list := updates(t, s)
	if len(list) != 2 || list[0].Message.MigrateTo != now || list[0].Message.Chat.ID != old || list[1].Message.MigrateFrom != old || list[1].Message.Chat.Type != "supergroup" {
		t.Errorf("updates %+v", list)
	}
	a := do(t, s, "sendMessage", "chat_id", id(old), "text", "a")
	wantRefusal(t, a, 400, "Bad Request: group chat was upgraded to a supergroup chat")
	if a.Parameters.Migrate != now {
		t.Errorf("migrate_to_chat_id %d, want %d", a.Parameters.Migrate, now)
	}
	if a := do(t, s, "sendMessage", "chat_id", id(now), "text", "a"); !a.OK {
		t.Error(a.Description)
	}
	if _, err := s.Upgrade(old); !errors.Is(err, ErrWrongKind) {
		t.Errorf("twice: %v", err)
	}
}

// statuses are the statuses before and after of a member update.
func statuses(u map[string]any) [2]any {
	if u == nil {
		return [2]any{}
	}
	status := func(key string) any { return u[key].(map[string]any)["status"] }
	return [2]any{status("old_chat_member"), status("new_chat_member")}
}

func TestMyChatMember(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	g := s.AddGroup(Group{Title: "Club", Admins: []int64{u.ID}}).ID
	list := updates(t, s)
	if got := statuses(list[0].MyChatMember); got != [2]any{"left", "member"} {
		t.Errorf("added: %v", got)
	}
	if len(list) != 2 || list[1].Message.NewMembers[0].ID != s.Bot().ID {
		t.Errorf("added: %+v", list)
	}
	steps := []struct {
		do   func() error
		want [2]any
	}{
		{func() error { return s.SetBot(g, u.ID, Administrator) }, [2]any{"member", "administrator"}},
		{func() error { return s.SetBot(g, u.ID, Restricted) }, [2]any{"administrator", "restricted"}},
		{func() error { return s.SetBot(g, u.ID, Kicked) }, [2]any{"restricted", "kicked"}},
		{func() error { return s.SetBot(g, u.ID, Member) }, [2]any{"kicked", "member"}},
		{func() error { return s.Block(u.ID) }, [2]any{"member", "kicked"}},
		{func() error { return s.Unblock(u.ID) }, [2]any{"kicked", "member"}},
	}
	for _, st := range steps {
		must(t, st.do())
		got := updates(t, s)
		if len(got) == 0 || statuses(got[0].MyChatMember) != st.want {
			t.Errorf("got %+v, want %v", got, st.want)
		}
	}
	if a := do(t, s, "leaveChat", "chat_id", id(g)); !a.OK {
		t.Error(a.Description)
	}
	if got := updates(t, s); len(got) != 1 || statuses(got[0].MyChatMember) != [2]any{"member", "left"} {
		t.Errorf("left: %+v", got)
	}
	if _, err := s.Say(u.ID, g, 0, "/latest"); err != nil || s.PendingUpdates() != 0 {
		t.Errorf("%v; a bot that left hears nothing", err)
	}
}

func TestMembers(t *testing.T) {
	s := newServer(t, Options{})
	ada, bo, eve := newPerson(t, s, "Ada"), newPerson(t, s, "Bo"), newPerson(t, s, "Eve")
	g := s.AddGroup(Group{Title: "Club", Username: "harbour_club", Admins: []int64{ada.ID}, Members: []int64{bo.ID, 12345}, Bot: Administrator}).ID
	c := s.AddChannel(Group{Title: "Wire", Admins: []int64{ada.ID}, Members: []int64{bo.ID}}).ID
	status := func(chat, user int64) string {
		var m struct {
			Status string `json:"status"`
		}
		do(t, s, "getChatMember", "chat_id", id(chat), "user_id", id(user)).into(t, &m)
		return m.Status
	}
	for user, want := range map[int64]string{ada.ID: "creator", bo.ID: "member", eve.ID: "left", s.Bot().ID: "administrator"} {
		if got := status(g, user); got != want {
			t.Errorf("member %d: got %s, want %s", user, got, want)
		}
	}
	wantRefusal(t, do(t, s, "getChatMember", "chat_id", id(g), "user_id", "1"), 400, "Bad Request: user not found")
	wantRefusal(t, do(t, s, "getChatAdministrators", "chat_id", id(ada.ID)), 400, "Bad Request: there are no administrators in the private chat")
	wantRefusal(t, do(t, s, "leaveChat", "chat_id", id(ada.ID)), 400, "Bad Request: chat not found")
	for flag, want := range map[string]int{"false": 1, "true": 2} {
		var admins []map[string]any
		do(t, s, "getChatAdministrators", "chat_id", "@Harbour_Club", "return_bots", flag).into(t, &admins)
		if len(admins) != want {
			t.Errorf("return_bots=%s: %d administrators, want %d", flag, len(admins), want)
		}
	}
	if a := do(t, s, "getChatMemberCount", "chat_id", id(g)); string(a.Result) != "3" {
		t.Errorf("count %s", a.Result)
	}
	must(t, s.SetBot(c, ada.ID, Member))
	wantRefusal(t, do(t, s, "getChatMember", "chat_id", id(c), "user_id", id(bo.ID)), 400, "Bad Request: member list is inaccessible")
	var full struct {
		Chat
		Max int `json:"max_reaction_count"`
	}
	do(t, s, "getChat", "chat_id", id(c)).into(t, &full)
	if full.Title != "Wire" || full.Type != "channel" || full.Max == 0 {
		t.Errorf("chat %+v", full)
	}
	drain(t, s)
	do(t, s, "getUpdates", "allowed_updates", `["chat_member","message"]`)
	must(t, s.Join(g, eve.ID))
	list := updates(t, s)
	if len(list) != 2 || statuses(list[0].ChatMember) != [2]any{"left", "member"} || list[1].Message.NewMembers[0].ID != eve.ID {
		t.Errorf("joined: %+v", list)
	}
	must(t, s.Leave(g, eve.ID))
	if _, err := s.Say(eve.ID, g, 0, "a"); !errors.Is(err, ErrNotMember) {
		t.Errorf("got %v", err)
	}
}

func TestSenders(t *testing.T) {
	s := newServer(t, Options{})
	ada, bo := newPerson(t, s, "Ada"), newPerson(t, s, "Bo")
	g := s.AddGroup(Group{Title: "Club", Admins: []int64{ada.ID}, Members: []int64{bo.ID}, Bot: Administrator}).ID
	c := s.AddChannel(Group{Title: "Wire", Admins: []int64{ada.ID}, Members: []int64{bo.ID}}).ID
	drain(t, s)
	_, err := s.Say(ada.ID, g, 0, "/digest", Anonymously())
	must(t, err)
	must(t, s.SetAnonymous(g, ada.ID, true))
	_, err = s.Say(ada.ID, g, 0, "/digest")
	must(t, err)
	for _, u := range updates(t, s) {
		if u.Message.SenderChat == nil || u.Message.SenderChat.ID != g || u.Message.From.ID != anonymousAdmin || !u.Message.From.IsBot {
			t.Errorf("anonymous %+v", u.Message)
		}
	}
	if _, err := s.Say(bo.ID, g, 0, "a", Anonymously()); !errors.Is(err, ErrWrongKind) {
		t.Errorf("got %v", err)
	}
	post, err := s.Say(ada.ID, c, 0, "harbour reopens")
	must(t, err)
	if u := updates(t, s)[0]; u.Post == nil || u.Post.From != nil || u.Post.SenderChat.ID != c {
		t.Errorf("post %+v", u)
	}
	if _, err := s.Say(bo.ID, c, 0, "a"); !errors.Is(err, ErrWrongKind) {
		t.Errorf("got %v", err)
	}
	_, err = s.Forward(bo.ID, bo.ID, 0, c, post.ID)
	must(t, err)
	want := &Origin{Type: "channel", Date: post.Date, Chat: post.SenderChat, MessageID: post.ID}
	if diff := cmp.Diff(updates(t, s)[0].Message.ForwardOrigin, want); diff != "" {
		t.Errorf("origin (-got +want):\n%s", diff)
	}
	forwards := []struct {
		chat int64
		id   int
		kind string
	}{{g, 3, "chat"}, {bo.ID, 1, "user"}}
	for _, f := range forwards {
		_, err = s.Forward(bo.ID, bo.ID, 0, f.chat, f.id)
		must(t, err)
		if got := updates(t, s)[0].Message.ForwardOrigin; got == nil || got.Type != f.kind {
			t.Errorf("origin %+v, want %s", got, f.kind)
		}
	}
	again, ok := s.LastMessage(bo.ID)
	if !ok {
		t.Fatal("no message")
	}
	twice, fault := s.Forward(bo.ID, bo.ID, 0, bo.ID, again.ID)
	must(t, fault)
	if twice.ForwardOrigin != again.ForwardOrigin {
		t.Error("forwarding a forward changes its origin")
	}
	drain(t, s)
	if a := do(t, s, "pinChatMessage", "chat_id", id(c), "message_id", id(post.ID)); !a.OK || updates(t, s)[0].Post.Pinned.ID != post.ID {
		t.Errorf("pin in a channel: %s", a.Description)
	}
	said, fault := s.Tell(bo.ID, "on")
	must(t, fault)
	_, fault = s.Edit(bo.ID, bo.ID, said.ID, "one")
	must(t, fault)
	if list := updates(t, s); len(list) != 2 || list[1].Edited.Text != "one" || list[1].Edited.EditDate == 0 {
		t.Errorf("edit %+v", list)
	}
	_, fault = s.Locate(bo.ID, bo.ID, 0, 48.2, 16.4)
	must(t, fault)
	if got := updates(t, s)[0].Message.Location; got == nil || got.Latitude != 48.2 {
		t.Errorf("location %+v", got)
	}
	if _, err := s.Locate(bo.ID, bo.ID, 0, 99, 0); err == nil {
		t.Error("a latitude of 99")
	}
}

func TestSpeakRefused(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	must(t, s.Block(u.ID))
	for _, c := range []struct {
		user, chat int64
		want       error
	}{{1, 1, ErrNoUser}, {u.ID, 1, ErrNoChat}, {u.ID, u.ID, ErrNoBot}} {
		if _, err := s.Say(c.user, c.chat, 0, "a"); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
	if _, err := s.Tell(u.ID, "  "); err == nil {
		t.Error("said nothing")
	}
	must(t, s.Close())
	if _, err := s.Tell(u.ID, "a"); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
	if err := s.Wait(t.Context(), func() bool { return false }); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestWaitMessage(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	var sent sync.WaitGroup
	sent.Go(func() {
		if _, err := ask(t.Context(), s, "sendMessage", params("chat_id", id(u.ID), "text", "late")); err != nil {
			t.Error(err)
		}
	})
	defer sent.Wait()
	m, err := s.WaitMessage(t.Context(), u.ID, func(m Message) bool { return m.Text == "late" })
	if err != nil || m.ID != 2 {
		t.Errorf("got %+v, %v", m, err)
	}
	c, err := s.WaitCall(t.Context(), func(c Call) bool { return c.Method == "sendMessage" })
	if err != nil || c.Time.IsZero() || time.Since(c.Time) > time.Minute {
		t.Errorf("got %+v, %v", c, err)
	}
}
