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

// card is a story's card as the place may read it.
func (r *request) card(ctx context.Context, id int64) (bot.Outgoing, error) {
	s, err := r.DB.StoryFor(ctx, r.place, id)
	if err != nil {
		return bot.Outgoing{}, err
	}
	me, err := r.Bot.Me(ctx)
	if err != nil {
		return bot.Outgoing{}, err
	}
	return bot.Card(r.words, r.chat, s, me.Username, r.Now()), nil
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
	s, err := p.DB.StoryFor(ctx, p.place, id)
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
	s, err := p.DB.StoryFor(ctx, p.place, id)
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
		if full, err := p.DB.StoryFor(ctx, p.place, r.ID); err == nil {
			related = append(related, full)
		}
	}
	return p.reply(ctx, bot.StoryList(p.words, p.chat, related, bot.Page{Title: p.words.T("card.related")}, p.Now()))
}
