package bot_test

import (
	"errors"
	"strings"
	"testing"

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
	b := bot.New(bot.Config{Token: s.Token(), APIURL: address, Rate: -1, ChatRate: -1, GroupRate: -1, Log: (&logged{}).logger(), Alone: true})
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
			"card":   card(w, c, story, "herald_bot", noon),
			"bare":   card(w, c, bare(), "herald_bot", noon),
			"list":   bot.StoryList(w, c, stories, page, noon),
			"quotes": bot.QuoteList(w, c, quotations, page, noon),
			"full":   bot.FullText(w, *story.Lead()),
			"long":   bot.FullText(w, long),
			"digest": bot.Digest(w, c, bot.Edition{Stories: stories}, noon),
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
	id := mustSend(t, b, news.Place{Chat: forum.ID, Topic: topic}, bot.Outgoing{
		HTML: "<b>Here</b> https://news.example/a", ReplyTo: asked.ID, Silent: true,
		Preview: "https://news.example/b", SmallPreview: true,
		Rows: [][]bot.Button{
			bot.Row(bot.Button{Text: "Data", Data: "d:1"}, bot.Button{}, bot.Button{Text: "Address", URL: "https://news.example/"}),
			bot.Row(bot.Button{Text: "Share", Share: &share}),
		},
	})
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
	if err := b.Edit(t.Context(), p, 777, next); !errors.Is(err, bot.ErrMessageGone) {
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
		if (m.Markup != nil) != (i == 2) || (m.ReplyTo != nil) != (i == 0) || m.Silent != (i > 0) {
			t.Errorf("part %d: buttons %v, reply %v, silent %v", i, m.Markup != nil, m.ReplyTo != nil, m.Silent)
		}
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
