package sim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSendMessage(t *testing.T) {
	s := newServer(t, Options{Now: clock()})
	u := newPerson(t, s, "Ada")
	var got Message
	do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "<b>Ferry</b> https://press.example/a", "parse_mode", "html",
		"disable_notification", "true", "protect_content", "1",
		"reply_parameters", `{"message_id":1,"quote":"start"}`,
		"reply_markup", `{"inline_keyboard":[[{"text":"More","callback_data":"m"}]]}`,
		"link_preview_options", `{"prefer_small_media":true}`).into(t, &got)
	me := s.Bot()
	first, _ := s.Message(u.ID, 1)
	want := Message{
		ID: 2, From: &me, Date: start.Unix(), Chat: privateChat(u), Text: "Ferry https://press.example/a",
		Entities:    []Entity{{Type: "bold", Length: 5}, {Type: "url", Offset: 6, Length: 23}},
		LinkPreview: &LinkPreview{Small: true}, Protected: true, ReplyTo: &first,
		Quote:  &Quote{Text: "start", Position: 1, IsManual: true},
		Markup: &Markup{Inline: [][]Button{{{Text: "More", Data: "m"}}}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("answer (-got +want):\n%s", diff)
	}
	kept, _ := s.LastMessage(u.ID)
	if !kept.Silent || kept.PreviewURL != "https://press.example/a" {
		t.Errorf("kept %+v", kept)
	}
	if b, ok := kept.Button("mor"); !ok || b.Data != "m" {
		t.Errorf("button %+v %v", b, ok)
	}
}

func TestTextLimits(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	cases := []struct{ name, text, mode, want string }{
		{"longest", strings.Repeat("x", 4096), "", ""},
		{"too long", strings.Repeat("x", 4097), "", "message is too long"},
		{"longest in UTF-16", strings.Repeat("😀", 2048), "", ""},
		{"too long in UTF-16", strings.Repeat("😀", 2048) + "x", "", "message is too long"},
		{"longest after parsing", "<b>" + strings.Repeat("&lt;", 4096) + "</b>", "HTML", ""},
		{"white space", " \n ", "", "text must be non-empty"},
		{"empty tags", "<b></b>", "HTML", "text must be non-empty"},
		{"other parse mode", "*a*", "MarkdownV2", "unsupported parse_mode"},
		{"broken", "<b>", "HTML", `can't parse entities: Can't find end tag corresponding to start tag "b"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := do(t, s, "sendMessage", "chat_id", id(u.ID), "text", c.text, "parse_mode", c.mode)
			if c.want == "" {
				var m Message
				a.into(t, &m)
				return
			}
			wantRefusal(t, a, 400, "Bad Request: "+c.want)
		})
	}
}

// TestUnreachable goes through every reason why Telegram refuses to write somewhere.
func TestUnreachable(t *testing.T) {
	s := newServer(t, Options{})
	ada := newPerson(t, s, "Ada")
	silent := s.AddUser(User{FirstName: "Silent"})
	blocker, gone := newPerson(t, s, "Blocker"), newPerson(t, s, "Gone")
	must(t, s.Block(blocker.ID))
	must(t, s.Deactivate(gone.ID))
	group := func(bot Status, basic bool) int64 {
		return s.AddGroup(Group{Title: "Club", Basic: basic, Admins: []int64{ada.ID}, Bot: bot}).ID
	}
	channel := func(bot Status) int64 {
		return s.AddChannel(Group{Title: "Wire", Admins: []int64{ada.ID}, Bot: bot}).ID
	}
	thrownOut := group(Member, true)
	must(t, s.SetBot(thrownOut, ada.ID, Kicked))
	deleted, dissolved := group(Member, true), group(Member, false)
	must(t, s.DeleteChat(deleted))
	must(t, s.DeleteChat(dissolved))
	cases := []struct {
		name string
		chat int64
		code int
		want string
	}{
		{"nobody", 1, 400, "Bad Request: chat not found"},
		{"never wrote", silent.ID, 403, "Forbidden: bot can't initiate conversation with a user"},
		{"blocked", blocker.ID, 403, "Forbidden: bot was blocked by the user"},
		{"deactivated", gone.ID, 403, "Forbidden: user is deactivated"},
		{"kicked from a group", thrownOut, 403, "Forbidden: bot was kicked from the group chat"},
		{"kicked from a supergroup", group(Kicked, false), 403, "Forbidden: bot was kicked from the supergroup chat"},
		{"kicked from a channel", channel(Kicked), 403, "Forbidden: bot was kicked from the channel chat"},
		{"not in a supergroup", group(Left, false), 403, "Forbidden: bot is not a member of the supergroup chat"},
		{"not in a channel", channel(Left), 403, "Forbidden: bot is not a member of the channel chat"},
		{"restricted", group(Restricted, false), 400, "Bad Request: not enough rights to send text messages to the chat"},
		{"no administrator of a channel", channel(Member), 400, "Bad Request: need administrator rights in the channel chat"},
		{"deleted group", deleted, 403, "Forbidden: the group chat was deleted"},
		{"deleted supergroup", dissolved, 400, "Bad Request: chat not found"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wantRefusal(t, do(t, s, "sendMessage", "chat_id", id(c.chat), "text", "a"), c.code, c.want)
		})
	}
	wantRefusal(t, do(t, s, "sendMessage", "chat_id", "@nowhere", "text", "a"), 400, "Bad Request: chat not found")
	wantRefusal(t, do(t, s, "sendMessage", "chat_id", "ada", "text", "a"), 400, "Bad Request: chat not found")
	must(t, s.Unblock(blocker.ID))
	if a := do(t, s, "sendMessage", "chat_id", id(blocker.ID), "text", "a"); !a.OK {
		t.Errorf("after unblocking: %s", a.Description)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSendRefused(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	cases := []struct{ name, param, value, want string }{
		{"reply to nothing", "reply_parameters", `{"message_id":99}`, "message to be replied not found"},
		{"reply without id", "reply_parameters", `{"quote":"a"}`, `can't find field "message_id"`},
		{"reply across chats", "reply_parameters", `{"message_id":1,"chat_id":5}`, "message to be replied not found"},
		{"wrong quote", "reply_parameters", `{"message_id":1,"quote":"zzz"}`, "QUOTE_TEXT_INVALID"},
		{"broken reply", "reply_parameters", `{`, "can't parse reply parameters JSON object"},
		{"unknown reply field", "reply_parameters", `{"message":1}`, `unknown field "message"`},
		{"preview of no address", "link_preview_options", `{"url":"not-a-url"}`, "WEBPAGE_URL_INVALID"},
		{"preview of a wrong type", "link_preview_options", `{"is_disabled":"yes"}`, `field "is_disabled" must be of type Boolean`},
		{"topic in a private chat", "message_thread_id", "7", "message thread not found"},
		{"negative topic", "message_thread_id", "-7", "invalid message thread identifier specified"},
		{"keyboard", "reply_markup", `{"inline_keyboard":[[{"text":"a"}]]}`, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wantRefusal(t, do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a", c.param, c.value), 400, "Bad Request: "+c.want)
		})
	}
	var m Message
	do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a", "reply_parameters", `{"message_id":99,"allow_sending_without_reply":true}`).into(t, &m)
	if m.ReplyTo != nil {
		t.Errorf("replies to %+v", m.ReplyTo)
	}
}

func TestEdit(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	chat := id(u.ID)
	do(t, s, "sendMessage", "chat_id", chat, "text", "one", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}`)
	const same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
	var m Message
	do(t, s, "editMessageText", "chat_id", chat, "message_id", "2", "text", "<i>two</i>", "parse_mode", "HTML").into(t, &m)
	if m.Text != "two" || m.EditDate == 0 || m.Markup != nil || m.ID != 2 {
		t.Errorf("edited %+v", m)
	}
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", chat, "message_id", "2", "text", "<i>two</i>", "parse_mode", "HTML"), 400, same)
	wantRefusal(t, do(t, s, "editMessageReplyMarkup", "chat_id", chat, "message_id", "2"), 400, same)
	do(t, s, "editMessageReplyMarkup", "chat_id", chat, "message_id", "2", "reply_markup", `{"inline_keyboard":[[{"text":"c","callback_data":"d"}]]}`).into(t, &m)
	if _, ok := m.Button("c"); !ok || m.Text != "two" {
		t.Errorf("edited %+v", m)
	}
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", chat, "message_id", "9", "text", "x"), 400, "Bad Request: message to edit not found")
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", chat, "message_id", "1", "text", "x"), 400, "Bad Request: message can't be edited")
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", chat, "text", "x"), 400, "Bad Request: message identifier is not specified")
	wantRefusal(t, do(t, s, "editMessageText", "inline_message_id", "x", "text", "x"), 400, "Bad Request: MESSAGE_ID_INVALID")
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", chat, "message_id", "2", "text", " "), 400, "Bad Request: text must be non-empty")
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", chat, "message_id", "2", "text", "x", "reply_markup", `{"force_reply":true}`), 400, "Bad Request: inline keyboard expected")
}

func TestDeleteAndPin(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	g := s.AddGroup(Group{Title: "Club", Admins: []int64{u.ID}}).ID
	said, err := s.Say(u.ID, g, 0, "/hello")
	must(t, err)
	var own Message
	do(t, s, "sendMessage", "chat_id", id(g), "text", "a").into(t, &own)
	wantRefusal(t, do(t, s, "deleteMessage", "chat_id", id(g), "message_id", id(said.ID)), 400, "Bad Request: message can't be deleted")
	wantRefusal(t, do(t, s, "pinChatMessage", "chat_id", id(g), "message_id", id(own.ID)), 400, "Bad Request: not enough rights to manage pinned messages in the chat")
	must(t, s.SetBot(g, u.ID, Administrator))
	if a := do(t, s, "pinChatMessage", "chat_id", id(g), "message_id", id(own.ID)); !a.OK {
		t.Error(a.Description)
	}
	if last, _ := s.LastMessage(g); last.Pinned == nil || last.Pinned.ID != own.ID {
		t.Errorf("last %+v", last)
	}
	for _, m := range []int{said.ID, own.ID} {
		if a := do(t, s, "deleteMessage", "chat_id", id(g), "message_id", id(m)); !a.OK {
			t.Error(a.Description)
		}
	}
	wantRefusal(t, do(t, s, "deleteMessage", "chat_id", id(g), "message_id", id(own.ID)), 400, "Bad Request: message to delete not found")
	wantRefusal(t, do(t, s, "pinChatMessage", "chat_id", id(g), "message_id", id(own.ID)), 400, "Bad Request: message to pin not found")
	wantRefusal(t, do(t, s, "sendChatAction", "chat_id", id(g), "action", "dancing"), 400, "Bad Request: wrong parameter action in request")
	if a := do(t, s, "sendChatAction", "chat_id", id(g), "action", "typing"); !a.OK {
		t.Error(a.Description)
	}
}

func TestPreview(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	cases := []struct{ name, text, options, want string }{
		{"first link", `a.example <a href="https://b.example/">x</a>`, "", "http://a.example/"},
		{"text link", `<a href="https://b.example/">x</a>`, "", "https://b.example/"},
		{"none", "x", "", ""},
		{"disabled", "https://a.example", `{"is_disabled":true}`, ""},
		{"named", "https://a.example", `{"url":"https://c.example/"}`, "https://c.example/"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			do(t, s, "sendMessage", "chat_id", id(u.ID), "text", c.text, "parse_mode", "HTML", "link_preview_options", c.options)
			if m, _ := s.LastMessage(u.ID); m.PreviewURL != c.want {
				t.Errorf("got %q, want %q", m.PreviewURL, c.want)
			}
		})
	}
}
