package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"herald/bot/sim"
	"herald/handlers"
	"herald/news"
	"herald/news/desk"
	"herald/storage"
)

// TestPrivateAnswers: nothing said in private stays without exactly one answer.
func TestPrivateAnswers(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	id := w.story(f, "Bridge closes", bridge, time.Hour)
	for _, tt := range []struct{ say, want string }{
		{"/start", "I'm Herald"},
		{"/help", "Reading"},
		{"/latest", "Bridge closes"},
		{"/latest echo", "Bridge closes"},
		{"/latest pillars", "Found for “pillars”"},
		{"/latest 127.0.0.1", "Latest news"},
		{"/top", "Most reported today"},
		{"/top week", "Most reported this week"},
		{"/quotes", "Karla Dremel"},
		{"/quotes Dremel", "Quotes of Dremel"},
		{"/quotes Nobody <i>", "Nobody called “Nobody <i>” is quoted"},
		{fmt.Sprint("/quotes ", id), "Who says what in this story"},
		{"/quotes -99999999999999999999", "Nobody called"},
		{"/people", "Most quoted this week"},
		{"/search bridge -tunnel", "Bridge closes"},
		{"/search", "What shall I look for?"},
		{`/search "<b>" & AND NOT ("`, "Nothing found for"},
		{"/search " + strings.Repeat("ä", 3000), "Nothing found for"},
		{"/summary", "Send /summary with a link"},
		{"/sources", "Nothing is followed here yet"},
		{"/subscribe", "Tap a source"},
		{"/unsubscribe", "Nothing is followed here yet"},
		{"/unsubscribe <x>", "“<x>” is not followed here"},
		{"/digest", "No digest"},
		{"/digest 25:00", "I can't read that time"},
		{"/timezone", "Your time zone is UTC"},
		{"/timezone Atlantis <b>", "I don't know “Atlantis <b>”"},
		{"/settings", "Settings of this chat"},
		{"/export", "Nothing is followed here yet"},
		{"/privacy", "What I store about this chat"},
		{"/mydata", "Everything I store about this chat"},
		{"/forget", "Delete everything"},
		{"/stats", "I don't know /stats"},
		{"/invite", "I don't know /invite"},
		{"/frobnicate", "I don't know /frobnicate. /help"},
		{"/lates", "Did you mean /latest?"},
		{"/Lastest", "Did you mean /latest?"},
		{"/sbuscribe x", "Did you mean /subscribe?"},
		{"/stat", "I don't know /stat. Did you mean /start?"},
		{"/start@other_bot", "Send me a link"},
		{"hello", "Send me a link"},
		{"🙂", "Send me a link"},
		{"/start s999999", "no longer there"},
		{fmt.Sprint("/start s", id), "Bridge closes"},
		{fmt.Sprint("/start f", f.ID), "Following echo"},
		{"/start f-1", "no longer there"},
		{"/start s9223372036854775808", "I'm Herald"},
		{"/start é1", "I'm Herald"},
		{"/start x", "I'm Herald"},
		{"/start zz_top-9", "I'm Herald"},
	} {
		t.Run(tt.say[:min(len(tt.say), 40)], func(t *testing.T) {
			w.t = t
			has(t, w.tell(ann, tt.say), tt.want)
		})
	}
	w.t = t
	w.calm()
}

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
		{"unknown", ann, "/frobnicate", ""},
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

func TestSubscribe(t *testing.T) {
	w := newWorld(t)
	m := w.tell(ann, "/subscribe "+w.site.URL+"/home")
	has(t, m, "Following Paper home.xml", "The newest:", "A < B & C", "Second", "Third")
	if strings.Contains(m.Text, "Fourth") {
		t.Errorf("more than three entries are shown: %q", m.Text)
	}
	if len(w.taken) != 1 || len(w.taken[0].Entries) != 4 {
		t.Errorf("taken %+v, want the feed with its four entries", w.taken)
	}
	if got := w.site.count("/home.xml"); got != 1 {
		t.Errorf("the feed was fetched %d times, want once", got)
	}
	has(t, w.tell(bert, "/subscribe "+w.site.URL+"/home.xml"), "Paper home.xml")
	has(t, w.tell(ann, "/subscribe paper home.xml"), "is followed already")
	has(t, w.tell(ann, "/subscribe "+w.site.URL+"/home.xml"), "is followed already")
	if got := w.site.count("/home.xml"); got != 2 { // for Bert, who must not learn that somebody follows it, it was found anew
		t.Errorf("the feed was fetched %d times, want twice", got)
	}
	has(t, w.tell(ann, "/sources"), "Paper home.xml — not read yet")
	file := w.tell(ann, "/export")
	data, _ := w.sim.File(file.Document.FileID)
	if !strings.Contains(string(data), w.site.URL+"/home.xml") {
		t.Errorf("exported %q", data)
	}
	_, _ = w.press(ann, m, "Stop following")
	has(t, w.tell(ann, "/sources"), "Nothing is followed")
	w.calm()
}

func TestSubscribeTrouble(t *testing.T) {
	w := newWorld(t)
	for _, tt := range []struct{ address, want string }{
		{w.site.URL + "/missing", "no such page"},
		{w.site.URL + "/broken", "does not work right now"},
		{w.site.URL + "/circle", "does not work right now"},
		{w.site.URL + "/endless", "too large"},
		{w.site.URL + "/away", "not on the public web"},
		{w.site.URL + "/forbidden", "refuses to be read by programs"},
		{w.site.URL + "/gone", "removed for good"},
		{w.site.URL + "/article", "I find no feed there"},
		{w.site.URL + "/doc.pdf", "I find no feed there"},
		{"ftp://files.example/", "That is no web address"},
		{"http://127.0.0.2/feed", "not on the public web"},
		{"http://[::1]/feed", "not on the public web"},
		{"http://127.0.0.1:1/feed", "I can't reach that address"},
		{"<b>", "That is no web address"},
		{w.site.URL + "/busy", "asks to wait"}, // the last, since that host is left alone from then on
	} {
		t.Run(tt.address, func(t *testing.T) {
			w.t = t
			has(t, w.tell(ann, "/subscribe "+tt.address), tt.want)
		})
	}
	w.t = t
	w.calm()
	if feeds := must(w.db.Feeds(t.Context()))(t); len(feeds) > 0 {
		t.Errorf("stored %d feeds", len(feeds))
	}
}

// TestSourcesFailing: a failing feed's reason is in plain words of the chat's language.
func TestSourcesFailing(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for _, user := range []int64{ann, bert} {
		w.tell(user, "/subscribe echo")
	}
	for _, tt := range []struct {
		trouble, want string
		user          int64
	}{
		{"blocked", "refuses to be read by programs", ann},
		{"busy", "asks to wait", ann},
		{"", "does not work right now", ann},
		{"unreachable", "erreiche ich nicht", bert},
	} {
		f.Failures, f.Trouble, f.LastError = 2, tt.trouble, `Get "http://10.0.0.1/": dial tcp: secret detail`
		if err := w.db.SaveFeed(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		m := w.tell(tt.user, "/sources")
		has(t, m, tt.want)
		if strings.Contains(m.Text, "dial tcp") {
			t.Errorf("the operator's text is shown: %q", m.Text)
		}
	}
	w.calm()
}

// TestSourcesAiling: a feed that is about to move or has long been silent is told from one that is well.
func TestSourcesAiling(t *testing.T) {
	w := newWorld(t)
	f := w.feed("echo")
	for _, user := range []int64{ann, bert} {
		w.tell(user, "/subscribe echo")
	}
	f.LastNews = time.Now().AddDate(0, 0, -20)
	for _, tt := range []struct {
		change   func()
		en, de   string
		unwanted string
	}{
		{func() {}, "last news", "", "nothing new"},
		{func() { f.LastNews = time.Now().AddDate(0, 0, -40) }, "nothing new since", "nichts Neues seit", "last news"},
		{func() { f.Moved = "https://key@new.example/feed?key=secret" }, "moving to new.example", "zieht um nach new.example", "secret"},
	} {
		tt.change()
		if err := w.db.SaveFeed(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		m := w.tell(ann, "/sources")
		has(t, m, tt.en)
		if strings.Contains(m.Text, tt.unwanted) {
			t.Errorf("%q is shown: %q", tt.unwanted, m.Text)
		}
		has(t, w.tell(bert, "/sources"), tt.de)
	}
	w.calm()
}

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
	_, _ = w.press(bert, w.tell(bert, "/forget"), "Ja")
	has(t, w.tell(bert, "/latest"), "privat") // nothing is known of him any more
	w.calm()
}

// TestManyCommandsAtOnce: all are answered, in order.
func TestManyCommandsAtOnce(t *testing.T) {
	w := newWorld(t)
	first := must(w.sim.Tell(ann, "/start"))(t)
	for i := range 50 {
		must(w.sim.Tell(ann, fmt.Sprintf("/zz%d", i)))(t)
	}
	got := w.answers(ann, first.ID)
	if len(got) != 51 {
		t.Fatalf("%d answers, want 51", len(got))
	}
	for i, m := range got[1:] {
		has(t, m, fmt.Sprintf("/zz%d.", i))
	}
	w.calm()
}

// TestFloodWait: an answer waits for as long as Telegram says, and is not lost.
func TestFloodWait(t *testing.T) {
	for _, seconds := range []int{3, 40} {
		t.Run(fmt.Sprint(seconds), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorldWith(t, nil)
				w.tell(ann, "/start")
				w.sim.AddFault(sim.Fault{Method: "sendMessage", Chat: ann, RetryAfter: seconds})
				begin := time.Now()
				must(w.sim.Tell(ann, "/help"))(t)
				time.Sleep(time.Minute)
				m, _ := w.sim.LastMessage(ann)
				has(t, m, "Reading")
				if waited := time.Unix(m.Date, 0).Sub(begin); waited < time.Duration(seconds)*time.Second || waited > time.Duration(seconds+2)*time.Second {
					t.Errorf("answered after %s", waited)
				}
				if s := w.sim.Stats(); s.EarlyRetries > 0 {
					t.Errorf("%d early retries", s.EarlyRetries)
				}
			})
		})
	}
}

// TestMenu: everybody sees the commands in their language, and the operator's in none.
func TestMenu(t *testing.T) {
	w := newWorld(t)
	if err := w.handlers.PublishMenu(t.Context()); err != nil {
		t.Fatal(err)
	}
	for chat, want := range map[int64]string{ann: "The newest stories", bert: "Das Neueste", olga: "The newest stories"} {
		menu := w.sim.Commands(chat)
		if len(menu) < 15 || menu[0].Command != "latest" || !strings.HasPrefix(menu[0].Description, want) {
			t.Errorf("chat %d: %+v", chat, menu)
		}
		for _, c := range menu {
			if slices.Contains([]string{"start", "stats", "invite"}, c.Command) || strings.HasPrefix(c.Description, "menu.") {
				t.Errorf("chat %d: %+v", chat, c)
			}
		}
	}
	w.calm()
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
