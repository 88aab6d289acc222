package handlers

import (
	"context"

	"herald/bot"
	"herald/news"
)

// membership keeps up with where the bot is: blocked, removed or no longer allowed to write, a chat rests with its settings kept;
// back again, it goes on.
func (h *Handlers) membership(ctx context.Context, m *bot.ChatMember) error {
	if !m.New.Writes(m.Chat.Kind) {
		return unlessMissing(h.DB.SetActive(ctx, m.Chat.ID, false))
	}
	if !h.Access.allows(ctx, h, m.From.ID) {
		if m.Chat.Private() {
			return nil
		}
		return unlessMissing(h.DB.SetActive(ctx, m.Chat.ID, true)) // a chat that is known was set up by somebody who may
	}
	chat, fresh, err := h.DB.EnsureChat(ctx, h.newChat(m.Chat, &m.From))
	if err != nil {
		return err
	}
	if !chat.Active {
		return h.DB.SetActive(ctx, m.Chat.ID, true)
	}
	group := m.Chat.Kind == news.Group || m.Chat.Kind == news.Supergroup
	if !fresh || !group {
		return nil
	}
	place := news.Place{Chat: m.Chat.ID}
	_, err = h.Bot.Send(ctx, bot.ClassCommand, place, bot.Outgoing{HTML: h.wordsFor(chat.Lang).T("group.welcome")})
	return err
}
