package sim

import (
	"strings"
	"testing"
)

func TestCommands(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	g := s.AddGroup(Group{Title: "Club"}).ID
	list := func(name string) string { return `[{"command":"` + name + `","description":"d"}]` }
	set := func(name string, pairs ...string) {
		t.Helper()
		if a := do(t, s, "setMyCommands", append([]string{"commands", list(name)}, pairs...)...); !a.OK {
			t.Fatal(a.Description)
		}
	}
	menu := func(chat int64) string { return s.Commands(chat)[0].Command }
	set("everywhere")
	if menu(u.ID) != "everywhere" || menu(g) != "everywhere" {
		t.Errorf("menus %s, %s", menu(u.ID), menu(g))
	}
	set("in_english", "language_code", "en")
	set("in_groups", "scope", `{"type":"all_group_chats"}`)
	if menu(u.ID) != "in_english" || menu(g) != "in_groups" {
		t.Errorf("menus %s, %s", menu(u.ID), menu(g))
	}
	set("here", "scope", `{"type":"chat","chat_id":`+id(g)+`}`)
	if menu(g) != "here" {
		t.Errorf("menu %s", menu(g))
	}
	do(t, s, "deleteMyCommands", "scope", `{"type":"chat","chat_id":`+id(g)+`}`)
	if menu(g) != "in_groups" {
		t.Errorf("menu %s", menu(g))
	}
	var got []Command
	do(t, s, "getMyCommands", "language_code", "en").into(t, &got)
	if len(got) != 1 || got[0].Command != "in_english" {
		t.Errorf("got %+v", got)
	}
	for _, c := range [][3]string{
		{"commands", `[{"command":"Big","description":"d"}]`, "BOT_COMMAND_INVALID"},
		{"commands", `[{"command":"a","description":""}]`, "BOT_COMMAND_DESCRIPTION_INVALID"},
		{"commands", `[{"command":"a","text":""}]`, `unknown field "text"`},
		{"language_code", "eng", "invalid language code specified"},
		{"scope", `{"type":"planet"}`, "can't parse BotCommandScope: Unsupported type specified"},
		{"scope", `{"type":"chat"}`, `can't parse BotCommandScope: Can't find field "chat_id"`},
		{"scope", `{"type":"chat","chat_id":5}`, "chat not found"},
	} {
		v := params("commands", list("a"))
		v.Set(c[0], c[1])
		a, err := ask(t.Context(), s, "setMyCommands", v)
		must(t, err)
		wantRefusal(t, a, 400, "Bad Request: "+c[2])
	}
	do(t, s, "setMyDescription", "description", "Reads the news.")
	do(t, s, "setMyShortDescription", "short_description", "News.", "language_code", "en")
	wantRefusal(t, do(t, s, "setMyDescription", "description", strings.Repeat("é", 513)), 400, "Bad Request: the description is too long")
	wantRefusal(t, do(t, s, "setMyShortDescription", "language_code", "english"), 400, "Bad Request: invalid language code specified")
	if s.Description(false, "") != "Reads the news." || s.Description(true, "en") != "News." {
		t.Error("descriptions are lost")
	}
}
