package handlers

import (
	"context"
	"errors"
	"strconv"
	"strings"

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

// inline answers "@herald words" in any chat with stories to share; "s<story>" is what a Share button asks for.
func (h *Handlers) inline(ctx context.Context, q *bot.InlineQuery) error {
	words := h.wordsFor(spoken(q.From.Lang))
	if !h.Access.allows(ctx, h, q.From.ID) {
		return h.Bot.AnswerInline(ctx, q.ID, nil, "", &bot.InlineButton{Text: words.T("inline.closed"), Start: "closed"})
	}
	offset, _ := strconv.Atoi(q.Offset) // what came with the last answer, or nothing: the first page
	offset = max(0, min(offset, inlineLast))
	stories, more, err := h.asked(ctx, q, offset)
	if err != nil {
		return errors.Join(err, h.Bot.AnswerInline(ctx, q.ID, nil, "", nil))
	}
	me, err := h.Bot.Me(ctx)
	if err != nil {
		return err
	}
	results := make([]bot.InlineResult, len(stories))
	for i, s := range stories {
		results[i] = h.result(ctx, words, s, me.Username)
	}
	next := ""
	if more && offset+inlinePage < inlineLast {
		next = strconv.Itoa(offset + inlinePage)
	}
	return h.Bot.AnswerInline(ctx, q.ID, results, next, nil)
}

// result is a story's card as others get it. It goes into chats that Herald may not know, so its one button leads to Herald.
func (h *Handlers) result(ctx context.Context, w *locale.Words, s news.Story, botName string) bot.InlineResult {
	lead := s.Lead()
	h.Model.Attach(ctx, model.Wanted{Article: lead, Length: news.Short})
	card := h.Summaries.Card(w, news.Chat{Length: news.Short, Previews: true}, s, botName, h.Now())
	card.Rows = [][]bot.Button{{{Text: w.T("button.open"), URL: bot.DeepLink(botName, bot.StoryStart(s.ID))}}}
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

// asked are the stories an inline query asks for: one by its number, those about some words, or the newest of what the person
// follows. What the person may not read himself is not there.
func (h *Handlers) asked(ctx context.Context, q *bot.InlineQuery, offset int) ([]news.Story, bool, error) {
	words, place := clip(q.Query), news.Place{Chat: q.From.ID}
	if number, ok := strings.CutPrefix(words, "s"); ok {
		if id, err := strconv.ParseInt(number, 10, 64); err == nil {
			s, err := h.DB.StoryFor(ctx, place, id)
			if !errors.Is(err, news.ErrNotFound) {
				return []news.Story{s}, false, err
			}
		}
	}
	query := storage.Query{Place: place, Words: words, Offset: offset, Limit: inlinePage}
	if words == "" {
		return h.DB.Latest(ctx, query)
	}
	query.All = true
	return h.DB.Search(ctx, query)
}
