package handlers

import (
	"context"

	"herald/bot"
	"herald/news"
)

// membership keeps up with where the bot is: blocked or removed, a chat rests with its settings kept; back again, it goes on.
func (h *Handlers) membership(ctx context.Context, m *bot.ChatMember) error {
	if !m.New.In() {
		return h.DB.SetActive(ctx, m.Chat.ID, false)
	}
	_, fresh, err := h.DB.EnsureChat(ctx, news.Chat{ID: m.Chat.ID, Kind: m.Chat.Kind, Title: m.Chat.Name(), Length: news.Short,
		Previews: true, Active: true, Added: h.Now()})
	if err != nil {
		return err
	}
	if err := h.DB.SetActive(ctx, m.Chat.ID, true); err != nil {
		return err
	}
	group := m.Chat.Kind == news.Group || m.Chat.Kind == news.Supergroup
	if !fresh || !group {
		return nil
	}
	words := h.wordsFor(news.Chat{})
	_, err = h.Bot.Send(ctx, bot.ClassCommand, news.Place{Chat: m.Chat.ID}, bot.Outgoing{HTML: words.T("group.welcome")})
	return err
}
