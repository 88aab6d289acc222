package handlers

import (
	"context"
	"encoding/json"
	"fmt"

	"herald/bot"
	"herald/news"
)

// privacy tells what Herald stores about a chat.
func (r *request) privacy(ctx context.Context) error {
	if r.Model == nil {
		return r.say(ctx, "privacy.text")
	}
	out := bot.Outgoing{HTML: r.text("privacy.text") + "\n\n" + r.text("privacy.model", "host", bot.Escape(news.Host(r.Model.URL)))}
	return r.reply(ctx, out)
}

// mydata answers with a copy of everything stored about the chat.
func (r *request) mydata(ctx context.Context) error {
	data, err := r.DB.ChatData(ctx, r.chat.ID)
	if err != nil {
		return err
	}
	file, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return fmt.Errorf("my data: %w", err)
	}
	return r.attach(ctx, "herald-data.json", append(file, '\n'), r.words.T("mydata.caption"))
}

// forget asks whether to delete everything stored about the chat.
func (r *request) forget(ctx context.Context) error {
	text := r.words.T("forget.ask")
	if r.chat.Kind == news.Private && r.Access.guest(ctx, r.Handlers, r.chat.ID) {
		text += " " + r.words.T("forget.guest")
	}
	return r.reply(ctx, bot.Outgoing{HTML: text, Rows: [][]bot.Button{{
		{Text: r.words.T("forget.yes"), Data: "wipe:yes"}, {Text: r.words.T("forget.no"), Data: "wipe:no"},
	}}})
}

// erase deletes the chat and, of a private one, the invitation by which the person came.
func (p *press) erase(ctx context.Context) error {
	if err := p.DB.ForgetChat(ctx, p.chat.ID); err != nil {
		return err
	}
	if p.chat.Kind != news.Private {
		return nil
	}
	return p.DB.Set(ctx, guestKey(p.chat.ID), "")
}

// wipe deletes everything stored about the chat, once that was confirmed.
func (p *press) wipe(ctx context.Context) error {
	key := "forget.kept"
	switch p.arg {
	case "yes":
		if err := p.erase(ctx); err != nil {
			return err
		}
		key = "forget.done"
	case "no":
	default:
		return news.ErrNotFound
	}
	p.answer(ctx, "")
	return p.edit(ctx, bot.Outgoing{HTML: p.words.T(key)})
}
