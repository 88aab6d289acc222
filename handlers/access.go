package handlers

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"herald/news"
)

// Access is who may use the bot. The zero value lets everybody.
type Access struct {
	Closed  bool    // only Owners, Users and, with Invites, whoever followed an invitation
	Invites bool    // the operators may invite
	Users   []int64 // user ids that may always
}

// allows tells whether the user may use the bot at all.
func (a Access) allows(ctx context.Context, h *Handlers, user int64) bool {
	if !a.Closed || slices.Contains(h.Owners, user) || slices.Contains(a.Users, user) {
		return true
	}
	guest, err := h.DB.Get(ctx, guestKey(user))
	return a.Invites && err == nil && guest != ""
}

func guestKey(user int64) string   { return fmt.Sprintf("guest:%d", user) }
func inviteKey(code string) string { return "invite:" + code }

// invited lets somebody in who came by an invitation ("/start i<code>"); each works once.
func (r *request) invited(ctx context.Context, name string) bool {
	code, ok := strings.CutPrefix(r.args, "i")
	if name != "start" || !ok || !r.Access.Invites {
		return false
	}
	open, err := r.DB.Get(ctx, inviteKey(code))
	if err != nil || open == "" {
		return false
	}
	r.args = ""
	if err := r.DB.Set(ctx, inviteKey(code), ""); err != nil {
		return false
	}
	return r.DB.Set(ctx, guestKey(r.msg.From.ID), "yes") == nil
}

// invite makes a link that lets one person in.
func (r *request) invite(ctx context.Context) error {
	if !r.Access.Invites {
		return r.say(ctx, "invite.open")
	}
	code := rand.Text()[:16]
	if err := r.DB.Set(ctx, inviteKey(code), "open"); err != nil {
		return err
	}
	me, err := r.Bot.Me(ctx)
	if err != nil {
		return err
	}
	return r.say(ctx, "invite.link", "link", "https://t.me/"+me.Username+"?start=i"+code)
}

func (r *request) isOwner() bool {
	return r.msg.From != nil && slices.Contains(r.Owners, r.msg.From.ID)
}

// mayChange tells whether the writer may change what the chat gets: in a group its administrators, anonymous ones too (they
// write as the group itself).
func (r *request) mayChange(ctx context.Context) (bool, error) {
	if r.chat.Kind == news.Private {
		return true, nil
	}
	if r.msg.SenderChat != nil {
		return r.msg.SenderChat.ID == r.chat.ID, nil
	}
	if r.msg.From == nil {
		return false, nil
	}
	return r.Bot.Admin(ctx, r.chat.ID, r.msg.From.ID)
}
