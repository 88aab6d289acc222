package sim

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// site is a running server with its web chat.
func site(t *testing.T, opt Options) (*Server, string) {
	s := newServer(t, opt)
	web := httptest.NewServer(s)
	t.Cleanup(func() {
		_ = s.Close()
		web.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return s, web.URL
}

// post sends JSON to the page's API and decodes the answer.
func post(t *testing.T, address string, body any, into any) int {
	t.Helper()
	resp, err := http.Post(address, "application/json", strings.NewReader(jsonOf(body)))
	must(t, err)
	defer resp.Body.Close()
	must(t, json.NewDecoder(resp.Body).Decode(into))
	return resp.StatusCode
}

type object = map[string]any

func TestPages(t *testing.T) {
	_, base := site(t, Options{})
	cases := []struct {
		name, path, host, origin string
		code                     int
	}{
		{"page", "/", "", "", 200},
		{"asset", "/web/index.html", "", "", 301}, // FileServer's name for the folder
		{"icon", "/web/icon.svg", "", "", 200},
		{"nothing", "/etc/passwd", "", "", 404},
		{"outside", "/web/../web.go", "", "", 307}, // to /web.go, where nothing is
		{"above", "/web.go", "", "", 404},
		{"loopback name", "/", "localhost:99", "", 200},
		{"another name", "/", "press.example", "", 403},
		{"method for another site", "/bot" + DefaultToken + "/getMe", "", "https://press.example", 403},
		{"its own origin", "/", "", base, 200},
		{"another origin", "/app/state", "", "https://press.example", 403},
		{"no origin at all", "/app/state", "", "null", 403},
		{"events without a number", "/app/events", "", "", 400},
		{"file", "/app/file/none", "", "", 404},
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), "GET", base+c.path, nil)
			must(t, err)
			r.Host = c.host
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			resp, err := client.Do(r)
			must(t, err)
			defer resp.Body.Close()
			if resp.StatusCode != c.code {
				t.Errorf("status %d, want %d", resp.StatusCode, c.code)
			}
			if c.code == 200 && !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("policy %q", resp.Header.Get("Content-Security-Policy"))
			}
		})
	}
}

func TestWebChat(t *testing.T) {
	s, base := site(t, Options{Actions: []Action{
		{ID: "break", Label: "Break a story", Run: func(context.Context) (string, error) { return "Published.", nil }},
		{ID: "fail", Label: "Fail", Run: func(context.Context) (string, error) { return "", errors.New("No more stories.") }},
	}})
	u := s.AddUser(User{FirstName: "Ada"})
	g := s.AddGroup(Group{Title: "Club", Forum: true, Admins: []int64{u.ID}}).ID
	_, err := s.AddTopic(g, "News", "📰")
	must(t, err)

	var out object
	if code := post(t, base+"/app/send", object{"user": u.ID, "chat": u.ID, "text": "/start https://a.example"}, &out); code != 200 {
		t.Fatalf("%d %v", code, out)
	}
	sent := out["message"].(object)
	if sent["text"] != "/start https://a.example" || len(sent["entities"].([]any)) != 2 || sent["link_preview_options"].(object)["url"] != "https://a.example/" {
		t.Errorf("sent %v", sent)
	}
	if code := post(t, base+"/app/location", object{"user": u.ID, "chat": g, "topic": 0, "latitude": 1.5, "longitude": 2.5}, &out); code != 200 || out["message"].(object)["location"].(object)["latitude"] != 1.5 {
		t.Errorf("location %d %v", code, out)
	}
	errorsOf := []struct {
		path string
		body object
		want string
	}{
		{"send", object{"user": 1, "chat": u.ID, "text": "a"}, "There is no such person."},
		{"send", object{"user": u.ID, "chat": 1, "text": "a"}, "There is no such chat."},
		{"send", object{"user": u.ID, "chat": u.ID, "text": " "}, "Text must be non-empty."},
		{"press", object{"user": u.ID, "chat": u.ID, "message": 9, "data": "m"}, "That message is gone."},
		{"choose", object{"user": u.ID, "chat": u.ID, "query_id": "1", "result_id": "2"}, "That result is no longer on offer. Search again."},
		{"join", object{"user": u.ID, "chat": u.ID, "do": "dance"}, "do must be block, unblock, kick or add"},
		{"action", object{"id": "none"}, "There is no such action."},
		{"action", object{"id": "fail"}, "No more stories."},
	}
	for _, c := range errorsOf {
		var out object
		if code := post(t, base+"/app/"+c.path, c.body, &out); code != 400 || out["error"] != c.want {
			t.Errorf("%s %v: got %d %v, want %q", c.path, c.body, code, out, c.want)
		}
	}
	if post(t, base+"/app/action", object{"id": "break"}, &out); out["text"] != "Published." {
		t.Errorf("action %v", out)
	}
	for _, do := range []string{"kick", "add", "block", "unblock"} {
		chat := g
		if strings.HasSuffix(do, "block") {
			chat = u.ID
		}
		var out object
		if code := post(t, base+"/app/join", object{"user": u.ID, "chat": chat, "do": do}, &out); code != 200 {
			t.Errorf("%s: %d %v", do, code, out)
		}
	}
	checkState(t, base, u.ID, g)
}

func checkState(t *testing.T, base string, user, group int64) {
	t.Helper()
	resp, err := http.Get(base + "/app/state")
	must(t, err)
	defer resp.Body.Close()
	var state struct {
		Bot      User
		Users    []User
		Chats    []chatEntry
		Messages map[int64][]Message
		Actions  []Action
		Event    int64
	}
	must(t, json.NewDecoder(resp.Body).Decode(&state))
	if len(state.Chats) != 2 || state.Chats[0].Chat.ID != user || state.Chats[1].Chat.ID != group || len(state.Chats[1].Topics) != 2 || state.Chats[1].Topics[0].Name != "General" {
		t.Errorf("chats %+v", state.Chats)
	}
	if len(state.Messages[user]) != 1 || len(state.Actions) != 2 || state.Event == 0 || len(state.Users) != 1 || !state.Bot.IsBot {
		t.Errorf("state %+v", state)
	}
}

// listener reads events of the page's stream.
type listener struct {
	lines *bufio.Scanner
	body  io.Closer
}

func listen(t *testing.T, address string) *listener {
	t.Helper()
	resp, err := http.Get(address)
	must(t, err)
	if resp.StatusCode != 200 {
		t.Fatalf("status %d", resp.StatusCode)
	}
	return &listener{bufio.NewScanner(resp.Body), resp.Body}
}

// next is the next event.
func (l *listener) next(t *testing.T) object {
	t.Helper()
	for l.lines.Scan() {
		if data, ok := strings.CutPrefix(l.lines.Text(), "data: "); ok {
			var e object
			must(t, json.Unmarshal([]byte(data), &e))
			return e
		}
	}
	t.Fatalf("the stream ended: %v", l.lines.Err())
	return nil
}

func TestEvents(t *testing.T) {
	s, base := site(t, Options{})
	u := newPerson(t, s, "Ada")
	from := s.state().Event
	l := listen(t, base+"/app/events?after="+id(from))
	defer l.body.Close()
	do(t, s, "sendMessage", "chat_id", id(u.ID), "text", "a")
	do(t, s, "editMessageText", "chat_id", id(u.ID), "message_id", "2", "text", "b")
	do(t, s, "sendChatAction", "chat_id", id(u.ID), "action", "typing")
	do(t, s, "deleteMessage", "chat_id", id(u.ID), "message_id", "2")
	do(t, s, "setMyCommands", "commands", `[{"command":"latest","description":"d"}]`)
	s.Notice("hello")
	for _, want := range []string{"message", "edit", "typing", "delete", "chat", "notice"} {
		if got := l.next(t); got["type"] != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	again := listen(t, base+"/app/events?after="+id(from+4))
	defer again.body.Close()
	e := again.next(t)
	if entry, ok := e["chat"].(object); !ok || entry["commands"].([]any)[0].(object)["command"] != "latest" {
		t.Errorf("got %v", e)
	}
	for _, n := range []int64{from + 100, -1} {
		late := listen(t, base+"/app/events?after="+id(n))
		if got := late.next(t); got["type"] != "reload" {
			t.Errorf("after %d: got %v", n, got)
		}
		_ = late.body.Close()
	}
}

// TestEventsAreBounded checks that old events go and that whoever is behind them is told to load again.
func TestEventsAreBounded(t *testing.T) {
	s := newServer(t, Options{})
	for range 3*maxEvents + 5 {
		s.Notice("a")
	}
	if n := len(s.events); n > 2*maxEvents {
		t.Errorf("%d events are kept", n)
	}
	if _, _, ok := s.eventsAfter(1); ok {
		t.Error("an event that is gone was offered")
	}
	last := s.state().Event
	if list, _, ok := s.eventsAfter(last - maxEvents); !ok || len(list) != maxEvents {
		t.Errorf("%d events, %v", len(list), ok)
	}
}

func TestFiles(t *testing.T) {
	s, base := site(t, Options{})
	u := newPerson(t, s, "Ada")
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for _, p := range [][2]string{{"user", id(u.ID)}, {"chat", id(u.ID)}, {"topic", "0"}, {"caption", "my feeds"}} {
		must(t, parts.WriteField(p[0], p[1]))
	}
	f, err := parts.CreateFormFile("file", "feeds.opml")
	must(t, err)
	_, err = f.Write([]byte("<opml/>"))
	must(t, err)
	must(t, parts.Close())
	resp, err := http.Post(base+"/app/upload", parts.FormDataContentType(), &form)
	must(t, err)
	must(t, resp.Body.Close())
	m := updates(t, s)[0].Message
	if resp.StatusCode != 200 || m.Document == nil || m.Document.FileName != "feeds.opml" || m.Caption != "my feeds" || m.Document.FileSize != 7 {
		t.Fatalf("status %d, got %+v", resp.StatusCode, m)
	}
	var where struct {
		Path string `json:"file_path"`
	}
	do(t, s, "getFile", "file_id", m.Document.FileID).into(t, &where)
	for _, address := range []string{base + "/file/bot" + s.Token() + "/" + where.Path, base + "/app/file/" + m.Document.FileID} {
		resp, err := http.Get(address)
		must(t, err)
		body, err := io.ReadAll(resp.Body)
		must(t, err)
		must(t, resp.Body.Close())
		if string(body) != "<opml/>" || resp.Header.Get("Content-Disposition") != "attachment; filename=feeds.opml" || resp.Header.Get("Content-Type") != "application/octet-stream" {
			t.Errorf("%s: got %q %v", address, body, resp.Header)
		}
	}
	for address, want := range map[string]int{"/file/bot" + s.Token() + "/documents/none": 404, "/file/bot1:x/" + where.Path: 401, "/file/botx/" + where.Path: 404} {
		if code, _ := wire(t, s, "GET", address, "", ""); code != want {
			t.Errorf("%s: got %d, want %d", address, code, want)
		}
	}
	wantRefusal(t, do(t, s, "getFile", "file_id", "x"), 400, "Bad Request: invalid file_id")
}

func TestSendDocument(t *testing.T) {
	s := newServer(t, Options{})
	u := newPerson(t, s, "Ada")
	send := func(name, field, reference string, data string, caption string) answer {
		var form bytes.Buffer
		parts := multipart.NewWriter(&form)
		must(t, parts.WriteField("chat_id", id(u.ID)))
		must(t, parts.WriteField("caption", caption))
		if reference != "" {
			must(t, parts.WriteField("document", reference))
		}
		f, err := parts.CreateFormFile(field, name)
		must(t, err)
		_, err = f.Write([]byte(data))
		must(t, err)
		must(t, parts.Close())
		_, body := wire(t, s, "POST", "/bot"+s.Token()+"/sendDocument", parts.FormDataContentType(), form.String())
		var a answer
		must(t, json.Unmarshal([]byte(body), &a))
		a.Status = a.Code
		return a
	}
	var m Message
	send("feeds.opml", "document", "", "<opml/>", "all").into(t, &m)
	if data, ok := s.File(m.Document.FileID); !ok || string(data) != "<opml/>" || m.Caption != "all" {
		t.Errorf("sent %+v", m)
	}
	send("feeds.opml", "part", "attach://part", "x", "").into(t, &m)
	do(t, s, "sendDocument", "chat_id", id(u.ID), "document", m.Document.FileID).into(t, &m)
	wantRefusal(t, send("a", "document", "", "", ""), 400, "Bad Request: file must be non-empty")
	wantRefusal(t, send("a", "other", "", "x", ""), 400, "Bad Request: there is no document in the request")
	wantRefusal(t, send("a", "part", "attach://another", "x", ""), 400, `Bad Request: unknown parameter "part"`)
	wantRefusal(t, send("a", "document", "", "x", strings.Repeat("a", 1025)), 400, "Bad Request: message caption is too long")
	wantRefusal(t, do(t, s, "sendDocument", "chat_id", id(u.ID), "document", "x"), 400, "Bad Request: wrong file identifier/HTTP URL specified")
	wantRefusal(t, do(t, s, "sendDocument", "chat_id", id(u.ID), "document", "https://a.example/f"), 400, "Bad Request: failed to get HTTP URL content")
	wantRefusal(t, do(t, s, "editMessageText", "chat_id", id(u.ID), "message_id", id(m.ID), "text", "x"), 400, "Bad Request: there is no text in the message to edit")
}
