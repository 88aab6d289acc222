package bot

import (
	"context"
	"errors"
)

// InlineResult is one thing that somebody can share from inline mode (Bot API, InlineQueryResultArticle).
type InlineResult struct {
	ID          string // 1 to 64 bytes, unique in an answer
	Title       string // plain text, as Description
	Description string
	URL         string
	Thumbnail   string   // address of a JPEG; "": none
	Message     Outgoing // what is sent; cut to one message
}

// InlineButton stands above the results and leads to the private chat, as /start with Start.
type InlineButton struct {
	Text  string
	Start string // 1 to 64 of A-Z a-z 0-9 _ -
}

// Limits of an answer (Bot API, answerInlineQuery).
const (
	maxInline   = 50
	inlineCache = "30" // seconds that Telegram may repeat the answer; news grows old soon
)

// AnswerInline answers an inline query with at most 50 results; what is over is left out. next, at most 64 bytes, comes
// back as Offset when the person scrolls on; "": there is no more. button may be nil. A query that is too old is not an
// error.
func (b *Bot) AnswerInline(ctx context.Context, queryID string, results []InlineResult, next string, button *InlineButton) error {
	p := params{"inline_query_id": queryID, "cache_time": inlineCache, "is_personal": "true"}
	p.json("results", articles(results))
	p.set("next_offset", next)
	if button != nil {
		p.json("button", struct {
			Text  string `json:"text"`
			Start string `json:"start_parameter"`
		}{button.Text, button.Start})
	}
	err := b.client.ask(ctx, "answerInlineQuery", p, nil)
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}

// article is Bot API, InlineQueryResultArticle.
type article struct {
	Type        string    `json:"type"`
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Message     content   `json:"input_message_content"`
	Markup      *keyboard `json:"reply_markup,omitempty"`
	URL         string    `json:"url,omitempty"`
	Description string    `json:"description,omitempty"`
	Thumbnail   string    `json:"thumbnail_url,omitempty"`
}

// content is Bot API, InputTextMessageContent.
type content struct {
	Text    string      `json:"message_text"`
	Mode    string      `json:"parse_mode"`
	Preview linkPreview `json:"link_preview_options"`
}

func articles(results []InlineResult) []article {
	list := make([]article, 0, min(len(results), maxInline))
	for _, r := range results[:min(len(results), maxInline)] {
		text := r.Message.cut().HTML
		a := article{
			Type: "article", ID: r.ID, Title: clean(r.Title), URL: r.URL, Description: clean(r.Description), Thumbnail: r.Thumbnail,
			Message: content{Text: text, Mode: "HTML", Preview: r.Message.preview()},
		}
		if len(r.Message.Rows) > 0 {
			k := inlineKeyboard(r.Message.Rows)
			a.Markup = &k
		}
		list = append(list, a)
	}
	return list
}
