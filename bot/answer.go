package bot

import (
	"context"
	"errors"
)

// Answer ends a button's spinning; every callback must get one. text, cut to 200 characters, is shown for a moment, or
// with alert until it is dismissed; it may be empty. It is never paced. A press that is too old to be answered is not an
// error.
func (b *Bot) Answer(ctx context.Context, callbackID, text string, alert bool) error {
	p := params{"callback_query_id": callbackID}
	p.set("text", cut(clean(text), maxAnswers))
	p.flag("show_alert", alert)
	err := b.client.ask(ctx, "answerCallbackQuery", p, nil)
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}
