package sim

import (
	"encoding/json"
	"strings"
)

// Limits of keyboards (Bot API, InlineKeyboardButton and KeyboardButton; the total is the server's).
const (
	maxButtons      = 100
	maxCallbackData = 64  // bytes
	maxCopyText     = 256 // characters
	maxPlaceholder  = 64  // characters
)

// Markup is what hangs below a message: an inline keyboard, or what to do with the person's own keyboard
// (Bot API, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove, ForceReply). Only inline keyboards stay on
// the message that a bot gets back.
type Markup struct {
	Inline      [][]Button    `json:"inline_keyboard,omitempty"`
	Keyboard    [][]KeyButton `json:"keyboard,omitempty"`
	Persistent  bool          `json:"is_persistent,omitempty"`
	Resize      bool          `json:"resize_keyboard,omitempty"`
	OneTime     bool          `json:"one_time_keyboard,omitempty"`
	Placeholder string        `json:"input_field_placeholder,omitempty"`
	Selective   bool          `json:"selective,omitempty"`
	Remove      bool          `json:"remove_keyboard,omitempty"`
	ForceReply  bool          `json:"force_reply,omitempty"`
}

// Button is a button of an inline keyboard (Bot API, InlineKeyboardButton), with the actions a news reader needs.
type Button struct {
	Text              string      `json:"text"`
	Style             string      `json:"style,omitempty"`
	IconCustomEmojiID string      `json:"icon_custom_emoji_id,omitempty"`
	URL               string      `json:"url,omitempty"`
	Data              string      `json:"callback_data,omitempty"`
	Switch            *string     `json:"switch_inline_query,omitempty"`
	SwitchHere        *string     `json:"switch_inline_query_current_chat,omitempty"`
	SwitchChosen      *ChosenChat `json:"switch_inline_query_chosen_chat,omitempty"`
	Copy              *CopyText   `json:"copy_text,omitempty"`
}

// ChosenChat limits the chats offered for an inline query (Bot API, SwitchInlineQueryChosenChat).
type ChosenChat struct {
	Query    string `json:"query,omitempty"`
	Users    bool   `json:"allow_user_chats,omitempty"`
	Bots     bool   `json:"allow_bot_chats,omitempty"`
	Groups   bool   `json:"allow_group_chats,omitempty"`
	Channels bool   `json:"allow_channel_chats,omitempty"`
}

// CopyText is text that a button puts on the clipboard (Bot API, CopyTextButton).
type CopyText struct {
	Text string `json:"text"`
}

// KeyButton is a button of the person's own keyboard (Bot API, KeyboardButton).
type KeyButton struct {
	Text            string `json:"text"`
	Style           string `json:"style,omitempty"`
	RequestContact  bool   `json:"request_contact,omitempty"`
	RequestLocation bool   `json:"request_location,omitempty"`
}

// find returns the first inline button that ok accepts; nil has none.
func (k *Markup) find(ok func(Button) bool) (Button, bool) {
	if k == nil {
		return Button{}, false
	}
	for _, row := range k.Inline {
		for _, b := range row {
			if ok(b) {
				return b, true
			}
		}
	}
	return Button{}, false
}

// inline is the part of the markup that stays on the message.
func (k *Markup) inline() *Markup {
	if k == nil || k.Inline == nil {
		return nil
	}
	return k
}

// parseMarkup reads and checks a reply_markup; "" and an empty object are none. With inlineOnly the kinds that speak to
// a person's keyboard are refused, as edits and inline results do.
func parseMarkup(raw string, inlineOnly bool) (*Markup, error) {
	if raw == "" {
		return nil, nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &fields) != nil {
		if json.Valid([]byte(raw)) {
			return nil, bad("object expected as reply markup")
		}
		return nil, bad("can't parse reply keyboard markup JSON object")
	}
	kind, err := markupKind(fields)
	if err != nil || kind == "" {
		return nil, err
	}
	if inlineOnly && kind != "inline_keyboard" {
		return nil, bad("inline keyboard expected")
	}
	return decodeMarkup(raw, kind)
}

// markupKind tells which of the four types the object is: by the field that only this type has.
func markupKind(fields map[string]json.RawMessage) (string, error) {
	kind := ""
	for _, k := range []string{"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"} {
		if _, ok := fields[k]; !ok {
			continue
		}
		if kind != "" {
			return "", bad("reply markup holds both %q and %q", kind, k)
		}
		kind = k
	}
	if kind == "" && len(fields) > 0 {
		return "", bad("reply markup has none of inline_keyboard, keyboard, remove_keyboard, force_reply")
	}
	return kind, nil
}

func decodeMarkup(raw, kind string) (*Markup, error) {
	switch kind {
	case "inline_keyboard":
		return decodeInline(raw)
	case "keyboard":
		return decodeKeyboard(raw)
	}
	var k struct {
		Remove      bool   `json:"remove_keyboard"`
		Force       bool   `json:"force_reply"`
		Placeholder string `json:"input_field_placeholder"`
		Selective   bool   `json:"selective"`
	}
	if err := decodeObject(raw, "reply keyboard markup", &k); err != nil {
		return nil, err
	}
	if !k.Remove && !k.Force {
		return nil, nil
	}
	return &Markup{Remove: k.Remove, ForceReply: k.Force, Placeholder: k.Placeholder, Selective: k.Selective}, nil
}

func decodeInline(raw string) (*Markup, error) {
	var k struct {
		Rows [][]json.RawMessage `json:"inline_keyboard"`
	}
	if err := decodeObject(raw, "reply keyboard markup", &k); err != nil {
		return nil, err
	}
	m, total := &Markup{}, 0
	for _, row := range k.Rows {
		var buttons []Button
		for _, rawButton := range row {
			b, err := decodeButton(string(rawButton))
			if err != nil {
				return nil, err
			}
			buttons = append(buttons, b)
		}
		if total += len(buttons); total > maxButtons {
			return nil, bad("REPLY_MARKUP_TOO_LONG")
		}
		if len(buttons) > 0 {
			m.Inline = append(m.Inline, buttons)
		}
	}
	if total == 0 {
		return nil, nil
	}
	return m, nil
}

func decodeButton(raw string) (Button, error) {
	const what = "can't parse inline keyboard button: "
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &fields) != nil {
		return Button{}, bad(what + "InlineKeyboardButton must be an Object")
	}
	if _, ok := fields["text"]; !ok {
		return Button{}, bad(what + `Can't find field "text"`)
	}
	var b Button
	if err := decodeNested(raw, what, &b); err != nil {
		return Button{}, err
	}
	if strings.TrimSpace(b.Text) == "" {
		return Button{}, bad("BUTTON_TEXT_INVALID")
	}
	return b, checkButton(&b)
}

// checkButton demands exactly one action and checks it (Bot API, InlineKeyboardButton).
func checkButton(b *Button) error {
	actions := 0
	for _, has := range []bool{b.URL != "", b.Data != "", b.Switch != nil, b.SwitchHere != nil, b.SwitchChosen != nil, b.Copy != nil} {
		if has {
			actions++
		}
	}
	switch {
	case actions == 0:
		return bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		return bad("can't parse inline keyboard button: exactly one action per button is allowed")
	case len(b.Data) > maxCallbackData:
		return bad("BUTTON_DATA_INVALID")
	case b.Copy != nil && (b.Copy.Text == "" || len([]rune(b.Copy.Text)) > maxCopyText):
		return bad("BUTTON_COPY_TEXT_INVALID")
	case b.Style != "" && b.Style != "danger" && b.Style != "success" && b.Style != "primary":
		return bad("BUTTON_STYLE_INVALID")
	case b.URL != "":
		return checkButtonURL(b)
	}
	return nil
}

func checkButtonURL(b *Button) error {
	link, err := checkLink(b.URL)
	if err != nil {
		return bad("inline keyboard button URL '%s' is invalid: %s", b.URL, err)
	}
	if len(link) > maxLink {
		return bad("BUTTON_URL_INVALID")
	}
	b.URL = link
	return nil
}

func decodeKeyboard(raw string) (*Markup, error) {
	var k struct {
		Rows        [][]json.RawMessage `json:"keyboard"`
		Persistent  bool                `json:"is_persistent"`
		Resize      bool                `json:"resize_keyboard"`
		OneTime     bool                `json:"one_time_keyboard"`
		Placeholder string              `json:"input_field_placeholder"`
		Selective   bool                `json:"selective"`
	}
	if err := decodeObject(raw, "reply keyboard markup", &k); err != nil {
		return nil, err
	}
	m := &Markup{Persistent: k.Persistent, Resize: k.Resize, OneTime: k.OneTime, Placeholder: k.Placeholder, Selective: k.Selective}
	for _, row := range k.Rows {
		var buttons []KeyButton
		for _, rawButton := range row {
			b, err := decodeKey(string(rawButton))
			if err != nil {
				return nil, err
			}
			buttons = append(buttons, b)
		}
		m.Keyboard = append(m.Keyboard, buttons)
	}
	if len(m.Keyboard) == 0 {
		return nil, bad("REPLY_MARKUP_INVALID")
	}
	if len([]rune(m.Placeholder)) > maxPlaceholder {
		return nil, bad("REPLY_MARKUP_INVALID")
	}
	return m, nil
}

// decodeKey reads a key: an object, or a string as a short form (Bot API, KeyboardButton).
func decodeKey(raw string) (KeyButton, error) {
	const what = "can't parse keyboard button: "
	var b KeyButton
	if json.Unmarshal([]byte(raw), &b.Text) != nil {
		if err := decodeNested(raw, what, &b); err != nil {
			return b, err
		}
	}
	if strings.TrimSpace(b.Text) == "" {
		return b, bad("BUTTON_TEXT_INVALID")
	}
	if b.RequestContact && b.RequestLocation {
		return b, bad(what + "exactly one action per button is allowed")
	}
	return b, nil
}
