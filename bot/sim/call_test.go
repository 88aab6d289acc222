package sim

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wire sends a request over the wire and returns status and body.
func wire(t *testing.T, s *Server, method, path, kind, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://127.0.0.1"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	resp, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(out)
}

func TestRequestForms(t *testing.T) {
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for _, p := range [][2]string{{"chat_id", "500001"}, {"text", "hi"}} {
		if err := parts.WriteField(p[0], p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, method, query, kind, body string }{
		{"query", "GET", "?chat_id=500001&text=hi", "", ""},
		{"form", "POST", "", "application/x-www-form-urlencoded; charset=utf-8", "chat_id=500001&text=hi"},
		{"query and form", "POST", "?chat_id=500001", "application/x-www-form-urlencoded", "text=hi"},
		{"json", "POST", "", "application/json", `{"chat_id":500001,"text":"hi","reply_markup":null}`},
		{"json with a nested object", "POST", "", "application/json", `{"chat_id":"500001","text":"hi","link_preview_options":{"is_disabled":true}}`},
		{"multipart", "POST", "", parts.FormDataContentType(), form.String()},
	}
	s := newServer(t, Options{})
	newPerson(t, s, "Ada")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, body := wire(t, s, c.method, "/bot"+s.Token()+"/SENDmessage"+c.query, c.kind, c.body)
			if code != 200 || !strings.Contains(body, `"text":"hi"`) {
				t.Errorf("got %d %s", code, body)
			}
		})
	}
}

func TestRequestRefused(t *testing.T) {
	const good = "/bot" + DefaultToken + "/sendMessage"
	long := "chat_id=500001&text=" + strings.Repeat("a", maxBody)
	cases := []struct {
		name, method, path, kind, body string
		code                           int
		want                           string
	}{
		{"malformed token", "GET", "/botx/getMe", "", "", 404, "Not Found"},
		{"no method", "GET", "/bot" + DefaultToken, "", "", 404, "Not Found"},
		{"wrong token", "GET", "/bot1:x/getMe", "", "", 401, "Unauthorized"},
		{"unknown method", "GET", "/bot" + DefaultToken + "/sendNews", "", "", 404, "Not Found: method not found"},
		{"wrong verb", "PUT", good, "", "", 405, "Method Not Allowed"},
		{"broken query", "GET", good + "?a=%zz", "", "", 400, "Bad Request: can't parse the query string"},
		{"broken form", "POST", good, "application/x-www-form-urlencoded", "a=%zz", 400, "Bad Request: can't parse the form"},
		{"broken json", "POST", good, "application/json", "{", 400, "Bad Request: can't parse JSON object"},
		{"two jsons", "POST", good, "application/json", "{}{}", 400, "Bad Request: can't parse JSON object"},
		{"json array", "POST", good, "application/json", "[]", 400, "Bad Request: can't parse JSON object"},
		{"broken type", "POST", good, "a/b/c", "x", 400, "Bad Request: can't parse the content type"},
		{"broken multipart", "POST", good, "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhal", 400, "Bad Request: can't parse multipart form data"},
		{"too large", "POST", good, "application/x-www-form-urlencoded", long, 413, "Request Entity Too Large"},
		{"unknown parameter", "GET", good + "?chat_id=500001&text=a&disable_web_page_preview=true", "", "", 400, `Bad Request: unknown parameter "disable_web_page_preview"`},
		{"word for a number", "GET", good + "?chat_id=500001&text=a&message_thread_id=x", "", "", 400, `Bad Request: field "message_thread_id" must be of type Number`},
		{"word for a truth", "GET", good + "?chat_id=500001&text=a&protect_content=maybe", "", "", 400, `Bad Request: field "protect_content" must be of type Boolean`},
		{"not UTF-8", "GET", good + "?chat_id=500001&text=%ff", "", "", 400, "Bad Request: strings must be encoded in UTF-8"},
	}
	s := newServer(t, Options{})
	newPerson(t, s, "Ada")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, body := wire(t, s, c.method, c.path, c.kind, c.body)
			want := jsonOf(map[string]any{"ok": false, "error_code": c.code, "description": c.want})
			if code != c.code || canonical(t, body) != want {
				t.Errorf("got %d %s, want %s", code, body, want)
			}
		})
	}
	if n := len(s.Messages(500001)); n != 1 {
		t.Errorf("%d messages, want the person's own", n)
	}
}

// canonical sorts the keys of a JSON object.
func canonical(t *testing.T, body string) string {
	t.Helper()
	var v map[string]any
	if err := decodeNested(body, "", &v); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return jsonOf(v)
}

// TestMissing demands that every parameter that must be there is asked for by name or by Telegram's words.
func TestMissing(t *testing.T) {
	s := newServer(t, Options{})
	for _, c := range []struct{ method, want string }{
		{"sendMessage", "message text is empty"},
		{"editMessageText", "message text is empty"},
		{"sendDocument", "there is no document in the request"},
		{"deleteMessage", "chat_id is empty"},
		{"pinChatMessage", "chat_id is empty"},
		{"sendChatAction", "chat_id is empty"},
		{"getChat", "chat_id is empty"},
		{"getChatMember", "chat_id is empty"},
		{"getChatAdministrators", "chat_id is empty"},
		{"getChatMemberCount", "chat_id is empty"},
		{"leaveChat", "chat_id is empty"},
		{"editMessageReplyMarkup", "chat_id is empty"},
		{"answerCallbackQuery", "query is too old and response timeout expired or query ID is invalid"},
		{"answerInlineQuery", "query is too old and response timeout expired or query ID is invalid"},
		{"setMyCommands", `can't find field "commands"`},
		{"getFile", "file_id not specified"},
	} {
		t.Run(c.method, func(t *testing.T) {
			wantRefusal(t, do(t, s, c.method), 400, "Bad Request: "+c.want)
		})
	}
	wantRefusal(t, do(t, s, "sendMessage", "text", "a"), 400, "Bad Request: chat_id is empty")
	wantRefusal(t, do(t, s, "sendMessage", "chat_id", "500001", "text", ""), 400, "Bad Request: message text is empty")
	wantRefusal(t, do(t, s, "deleteMessage", "chat_id", "1"), 400, "Bad Request: message identifier is not specified")
	wantRefusal(t, do(t, s, "getChatMember", "chat_id", "1"), 400, "Bad Request: invalid user_id specified")
}

// TestReports checks what the server remembers of the calls.
func TestReports(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a")
	do(t, s, "sendMessage", "chat_id", "1", "text", "a")
	got := s.Stats()
	if diff := cmp.Diff(got.Messages, map[int64]int{u.ID: 1}); diff != "" {
		t.Errorf("messages (-got +want):\n%s", diff)
	}
	if got.Calls["sendMessage"] != 2 || got.Refused["Bad Request: chat not found"] != 1 {
		t.Errorf("stats %+v", got)
	}
	calls := s.CallsOf("sendMessage")
	if len(calls) != 2 || calls[0].Chat != u.ID || calls[0].Params["text"] != "a" || calls[0].Status != 200 || calls[1].Status != 400 || calls[1].Description != "Bad Request: chat not found" {
		t.Errorf("calls %+v", calls)
	}
}

// FuzzCall sends any body in any form to any method: no panic, and always an answer of the Bot API.
func FuzzCall(f *testing.F) {
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "x;;"} {
		f.Add("sendMessage", kind, `{"chat_id":500001,"text":"a","parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}}`)
		f.Add("editMessageText", kind, "chat_id=500001&message_id=1&text=b")
		f.Add("answerInlineQuery", kind, `{"inline_query_id":"1","results":[{"type":"article","id":"1","title":"a","input_message_content":{"message_text":"b"}}]}`)
		f.Add("sendDocument", kind, "--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a\"\r\n\r\nb\r\n--x--")
		f.Add("setMyCommands", kind, `{"commands":[{"command":"a","description":"b"}],"scope":{"type":"chat","chat_id":500001}}`)
	}
	s := New(Options{Limits: Unlimited()})
	u := s.AddUser(User{FirstName: "Ada"})
	if _, err := s.Tell(u.ID, "/start"); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, method, kind, body string) {
		if strings.EqualFold(method, "setWebhook") || strings.EqualFold(method, "getUpdates") {
			t.Skip() // they wait or dial
		}
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/", strings.NewReader(body))
		r.URL.Path = "/bot" + DefaultToken + "/" + method
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		var a map[string]any
		if err := decodeNested(w.Body.String(), "", &a); err != nil || (w.Code == 200) != (a["ok"] == true) {
			t.Errorf("answer %d %s", w.Code, w.Body)
		}
	})
}
