package bot_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/news"
)

func TestCommand(t *testing.T) {
	command := func(n int) []bot.Entity { return []bot.Entity{{Type: "bot_command", Length: n}} }
	for _, tc := range []struct {
		name      string
		text      string
		entities  []bot.Entity
		want      string
		args      string
		addressed bool
	}{
		{"bare", "/start", command(6), "start", "", false},
		{"with words", "/Latest  two words ", command(7), "latest", "two words", false},
		{"to this bot", "/latest@Herald_Bot words", command(18), "latest", "words", true},
		{"to another bot", "/latest@other_bot words", command(17), "", "", false},
		{"on lines", "/search\n\"blue moon\" -cheese", command(7), "search", `"blue moon" -cheese`, false},
		{"without a mark", "/start", nil, "", "", false},
		{"not at the beginning", "say /start", []bot.Entity{{Type: "bot_command", Offset: 4, Length: 6}}, "", "", false},
		{"after something else", "/top 😀", append([]bot.Entity{{Type: "bold", Length: 4}}, command(4)...), "top", "😀", false},
		{"a mark that is too long", "/top", command(40), "", "", false},
		{"a mark below nothing", "/top", command(-4), "", "", false},
		{"a mark that cuts a character", "/😀", command(2), "", "", false},
		{"only a slash", "/", command(1), "", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := bot.Message{Text: tc.text, Entities: tc.entities, Bot: "herald_bot"}
			name, args, addressed := m.Command()
			if name != tc.want || args != tc.args || addressed != tc.addressed {
				t.Errorf("got %q, %q, %v; want %q, %q, %v", name, args, addressed, tc.want, tc.args, tc.addressed)
			}
			caption := bot.Message{Caption: tc.text, CaptionEntities: tc.entities, Bot: "herald_bot"}
			if name, _, _ := caption.Command(); name != tc.want {
				t.Errorf("as a caption: got %q, want %q", name, tc.want)
			}
		})
	}
}

func FuzzCommand(f *testing.F) {
	f.Add("/latest@herald_bot words", "bot_command", 0, 18)
	f.Add("😀 https://example.org", "url", 3, 19)
	f.Add("\xff/x", "bot_command", 0, 1<<62)
	f.Fuzz(func(t *testing.T, text, kind string, offset, length int) {
		e := bot.Entity{Type: kind, Offset: offset, Length: length}
		m := bot.Message{Text: text, Entities: []bot.Entity{e}, Bot: "herald_bot"}
		name, args, _ := m.Command()
		if !strings.Contains(strings.ToLower(text), name) || !strings.Contains(text, args) {
			t.Errorf("%q, %q are not in %q", name, args, text)
		}
		for _, l := range m.Links() {
			if !strings.Contains(text, l) {
				t.Errorf("%q is not in %q", l, text)
			}
		}
		if part := e.In(text); bot.Units(part) != length && part != "" {
			t.Errorf("%q has %d units, want %d", part, bot.Units(part), length)
		}
		m.Mentions()
	})
}

func TestLinksAndMentions(t *testing.T) {
	m := bot.Message{Text: "😀 see https://example.org/a and this, @Herald_Bot", Bot: "herald_bot", Entities: []bot.Entity{
		{Type: "url", Offset: 7, Length: 21},
		{Type: "text_link", Offset: 33, Length: 4, URL: "https://example.org/b"},
		{Type: "mention", Offset: 39, Length: 11},
		{Type: "url", Offset: 900, Length: 3},
	}}
	if diff := cmp.Diff([]string{"https://example.org/a", "https://example.org/b"}, m.Links()); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if !m.Mentions() {
		t.Error("got no mention of the bot")
	}
	if m.Bot = "other_bot"; m.Mentions() {
		t.Error("got a mention of another bot")
	}
}

func TestReadingAnUpdate(t *testing.T) {
	const raw = `{"update_id":9,"message":{"message_id":3,"message_thread_id":44,"is_topic_message":true,"date":1700000000,
		"chat":{"id":-1009876543210,"type":"supergroup","title":"Friends","is_forum":true},
		"sender_chat":{"id":-1009876543210,"type":"supergroup"},
		"reply_to_message":{"message_id":2,"date":0,"chat":{"id":-1009876543210,"type":"supergroup"}},
		"forward_origin":{"type":"channel","date":1,"chat":{"id":-5,"type":"channel"},"message_id":8},
		"document":{"file_id":"F","file_name":"feeds.opml","file_size":12},"caption":"hi","quote":{"text":"part"}}}`
	var u bot.Update
	if err := json.Unmarshal([]byte(raw), &u); err != nil {
		t.Fatal(err)
	}
	m := u.Message
	if got, want := m.Place(), (news.Place{Chat: -1009876543210, Topic: 44}); got != want {
		t.Errorf("place: got %v, want %v", got, want)
	}
	if m.From != nil || m.SenderChat.ID != m.Chat.ID || m.ReplyTo.Date != 0 || m.Date == 0 {
		t.Errorf("got %+v, want an anonymous administrator's reply to what can't be seen", m)
	}
	if m.ForwardOrigin.Chat.ID != -5 || m.Document.Name != "feeds.opml" || m.Quote.Text != "part" {
		t.Errorf("got %+v, want the origin, the file and the quoted part", m)
	}
	m.IsTopic = false // a thread of replies is no topic
	if got, want := m.Place(), (news.Place{Chat: -1009876543210}); got != want {
		t.Errorf("place of a thread: got %v, want %v", got, want)
	}
}
