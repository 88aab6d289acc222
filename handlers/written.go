package handlers

import (
	"context"
	"fmt"
	"runtime/debug"

	"herald/bot"
	"herald/news"
	"herald/news/summary/model"
)

// replyCard answers with a card at once. Where a language model may write a better summary of the article that leads it,
// the card is changed when that is there. card is called again for it.
func (r *request) replyCard(ctx context.Context, lead *news.Article, card func() bot.Outgoing) error {
	w := r.wanted(lead)
	more := r.Model.Attach(ctx, w)
	id, err := r.replyID(ctx, card())
	if err == nil && more {
		r.writing.Go(func() { r.rewrite(context.WithoutCancel(ctx), w, id, card) })
	}
	return err
}

// wanted is the summary of an article that the chat wants.
func (r *request) wanted(a *news.Article) model.Wanted {
	return model.WantedBy(r.chat, r.words.Lang(), a)
}

// rewrite changes a card that was sent, when the model has written its summary. Where it can't be changed it stays as it is.
func (r *request) rewrite(ctx context.Context, w model.Wanted, message int, card func() bot.Outgoing) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("changing a card panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	written, err := r.Model.Summary(ctx, w) // it ends: the model has its own time
	if err != nil {
		return
	}
	w.Article.Written = &news.Written{Text: written}
	if err := r.Bot.Edit(ctx, r.here, message, card()); err != nil {
		r.Log.Info("a card can't be changed", "chat", r.here.Chat, "err", err)
	}
}

// Wait returns when nothing is under way behind answers that were given. The model is to be closed before.
func (h *Handlers) Wait() { h.writing.Wait() }
