package sim

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// answering polls once and hands the first update to do.
func answering(t *testing.T, s *Server, reply func(gotUpdate)) {
	go func() {
		var list []gotUpdate
		for len(list) == 0 {
			a := do(t, s, "getUpdates", "timeout", "50")
			if !a.OK {
				return
			}
			a.into(t, &list)
		}
		do(t, s, "getUpdates", "offset", id(list[0].ID+1))
		reply(list[0])
	}()
}

const oldQuery = "Bad Request: query is too old and response timeout expired or query ID is invalid"

func TestPress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		u := newPerson(t, s, "Ada")
		do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"More","callback_data":"m"}]]}`)
		answering(t, s, func(got gotUpdate) {
			query := got.Callback["id"].(string)
			if got.Callback["data"] != "m" || got.Callback["message"].(map[string]any)["message_id"] != 2.0 || got.Callback["chat_instance"] == "" {
				t.Errorf("callback %v", got.Callback)
			}
			wantRefusal(t, do(t, s, "answerCallbackQuery", "callback_query_id", query, "text", strings.Repeat("é", 201)), 400, "Bad Request: MESSAGE_TOO_LONG")
			wantRefusal(t, do(t, s, "answerCallbackQuery", "callback_query_id", query, "url", "https://press.example"), 400, "Bad Request: URL_INVALID")
			for _, text := range []string{"done", "again"} {
				if a := do(t, s, "answerCallbackQuery", "callback_query_id", query, "text", text, "show_alert", "true"); !a.OK {
					t.Error(a.Description)
				}
			}
		})
		got, err := s.Press(t.Context(), u.ID, u.ID, 2, "m")
		if diff := cmp.Diff(got, Answer{Text: "done", Alert: true}); err != nil || diff != "" {
			t.Errorf("%v (-got +want):\n%s", err, diff)
		}
		wantRefusal(t, do(t, s, "answerCallbackQuery", "callback_query_id", "1"), 400, oldQuery)
	})
}

func TestPressWithoutAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		u := newPerson(t, s, "Ada")
		do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"More","callback_data":"m"}]]}`)
		ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
		defer cancel()
		if _, err := s.Press(ctx, u.ID, u.ID, 2, "m"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		query := updates(t, s)[0].Callback["id"].(string)
		wantRefusal(t, do(t, s, "answerCallbackQuery", "callback_query_id", query), 400, oldQuery)
	})
}

func TestPressRefused(t *testing.T) {
	s := newServer(t, Options{})
	u, stranger := newPerson(t, s, "Ada"), newPerson(t, s, "Bo")
	g := s.AddGroup(Group{Members: []int64{u.ID}}).ID
	do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"x","url":"https://a.example"}]]}`)
	cases := []struct {
		user, chat int64
		message    int
		data       string
		want       error
	}{
		{1, u.ID, 2, "m", ErrNoUser},
		{u.ID, 1, 2, "m", ErrNoChat},
		{u.ID, u.ID, 9, "m", ErrNoMessage},
		{u.ID, u.ID, 2, "m", ErrNoButton},
		{u.ID, u.ID, 2, "", ErrNoButton},
		{stranger.ID, g, 1, "m", ErrNotMember},
	}
	for _, c := range cases {
		if _, err := s.Press(t.Context(), c.user, c.chat, c.message, c.data); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
}

func TestPressStale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		u := newPerson(t, s, "Ada")
		answering(t, s, func(got gotUpdate) {
			want := map[string]any{"chat": map[string]any{"id": float64(u.ID), "type": "private", "first_name": "Ada"}, "message_id": 77.0, "date": 0.0}
			if diff := cmp.Diff(got.Callback["message"], any(want)); diff != "" {
				t.Errorf("inaccessible message (-got +want):\n%s", diff)
			}
			do(t, s, "answerCallbackQuery", "callback_query_id", got.Callback["id"].(string))
		})
		if _, err := s.PressStale(t.Context(), u.ID, u.ID, 77, "m"); err != nil {
			t.Error(err)
		}
	})
}

// TestOldQueriesAreForgotten checks that what nobody can answer any more takes no room.
func TestOldQueriesAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		u := newPerson(t, s, "Ada")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 3 {
			_, _ = s.PressStale(ctx, u.ID, u.ID, 1, "m")
			_, _ = s.Inline(ctx, u.ID, u.ID, strings.Repeat("é", 300), "")
			time.Sleep(time.Hour)
		}
		if len(s.presses) > 1 || len(s.inlines) > 1 {
			t.Errorf("%d presses, %d inline queries are kept", len(s.presses), len(s.inlines))
		}
		list := updates(t, s)
		if got := list[len(list)-1].Inline; got["query"] != strings.Repeat("é", 256) || got["chat_type"] != "sender" {
			t.Errorf("query %v: want the first 256 characters, from the private chat", got)
		}
	})
}

// article is one inline result as JSON; extra adds fields.
func article(resultID, extra string) string {
	return `{"type":"article","id":"` + resultID + `","title":"Ferry","input_message_content":{"message_text":"<b>Ferry</b>","parse_mode":"HTML"}` + extra + `}`
}

func TestInline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, Options{})
		u := newPerson(t, s, "Ada")
		g := s.AddGroup(Group{Title: "Club", Forum: true, Members: []int64{u.ID}}).ID
		topic, err := s.AddTopic(g, "News", "")
		must(t, err)
		drain(t, s)
		answering(t, s, func(got gotUpdate) {
			if got.Inline["query"] != "ferry" || got.Inline["chat_type"] != "supergroup" || got.Inline["offset"] != "" {
				t.Errorf("query %v", got.Inline)
			}
			a := do(t, s, "answerInlineQuery", "inline_query_id", got.Inline["id"].(string), "next_offset", "5", "is_personal", "true",
				"button", `{"text":"Sources","start_parameter":"sources"}`,
				"results", `[`+article("r1", `,"url":"https://a.example","description":"d"`)+`,`+article("r2", `,"reply_markup":{"inline_keyboard":[[{"text":"More","callback_data":"m"}]]}`)+`]`)
			if !a.OK {
				t.Error(a.Description)
			}
		})
		got, err := s.Inline(t.Context(), u.ID, g, "ferry", "")
		must(t, err)
		if len(got.Results) != 2 || got.NextOffset != "5" || !got.Personal || got.Button.StartParameter != "sources" || got.Results[0].Description != "d" {
			t.Errorf("answer %+v", got)
		}
		m, err := s.Choose(u.ID, g, topic, got.QueryID, "r2")
		must(t, err)
		if m.Text != "Ferry" || m.ViaBot == nil || m.From.ID != u.ID || m.Topic != topic || m.InlineID == "" {
			t.Errorf("sent %+v", m)
		}
		list := updates(t, s)
		if len(list) != 2 || list[0].Chosen["inline_message_id"] != m.InlineID || list[1].Message.ViaBot == nil {
			t.Errorf("updates %+v", list)
		}
		if a := do(t, s, "editMessageText", "inline_message_id", m.InlineID, "text", "Ferry sails"); string(a.Result) != "true" {
			t.Errorf("edit %+v", a)
		}
		if now, _ := s.Message(g, m.ID); now.Text != "Ferry sails" {
			t.Errorf("now %+v", now)
		}
		if _, err := s.Choose(u.ID, g, 0, got.QueryID, "r9"); !errors.Is(err, ErrNoResult) {
			t.Errorf("got %v", err)
		}
	})
}

func TestInlineRefused(t *testing.T) {
	var many []string
	for i := range 51 {
		many = append(many, article(fmt.Sprint(i), ""))
	}
	content := func(c string) string {
		return `[{"type":"article","id":"1","title":"a","input_message_content":` + c + `}]`
	}
	const what = "can't parse inline query result: "
	cases := []struct{ name, param, value, want string }{
		{"broken", "results", `[`, "can't parse results JSON object"},
		{"no list", "results", `{}`, "array expected"},
		{"too many", "results", "[" + strings.Join(many, ",") + "]", "RESULTS_TOO_MUCH"},
		{"twice", "results", "[" + article("a", "") + "," + article("a", "") + "]", "RESULT_ID_DUPLICATE"},
		{"no id", "results", "[" + article("", "") + "]", "RESULT_ID_INVALID"},
		{"long id", "results", "[" + article(strings.Repeat("é", 33), "") + "]", "RESULT_ID_INVALID"},
		{"another type", "results", `[{"type":"gif","id":"1"}]`, what + "Unsupported type specified"},
		{"unknown field", "results", "[" + article("a", `,"hide_url":true`) + "]", what + `unknown field "hide_url"`},
		{"no title", "results", `[{"type":"article","id":"1"}]`, "ARTICLE_TITLE_EMPTY"},
		{"no content", "results", `[{"type":"article","id":"1","title":"a"}]`, what + `Can't find field "input_message_content"`},
		{"wrong type", "results", `[{"type":"article","id":1}]`, what + `Field "id" must be of type String`},
		{"empty text", "results", content(`{"message_text":""}`), "message text is empty"},
		{"broken HTML", "results", content(`{"message_text":"<b>","parse_mode":"HTML"}`), `can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"long text", "results", content(`{"message_text":"` + strings.Repeat("a", 4097) + `"}`), "message is too long"},
		{"keyboard", "results", "[" + article("a", `,"reply_markup":{"force_reply":true}`) + "]", "inline keyboard expected"},
		{"address", "results", "[" + article("a", `,"url":"x"`) + "]", "WEBDOCUMENT_URL_INVALID"},
		{"picture", "results", "[" + article("a", `,"thumbnail_width":-1`) + "]", "WEBDOCUMENT_INVALID"},
		{"long offset", "next_offset", strings.Repeat("a", 65), "NEXT_OFFSET_INVALID"},
		{"button", "button", `{"text":"a","start_parameter":"a b"}`, "START_PARAM_INVALID"},
		{"button without text", "button", `{"start_parameter":"a"}`, `can't parse inline query results button: Can't find field "text"`},
	}
	s := newServer(t, Options{})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v := params("inline_query_id", "1", "results", "[]")
			v.Set(c.param, c.value)
			a, err := ask(t.Context(), s, "answerInlineQuery", v)
			must(t, err)
			wantRefusal(t, a, 400, "Bad Request: "+c.want)
		})
	}
	wantRefusal(t, do(t, s, "answerInlineQuery", "inline_query_id", "1", "results", "[]"), 400, oldQuery)
}
