package bot_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"herald/bot"
	"herald/bot/sim"
	"herald/news"
)

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
	for _, name := range []string{"@nobody_here", "@", "@sund mar", "@ähre", "@\xff", "-", ""} {
		if _, err := b.FindChat(t.Context(), name); !errors.Is(err, bot.ErrChatNotFound) {
			t.Errorf("no such chat: %q: got %v, want ErrChatNotFound", name, err)
		}
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
