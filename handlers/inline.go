package handlers

import (
	"context"
	"errors"
	"strconv"

	"herald/bot"
	"herald/bot/locale"
	"herald/news"
	"herald/news/summary/model"
	"herald/news/text"
	"herald/storage"
)

const (
	inlinePage = 20  // results of one answer; Telegram takes at most 50
	inlineLast = 200 // results of one query

	inlineTitle = 120 // characters
	inlineAbout = 160
)

// inline answers "@herald words" in any chat with stories to share; a story's name is what a Share button asks for (see bot.Links).
func (h *Handlers) inline(ctx context.Context, q *bot.InlineQuery) error {
	words := h.wordsFor(spoken(q.From.Lang))
	if !h.Access.allows(ctx, h, q.From.ID) {
		return h.Bot.AnswerInline(ctx, q.ID, nil, "", &bot.InlineButton{Text: words.T("inline.closed"), Start: "closed"})
	}
	offset, _ := strconv.Atoi(q.Offset) // what came with the last answer, or nothing: the first page
	offset = max(0, min(offset, inlineLast))
	place := news.Place{Chat: q.From.ID}
	stories, more, err := h.asked(ctx, q, &place, offset)
	if err != nil {
		return errors.Join(err, h.Bot.AnswerInline(ctx, q.ID, nil, "", nil))
	}
	links, err := h.Bot.Links(ctx, place)
	if err != nil {
		return err
	}
	results := make([]bot.InlineResult, len(stories))
	for i, s := range stories {
		results[i] = h.result(ctx, words, handedOn(s, place), links)
	}
	next := ""
	if more && offset+inlinePage < inlineLast {
		next = strconv.Itoa(offset + inlinePage)
	}
	return h.Bot.AnswerInline(ctx, q.ID, results, next, nil)
}

// result is a story's card as others get it. It goes into chats that Herald may not know, so its one button leads to Herald.
func (h *Handlers) result(ctx context.Context, w *locale.Words, s news.Story, links bot.Links) bot.InlineResult {
	lead := s.Lead()
	h.Model.Attach(ctx, model.Wanted{Article: lead, Length: news.Short})
	card := h.Summaries.Card(w, news.Chat{Length: news.Short, Previews: true}, s, links, h.Now())
	card.Rows = [][]bot.Button{{{Text: w.T("button.open"), URL: links.Story(s.ID)}}}
	about := lead.Source
	if len(lead.Summary) > 0 {
		about += " · " + text.Clip(lead.Summary[0].Plain(), inlineAbout)
	}
	title := s.Title
	if title == "" {
		title = lead.Title
	}
	return bot.InlineResult{ID: bot.StoryStart(s.ID), Title: text.Clip(title, inlineTitle), Description: about, URL: lead.URL, Message: card}
}

// asked are the stories an inline query asks for: one by its name, those about some words, or the newest of what the person
// follows. What the person may not read himself is not there, but for a story that another place was shown, as which it is then read.
func (h *Handlers) asked(ctx context.Context, q *bot.InlineQuery, place *news.Place, offset int) ([]news.Story, bool, error) {
	words := clip(q.Query)
	if id, shown, ok := h.Bot.Named(words); ok {
		s, err := h.DB.StoryFor(ctx, *place, id)
		if errors.Is(err, news.ErrNotFound) && shown != (news.Place{}) {
			if s, err = h.DB.StoryFor(ctx, shown, id); err == nil {
				*place = shown
			}
		}
		if !errors.Is(err, news.ErrNotFound) {
			return []news.Story{s}, false, err
		}
	}
	query := storage.Query{Place: news.Place{Chat: q.From.ID}, Words: words, Offset: offset, Limit: inlinePage}
	if words == "" {
		return h.DB.Latest(ctx, query)
	}
	query.All = true
	return h.DB.Search(ctx, query)
}
