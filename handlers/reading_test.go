package handlers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"herald/bot/sim"
	"herald/news"
)

// TestLinks: a bare link is answered with its card, or with why not.
func TestLinks(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct{ path, want string }{
		{"/article", "Bridge closes"},
		{"/doc.pdf", "no PDFs"},
		{"/missing", "no such page"},
		{"/gone", "removed for good"},
		{"/forbidden", "refuses to be read by programs"},
		{"/broken", "does not work right now"},
		{"/home", "I find no article there"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			w.t = t
			has(t, w.tell(ann, w.site.URL+tt.path), tt.want)
		})
	}
	for _, tt := range []struct{ say, want string }{
		{"http://127.0.0.2/secret", "not on the public web"},
		{"http://169.254.169.254/latest/meta-data/", "not on the public web"},
		{"http://127.0.0.1:1/", "I can't reach that address"},
		{"/summary " + w.site.URL + "/article", "Bridge closes"},
		{"/summary nothing", "Send /summary with a link"},
		{"Look at this: " + w.site.URL + "/article !", "Bridge closes"},
	} {
		t.Run(tt.say, func(t *testing.T) {
			w.t = t
			has(t, w.tell(ann, tt.say), tt.want)
		})
	}
	w.t = t
	if w.sim.Stats().Calls["sendChatAction"] == 0 {
		t.Error("nothing shows that a page is being read")
	}
	w.calm()
}

// TestArticles: a text is summed up; its first line is the headline where it looks like one, and no sentence of the summary.
func TestArticles(t *testing.T) {
	w := newWorld(t)
	m := w.tell(ann, "Old bridge to close\n\n"+bridge)
	has(t, m, "Old bridge to close\n", "Karla Dremel")
	if strings.Count(m.Text, "Old bridge to close") != 1 {
		t.Errorf("the headline is repeated: %q", m.Text)
	}
	m = w.tell(ann, "<b>Dikes & dams</b> < 2\n\n"+bridge)
	has(t, m, "<b>Dikes & dams</b> < 2\n")
	m = w.tell(ann, bridge)
	has(t, m, "Untitled", "Karla Dremel")
	_, got := w.press(ann, m, "Quotes")
	has(t, w.one(got, "Quotes"), "Karla Dremel", "Otto Wenk")

	wire := w.sim.AddChannel(sim.Group{Title: "River & Road", Username: "river", Admins: []int64{ann}})
	post := must(w.sim.Say(ann, wire.ID, 0, "Old bridge to close\n\n"+bridge))(t)
	last, _ := w.sim.LastMessage(ann)
	must(w.sim.Forward(ann, ann, 0, wire.ID, post.ID))(t)
	has(t, w.one(w.answers(ann, last.ID+1), "forwarded"), "Old bridge to close", "River & Road")

	group, topic := w.forum()
	talk := must(w.sim.Say(bert, group, topic, bridge))(t)
	if got := w.answers(group, talk.ID); len(got) > 0 {
		t.Errorf("answered talk in a group: %q", texts(got))
	}
	has(t, w.one(w.ask(bert, group, topic, "/summary", sim.Replying(talk.ID)), "/summary"), "Karla Dremel")
	short := must(w.sim.Say(bert, group, topic, "ok"))(t)
	has(t, w.one(w.ask(bert, group, topic, "/summary", sim.Replying(short.ID)), "/summary"), "Send /summary with a link")
	w.calm()
}

// TestSharedByInlineMode: what somebody shares by Herald itself asks nothing of it.
func TestSharedByInlineMode(t *testing.T) {
	w := newWorld(t)
	id := w.story(w.feed("echo"), "Bridge closes", bridge, time.Minute)
	w.tell(ann, "/start")
	found := must(w.sim.Inline(t.Context(), ann, ann, fmt.Sprint("s", id), ""))(t)
	if len(found.Results) != 1 {
		t.Fatalf("results %+v", found.Results)
	}
	shared := must(w.sim.Choose(ann, ann, 0, found.QueryID, found.Results[0].ID))(t)
	if got := w.answers(ann, shared.ID); len(got) > 0 {
		t.Errorf("answered %q", texts(got))
	}
	w.calm()
}

func TestInline(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for i := range 45 {
		w.story(f, fmt.Sprintf("Report %d & <more>", i), bridge, time.Duration(i)*time.Minute)
	}
	for _, tt := range []struct {
		query, offset string
		want          int
		next          string
	}{
		{"", "", 20, "20"},
		{"", "20", 20, "40"},
		{"", "40", 5, ""},
		{"", "-7", 20, "20"},
		{"", "99999999999999999999", 0, ""},
		{"", "9999", 0, ""},
		{"", "x", 20, "20"},
		{"pillars", "", 20, "20"},
		{"s7", "", 1, ""},
		{"s70", "", 0, ""},
		{"s-1", "", 0, ""},
		{"s99999999999999999999", "", 0, ""},
		{`"<`, "", 20, "20"},
		{"zeppelin", "", 0, ""},
		{strings.Repeat("ж", 256), "", 0, ""},
	} {
		t.Run(tt.query+" "+tt.offset, func(t *testing.T) {
			got, err := w.sim.Inline(t.Context(), bert, bert, tt.query, tt.offset)
			if err != nil || len(got.Results) != tt.want || got.NextOffset != tt.next {
				t.Errorf("%d results, next %q, %v; want %d, %q", len(got.Results), got.NextOffset, err, tt.want, tt.next)
			}
		})
	}
	w.calm()
}

func TestImport(t *testing.T) {
	w := newWorld(t)
	outlines := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<outline text="Paper &lt;%d&gt;" xmlUrl="https://paper%d.example/feed"/>`, i, i)
		}
		return `<opml version="2.0"><body>` + b.String() + `</body></opml>`
	}
	w.tell(ann, "/start")
	for _, tt := range []struct {
		name, file string
		want       []string
	}{
		{"good", outlines(2) + "", []string{"2 new sources are followed", "✅ Paper <0>"}},
		{"again", outlines(3), []string{"1 new source is followed", "▫️ Paper <0>"}},
		{
			"no address of the web", `<opml><body><outline text="Disk" xmlUrl="file:///etc/hosts"/><outline text="Four" xmlUrl="paper4.example/feed"/></body></opml>`,
			[]string{"1 new source", "⚠️ Disk: That is no web address", "✅ Four"},
		},
		{"not OPML", "hello", []string{"I can't read that file"}},
		{"empty", "", []string{"I can't read that file"}},
		{"no feeds", outlines(0), []string{"I can't read that file"}},
		{"bytes", "\x00\xff<opml", []string{"I can't read that file"}},
		{"too many", outlines(600), []string{"I took the first 500", "… and 460 more"}},
		{"too large", strings.Repeat(" ", 1<<20+1), []string{"too large"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			if tt.file == "" {
				tt.file = " "
			}
			m := must(w.sim.Upload(ann, ann, 0, "feeds.opml", []byte(tt.file), ""))(t)
			has(t, w.one(w.answers(ann, m.ID), tt.name), tt.want...)
		})
	}
	w.t = t
	subs := must(w.db.Subscriptions(t.Context(), news.Place{Chat: ann}))(t)
	if len(subs) != 500 { // those of the last file; Four is one of them, written without its scheme
		t.Errorf("follows %d feeds", len(subs))
	}
	parts := w.ask(ann, ann, 0, "/sources")
	if all := strings.Join(texts(parts), "\n"); strings.Count(all, "•") != 500 || len(parts) < 2 {
		t.Errorf("%d sources in %d messages", strings.Count(all, "•"), len(parts))
	}
	w.calm()
}

func TestLocation(t *testing.T) {
	w := newWorld(t)
	m := must(w.sim.Locate(ann, ann, 0, 52.52, 13.40))(t)
	has(t, w.one(w.answers(ann, m.ID), "Berlin"), "Europe/Berlin")
	m = must(w.sim.Locate(ann, ann, 0, 0, -140))(t) // in the Pacific
	has(t, w.one(w.answers(ann, m.ID), "the sea"), "Time zone")
	w.calm()
}

// TestStrays: what is no text gets one line in private, and edits, channel posts and joins get none.
func TestStrays(t *testing.T) {
	w := newWorld(t)
	private := fmt.Sprintf(`"chat":{"id":%d,"type":"private"},"from":{"id":%d,"is_bot":false,"first_name":"Ann"}`, ann, ann)
	w.tell(ann, "/start")
	for _, tt := range []struct {
		name, kind, body string
		want             int
	}{
		{"a photo", "message", `{"message_id":900,"date":1,` + private + `,"photo":[]}`, 1},
		{"a captioned photo", "message", `{"message_id":901,"date":1,` + private + `,"caption":"nice"}`, 1},
		{"a voice message", "message", `{"message_id":902,"date":1,` + private + `,"voice":{"file_id":"x"}}`, 1},
		{"a pinned message", "message", `{"message_id":906,"date":1,` + private + `,"pinned_message":{"message_id":900,"date":0}}`, 0},
		{"a timer", "message", `{"message_id":907,"date":1,` + private + `,"message_auto_delete_timer_changed":{"message_auto_delete_time":86400}}`, 0},
		{"a background", "message", `{"message_id":908,"date":1,` + private + `,"chat_background_set":{"type":{"type":"chat_theme"}}}`, 0},
		{"an edit", "edited_message", `{"message_id":903,"date":1,` + private + `,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}`, 0},
		{"hostile entities", "message", `{"message_id":904,"date":1,` + private + `,"text":"/x","entities":[{"type":"bot_command","offset":0,"length":999},{"type":"url","offset":-4,"length":9}]}`, 1},
		{"a post", "channel_post", `{"message_id":905,"date":1,"chat":{"id":-100777,"type":"channel"},"text":"/latest","entities":[{"type":"bot_command","offset":0,"length":7}]}`, 0},
		{"an unknown kind", "poll_answer", `{"poll_id":"1"}`, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w.t = t
			last, _ := w.sim.LastMessage(ann)
			w.sim.Push(tt.kind, []byte(tt.body))
			if got := w.answers(ann, last.ID); len(got) != tt.want {
				t.Errorf("%d answers: %q", len(got), texts(got))
			}
		})
	}
	w.t = t
	w.calm()
}
