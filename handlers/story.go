package handlers

import (
	"context"

	"herald/bot"
	"herald/news"
)

// openStory answers with a story's card.
func (r *request) openStory(ctx context.Context, id int64) error {
	card, err := r.card(ctx, id)
	if err != nil {
		return err
	}
	return r.reply(ctx, card)
}

func (h *Handlers) storyCard(ctx context.Context, c news.Chat, id int64) (bot.Outgoing, error) {
	s, err := h.DB.Story(ctx, id)
	if err != nil {
		return bot.Outgoing{}, err
	}
	me, err := h.Bot.Me(ctx)
	if err != nil {
		return bot.Outgoing{}, err
	}
	return bot.Card(h.wordsFor(c.Lang), c, s, me.Username, h.Now()), nil
}

func (r *request) card(ctx context.Context, id int64) (bot.Outgoing, error) {
	return r.storyCard(ctx, r.chat, id)
}

// openStory opens the card of the story whose number was pressed.
func (p *press) openStory(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	card, err := p.card(ctx, id)
	if err != nil {
		return err
	}
	p.answer(ctx, "")
	return p.reply(ctx, card)
}

// fullText answers with the lead article's text.
func (p *press) fullText(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	s, err := p.DB.Story(ctx, id)
	if err != nil {
		return err
	}
	p.answer(ctx, "")
	return p.reply(ctx, bot.FullText(p.words, *s.Lead()))
}

// readAlso answers with related stories.
func (p *press) readAlso(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	s, err := p.DB.Story(ctx, id)
	if err != nil {
		return err
	}
	if len(s.Related) == 0 {
		p.answer(ctx, p.words.T("related.none"))
		return nil
	}
	p.answer(ctx, "")
	related := make([]news.Story, 0, len(s.Related))
	for _, r := range s.Related {
		if full, err := p.DB.Story(ctx, r.ID); err == nil {
			related = append(related, full)
		}
	}
	return p.reply(ctx, bot.StoryList(p.words, p.chat, related, bot.Page{Title: p.words.T("card.related")}, p.Now()))
}
