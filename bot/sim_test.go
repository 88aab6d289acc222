package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/bot/locale"
	"herald/bot/sim"
	"herald/news"
)

// telegram is a strict server on loopback, and a bot that is connected to it over HTTP, both without limits.
func telegram(t *testing.T) (*sim.Server, *bot.Bot) {
	t.Helper()
	s := sim.New(sim.Options{Limits: sim.Unlimited()})
	address, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(bot.Config{Token: s.Token(), APIURL: address, Rate: -1, ChatRate: -1, GroupRate: -1, Log: (&logged{}).logger()})
	stop := running(t, b)
	t.Cleanup(func() {
		stop()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, b
}

// person adds somebody who has started the bot.
func person(t *testing.T, s *sim.Server, name string) int64 {
	t.Helper()
	u := s.AddUser(sim.User{FirstName: name})
	if _, err := s.Tell(u.ID, "/start"); err != nil {
		t.Fatal(err)
	}
	return u.ID
}

// mustSend sends as the answer to a command.
func mustSend(t *testing.T, b *bot.Bot, p news.Place, o bot.Outgoing) int {
	t.Helper()
	id, err := b.Send(t.Context(), bot.ClassCommand, p, o)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Everything that readers see is HTML that Telegram takes, without one refusal.
func TestTelegramTakesWhatReadersSee(t *testing.T) {
	s, b := telegram(t)
	c := news.Chat{Zone: "Asia/Kathmandu", Length: news.Long, Previews: true}
	story := harbourStory()
	stories := []news.Story{story, bare(), story, story, story, story, story, story, story}
	quotations := []news.Quotation{{Quote: story.Lead().Quotes[0], Article: *story.Lead()}, {Quote: news.Quote{Kind: news.Mixed, Text: `a "b" <c>`}}}
	long := *story.Lead()
	long.Text = strings.TrimSpace(strings.Repeat(harbour+"\n\n", 60))
	long.Asides = nil
	for _, lang := range locale.Languages() {
		w := locale.For(lang)
		page := bot.Page{Title: "Tom & <Jerry>", View: 9, Number: 1, More: true}
		for name, o := range map[string]bot.Outgoing{
			"card":   bot.Card(w, c, story, "herald_bot", noon),
			"bare":   bot.Card(w, c, bare(), "herald_bot", noon),
			"list":   bot.StoryList(w, c, stories, page, noon),
			"quotes": bot.QuoteList(w, c, quotations, page, noon),
			"full":   bot.FullText(w, *story.Lead()),
			"long":   bot.FullText(w, long),
			"digest": bot.Digest(w, c, stories, noon),
		} {
			t.Run(lang+" "+name, func(t *testing.T) {
				mustSend(t, b, news.Place{Chat: person(t, s, "Ann")}, o)
			})
		}
	}
	if got := s.Stats().Refused; len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestMessageReachesItsTopicAndReplies(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	forum := s.AddGroup(sim.Group{Title: "Friends", Forum: true, Admins: []int64{ann}})
	topic, err := s.AddTopic(forum.ID, "News", "")
	if err != nil {
		t.Fatal(err)
	}
	asked, err := s.Say(ann, forum.ID, topic, "/latest")
	if err != nil {
		t.Fatal(err)
	}
	share := "s1"
	id := mustSend(t, b, news.Place{Chat: forum.ID, Topic: topic}, bot.Outgoing{HTML: "<b>Here</b> https://news.example/a", ReplyTo: asked.ID, Silent: true,
		Preview: "https://news.example/b", SmallPreview: true,
		Rows: [][]bot.Button{bot.Row(bot.Button{Text: "Data", Data: "d:1"}, bot.Button{}, bot.Button{Text: "Address", URL: "https://news.example/"}),
			bot.Row(bot.Button{Text: "Share", Share: &share})}})
	got, ok := s.Message(forum.ID, id)
	if !ok {
		t.Fatal("no such message")
	}
	if got.Topic != topic || got.ReplyTo == nil || got.ReplyTo.ID != asked.ID || !got.Silent || got.PreviewURL != "https://news.example/b" {
		t.Errorf("got %+v, want it silent in the topic, a reply, with its preview", got)
	}
	if got.Text != "Here https://news.example/a" || got.Markup == nil || len(got.Markup.Inline) != 2 {
		t.Errorf("got %q with %+v, want the text and two rows of buttons", got.Text, got.Markup)
	}
	general := mustSend(t, b, news.Place{Chat: forum.ID, Topic: 1}, bot.Outgoing{HTML: "to all", ReplyTo: 99999})
	if got, _ := s.Message(forum.ID, general); got.Topic != 0 || got.ReplyTo != nil {
		t.Errorf("got %+v, want it in the general topic, without the reply that is gone", got)
	}
	if err := s.CloseTopic(forum.ID, topic); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteTopic(forum.ID, topic); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Send(t.Context(), bot.ClassBroadcast, news.Place{Chat: forum.ID, Topic: topic}, bot.Outgoing{HTML: "x"}); !errors.Is(err, bot.ErrTopic) {
		t.Errorf("to a topic that is gone: got %v, want ErrTopic", err)
	}
}

func TestEdit(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	p := news.Place{Chat: ann}
	id := mustSend(t, b, p, bot.Outgoing{HTML: "page 1", Rows: [][]bot.Button{{{Text: "Older", Data: "p:1:1"}}}})
	next := bot.Outgoing{HTML: "<i>page 2</i>", Rows: [][]bot.Button{{{Text: "Newer", Data: "p:1:0"}}}}
	for range 2 { // the second changes nothing
		if err := b.Edit(t.Context(), p, id, next); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := s.Message(ann, id); got.Text != "page 2" || got.Markup.Inline[0][0].Text != "Newer" {
		t.Errorf("got %q, %+v", got.Text, got.Markup)
	}
	if err := b.EditAs(t.Context(), bot.ClassBroadcast, p, 777, next); !errors.Is(err, bot.ErrMessageGone) {
		t.Errorf("no such message: got %v, want ErrMessageGone", err)
	}
}

func TestLongMessageGoesInParts(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	asked, _ := s.LastMessage(ann)
	long := "<b>" + strings.TrimSpace(strings.Repeat("Many words & more. ", 500)) + "</b>"
	id := mustSend(t, b, news.Place{Chat: ann}, bot.Outgoing{HTML: long, ReplyTo: asked.ID, Rows: [][]bot.Button{{{Text: "Go", Data: "g"}}}})
	var parts []sim.Message
	for _, m := range s.Messages(ann) {
		if m.From.IsBot {
			parts = append(parts, m)
		}
	}
	if len(parts) != 3 || parts[0].ID != id {
		t.Fatalf("got %d parts, the id of %d; want 3 and the first's", len(parts), id)
	}
	for i, m := range parts {
		if (m.Markup != nil) != (i == 2) || (m.ReplyTo != nil) != (i == 0) || (m.Silent) != (i > 0) {
			t.Errorf("part %d: buttons %v, reply %v, silent %v", i, m.Markup != nil, m.ReplyTo != nil, m.Silent)
		}
	}
}

func TestCallbacks(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	id := mustSend(t, b, news.Place{Chat: ann}, bot.Outgoing{HTML: "press", Rows: [][]bot.Button{{{Text: "Go", Data: "q:7"}}}})
	var got notes
	stop := poll(b, func(ctx context.Context, u bot.Update) {
		if u.Callback == nil {
			return
		}
		got.add(u.Callback.Data)
		if err := b.Answer(ctx, u.Callback.ID, strings.Repeat("x", 300), true); err != nil {
			t.Error(err)
		}
	})
	answer, err := s.Press(t.Context(), ann, ann, id, "q:7")
	if err != nil || len([]rune(answer.Text)) != 200 || !answer.Alert {
		t.Errorf("got %+v, %v; want an alert cut to 200 characters", answer, err)
	}
	if err := b.Answer(t.Context(), "1234", "too late", false); err != nil {
		t.Errorf("a press that is too old: %v", err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"q:7"}, got.all()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestInlineMode(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	var got notes
	stop := poll(b, func(ctx context.Context, u bot.Update) {
		switch {
		case u.InlineQuery != nil:
			var results []bot.InlineResult
			for i := range 60 {
				results = append(results, bot.InlineResult{ID: "s" + string(rune('A'+i)), Title: "Harbour <open>", Description: "d", URL: "https://news.example/",
					Message: bot.Card(locale.For("en"), news.Chat{Length: news.Short}, harbourStory(), "sim_bot", noon)})
			}
			if err := b.AnswerInline(ctx, u.InlineQuery.ID, results, "50", &bot.InlineButton{Text: "Settings", Start: "settings"}); err != nil {
				t.Error(err)
			}
		case u.ChosenInline != nil:
			got.add(u.ChosenInline.ResultID)
		}
	})
	answer, err := s.Inline(t.Context(), ann, ann, "harbour", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Results) != 50 || answer.NextOffset != "50" {
		t.Errorf("got %d results and next %q, want 50 and 50", len(answer.Results), answer.NextOffset)
	}
	if _, err := s.Choose(ann, ann, 0, answer.QueryID, "sC"); err != nil {
		t.Fatal(err)
	}
	if err := s.WaitConfirmed(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"sC"}, got.all()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFiles(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	if err := b.SendDocument(t.Context(), news.Place{Chat: ann}, "feeds.opml", []byte("<opml/>"), "Your feeds"); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.LastMessage(ann); got.Document == nil || got.Document.FileName != "feeds.opml" || got.Caption != "Your feeds" {
		t.Errorf("got %+v, want the file and its caption", got)
	}
	m, err := s.Upload(ann, ann, 0, "mine.opml", []byte("<opml>mine</opml>"), "")
	if err != nil {
		t.Fatal(err)
	}
	if data, err := b.Download(t.Context(), m.Document.FileID, 1000); err != nil || string(data) != "<opml>mine</opml>" {
		t.Errorf("got %q, %v", data, err)
	}
	if _, err := b.Download(t.Context(), m.Document.FileID, 5); !errors.Is(err, bot.ErrTooLarge) {
		t.Errorf("over the limit: got %v, want ErrTooLarge", err)
	}
}

func TestAdminsAndChats(t *testing.T) {
	s, b := telegram(t)
	ann, ben := person(t, s, "Ann"), person(t, s, "Ben")
	group := s.AddGroup(sim.Group{Title: "Friends", Admins: []int64{ann}, Members: []int64{ben}, Bot: sim.Administrator})
	channel := s.AddChannel(sim.Group{Title: "Sundmar News", Username: "sundmar_news", Admins: []int64{ann}})
	admin := func(chat, user int64, want bool) {
		t.Helper()
		if got, err := b.Admin(t.Context(), chat, user); err != nil || got != want {
			t.Errorf("admin %d in %d: got %v, %v, want %v", user, chat, got, err, want)
		}
	}
	admin(ann, ann, true)
	admin(group.ID, ann, true)
	admin(group.ID, ben, false)
	asked := s.Stats().Calls["getChatMember"]
	admin(group.ID, ben, false)
	if got := s.Stats().Calls["getChatMember"]; got != asked {
		t.Error("asked again within a minute")
	}

	stop := poll(b, func(context.Context, bot.Update) {})
	if err := s.WaitConfirmed(t.Context()); err != nil { // from now on Telegram knows what the bot wants to hear
		t.Fatal(err)
	}
	if err := s.SetMember(group.ID, ben, sim.Administrator); err != nil {
		t.Fatal(err)
	}
	if err := s.WaitConfirmed(t.Context()); err != nil {
		t.Fatal(err)
	}
	admin(group.ID, ben, true)
	if err := stop(); err != nil {
		t.Error(err)
	}

	found, err := b.FindChat(t.Context(), "@sundmar_news")
	if err != nil || found.ID != channel.ID || found.Kind != news.Channel || found.Name() != "Sundmar News" {
		t.Errorf("got %+v, %v, want the channel", found, err)
	}
	if _, err := b.FindChat(t.Context(), "@nobody_here"); !errors.Is(err, bot.ErrChatNotFound) {
		t.Errorf("no such chat: got %v, want ErrChatNotFound", err)
	}
	for _, tc := range []struct {
		chat   int64
		status sim.Status
		want   bool
	}{{channel.ID, sim.Administrator, true}, {group.ID, sim.Member, true}, {group.ID, sim.Restricted, false}} {
		if err := s.SetBot(tc.chat, ann, tc.status); err != nil {
			t.Fatal(err)
		}
		if got, err := b.CanPost(t.Context(), tc.chat); err != nil || got != tc.want {
			t.Errorf("%s in %d: can post %v, %v, want %v", tc.status, tc.chat, got, err, tc.want)
		}
	}
}

func TestSetCommands(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	want := []bot.Command{{Name: "latest", Description: "The newest stories"}, {Name: "quotes", Description: "Who said what"}}
	if err := b.SetCommands(t.Context(), "", want); err != nil {
		t.Fatal(err)
	}
	if err := b.SetCommands(t.Context(), "de", want[:1]); err != nil {
		t.Fatal(err)
	}
	var got []bot.Command
	for _, c := range s.Commands(ann) {
		got = append(got, bot.Command{Name: c.Command, Description: c.Description})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTroubleOnTheWire(t *testing.T) {
	s, b := telegram(t)
	ann := person(t, s, "Ann")
	for _, tc := range []struct {
		name  string
		fault sim.Fault
		class bot.Class
		want  error
	}{
		{"a page of HTML", sim.Fault{Status: 502, Body: "<html>bad</html>"}, bot.ClassBroadcast, bot.ErrTransient},
		{"a reset", sim.Fault{Reset: true}, bot.ClassBroadcast, bot.ErrTransient},
		{"half an answer", sim.Fault{Truncate: true}, bot.ClassBroadcast, bot.ErrTransient},
		{"a reset, for a command", sim.Fault{Reset: true}, bot.ClassCommand, nil},
		{"refused HTML", sim.Fault{Status: 400, Description: "Bad Request: can't parse entities: x"}, bot.ClassBroadcast, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.fault.Method = "sendMessage"
			s.AddFault(tc.fault)
			_, err := b.Send(t.Context(), tc.class, news.Place{Chat: ann}, bot.Outgoing{HTML: "hello"})
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if n := s.Faults(); n != 0 {
				t.Errorf("%d faults did not strike", n)
			}
		})
	}
	if err := s.Block(ann); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Send(t.Context(), bot.ClassBroadcast, news.Place{Chat: ann}, bot.Outgoing{HTML: "hello"}); !errors.Is(err, bot.ErrGone) {
		t.Errorf("blocked: got %v, want ErrGone", err)
	}
	group := s.AddGroup(sim.Group{Title: "Old", Basic: true, Admins: []int64{ann}})
	to, err := s.Upgrade(group.ID)
	if err != nil {
		t.Fatal(err)
	}
	var moved *bot.MigratedError
	if _, err := b.Send(t.Context(), bot.ClassBroadcast, news.Place{Chat: group.ID}, bot.Outgoing{HTML: "hello"}); !errors.As(err, &moved) || moved.To != to {
		t.Errorf("upgraded: got %v, want a migration to %d", err, to)
	}
	wrong := bot.New(bot.Config{Token: "1:wrong", Transport: s.Transport()})
	if _, err := wrong.Me(t.Context()); !errors.Is(err, bot.ErrToken) {
		t.Errorf("a wrong token: got %v, want ErrToken", err)
	}
}

// A broadcast, with commands in between, against the limits as published: each chat once, no refusal, the rate used.
func TestBroadcastKeepsTelegramsLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sim.New(sim.Options{Latency: 40 * time.Millisecond})
		b := bot.New(bot.Config{Token: s.Token(), Transport: s.Transport(), Log: (&logged{}).logger()})
		stop := running(t, b)
		var chats []int64
		for range 1000 {
			chats = append(chats, person(t, s, "Ann"))
		}
		group := s.AddGroup(sim.Group{Title: "Busy", Admins: chats[:1]})
		var wg sync.WaitGroup
		wg.Go(func() { broadcast(t, b, bot.ClassAlert, slices.Repeat([]int64{group.ID}, 40)...) })
		start := time.Now()
		failed := broadcast(t, b, bot.ClassBroadcast, chats...)
		took := time.Since(start)
		wg.Wait()
		stop()
		stats := s.Stats()
		if len(failed) > 0 || len(stats.Refused) > 0 || stats.EarlyRetries > 0 {
			t.Errorf("failed %d, refused %v, early %d; want none", len(failed), stats.Refused, stats.EarlyRetries)
		}
		for _, chat := range chats {
			if stats.Messages[chat] != 1 {
				t.Errorf("chat %d got %d messages, want 1", chat, stats.Messages[chat])
			}
		}
		if used := (1000 + 13) / took.Seconds() / 30; used < 0.98 { // 13: what the group may get in that time, at least
			t.Errorf("used %.1f%% of the rate, want 98%%", 100*used)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
