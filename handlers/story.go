package handlers

import (
	"context"
	"errors"

	"herald/bot"
	"herald/news"
)

// openStory answers with a story's card, as the place may read it.
func (r *request) openStory(ctx context.Context, id int64) error {
	s, err := r.DB.StoryFor(ctx, r.place, id)
	if err != nil {
		return err
	}
	return r.replyStory(ctx, s)
}

func (r *request) replyStory(ctx context.Context, s news.Story) error {
	links, err := r.Bot.Links(ctx, r.place)
	if err != nil {
		return err
	}
	return r.replyCard(ctx, s.Lead(), func() bot.Outgoing { return r.Summaries.Card(r.words, r.chat, s, links, r.Now()) })
}

// openNamed opens a story from a link. Who may not read it, as the reader of a channel that follows a feed of its own, reads it as
// the place does that was shown it; its buttons are then about what was shown.
func (r *request) openNamed(ctx context.Context, id int64, shown news.Place) error {
	err := r.openStory(ctx, id)
	if !errors.Is(err, news.ErrNotFound) || shown == (news.Place{}) {
		return err
	}
	s, err := r.DB.StoryFor(ctx, shown, id)
	if err != nil {
		return err
	}
	links, err := r.Bot.Links(ctx, shown)
	if err != nil {
		return err
	}
	return r.replyKept(ctx, handedOn(s, shown), links)
}

// handedOn is a story as others get it from a place. A private chat hands on that story alone: links to those beside it would open
// what is told by the feeds of its own.
func handedOn(s news.Story, from news.Place) news.Story {
	if from.Chat > 0 { // Bot API: groups and channels are below zero
		s.Related = nil
	}
	return s
}

// openStory opens the card of the story whose number was pressed.
func (p *press) openStory(ctx context.Context) error {
	id, err := p.number()
	if err != nil {
		return err
	}
	s, err := p.DB.StoryFor(ctx, p.place, id)
	if err != nil {
		return err
	}
	p.answer(ctx, "")
	return p.replyStory(ctx, s)
}

// fullText answers with the text of the article that the card was led by.
func (p *press) fullText(ctx context.Context) error {
	id, lead, err := p.shown()
	if err != nil {
		return err
	}
	s, err := p.DB.StoryAsShown(ctx, p.place, id, lead)
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
