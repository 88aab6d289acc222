package bot

import (
	"maps"
	"strings"

	"herald/news"
)

// Limits of messages, in UTF-16 code units after entity parsing (Bot API, sendMessage, sendDocument,
// answerCallbackQuery).
const (
	maxText    = 4096
	maxCaption = 1024
	maxAnswers = 200
)

// Outgoing is a message to send. The zero value is an empty message, which Telegram refuses.
type Outgoing struct {
	HTML         string     // Telegram's HTML; of any length for answers, else cut at 4096 units of text
	Rows         [][]Button // inline buttons under the message
	Keyboard     *Keyboard  // replaces the reader's keyboard; only where Rows is empty
	Preview      string     // address whose preview is shown; "": none
	SmallPreview bool
	Silent       bool
	ReplyTo      int // message to reply to; 0: none. Where it is gone the message is sent all the same
}

// Button is an inline button; exactly one of Data, URL and Share is set.
type Button struct {
	Text  string  // not empty
	Data  string  // callback data, 1 to 64 bytes
	URL   string  // http, https or tg
	Share *string // the person picks a chat, where the bot's name and these words are typed in
}

// Keyboard is a keyboard in place of the reader's own (Bot API, ReplyKeyboardMarkup). Without rows it takes an earlier
// one away.
type Keyboard struct {
	Rows        [][]Key
	Placeholder string // shown in the empty field; at most 64 characters
}

// Key is a key of a Keyboard; pressing it says Text or, in a private chat, shares the person's location.
type Key struct {
	Text     string
	Location bool
}

// Row is a row of buttons without the empty ones.
func Row(buttons ...Button) []Button {
	var row []Button
	for _, b := range buttons {
		if b.Text != "" {
			row = append(row, b)
		}
	}
	return row
}

// sendParams are the parameters of sendMessage for one part of a message.
func (o Outgoing) sendParams(p news.Place) params {
	v := params{}
	v.id("chat_id", p.Chat)
	v.topic(p.Topic)
	o.content(v)
	v.flag("disable_notification", o.Silent)
	if o.ReplyTo != 0 {
		v.json("reply_parameters", replyParameters{MessageID: o.ReplyTo, Anyway: true})
	}
	if o.Rows == nil && o.Keyboard != nil {
		v.json("reply_markup", o.Keyboard.markup())
	}
	return v
}

// editParams are the parameters of editMessageText. Without Rows the edit takes the buttons away, as Telegram does.
func (o Outgoing) editParams(p news.Place, message int) params {
	v := params{}
	v.id("chat_id", p.Chat)
	v.id("message_id", int64(message))
	o.content(v)
	return v
}

func (o Outgoing) content(v params) {
	v["text"] = o.HTML
	v["parse_mode"] = "HTML"
	v.json("link_preview_options", o.preview())
	if len(o.Rows) > 0 {
		v.json("reply_markup", inlineKeyboard(o.Rows))
	}
}

func (o Outgoing) preview() linkPreview {
	if o.Preview == "" {
		return linkPreview{Disabled: true}
	}
	return linkPreview{URL: o.Preview, Small: o.SmallPreview}
}

// linkPreview is Bot API, LinkPreviewOptions.
type linkPreview struct {
	Disabled bool   `json:"is_disabled,omitempty"`
	URL      string `json:"url,omitempty"`
	Small    bool   `json:"prefer_small_media,omitempty"`
}

// replyParameters is Bot API, ReplyParameters.
type replyParameters struct {
	MessageID int  `json:"message_id"`
	Anyway    bool `json:"allow_sending_without_reply"`
}

// keyboard is Bot API, InlineKeyboardMarkup.
type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

// button is Bot API, InlineKeyboardButton.
type button struct {
	Text  string  `json:"text"`
	Data  string  `json:"callback_data,omitempty"`
	URL   string  `json:"url,omitempty"`
	Share *string `json:"switch_inline_query,omitempty"`
}

func inlineKeyboard(rows [][]Button) keyboard {
	k := keyboard{Rows: [][]button{}}
	for _, row := range rows {
		var buttons []button
		for _, b := range row {
			b.Text = clean(b.Text)
			buttons = append(buttons, button(b))
		}
		if len(buttons) > 0 {
			k.Rows = append(k.Rows, buttons)
		}
	}
	return k
}

// markup is Bot API, ReplyKeyboardMarkup or ReplyKeyboardRemove.
func (k *Keyboard) markup() any {
	if len(k.Rows) == 0 {
		return struct {
			Remove bool `json:"remove_keyboard"`
		}{true}
	}
	type key struct {
		Text     string `json:"text"`
		Location bool   `json:"request_location,omitempty"`
	}
	rows := make([][]key, 0, len(k.Rows))
	for _, row := range k.Rows {
		keys := make([]key, 0, len(row))
		for _, b := range row {
			keys = append(keys, key(b))
		}
		rows = append(rows, keys)
	}
	return struct {
		Rows        [][]key `json:"keyboard"`
		Resize      bool    `json:"resize_keyboard"`
		Once        bool    `json:"one_time_keyboard"`
		Placeholder string  `json:"input_field_placeholder,omitempty"`
	}{rows, true, true, k.Placeholder}
}

// plain is the message without what Telegram refused to read, as its text says: bare text, cut to fit, and no buttons
// where it is they that were refused.
func (p params) plain(refusal string) params {
	q := maps.Clone(p)
	delete(q, "parse_mode")
	if kindOfMarkup(refusal) {
		delete(q, "reply_markup")
	}
	q.json("link_preview_options", linkPreview{Disabled: true})
	for key, limit := range map[string]int{"text": maxText, "caption": maxCaption} {
		if v, ok := p[key]; ok {
			q[key] = cut(PlainText(v), limit)
		}
	}
	return q
}

// kindOfMarkup tells whether a refusal is about buttons.
func kindOfMarkup(refusal string) bool {
	lower := strings.ToLower(refusal)
	return strings.Contains(lower, "button") || strings.Contains(lower, "keyboard") || strings.Contains(lower, "markup")
}

// cut shortens a text to at most limit code units, at a character.
func cut(s string, limit int) string {
	if Units(s) <= limit {
		return s
	}
	n := limit - 1 // room for the ellipsis
	for i, r := range s {
		if n -= runeUnits(r); n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
