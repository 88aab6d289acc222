package handlers

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"herald/bot"
	"herald/news"
)

// Access is who may use the bot. The zero value lets everybody.
type Access struct {
	Closed  bool    // only Owners, Users and, with Invites, whoever followed an invitation
	Invites bool    // the operators may invite
	Users   []int64 // user ids that may always
}

// allows tells whether the user may use the bot at all; 0, nobody known, may not where it is closed.
func (a Access) allows(ctx context.Context, h *Handlers, user int64) bool {
	return !a.Closed || slices.Contains(h.Owners, user) || slices.Contains(a.Users, user) || a.guest(ctx, h, user)
}

// guest tells whether an invitation alone lets the user in.
func (a Access) guest(ctx context.Context, h *Handlers, user int64) bool {
	if !a.Closed || !a.Invites || user == 0 || slices.Contains(h.Owners, user) || slices.Contains(a.Users, user) {
		return false
	}
	came, err := h.DB.Get(ctx, guestKey(user))
	return err == nil && came != ""
}

func guestKey(user int64) string   { return fmt.Sprintf("guest:%d", user) }
func inviteKey(code string) string { return "invite:" + code }

// closed tells somebody who may not use the bot so. Nothing is stored about them.
func (h *Handlers) closed(ctx context.Context, m *bot.Message) error {
	return h.requestOf(m, h.newChat(m.Chat, m.From)).say(ctx, "access.closed")
}

// invited lets somebody in who came by an invitation ("/start i<code>"); each works once.
func (h *Handlers) invited(ctx context.Context, user int64, start string) bool {
	code, ok := strings.CutPrefix(start, "i")
	if !ok || !h.Access.Invites || user == 0 {
		return false
	}
	h.inviting.Lock()
	defer h.inviting.Unlock()
	open, err := h.DB.Get(ctx, inviteKey(code))
	if err != nil || open == "" {
		return false
	}
	if err := h.DB.Set(ctx, inviteKey(code), ""); err != nil {
		return false
	}
	return h.DB.Set(ctx, guestKey(user), "yes") == nil
}

// invite makes a link that lets one person in.
func (r *request) invite(ctx context.Context) error {
	if !r.Access.Invites {
		return r.say(ctx, "invite.open")
	}
	me, err := r.Bot.Me(ctx)
	if err != nil {
		return err
	}
	code := rand.Text()[:16]
	if err := r.DB.Set(ctx, inviteKey(code), "open"); err != nil {
		return err
	}
	return r.say(ctx, "invite.link", "link", bot.Escape(bot.DeepLink(me.Username, "i"+code)))
}

func (r *request) isOwner() bool { return slices.Contains(r.Owners, writer(r.msg)) }

// mayChange tells whether the writer may change what the chat gets: in a group its administrators, anonymous ones too. Those
// write as the group itself; who writes as another chat is no administrator (Bot API, Message.sender_chat).
func (r *request) mayChange(ctx context.Context) (bool, error) {
	if r.chat.Kind == news.Private {
		return true, nil
	}
	if r.msg.SenderChat != nil {
		return r.msg.SenderChat.ID == r.msg.Chat.ID, nil
	}
	if r.msg.From == nil {
		return false, nil
	}
	return r.Bot.Admin(ctx, r.chat.ID, r.msg.From.ID)
}
