package bot_test

import (
	"log/slog"
	"math"
	"regexp"
	"testing"

	"herald/bot"
	"herald/bot/sim"
	"herald/news"
)

// linked is a bot that names stories with a key.
func linked(t *testing.T, key *bot.LinkKey) *bot.Bot {
	t.Helper()
	server := sim.New(sim.Options{BotName: "herald_bot"})
	t.Cleanup(func() { _ = server.Close() })
	return bot.New(bot.Config{
		Token: server.Token(), APIURL: "http://127.0.0.1", Transport: server.Transport(), Log: slog.New(slog.DiscardHandler), Links: key,
	})
}

// startWord is what Telegram takes behind start=.
var startWord = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func TestLinks(t *testing.T) {
	b, other := linked(t, &bot.LinkKey{1}), linked(t, &bot.LinkKey{2})
	for _, p := range []news.Place{{Chat: 7}, {Chat: -1001234567890, Topic: 42}, {Chat: math.MinInt64, Topic: math.MaxInt32}} {
		links, err := b.Links(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []int64{1, 123_456, math.MaxUint32} {
			word := links.Start(id)
			if !startWord.MatchString(word) || links.Story(id) != "https://t.me/herald_bot?start="+word {
				t.Errorf("named %q, %q", word, links.Story(id))
			}
			if story, shown, ok := b.Named(word); story != id || shown != p || !ok {
				t.Errorf("%q names %d of %v, %v; want %d of %v", word, story, shown, ok, id, p)
			}
			if _, shown, _ := other.Named(word); shown == p {
				t.Errorf("with another key %q names the same place", word)
			}
		}
		if word := links.Start(math.MaxUint32 + 1); word != "s4294967296" {
			t.Errorf("a number that is too large is named %q", word)
		}
	}
}

// TestLinksByNumber: without a key, and in old links, a number names a story, and no place.
func TestLinksByNumber(t *testing.T) {
	for _, key := range []*bot.LinkKey{nil, {1}} {
		b := linked(t, key)
		if story, shown, ok := b.Named("s12"); story != 12 || shown != (news.Place{}) || !ok {
			t.Errorf("got %d, %v, %v", story, shown, ok)
		}
		for _, word := range []string{"", "s", "sx", "k", "kAAAA", "k!!!!!!!!!!!!!!!!!!!!!!", "f1", "ferry", "king"} {
			if _, _, ok := b.Named(word); ok {
				t.Errorf("%q names a story", word)
			}
		}
	}
	if got := (bot.Links{}).Story(3); got != "" {
		t.Errorf("without a name the address is %q", got)
	}
}
